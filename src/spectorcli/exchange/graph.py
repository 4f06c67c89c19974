"""Writes things and their relations as a graph: GraphML and GEXF, which Gephi, Cytoscape and yEd read.

A node is a thing of the case, sources among them; its attributes are called like ``markets.turnover``, kind
and property, so that none is taken for one of the format's own (GEXF has ``kind``, ``start``, ``label``). An edge
goes from the thing that names another to that one, and knows the claims and sources that say so. One that says
that there is no such relation, as ``not_involved`` does, is ``denied``.
http://graphml.graphdrawing.org/specification.html, https://gexf.net/schema.html
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from spectorcli.case import Case
from spectorcli.escapes import clean
from spectorcli.exchange.best import BestThing, read_things
from spectorcli.extras import extra

NO_THINGS = frozenset({"exceptions"})
"""Kinds that are about the data, not of the case."""


class Edge(NamedTuple):
    """One relation: ``subject`` names ``object`` in a property, ``denied`` if that says that there is none.

    Without ``grade`` it stands in the files.
    """

    subject: str
    property: str
    object: str
    denied: bool
    grade: str
    claims: Sequence[int]
    sources: Sequence[str]


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
        )


def write_graphml(case: Case, path: Path) -> Sequence[str]:
    """Write GraphML; the attributes of an edge name the claims behind it by their ids in the database."""
    with extra("graph"):
        import networkx  # type: ignore[import-untyped]

    networkx.write_graphml_xml(_graph(case), path)  # not lxml, which may be there or not
    return [_LEFT_OUT]


def write_gexf(case: Case, path: Path) -> Sequence[str]:
    """Write GEXF 1.2, without the day of the run that NetworkX puts in."""
    with extra("graph"):
        from networkx.readwrite.gexf import GEXFWriter  # type: ignore[import-untyped]

    writer = GEXFWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph(_graph(case))
    del writer.xml.find("meta").attrib["lastmodifieddate"]
    ElementTree.ElementTree(writer.xml).write(path, encoding="utf-8", xml_declaration=True)
    return [_LEFT_OUT]


_LEFT_OUT = "a node has the best value of each property and what else is said; for every claim export folder or xlsx"


def _graph(case: Case) -> Any:
    """Return the case as a networkx graph in which two things may have several relations."""
    import networkx

    graph = networkx.MultiDiGraph(name=clean(case.metadata["title"]))
    for node in read_nodes(case):
        graph.add_node(node.id, **_attributes(node))
    for number, edge in enumerate(read_edges(case)):
        graph.add_edge(edge.subject, edge.object, key=f"e{number}", **_edge_attributes(edge))
    return graph


def _attributes(node: BestThing) -> Mapping[str, str]:
    """Return what a node says of itself, all of it text: a column of ``153`` and ``~300`` has one type."""
    values = {name: f"{best.value} {best.unit}".strip() for name, best in node.best.items()}
    cells = {f"{node.kind}.{name}": value for name, value in sorted((values | dict(node.cells)).items())}
    attributes = {"label": node.label, "kind": node.kind, **cells, "also": node.also}
    return {name: clean(text) for name, text in attributes.items() if text}


def _edge_attributes(edge: Edge) -> Mapping[str, Any]:
    """Return what an edge says of itself: its relation, whether that is a denial, and the claims behind it if any."""
    attributes: dict[str, Any] = {"label": edge.property, "relation": edge.property}
    if edge.denied:
        attributes["denied"] = True
    if edge.claims:
        attributes |= {
            "grade": edge.grade,
            "sources": len(edge.sources),
            "claims": " ".join(map(str, edge.claims)),
            "said_by": " ".join(edge.sources),
        }
    return attributes
