"""Writes things and their relations as a picture in text: DOT for Graphviz, and Mermaid.

Labels are text: whatever either language would take for markup is escaped.
https://graphviz.org/doc/info/lang.html, https://mermaid.js.org/syntax/flowchart.html
"""

import re
from collections.abc import Sequence
from pathlib import Path

from spectorcli.case import SINGULAR, Case
from spectorcli.escapes import clean
from spectorcli.exchange.best import BestThing
from spectorcli.exchange.graph import Edge, read_edges, read_nodes
from spectorcli.exchange.network import Network
from spectorcli.values.wording import count, grouped

MOST_EDGES = 500
MOST_TEXT = 50_000
"""What Mermaid draws, unless who runs it sets ``maxEdges`` and ``maxTextSize``; a diagram cannot."""

_LEFT_OUT = "a picture has names and relations; for the values export graphml, gexf or xlsx"


def write_dot(case: Case, path: Path) -> Sequence[str]:
    """Write a directed graph in DOT: a relation that claims say is drawn with its grade, one of the files dashed.

    One that is denied is dotted and ends in a bar instead of an arrow.
    """
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"digraph {_quote(case.metadata['title'])} {{\n")
        out.write("  rankdir=LR;\n  node [shape=box];\n")
        for node in read_nodes(case):
            out.write(f"  {_quote(node.id)} [label={_quote(_label(node))}, class={_quote(node.kind)}];\n")
        for edge in read_edges(case):
            line = f"{_quote(edge.subject)} -> {_quote(edge.object)} [label={_quote(_relation(edge))}{_style(edge)}]"
            out.write(f"  {line};\n")
        out.write("}\n")
    return [_LEFT_OUT]


def write_edges(network: Network, path: Path) -> None:
    """Write a network of weighted edges in DOT: the one that counts most is eight points wide."""
    most = max((float(said["weight"]) for *_, said in network.edges()), default=1)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"graph {_quote(network.title)} {{\n  node [shape=box];\n")
        for id, said in network.nodes():
            out.write(f"  {_quote(id)} [label={_quote(str(said['label']))}];\n")
        for one, other, said in network.edges():
            ends, wide = f"{_quote(one)} -- {_quote(other)}", f"{8 * float(said['weight']) / most:.2g}"
            out.write(f"  {ends} [label={_quote(str(said['label']))}, weight={said['weight']}, penwidth={wide}];\n")
        out.write("}\n")


def write_mermaid(case: Case, path: Path) -> Sequence[str]:
    """Write a Mermaid flowchart: a relation that claims say is drawn with its grade, one of the files dashed.

    One that is denied ends in a cross instead of an arrow.
    """
    numbers: dict[str, int] = {}
    lines = ["flowchart LR"]
    for number, node in enumerate(read_nodes(case)):
        numbers[node.id] = number
        lines.append(f"n{number}[{_entities(_label(node))}]")
    edges = list(read_edges(case))
    for edge in edges:
        arrow = "--x" if edge.denied else "-->" if edge.claims else "-.->"
        lines.append(f"n{numbers[edge.subject]} {arrow}|{_entities(_relation(edge))}| n{numbers[edge.object]}")
    text = "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    if len(edges) <= MOST_EDGES and len(text) <= MOST_TEXT:
        return [_LEFT_OUT]
    too_much = (
        f"{count(len(edges), 'edges')} and {count(len(text), 'characters')} are more than Mermaid draws by itself"
    )
    return [_LEFT_OUT, f"{too_much}; raise its maxEdges ({MOST_EDGES}) and maxTextSize ({grouped(MOST_TEXT)})"]


def _label(node: BestThing) -> str:
    """Return ``Operation Teapot (arrests)``, for the operation itself has the same name."""
    return f"{node.label} ({SINGULAR.get(node.kind, node.kind)})"


def _relation(edge: Edge) -> str:
    return f"{edge.property} {edge.grade}".strip()


def _style(edge: Edge) -> str:
    """Return the attributes of a line in DOT that tell denials and relations of the files from what claims say."""
    if edge.denied:
        return ", style=dotted, arrowhead=tee, class=denied"
    return "" if edge.claims else ", style=dashed"


def _quote(text: str) -> str:
    """Return a string of DOT that is drawn as it stands: backslashes are escapes there, and ``&lt;`` an entity."""
    text = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{text}"'


def _entities(text: str) -> str:
    """Return a string of Mermaid, all of it but words written as entities, such as ``#60;`` for ``<``."""
    return '"' + re.sub(r"[^\w ,()]|_", lambda found: f"#{ord(found.group())};", clean(text)) + '"'
