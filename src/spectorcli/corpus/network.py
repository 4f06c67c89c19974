"""Writes who worked together as a network for Gephi, yEd or Graphviz, by the suffix of the file.

A node is a country or an agency, and an edge two that took part in one operation; both know in how many, by which
Gephi sizes them.
"""

from collections import defaultdict
from pathlib import Path

from spectorcli.exchange.diagram import write_edges
from spectorcli.exchange.network import Attributes, Network, write_gexf, write_graphml
from spectorcli.files import by_suffix, whole_file
from spectorcli.result import Result

WRITERS = {".gexf": write_gexf, ".graphml": write_graphml, ".dot": write_edges, ".gv": write_edges}
"""What writes a network, by the suffix of its file."""


def write(pairs: Result, path: Path) -> None:
    """Write the pairs of ``compare.pairs`` as a network, whole or not at all."""
    write = by_suffix(path, WRITERS)
    with whole_file(path) as temporary:
        write(_network(pairs), temporary)


def _network(pairs: Result) -> Network:
    labels: dict[str, str] = {}
    took_part: dict[str, set[str]] = defaultdict(set)
    edges: list[tuple[str, str, Attributes]] = []
    for row in pairs.records():
        one, other, operations = str(row["one"]), str(row["other"]), str(row["together"]).split("; ")
        labels |= {one: str(row["source"]), other: str(row["target"])}
        took_part[one].update(operations)
        took_part[other].update(operations)
        said: dict[str, str | int] = {"label": f"{len(operations):,}", "weight": len(operations)}
        if row["since"]:
            said |= {"label": f"{len(operations):,} since {row['since']}", "since": str(row["since"])}
        edges.append((one, other, {**said, "operations": str(row["together"])}))
    nodes: list[tuple[str, Attributes]] = [
        (id, {"label": label, "operations": len(took_part[id])}) for id, label in sorted(labels.items())
    ]
    return Network(pairs.title, lambda: nodes, lambda: edges, "undirected")
