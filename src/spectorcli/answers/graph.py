"""Answers what a thing is linked to, as a tree."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from spectorcli.case import SINGULAR, Case, Record
from spectorcli.errors import NotFound
from spectorcli.result import Cell, Look, Note, Result, Said, Shows, columns

COLUMNS = columns(
    "depth count, parent ref, relation term, direction term, id id, kind term, label text, again term, grade grade,"
    "sources count, when text"
)

DEPTHS = 9
"""How many steps a neighbourhood may go; the bundled case has nothing further apart."""


def graph(case: Case, what: str | None, depth: int) -> Result:
    """Return what a thing is linked to as a tree, up to ``depth`` steps away; without one the case's own operation.

    Rows come as the tree is read. A thing is opened where it first comes up and no step later than it
    need be; elsewhere it is there ``again``.

    Raises:
        NotFound: nothing is called like this, or the case has no operation of its own.
    """
    if what is None:
        what = case.operation
    if what is None:
        raise NotFound("this case has no operation of its own; name a thing")
    id, kind, label = case.meant(what)
    steps = case.records("answers/graph", {"id": id, "depth": str(depth)})
    things = len({step["id"] for step in steps} - {id})
    rows = ([step.get(column.name) for column in COLUMNS] for step in _tree(steps, id))
    return Result(
        f"{label}, {SINGULAR.get(kind, kind)} ({id})",
        COLUMNS,
        rows,
        _how_far(things, depth),
        _further(id, things, depth),
        look=Look.TREE,
    )


def _how_far(things: int, depth: int) -> list[Note]:
    """Say how many things a neighbourhood has."""
    cells = {"things": Said(Shows.COUNT, things), "depth": Said(Shows.COUNT, depth)}
    return [Note("things" if depth == 1 else "things within", cells)] if things else []


def _further(id: str, things: int, depth: int) -> list[Note]:
    """Say how to see more of a neighbourhood."""
    cells = {"id": Said(Shows.ID, id), "depth": Said(Shows.COUNT, depth + 1)}
    return [Note("one step further", cells)] if things and depth < DEPTHS else []


def _tree(steps: Iterable[Record], root: str) -> Iterator[Record]:
    """Yield steps, which come parent by parent, in the order in which their tree is read."""
    branches = {parent: list(group) for parent, group in groupby(steps, key=lambda step: step["parent"])}
    opened: set[Cell] = {root}

    def walk(id: Cell) -> Iterator[Record]:
        for step in branches.get(id, ()):
            again = step["id"] in opened or step["nearest"] != step["depth"]
            yield step | {"again": "yes" if again else None}
            if not again:
                opened.add(step["id"])
                yield from walk(step["id"])

    return walk(root)
