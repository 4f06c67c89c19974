"""People, agencies, operations and markets, and what connects them, as four columns of names.

Columns, because names can be read in them at any number; agencies stand next to people and operations, with
whom most relations are. What a case says of how they are related comes from its links, also of kinds of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from spectorcli.case import Case
from spectorcli.report.evidence import Answer, Evidence, Record

COLUMNS = ("people", "agencies", "operations", "markets", "others")
"""The kinds that are drawn; the others are those of the case's own."""

COLUMN, ROW = 262, 21
"""The picture in its own units: from column to column, and from name to name."""

COURT = "named in proceedings of"
"""The relation of somebody to what a case before a court connects them with."""

LETTERS = 32
"""As many of a name as have room in a column."""


@dataclass(frozen=True)
class Node:
    """A name in the picture."""

    id: str
    label: str
    kind: str
    x: int
    y: int
    own: bool

    @property
    def short(self) -> str:
        """The name as far as there is room."""
        return self.label if len(self.label) <= LETTERS else f"{self.label[: LETTERS - 1].rstrip()}…"


@dataclass(frozen=True)
class Relation:
    """Who is related to whom: ``objects`` are ids, each with the grade of the best claim that says so, if one does.

    ``answer`` is what the claims about it come to; there is none where the files of the case say so, or a court.
    """

    subject: str
    name: str
    objects: Sequence[tuple[str, str]]
    answer: Answer | None


@dataclass(frozen=True)
class Network:
    """Nodes with places, lines as SVG paths, and in words who is related to whom."""

    nodes: Sequence[Node]
    lines: Sequence[str]
    relations: Sequence[Relation]
    height: int

    @property
    def width(self) -> int:
        """The width of the picture: as wide as four columns, or all that there are."""
        return max([4 * COLUMN - 48, *(node.x + COLUMN for node in self.nodes)])

    def __bool__(self) -> bool:
        """Whether anything is connected."""
        return bool(self.nodes)


def network(case: Case, evidence: Evidence) -> Network:
    """Return what is linked to the case's own operation in up to two steps; everything if it has none.

    Of a subject, only what is linked to it.
    """
    own = evidence.subject or case.metadata.get("operation") or ""
    links = evidence.links
    direct = [
        link for link in links if {_column(link["subject"], evidence), _column(link["object"], evidence)} <= {*COLUMNS}
    ]
    drawn = [link for link in direct if not link["denied"]]  # a denial is only told in words
    courts = list(_through(links, evidence))
    if evidence.subject:
        direct, drawn = (
            [link for link in some if own in (link["subject"], link["object"])] for some in (direct, drawn)
        )
        courts = [pair for pair in courts if own in pair]
    pairs = {(str(link["subject"]), str(link["object"])) for link in drawn} | set(courts)
    near = _near(own, pairs)
    near |= (
        {id for pair in pairs if "others" in {_column(one, evidence) for one in pair} for id in pair} if near else set()
    )
    pairs = {pair for pair in pairs if near.issuperset(pair)} if near else pairs
    ids = sorted({id for pair in pairs for id in pair}, key=list(evidence.things).index)
    nodes = _placed(ids, pairs, evidence, own)
    lines = [_line(nodes[one], nodes[other]) for one, other in sorted(pairs)]
    height = max((node.y for node in nodes.values()), default=0) + ROW
    return Network(list(nodes.values()), lines, _relations(direct, courts, nodes, evidence), height)


def _column(id: object, evidence: Evidence) -> str:
    """Return the column of a thing: its kind, or that of all kinds of the case's own."""
    kind = evidence.things[str(id)].kind if str(id) in evidence.things else ""
    return "others" if kind in evidence.own_kinds - {*COLUMNS} else kind


def _through(links: Iterable[Record], evidence: Evidence) -> Iterable[tuple[str, str]]:
    """Yield each person, and what a case before a court connects the person with."""
    named: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if _column(link["subject"], evidence) == "proceedings" and _column(link["object"], evidence) in COLUMNS:
            named[str(link["subject"])].append(str(link["object"]))
    for ids in named.values():
        for one, other in combinations(dict.fromkeys(ids), 2):
            if [_column(id, evidence) for id in (one, other)].count("people") == 1:
                yield (one, other) if _column(one, evidence) == "people" else (other, one)


def _near(own: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return what is up to two steps from the operation, but nothing behind another operation."""
    pairs = list(pairs)
    first = {id for pair in pairs if own in pair for id in pair}
    second = {id for pair in pairs if first.intersection(pair) for id in pair}
    return second if first else set()


def _placed(ids: Sequence[str], pairs: Iterable[tuple[str, str]], evidence: Evidence, own: str) -> dict[str, Node]:
    """Give each thing a place, beside what it is related to: three rounds of the mean place of its neighbours."""
    columns = [[id for id in ids if _column(id, evidence) == kind] for kind in COLUMNS]
    height = max(map(len, columns), default=0)
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    at = {id: place for column in columns for id, place in _spaced(column, height)}
    for _ in range(3):
        for column in columns:
            column.sort(key=lambda id: (fmean([at[one] for one in sorted(neighbours[id])] or [at[id]]), id))
            at |= dict(_spaced(column, height))
    return {
        id: Node(id, evidence.label(id), kind, 10 + COLUMN * number, round(14 + ROW * (at[id] + 1)), id == own)
        for number, (kind, column) in enumerate(zip(COLUMNS, columns, strict=True))
        for id in column
    }


def _spaced(column: Sequence[str], height: int) -> Iterable[tuple[str, float]]:
    """Spread a column over the height of the longest."""
    step = height / len(column) if column else 0
    return [(id, step * (number + 0.5) - 0.5) for number, id in enumerate(column)]


def _line(one: Node, other: Node) -> str:
    """Return a curve from mark to mark; within a column it bulges to the left."""
    if one.x == other.x:
        return f"M{one.x} {one.y}Q{one.x - 14} {(one.y + other.y) / 2:g} {other.x} {other.y}"
    middle = (one.x + other.x) // 2
    return f"M{one.x} {one.y}C{middle} {one.y} {middle} {other.y} {other.x} {other.y}"


def _relations(
    links: Iterable[Record], courts: Iterable[tuple[str, str]], nodes: dict[str, Node], evidence: Evidence
) -> list[Relation]:
    """Return who is related to whom, all objects of one relation together."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for link in links:
        subject, object = str(link["subject"]), str(link["object"])
        if subject in nodes and object in nodes:
            found[subject, str(link["property"])].append((object, str(link["grade"] or "")))
    for one, other in dict.fromkeys(courts):
        if one in nodes and other in nodes:
            found[one, COURT].append((other, ""))
    order = sorted(found, key=lambda key: (-COLUMNS.index(nodes[key[0]].kind), key[1], nodes[key[0]].label))
    return [
        Relation(subject, name.replace("_", " "), found[subject, name], evidence.headline(subject, name))
        for subject, name in order
    ]
