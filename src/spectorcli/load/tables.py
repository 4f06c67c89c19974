"""Creates the tables: one for each kind of the vocabulary, and those that every case has."""

import csv
from collections.abc import Iterator

from spectorcli.load.build import Build
from spectorcli.statements import statement
from spectorcli.vocabulary import BUNDLED, COLUMNS, Kind


def create_tables(build: Build) -> None:
    """Create one table per kind from the vocabulary, and the fixed ones."""
    from sqlite_utils import Database

    db = Database(build.connection)
    made, later = set(), []
    for kind in build.case.known.kinds.values():
        made.add(kind.name)
        columns = {"id": "text", **{column: type for column, type, _ in columns_of(kind)}}
        refs = [one for one in kind.columns if one.type == "ref" and not one.many]
        keys = [(ref.name, ref.target, "id") for ref in refs if ref.target in made]
        later += [(kind.name, ref.name, ref.target, "id") for ref in refs if ref.target not in made]
        db.table(kind.name).create(columns, pk="id", not_null={"id"}, foreign_keys=keys, strict=True)
    db.add_foreign_keys(later)  # makes a table anew, which takes longer
    for definition in statement("build/schema").split(";\n"):
        build.connection.execute(definition)
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        build.insert("vocabulary", [(*row, 0) for row in list(csv.reader(lines))[1:]])
    own = build.case.vocabulary
    build.insert("vocabulary", [(*(row[column] for column in COLUMNS), 1) for row in own])
    # which things a claim names, and whether to deny something of them
    build.connection.execute("create temp table mentions (claim integer, object text, denied integer)")
    build.connection.execute(
        "create temp table contested (first integer primary key, subject, property, unique (subject, property))"
    )
    build.clock.lap("write")


def columns_of(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Yield the columns of a kind's table after id: name, type, and the property they show."""
    for declared in kind.columns:
        yield declared.name, "text", declared.name
    for declared in kind.claimed:
        yield declared.name, "any" if declared.type == "number" else "text", declared.name
        if declared.units and not declared.single_unit:
            yield f"{declared.name}_unit", "text", declared.name
