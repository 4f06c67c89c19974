"""Reads the kinds and properties that a case declares itself."""

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from spectorcli.errors import did_you_mean, no_such
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.table import read_table
from spectorcli.values import TYPES
from spectorcli.vocabulary import (
    ANY_KIND,
    COLUMNS,
    FOLLOWS,
    FTM,
    OPTIONAL,
    REQUIRED,
    STIX,
    Kind,
    Property,
    bundled_rows,
    declare,
    terms,
)

RESERVED = (
    *("about", "cells", "claims", "entities", "facts", "links", "names", "search", "vocabulary"),
    *("announcements", "expected", "parts", "answers", "units", "contested", "mentions", "words"),
    *(ANY_KIND, "own_vocabulary", "vocabulary_terms", "claim_slips", "claim_members", "fact_members"),
)
"""Tables that every case has, so no kind is called like one of them."""

SQLITES_OWN = ("sqlite_", "pragma_", "json_", "jsonb_")
"""How SQLite's own tables and functions begin; a table that is called so hides them."""

LONGEST_NAME = 100
"""Characters of a kind or a property: a kind is also a file, whose name has 255 bytes at most."""

MOST_PROPERTIES = 500
"""Of a kind. A table of SQLite has 2,000 columns at most, and a figure with its unit takes two."""

MOST_KINDS = 200
"""Of a case besides those that every case has: each is a table, and to make them takes the square of their number."""

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


class OwnVocabulary(NamedTuple):
    """All kinds of a case, the rows with which it declares its own, and what is wrong in other rows."""

    kinds: dict[str, Kind]
    rows: list[dict[str, str]]
    mistakes: list[Mistake]


def read_own_vocabulary(path: Path, kinds: Mapping[str, Kind]) -> OwnVocabulary:
    """Read vocabulary.csv of a case, if it has one; ``kinds`` are those that every case has."""
    file = path / "vocabulary.csv"
    if not file.is_file():
        return OwnVocabulary(dict(kinds), [], [])
    own = OwnVocabulary(copy.deepcopy(dict(kinds)), [], [])
    rows: list[tuple[int, dict[str, str]]] = []
    for raw in read_table(file, COLUMNS, optional=OPTIONAL):
        if isinstance(raw, Mistake):
            own.mistakes.append(raw)
        else:
            rows.append((raw.line, dict(zip(COLUMNS, raw.cells, strict=True))))
    bundled = [[row[name] for name in REQUIRED] for row in bundled_rows()]  # a copy of it may stand there
    known = {*kinds, *(row["kind"] for _, row in rows)}
    told: set[str] = set()
    for line, row in rows:
        if [row[name] for name in REQUIRED] in bundled and not row["terms"]:
            continue
        crowded = _too_many(own.kinds, row, len(kinds))
        if crowded and crowded in told:  # of each further row the same would be said
            continue
        told.add(crowded)
        if problem := crowded or _misdeclared(own.kinds, row, known):
            own.mistakes.append(Mistake(file.name, line, problem, lost=True))  # it is not there to be referred to
        else:
            declare([row], own.kinds)
            own.rows.append(row)
    return own


def _too_many(kinds: dict[str, Kind], row: dict[str, str], common: int) -> str:
    """Say which limit a row goes beyond, so that no table is wider than SQLite allows; empty if none."""
    kind = row["kind"]
    if row["property"] and kind in kinds and len(kinds[kind].properties) >= MOST_PROPERTIES:
        return f"kind {kind!r} has more than {MOST_PROPERTIES} properties; take some out, or make it several kinds"
    if not row["property"] and len(kinds) - common >= MOST_KINDS:
        return f"the case has more than {MOST_KINDS} kinds of its own; take some out"
    return ""


