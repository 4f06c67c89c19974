"""Creates the tables: one for each kind of the vocabulary, and those that every case has."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from spectorcli.load.build import Build
from spectorcli.statements import statement
from spectorcli.verdicts import Verdict
from spectorcli.vocabulary import ANY_KIND, COLUMNS, FOLLOWS, Kind, bundled_rows, write_terms

Shape = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
"""Of the table of a kind: its name, its columns with their types, and which of them refer to what kind."""


def create_tables(build: Build) -> None:
    """Create one table per kind from the vocabulary, and the fixed ones, in a database that has nothing yet."""
    kinds = build.case.known.kinds.values()
    shapes = (
        (kind.name, tuple((column, type) for column, type, _ in columns_of(kind)), tuple(_refs(kind).items()))
        for kind in kinds
    )
    _empty(tuple(shapes)).backup(build.connection)
    build.clock.lap("write")


@lru_cache(1)
def _empty(shapes: tuple[Shape, ...]) -> sqlite3.Connection:
    """Return an empty case, to be copied: to define its tables takes a quarter of a small load, and many follow."""
    from sqlite_utils import Database

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db = Database(connection)
    waiting, made, later = [*shapes], set[str](), []
    while waiting:
        # sqlite-utils looks for the table of a key; to add one makes its table anew, in a sixth of a small load
        shape = next((one for one in waiting if {target for _, target in one[2]} <= made | {one[0]}), waiting[0])
        waiting.remove(shape)
        name, columns, refs = shape
        made.add(name)
        keys = [(column, target, "id") for column, target in refs if target in made]
        later += [(name, column, target, "id") for column, target in refs if target not in made]
        db.table(name).create({"id": "text", **dict(columns)}, pk="id", not_null={"id"}, foreign_keys=keys, strict=True)
    db.add_foreign_keys(later)  # of kinds that refer to each other
    connection.executescript(statement("build/schema"))
    return connection


def write_vocabulary(build: Build) -> None:
    """Write what words mean in this case: kinds and properties, and verdicts."""
    _write_vocabulary(build)
    ways = enumerate(Verdict)
    build.insert("verdicts", [(one, place, int(one.says), int(one.follows), int(one.accepted)) for place, one in ways])
    # which things a claim names, and whether to deny something of them
    build.connection.execute("create temp table mentions (claim integer, object text, denied integer)")
    build.connection.execute(
        "create temp table contested (first integer primary key, subject, property, unique (subject, property))"
    )
    build.clock.lap("write")


def _refs(kind: Kind) -> dict[str, str]:
    """Return the kind that each column refers to; the table of all things, which any may be, is made after them."""
    refs = (one for one in kind.properties.values() if one.type == "ref" and not one.many)
    return {one.name: one.target for one in refs if one.target != ANY_KIND}


def _write_vocabulary(build: Build) -> None:
    """Write each kind and property once, with what the case adds to it, and the rows of the case as they are."""
    rows = {(row["kind"], row["property"]): row for row in bundled_rows()}
    bundled, own = set(rows), build.case.vocabulary
    kinds = build.case.known.kinds
    for row in own:
        declared = kinds[row["kind"]].properties.get(row["property"])
        if declared and (row["kind"], row["property"]) in bundled:
            row = rows[row["kind"], row["property"]] | {
                "unit": " ".join(declared.units),
                "terms": write_terms(declared.terms),
            }
        rows[row["kind"], row["property"]] = row
    build.insert("vocabulary", [(*map(row.get, COLUMNS), int(key not in bundled)) for key, row in rows.items()])
    build.insert("own_vocabulary", [[row[column] for column in COLUMNS] for row in own])
    words = ((one, *term) for kind in kinds.values() for one in kind.properties.values() for term in one.terms)
    build.insert(
        "vocabulary_terms",
        [(one.kind, one.name, word, *(int(what in follows) for what in FOLLOWS)) for one, word, follows in words],
    )


def columns_of(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Yield the columns of a kind's table after id: name, type, and the property they show."""
    for declared in kind.columns:
        yield declared.name, "text", declared.name
    for declared in kind.claimed:
        yield declared.name, "any" if declared.type == "number" else "text", declared.name
        if declared.units and not declared.single_unit:
            yield f"{declared.name}_unit", "text", declared.name
