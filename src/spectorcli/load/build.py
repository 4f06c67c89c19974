"""What the steps of a load share: the case, the database that is built, and how rows get into it."""

import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from spectorcli.folder.read import Folder
from spectorcli.load.clock import Clock, Row, Track
from spectorcli.load.witnesses import Witnesses
from spectorcli.statements import statement

BATCH = 5000
"""Rows that are written at once."""


@dataclass
class Build:
    """A load under way; ``strict`` if a value that does not follow from the words of its claim is a mistake.

    ``without`` names tables that are not written; ``mine`` tells of a thing, by its id, whether it is written.
    """

    case: Folder
    connection: sqlite3.Connection
    track: Track
    clock: Clock
    witnesses: Witnesses
    strict: bool = False
    without: Set[str] = frozenset()
    mine: Callable[[str], bool] | None = None

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert many rows; sqlite3 itself is five times as fast at it as sqlite-utils.

        ``table`` is one of ours or a kind of the vocabulary, never text from a case.
        """
        if table in self.without:
            return
        (width,) = self.connection.execute("select count(*) from pragma_table_info(?)", (table,)).fetchone()
        self.connection.executemany(f"insert into [{table}] values ({', '.join('?' * width)})", rows)  # noqa: S608

    def run(self, name: str) -> None:
        """Run a statement of ``sql/build``."""
        self.connection.execute(statement(f"build/{name}"))


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists of ``BATCH``."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


@contextmanager
def without_cyclic_gc() -> Iterator[None]:
    """Keep Python from looking for circles of objects: rows have none, and looking takes a tenth of a load."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
