"""Writes things and their relations as a graph: GraphML and GEXF, which Gephi, Cytoscape and yEd read.

A node is a thing of the case, sources among them; its attributes are called like ``markets.turnover``, kind
and property, so that none is taken for one of the format's own (GEXF has ``kind``, ``start``, ``label``). An edge
goes from the thing that names another to that one, and knows the claims and sources that say so. One that says
that there is no such relation, as ``not_involved`` does, is ``denied``.
http://graphml.graphdrawing.org/specification.html, https://gexf.net/schema.html
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.exchange import network
from spectorcli.exchange.best import Best, BestThing, read_things
from spectorcli.values import number
from spectorcli.vocabulary import REJECTED, Kind

NO_THINGS = frozenset({"exceptions", REJECTED})
"""Kinds that are about the data, not of the case."""


class Edge(NamedTuple):
    """One relation: ``subject`` names ``object`` in a property, ``denied`` if that says that there is none.

    ``when`` are the times at which it held, in EDTF with ``; `` between.
    Without ``grade`` it stands in the files.
    """

    subject: str
    property: str
    object: str
    denied: bool
    grade: str
    claims: Sequence[int]
    sources: Sequence[str]
    when: str


def read_nodes(case: Case) -> Iterator[BestThing]:
    """Yield the things of a case, without what is about the data."""
    return (thing for thing in read_things(case) if thing.kind not in NO_THINGS)


def read_edges(case: Case) -> Iterator[Edge]:
    """Yield the relations, those of the files and then those of claims."""
    for row in case.read("edges"):
        behind = json.loads(str(row["behind"]))
        yield Edge(
            subject=str(row["subject"]),
            property=str(row["property"]),
            object=str(row["object"]),
            denied=bool(row["denied"]),
            grade=str(row["grade"] or ""),
            claims=sorted(claim for claim, _ in behind),
            sources=sorted({source for _, source in behind}),
            when=str(row["when"]),
        )


def write_graphml(case: Case, path: Path) -> Sequence[str]:
    """Write GraphML; the attributes of an edge name the claims behind it by their ids in the database."""
    network.write_graphml(_network(case), path)
    return [_LEFT_OUT]


def write_gexf(case: Case, path: Path) -> Sequence[str]:
    """Write GEXF 1.2."""
    network.write_gexf(_network(case), path)
    return [_LEFT_OUT]


_LEFT_OUT = "a node has the best value of each property and what else is said; for every claim export folder or xlsx"


def _network(case: Case) -> network.Network:
    """Return the case as a network in which two things may have several relations."""
    kinds = case.kinds()
    return network.Network(
        title=str(case.metadata["title"]),
        nodes=lambda: ((node.id, _attributes(node, kinds[node.kind])) for node in read_nodes(case)),
        edges=lambda: ((edge.subject, edge.object, _edge_attributes(edge)) for edge in read_edges(case)),
    )


def _attributes(node: BestThing, kind: Kind) -> network.Attributes:
    """Return what a node says of itself: figures as numbers, by which Gephi sizes nodes, the rest as text."""
    values: dict[str, str | float] = dict(node.cells)
    for name, best in node.best.items():
        values |= _figure(name, best) if kind.properties[name].type == "number" else {name: str(best.value)}
    cells = {f"{node.kind}.{name}": value for name, value in sorted(values.items())}
    attributes = {"label": node.label, "kind": node.kind, **cells, "also": node.also}
    return {name: one for name, one in attributes.items() if one != ""}


def _figure(name: str, best: Best) -> dict[str, str | float]:
    """Return a figure without its qualifier, and beside it the unit, and what is stated where that says more.

    A column of a graph has one type, so that a count is ``12.0``. Of a range it is the middle.
    """
    text = str(best.value)
    reading = number.parts(text)
    assert reading
    middle = reading.low if reading.high is None else (reading.low + reading.high) / 2
    hedged = {f"{name}_stated": number.brief(text, best.unit)} if reading.sign or reading.high is not None else {}
    return {name: float(middle), f"{name}_unit": best.unit, **hedged}


def _edge_attributes(edge: Edge) -> network.Attributes:
    """Return what an edge says of itself: its relation, whether that is a denial, and the claims behind it if any."""
    attributes: dict[str, str | int] = {"label": edge.property, "relation": edge.property}
    if edge.denied:
        attributes["denied"] = True
    if edge.when:
        attributes["when"] = edge.when
    if edge.claims:
        attributes |= {
            "grade": edge.grade,
            "sources": len(edge.sources),
            "claims": " ".join(map(str, edge.claims)),
            "said_by": " ".join(edge.sources),
        }
    return attributes
