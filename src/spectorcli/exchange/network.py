"""Writes a network as GraphML or GEXF while it is read: its nodes and edges are asked for twice, and never held.

First for the attributes that they have, which both formats declare ahead, then for what they say. A reader finds
what NetworkX would have written, which holds all of it in memory twice over.
http://graphml.graphdrawing.org/specification.html, https://gexf.net/schema.html
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

from spectorcli.escapes import clean

Attributes = Mapping[str, str | int | float]
"""What a node or an edge says of itself: ``label`` is what it is called, ``weight`` how much an edge counts."""


class Network(NamedTuple):
    """Nodes, each an id and what it says, and edges, each the ids of two nodes and what it says.

    Both are given anew, and in the same order, whenever they are called for.
    """

    title: str
    nodes: Callable[[], Iterable[tuple[str, Attributes]]]
    edges: Callable[[], Iterable[tuple[str, str, Attributes]]]
    direction: str = "directed"


def write_graphml(network: Network, path: Path) -> None:
    """Write GraphML, in which a label is an attribute like any other."""
    keys = _keys(network)

    def data(what: str, said: Attributes) -> str:
        return "".join(f'<data key="{key}">{value}</data>' for key, value in _said(keys, what, said))

    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        out.write('<key id="name" for="graph" attr.name="name" attr.type="string"/>\n')
        for (what, name, type), key in keys.items():
            out.write(f'<key id="{key}" for="{what}" attr.name="{_xml(name)}" attr.type="{type}"/>\n')
        out.write(f'<graph edgedefault="{network.direction}">\n<data key="name">{_xml(network.title)}</data>\n')
        for id, said in network.nodes():
            out.write(f'<node id="{_xml(id)}">{data("node", said)}</node>\n')
        for place, (one, other, said) in enumerate(network.edges()):
            out.write(f'<edge id="e{place}" source="{_xml(one)}" target="{_xml(other)}">{data("edge", said)}</edge>\n')
        out.write("</graph>\n</graphml>\n")


def write_gexf(network: Network, path: Path) -> None:
    """Write GEXF 1.2, in which labels and weights have places of their own."""
    keys = {one: key for one, key in _keys(network).items() if one[1] not in _PLACED}

    def values(what: str, said: Attributes) -> str:
        placed = "".join(f' {name}="{_xml(said[name])}"' for name in _PLACED if name in said)
        listed = "".join(f'<attvalue for="{key}" value="{value}"/>' for key, value in _said(keys, what, said))
        return f"{placed}><attvalues>{listed}</attvalues>"

    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
        out.write(f'<graph defaultedgetype="{network.direction}" mode="static" name="{_xml(network.title)}">\n')
        for each in ("node", "edge"):
            out.write(f'<attributes class="{each}" mode="static">\n')
            for (what, name, type), key in keys.items():
                if what == each:
                    out.write(f'<attribute id="{key}" title="{_xml(name)}" type="{type}"/>\n')
            out.write("</attributes>\n")
        out.write("<nodes>\n")
        for id, said in network.nodes():
            out.write(f'<node id="{_xml(id)}"{values("node", said)}</node>\n')
        out.write("</nodes>\n<edges>\n")
        for place, (one, other, said) in enumerate(network.edges()):
            ends = f'source="{_xml(one)}" target="{_xml(other)}"'
            out.write(f'<edge id="{place}" {ends}{values("edge", said)}</edge>\n')
        out.write("</edges>\n</graph>\n</gexf>\n")


_PLACED = ("label", "weight")

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
"""What both formats call a type."""

_Keys = Mapping[tuple[str, str, str], str]


def _keys(network: Network) -> _Keys:
    """Return an id for each attribute of nodes and of edges, by whose it is, its name and its type."""
    keys: dict[tuple[str, str, str], str] = {}
    for what, each in (("node", network.nodes), ("edge", network.edges)):
        for *_, said in each():
            for name, value in said.items():
                keys.setdefault((what, name, _TYPES[type(value)]), f"d{len(keys)}")
    return keys


def _said(keys: _Keys, what: str, said: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the values that have an id, each behind it."""
    for name, value in said.items():
        if key := keys.get((what, name, _TYPES[type(value)])):
            yield key, _xml(value)


def _xml(value: str | int | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else str(value).lower()