def _misdeclared(kinds: dict[str, Kind], row: dict[str, str], known: set[str]) -> str:
    """Say what is wrong with a row of vocabulary.csv; empty if nothing is."""
    kind, name, type = row["kind"], row["property"], row["type"]
    if not NAME.fullmatch(kind):
        return f"kind {kind!r} must be letters, digits and _, as in 'vehicles'"
    if kind.lower() in RESERVED or kind.lower().startswith("search_"):
        return f"kind {kind!r} is the name of a table of every case; take another"
    if kind.lower().startswith(SQLITES_OWN):
        return f"kind {kind!r} begins like a table of SQLite's own; take another"
    if max(len(kind), len(name)) > LONGEST_NAME:
        return f"the name of a kind or a property has at most {LONGEST_NAME} characters"
    if not name:
        there = [one for one in kinds if one.lower() == kind.lower()]
        return f"kind {there[0]!r} already exists" if there else _miscalled(row)
    if kind not in kinds:
        return f"kind {kind!r} is not declared; write a row for it before, with an empty property"
    if not NAME.fullmatch(name):
        return f"property {name!r} of {kind} must be letters, digits and _"
    if name in kinds[kind].properties:
        return _misadded(kinds[kind].properties[name], row)
    taken = {one.lower() for one in kinds[kind].properties}
    if name.lower() in {"id", *taken, *(f"{one}_unit" for one in taken)} or f"{name}_unit".lower() in taken:
        return f"property {name!r} of {kind} already exists"
    if type == "ref" or (type not in TYPES and not type.startswith("ref:")):
        return f"unknown type {type!r}; there are: {', '.join(TYPES)}:KIND"
    if type.startswith("ref:") and type[4:] not in {ANY_KIND, *known}:
        return f"type {type!r} refers to an unknown kind{did_you_mean(type[4:], [ANY_KIND, *known])}"
    for column in ("many", "claimed"):
        if row[column] not in {"", "yes"}:
            return f"{column} is yes or empty, not {row[column]!r}"
    if row["many"] and type in {"number", "date", "flag"}:
        return f"a {type} is one value; leave many empty"
    denied = kinds[kind].properties.get(row["denies"])
    if row["denies"] and not (denied and denied.type == "ref" and type.startswith("ref:")):
        return f"{name!r} denies {row['denies']!r}, which is not a relation of {kind}"
    return _misused(row, type, row["many"] == "yes")


def _miscalled(row: dict[str, str]) -> str:
    """Say what is wrong with what other formats call a kind."""
    if row["ftm"] not in {"", *FTM}:
        return no_such("schema", row["ftm"], FTM, " of FollowTheMoney")
    if row["stix"] not in {"", *STIX}:
        return no_such("object", row["stix"], STIX, " of STIX")
    return ""


def _misadded(there: Property, row: dict[str, str]) -> str:
    """Say what is wrong with a row that adds units or words to a property that is there, or declares it as it is."""
    type = f"ref:{there.target}" if there.target else there.type
    same = {"type": type, "many": "yes" if there.many else "", "claimed": "yes" if there.claimed else ""}
    alike = all(row[column] == text for column, text in same.items())  # as a case did before all had the property
    adds = row["unit"] or row["terms"]
    if not (adds or alike) or any(row[column] not in {"", text} for column, text in same.items()):
        return f"property {there.name!r} of {there.kind} already exists; a row can only add units or terms to it"
    return _misused(row, there.type, there.many)


def _misused(row: dict[str, str], type: str, many: bool) -> str:
    """Say which of the cells for one type only are filled for another."""
    if row["unit"] and type != "number":
        return f"only a number has a unit, and {row['property']!r} is a {type}"
    if row["terms"] and (type != "term" or many):
        return f"only a term that is one value has terms, and {row['property']!r} is none"
    for word in (one for term in terms(row["terms"]) for one in term.follows):
        if word not in FOLLOWS:
            return no_such("word", word, FOLLOWS, " to follow from a term")
    if row["ftm"] or row["stix"]:
        return "ftm and stix stand in the row of a kind, whose property is empty"
    return ""
