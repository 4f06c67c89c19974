"""Compares two cases: what was added, removed and corrected, in the terms of the case.

Both are databases, a folder being built into a temporary one, so that SQL can compare what does not fit
into memory.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from spectorcli.case import Record
from spectorcli.database import open_database
from spectorcli.result import Look, Result, Row
from spectorcli.statements import statement

COLUMNS = (
    *("change", "kind", "id", "property", "before", "after", "grade_before", "grade_after"),
    *("claims_added", "claims_removed", "claims_corrected", "sentence"),
)


def diff(before: Path, after: Path) -> Result:
    """Return a row for each thing, each cell of a thing, and each property that changed.

    ``before`` and ``after`` in it are best values with their units, or cells; the sentence says the same
    in words, as in ``arrests-spector-us count: best value 155 → 153; 2 claims added``.

    Raises:
        Refused: a folder has mistakes.
        NotFound: there is neither a case folder nor a case file.
    """
    with ExitStack() as stack, closing(sqlite3.connect("file::memory:", uri=True)) as connection:
        for name, path in (("before", before), ("after", after)):
            connection.execute(f"attach ? as {name}", (_database(path, stack),))
        connection.execute("pragma query_only = on")
        rows = [row for part in ("things", "cells", "facts") for row in _changes(connection, part)]
    counts = [f"{sum(row[0] == change for row in rows):,} {change}" for change in ("added", "removed", "corrected")]
    note = ", ".join(counts) if rows else "both say the same"
    return Result(f"From {before.resolve().name} to {after.resolve().name}", COLUMNS, rows, [note], Look.CHANGES)


def _database(path: Path, stack: ExitStack) -> str:
    """Return the address of a case for reading, built first if it is a folder."""
    if path.is_dir():
        from spectorcli.load.load import load

        built = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "case.db"
        load(path, built)
        path = built
    open_database(path).close()
    return f"{path.resolve().as_uri()}?mode=ro"


def _changes(connection: sqlite3.Connection, part: str) -> Iterator[Row]:
    cursor = connection.execute(statement(f"diff/{part}"))
    columns = [column[0] for column in cursor.description]
    for row in cursor:
        record = dict(zip(columns, row, strict=True))
        yield [record.get(column) for column in COLUMNS[:-1]] + [_sentence(record)]


def _sentence(change: Record) -> str:
    about = " ".join(str(change[name]) for name in ("id", "property") if change[name])
    if "claims_added" not in change:
        value = change["after"] if change["before"] is None else change["before"]
        return (
            f"{about}: {_moved(change)}" if change["change"] == "corrected" else f"{about}: {change['change']} {value}"
        )
    parts = []
    if change["before"] != change["after"]:
        parts.append(f"best value {_moved(change)}")
    elif change["grade_before"] != change["grade_after"]:
        parts.append(f"grade {change['grade_before']} → {change['grade_after']}")
    for done in ("added", "removed", "corrected"):
        if number := change[f"claims_{done}"]:
            parts.append(f"{number:,} {'claim' if number == 1 else 'claims'} {done}")
    return f"{about}: {'; '.join(parts)}"


def _moved(change: Record) -> str:
    return f"{change['before'] or 'nothing'} → {change['after'] or 'nothing'}"
