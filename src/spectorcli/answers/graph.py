"""Answers what a thing is linked to, as a tree."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from spectorcli.case import SINGULAR, Case, Record
from spectorcli.errors import NotFound
from spectorcli.escapes import count
from spectorcli.result import Cell, Look, Result

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
    notes = _how_far(id, len({step["id"] for step in steps} - {id}), depth)
    columns = (*("depth", "parent", "relation", "direction", "id", "kind", "label", "again"), "grade", "sources")
    rows = ([step.get(column) for column in columns] for step in _tree(steps, id))
    return Result(f"{label}, {SINGULAR.get(kind, kind)} ({id})", columns, rows, notes, Look.TREE)


def _how_far(id: str, things: int, depth: int) -> list[str]:
    """Say how many things a neighbourhood has, and how to see more of it."""
    if not things:
        return []
    found = count(things, "thing")
    note = found if depth == 1 else f"{found} in {depth} steps"
    return [note, f"one step further: spector graph {id} --depth {depth + 1}"][: 1 + (depth < DEPTHS)]


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
