"""Reads the kinds and properties that a case declares itself."""

import copy
import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from spectorcli.errors import did_you_mean
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.table import read_table
from spectorcli.values import TYPES
from spectorcli.vocabulary import BUNDLED, COLUMNS, OPTIONAL, REQUIRED, Kind, declare

RESERVED = (
    *("about", "cells", "claims", "entities", "facts", "links", "names", "search", "vocabulary"),
    *("announcements", "json_each", "parts", "answers", "units", "contested", "mentions", "words"),
)
"""Tables that every case has, so no kind is called like one of them."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


class OwnVocabulary(NamedTuple):
    """All kinds of a case, the rows with which it declares its own, and what is wrong in other rows."""

    kinds: dict[str, Kind]
    rows: list[dict[str, str]]
    mistakes: list[Mistake]


def read_own_vocabulary(path: Path, kinds: Mapping[str, Kind]) -> OwnVocabulary:
    """Read vocabulary.csv of a case, if it has one; ``kinds`` are those that every case has."""
    own = OwnVocabulary(copy.deepcopy(dict(kinds)), [], [])
    file = path / "vocabulary.csv"
    if not file.is_file():
        return own
    rows: list[tuple[int, dict[str, str]]] = []
    for raw in read_table(file, COLUMNS, optional=OPTIONAL):
        if isinstance(raw, Mistake):
            own.mistakes.append(raw)
        else:
            rows.append((raw.line, dict(zip(COLUMNS, raw.cells, strict=True))))
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        bundled = [[row[name] for name in REQUIRED] for row in csv.DictReader(lines)]  # a copy of it may stand there
    known = {*kinds, *(row["kind"] for _, row in rows)}
    for line, row in rows:
        if [row[name] for name in REQUIRED] in bundled:
            continue
        if problem := _misdeclared(own.kinds, row, known):
            own.mistakes.append(Mistake(file.name, line, problem, lost=True))  # it is not there to be referred to
        else:
            declare([row], own.kinds)
            own.rows.append(row)
    return own


def _misdeclared(kinds: dict[str, Kind], row: dict[str, str], known: set[str]) -> str:
    """Say what is wrong with a row of vocabulary.csv; empty if nothing is."""
    kind, name, type = row["kind"], row["property"], row["type"]
    if not _NAME.fullmatch(kind):
        return f"kind {kind!r} must be letters, digits and _, as in 'vehicles'"
    if kind.lower() in RESERVED or kind.lower().startswith(("sqlite_", "search_")):
        return f"kind {kind!r} is the name of a table of every case; take another"
    if not name:
        there = [one for one in kinds if one.lower() == kind.lower()]
        return f"kind {there[0]!r} is there already" if there else ""
    if kind not in kinds:
        return f"kind {kind!r} is not declared; write a row for it before, with an empty property"
    if not _NAME.fullmatch(name):
        return f"property {name!r} of {kind} must be letters, digits and _"
    taken = {one.lower() for one in kinds[kind].properties}
    if name.lower() in {"id", *taken, *(f"{one}_unit" for one in taken)} or f"{name}_unit".lower() in taken:
        return f"property {name!r} of {kind} is there already"
    if type == "ref" or (type not in TYPES and not type.startswith("ref:")):
        return f"unknown type {type!r}; there are: {', '.join(TYPES)}:KIND"
    if type.startswith("ref:") and type[4:] not in known:
        return f"type {type!r} refers to an unknown kind{did_you_mean(type[4:], known)}"
    for column in ("many", "claimed"):
        if row[column] not in {"", "yes"}:
            return f"{column} is yes or empty, not {row[column]!r}"
    if row["many"] and type in {"number", "date", "flag"}:
        return f"a {type} is one value; leave many empty"
    denied = kinds[kind].properties.get(row["denies"])
    if row["denies"] and not (denied and denied.type == "ref" and type.startswith("ref:")):
        return f"{name!r} denies {row['denies']!r}, which is not a relation of {kind}"
    if row["unit"] and type != "number":
        return f"only a number has a unit, and {name!r} is a {type}"
    return ""
