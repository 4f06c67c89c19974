"""Reads the files of things, and checks each thing once all are known."""

import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from pathlib import Path

from spectorcli.errors import did_you_mean
from spectorcli.folder.changes import Changes
from spectorcli.folder.known import Known
from spectorcli.folder.mistakes import Mistake, Problem, Unknown, mistake
from spectorcli.folder.register import Thing, Things
from spectorcli.folder.table import Raw, read_table
from spectorcli.folder.values import MENDED, mend, misread
from spectorcli.statements import findings, gaps_known
from spectorcli.values import countries, listing
from spectorcli.vocabulary import OWN, Kind, Property

TOGETHER = 1000
"""Rows that are registered at once, in a third of the time that they take one by one."""

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*", re.ASCII)


def read_things(path: Path, kind: Kind) -> Iterator[Raw | Mistake]:
    """Read the file of a kind: the id of each thing comes first."""
    columns = ["id", *(column.name for column in kind.columns)]
    optional = {*columns} - {"id", "name", "title"}
    return read_table(path, columns, optional=optional, elsewhere=[one.name for one in kind.claimed])


def register(rows: Iterable[Raw | Mistake], kind: Kind, things: Things, changes: Changes) -> Iterator[Mistake]:
    """Make things known, unchecked but for their ids; an id that two have is a mistake of the later one."""
    mended = [(place, column.type) for place, column in enumerate(kind.columns) if column.type in MENDED]
    rows = iter(rows)
    while batch := list(islice(rows, TOGETHER)):
        right = []
        for raw in batch:
            if isinstance(raw, Mistake):
                yield raw
                continue
            id, *cells = raw.cells
            if problem := wrong_id(id):
                yield Mistake(raw.file, raw.line, problem)
                continue
            changed = raw.changes
            for place, type in mended:
                cells[place], change = mend(type, cells[place], raw)
                changed += change
            if changed:
                changes.add(raw.file, changed)
            right.append((id, kind.name, raw.line, "\0".join(cells)))
            if raw.unread:
                things.keep_unread([(kind.name, id, *one) for one in raw.unread])
        for id, line, other in things.add(right):
            yield Mistake(f"{kind.name}.csv", line, f"duplicate id {id!r}, first in {other.kind}.csv:{other.line}")


def wrong_id(id: str) -> str:
    """Say what is wrong with an id by itself; empty if nothing is."""
    if _ID.fullmatch(id):
        return ""
    return f"id {id!r} must be letters, digits, dots and hyphens, as in 'arrests-spector-us'"


def check_things(things: Things, known: Known) -> Iterator[Mistake]:
    """Find what is wrong with the cells of things, all of which must be known by now."""
    for kind in known.kinds.values():
        for thing in things.of_kind(kind.name):
            yield from check_thing(thing, kind, known)


def check_thing(thing: Thing, kind: Kind, known: Known) -> Iterator[Mistake]:
    """Find what is wrong with the cells of one thing."""
    for before, problem in _problems(thing, kind.columns, known):
        yield mistake(f"{kind.name}.csv", thing.line, problem, before)


def _problems(thing: Thing, columns: Iterable[Property], known: Known) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong, and the words before it."""
    for column in columns:
        text = thing.cells[column.name]
        if not text and column.name in {"name", "title"}:
            yield "", f"{column.name} is empty; every one of the {thing.kind} has one"
        if column.type == "text":
            continue
        for value in column.targets(text):
            if column.type == "ref" and known.kind_of(value) == column.target:
                continue
            problem = misread(column, value, "", known)[1]
            if problem:
                yield f"{column.name} of {thing.id}: ", problem
    if thing.kind == "countries" and not countries.is_country(thing.id):
        code = countries.meant(thing.id) or countries.meant(thing.cells.get("name", ""))
        yield "", f"unknown country {thing.id!r}; write its code of ISO 3166-1 alpha-2{f', {code}' if code else ': DE'}"
    if thing.kind == "exceptions":
        yield from (("", problem) for problem in _exception_problems(thing.cells, known))
    if thing.kind == "sources" and OWN in listing.split(thing.cells["derived_from"]) != [OWN]:
        yield (
            "",
            f"derived_from of {thing.id} is own or names sources; a claim that differs says so in quoting",
        )
    if thing.id == OWN:
        yield "", f"no thing may be called {OWN!r}, which stands for a source's own reporting"
    if thing.kind == "sources" and thing.cells["reliability"] not in tuple("ABCDEF"):
        yield "", f"reliability of {thing.id} must be a letter from A to F; F if it cannot be judged"


def _exception_problems(cells: Mapping[str, str], known: Known) -> Iterator[Problem]:
    finding, subject = cells["finding"], cells["subject"]
    there = sorted([*findings(), *gaps_known()])
    if finding not in there:
        yield f"unknown finding {finding!r}{did_you_mean(finding, there) or '; there are: ' + ', '.join(there)}"
    if subject and not known.kind_of(subject) and not known.incomplete:
        yield Unknown(subject, None)
    if not cells["reason"]:
        yield "reason is empty; say why the finding is accepted"


def find_cycles(things: Things, kinds: Iterable[Kind]) -> Iterator[Mistake]:
    """Find a thing that is part of itself, or a source derived from itself, at any distance."""
    for kind in kinds:
        for column in kind.columns:
            if column.target != kind.name:
                continue
            try:
                TopologicalSorter(things.cycle_candidates(kind.name, column.name)).prepare()
            except CycleError as error:
                circle: list[str] = error.args[1][::-1]  # from what derives to what it derives from
                sentence = f"{column.name} goes in a circle: {' -> '.join(circle)}; remove one of them"
                yield Mistake(f"{kind.name}.csv", things[circle[0]].line, sentence)
