"""Compares two cases: what was added, removed and corrected, in the terms of the case.

Both are databases, a folder being built into a temporary one, so that SQL can compare what does not fit
into memory.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from spectorcli.case import Record
from spectorcli.database import open_database
from spectorcli.result import Look, Note, Result, Row, Said, Shows, columns
from spectorcli.statements import statement
from spectorcli.words import say

COLUMNS = columns(
    "change term, kind term, id id, property term, before text, after text, grade_before text, grade_after text,"
    "claims_added count, claims_removed count, claims_corrected count, sentence sentence"
)


def diff(before: Path, after: Path, called: tuple[str, str] | None = None) -> Result:
    """Return a row for each thing, each cell of a thing, and each property that changed.

    ``called`` is what the two are called in the title, if that is not the names of their files.

    ``before`` and ``after`` in it are best values with their units, or cells; the sentence says the same
    in words, as in ``arrests-spector-us count: best value from 155 persons to 153 persons; 2 claims added``.

    Raises:
        Refused: a folder has mistakes.
        NotFound: there is neither a case folder nor a case file.
    """
    with ExitStack() as stack, closing(sqlite3.connect("file::memory:", uri=True)) as connection:
        for name, path in (("before", before), ("after", after)):
            database = stack.enter_context(as_database(path))
            connection.execute(f"attach ? as {name}", (f"{database.resolve().as_uri()}?mode=ro",))
        connection.execute("pragma query_only = on")
        rows = [row for part in ("things", "cells", "facts") for row in _changes(connection, part)]
    counts = {change: sum(row[0] == change for row in rows) for change in ("added", "removed", "changed")}
    cells = {change: Said(Shows.COUNT, count) for change, count in counts.items()}
    note = Note(Look.CHANGES if rows else "no changes", cells)
    earlier, later = called or (before.resolve().name, after.resolve().name)
    return Result(f"From {earlier} to {later}", COLUMNS, rows, [note], look=Look.CHANGES)


@contextmanager
def as_database(path: Path) -> Iterator[Path]:
    """Give a case file, one that is built for the while where it is a folder.

    Raises:
        Refused: the folder has mistakes.
        NotFound: there is neither a case folder nor a case file.
    """
    with tempfile.TemporaryDirectory() as temporary:
        if path.is_dir():
            from spectorcli.load.load import load

            built = Path(temporary, "case.db")
            load(path, built)
            path = built
        open_database(path).close()
        yield path


def _changes(connection: sqlite3.Connection, part: str) -> Iterator[Row]:
    cursor = connection.execute(statement(f"diff/{part}"))
    names = [column[0] for column in cursor.description]
    for row in cursor:
        record = dict(zip(names, row, strict=True))
        yield [record.get(column.name) for column in COLUMNS[:-1]] + [say(_note(record))]


def _note(change: Record) -> Note:
    """Return what changed as a sentence."""
    cells = {name: Said(Shows.TEXT, change[name]) for name in ("id", "property", "before", "after")}
    if change["property"] is None:
        return Note(str(change["change"]), cells)
    return Note("changed", {**cells, "what": Said(Shows.SENTENCE, list(_parts(change)))})


def _parts(change: Record) -> Iterator[Note]:
    weighed = "claims_added" in change
    if change["before"] != change["after"]:
        yield _moved("moved best" if weighed else "moved", change, "before", "after")
    elif weighed and change["grade_before"] != change["grade_after"]:
        yield _moved("graded", {**change, "type": "term"}, "grade_before", "grade_after")
    for done in ("added", "removed", "corrected"):
        if change.get(f"claims_{done}"):
            yield Note(f"claims {done}", {"claims": Said(Shows.COUNT, change[f"claims_{done}"])})


def _moved(sentence: str, change: Record, before: str, after: str) -> Note:
    """Say from what to what; figures with their units, several with ``;`` between."""
    shows = Shows.AMOUNTS if change.get("type") == "number" else Shows.TEXT
    ends = {"before": change[before], "after": change[after]}
    cells = {name: Said(shows, cell) if cell else Said(Shows.TEXT, "nothing") for name, cell in ends.items()}
    return Note(sentence, cells)
