"""Reads the files of things, and checks each thing once all are known."""

import re
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter

from spectorcli.folder.folder import Folder
from spectorcli.folder.guess import did_you_mean
from spectorcli.folder.register import Thing
from spectorcli.folder.table import read_table
from spectorcli.folder.values import is_country, misread
from spectorcli.statements import findings
from spectorcli.values import listing
from spectorcli.vocabulary import Kind

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*", re.ASCII)


def read_things(folder: Folder, kind: Kind) -> None:
    """Put the things of a kind into the register, unchecked but for their ids."""
    file = f"{kind.name}.csv"
    for line, (id, *cells) in read_table(folder, file, ["id", *(column.name for column in kind.columns)]):
        if not _ID.fullmatch(id):
            folder.wrong(file, line, f"id {id!r} must be letters, digits, dots and hyphens, as in 'arrests-spector-us'")
        elif other := folder.things.add(kind.name, line, id, cells):
            folder.wrong(file, line, f"duplicate id {id!r}, first in {other.kind}.csv:{other.line}")


def check_thing(folder: Folder, thing: Thing) -> None:
    """Note what is wrong with the cells of a thing; all things must be known by now."""

    def wrong(sentence: str) -> None:
        folder.wrong(f"{thing.kind}.csv", thing.line, sentence)

    for column in folder.kinds[thing.kind].columns:
        text = thing.cells[column.name]
        if not text and column.name in {"name", "title"}:
            wrong(f"{column.name} is empty; every one of the {thing.kind} has one")
        if column.type == "text":
            continue
        for value in listing.split(text) if column.many else [text] if text else []:
            problem = misread(folder, column, value, "")[1]
            if problem:
                wrong(f"{column.name} of {thing.id}: {problem}")
    if thing.kind == "countries" and not is_country(thing.id):
        wrong(f"unknown country {thing.id!r}; write the ISO 3166-1 alpha-2 code in upper case, such as DE")
    if thing.kind == "exceptions":
        _check_exception(folder, thing.cells, wrong)
    if thing.kind == "sources" and thing.cells["reliability"] not in tuple("ABCDEF"):
        wrong(f"reliability of {thing.id} must be a letter from A to F; F if it cannot be judged")


def _check_exception(folder: Folder, cells: dict[str, str], wrong: Callable[[str], None]) -> None:
    finding, subject = cells["finding"], cells["subject"]
    known = findings()
    if finding not in known:
        wrong(f"unknown finding {finding!r}{did_you_mean(finding, known) or '; there are: ' + ', '.join(known)}")
    if subject and not folder.things.get(subject) and not folder.unread:
        wrong(f"unknown subject {subject!r}{folder.guess(subject, folder.things.ids())}")
    if not cells["reason"]:
        wrong("reason is empty; say why the finding is accepted")


def check_cycles(folder: Folder) -> None:
    """Refuse a thing that is part of itself, or a source derived from itself, at any distance."""
    for kind in folder.kinds.values():
        for column in kind.columns:
            if column.target != kind.name:
                continue
            try:
                TopologicalSorter(folder.things.cycle_candidates(kind.name, column.name)).prepare()
            except CycleError as error:
                circle: list[str] = error.args[1][::-1]  # from what derives to what it derives from
                sentence = f"{column.name} goes in a circle: {' -> '.join(circle)}; take one of them out"
                folder.wrong(f"{kind.name}.csv", folder.things[circle[0]].line, sentence)
