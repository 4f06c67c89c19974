"""Writes each thing: into the table of its kind, with its best values, and what it is called and found by."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from spectorcli.folder.read import Folder
from spectorcli.folder.register import Thing
from spectorcli.load.build import BATCH, Build, batches
from spectorcli.load.tables import columns_of
from spectorcli.values import countries, listing
from spectorcli.values.names import fold, sound
from spectorcli.vocabulary import Property

LABEL_DEPTH = 3
"""How far a label follows what nameless things refer to: things of two kinds may refer to each other."""

LABEL_PARTS = 10
"""Of what a thing is made of, in its label; more than anybody reads."""


def write_things(build: Build) -> None:
    """Write each thing into the table of its kind, with its best values, and what it is called."""
    case = build.case

    @lru_cache(BATCH)
    def label(id: str, depth: int) -> str:
        return _label(case, case.things[id], depth, label)

    own = {row["kind"] for row in case.vocabulary if not row["property"]}
    for kind in case.known.kinds.values():
        behind = f", {kind.name}" if kind.name in own else ""  # else arrests and servers would be called the same
        refs = [one for one in kind.columns if one.type == "ref"]
        claimed = [(column, name) for column, _, name in columns_of(kind)][len(kind.columns) :]
        for things in batches(case.things.of_kind(kind.name, build.mine)):
            named = [(thing, _called(case, thing, label, behind)) for thing in things]
            build.insert("entities", ((thing.id, thing.kind, called) for thing, called in named))
            build.insert("names", (row for thing, called in named for row in _names(thing, called)))
            build.insert("cells", ((one.id, name, text) for one in things for name, text in one.cells.items() if text))
            build.insert("links", (link for thing in things for link in _links(refs, thing)))
            build.insert(kind.name, _thing_rows(claimed, things, build.connection))
    build.insert("unread", case.things.unread())
    if codes := set(case.things.ids("countries")):
        # to be found by, never to be suggested
        build.insert("names", ((code, "", key, 2) for code, key in countries.keys(codes)))
    build.clock.lap("write")


def _best_values(things: Sequence[Thing], connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[object, str]]:
    """Return value and unit of what is claimed of things, by id and property."""
    ids = json.dumps([thing.id for thing in things])
    statement = """
        select subject, property, answers.value, unit
        from json_each(?) as asked
        cross join answers on answers.subject = asked.value and headline
    """
    return {(id, name): (value, unit) for id, name, value, unit in connection.execute(statement, (ids,))}


def _thing_rows(
    claimed: list[tuple[str, str]], things: Sequence[Thing], connection: sqlite3.Connection
) -> Iterator[list[object]]:
    best = _best_values(things, connection)
    yield from (_thing_row(claimed, thing, best) for thing in things)


def _thing_row(
    claimed: list[tuple[str, str]], thing: Thing, best: Mapping[tuple[str, str], tuple[object, str]]
) -> list[object]:
    row: list[object] = [thing.id, *(text or None for text in thing.cells.values())]
    for column, name in claimed:
        value, unit = best.get((thing.id, name), (None, None))
        row.append(value if column == name else unit)
    return row


def _called(case: Folder, thing: Thing, label: Callable[[str, int], str], behind: str) -> str:
    """Return what a thing is called, with something behind it where that is the name of another; or else its id."""
    made = _label(case, thing, LABEL_DEPTH, label)
    if not made or not behind:
        return made or thing.id
    columns = case.known.kinds[thing.kind].columns
    of_others = not any(thing.cells[one.name] for one in columns if one.type != "ref" and not one.many)
    return f"{made}{behind if of_others else ''}"


def _label(case: Folder, thing: Thing, depth: int, label: Callable[[str, int], str]) -> str:
    """Return what a person would call a thing: its name, or what it is made of; empty if all of that has no name."""
    named = thing.cells.get("name") or thing.cells.get("title")
    if named:
        return named
    parts = []
    for column in case.known.kinds[thing.kind].columns if depth else ():
        text = thing.cells[column.name]
        if text and column.name != "part_of" and not column.many:
            parts.append(label(text, depth - 1) if column.type == "ref" else text)
    return ", ".join(list(filter(None, parts))[:LABEL_PARTS])


def _names(thing: Thing, label: str) -> Iterator[tuple[str, str, str, int]]:
    proper = [thing.cells.get("name", ""), *listing.split(thing.cells.get("aliases", ""))]
    keys: dict[str, tuple[str, int]] = {}
    for name in filter(None, [*proper, thing.id, label]):
        keys.setdefault(fold(name), (name, int(name not in proper)))
    for key, (name, strength) in keys.items():
        yield thing.id, name, key, strength
        if not strength and (like := sound(key)) not in keys:
            yield thing.id, name, like, 3


def _links(refs: Sequence[Property], thing: Thing) -> Iterator[tuple[str, str, str, int, int, None, None, str]]:
    """Yield which things a thing points to in its columns."""
    for column in refs:
        for target in column.targets(thing.cells[column.name]):
            yield thing.id, column.name, target, 0, int(bool(column.denies)), None, None, ""
