"""The database file: how one is recognised, opened for reading, and replaced.

Only a regular file that bears our mark is ever opened, and never for writing: the database is a build
product, which a load replaces. The protocol for that was chosen by experiment: a journal left beside an
old database would be replayed onto a new one, so the old one is recovered first.
"""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from spectorcli.errors import EnvironmentFailed, NotFound
from spectorcli.files import leftovers, lock, whole_file

APPLICATION_ID = 0x53504354
"""``SPCT``: the mark in the header of the file, at byte 68."""

STEPS = 100_000
"""Of SQLite's machine between two looks for signals: some milliseconds."""

LAYOUT = 4
"""The version of our tables, at byte 60 (``user_version``)."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open a case for reading only.

    Raises:
        NotFound: there is no such file, or it is not a case, or of another version of spector.
        EnvironmentFailed: the file cannot be read.
    """
    layout = read_mark(path)
    if layout != LAYOUT:
        newer = "a newer" if layout > LAYOUT else "an older"
        raise NotFound(f"{path} was built by {newer} spector; build it again with: spector load DIR --db {path}")
    return connect(path)


def connect(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Open a case of whatever version for reading only. Raises what ``read_mark`` raises."""
    read_mark(path)
    name = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(name, uri=True, check_same_thread=check_same_thread)
    connection.executescript("pragma query_only = on; pragma trusted_schema = off; pragma cell_size_check = on;")
    let_signals_in(connection)
    return connection


def let_signals_in(connection: sqlite3.Connection) -> None:
    """Let Python look for signals inside long statements: the statement then ends with ``SQLITE_INTERRUPT``."""
    connection.set_progress_handler(lambda: 0, STEPS)


def read_mark(path: Path) -> int:
    """Return the version of the tables in a case file, from its header.

    Raises:
        NotFound: no regular file is there, or it does not bear our mark.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotFound(f"{path} is not a file; name a case file, or build one with: spector load DIR --db FILE")
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise NotFound(f"no case file at {path}; build it with: spector load DIR --db {path}") from None
    except OSError as error:
        raise EnvironmentFailed(f"{path} cannot be read: {error.strerror}") from None
    marked = header[:16] == b"SQLite format 3\0" and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if not marked:
        raise NotFound(f"{path} is not a case file; build one with: spector load DIR --db FILE")
    return int.from_bytes(header[60:64], "big")


@contextmanager
def replaced_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a new, empty database that takes the place of ``path`` when the block ends well.

    Everything happens in one transaction in a temporary file beside ``path``.

    Raises:
        NotFound: what is there is not a case.
        Busy: another load of the same file runs.
        EnvironmentFailed: what is there is not a regular file, or a crashed database cannot be recovered.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise EnvironmentFailed(f"{path} is not a regular file; nothing was changed")
    if target.exists() and target.stat().st_size:
        read_mark(target)  # nobody's thesis is overwritten
    with lock(target):
        for left in leftovers(target):
            left.unlink()
        _recover(target)
        with whole_file(target) as temporary, closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;")
            let_signals_in(connection)
            yield connection
            connection.executescript(f"pragma application_id = {APPLICATION_ID}; pragma user_version = {LAYOUT};")


def _recover(target: Path) -> None:
    """Let SQLite finish what a crashed writer began, so that no journal is left to harm the new file."""
    journals = [target.with_name(target.name + suffix) for suffix in ("-journal", "-wal", "-shm")]
    if not any(journal.exists() for journal in journals):
        return
    if target.exists():
        try:
            with closing(sqlite3.connect(target, timeout=10)) as old:
                old.execute("pragma journal_mode = delete")
                old.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            raise EnvironmentFailed(f"{target} has a journal that cannot be recovered: {error}") from None
    for journal in journals:
        if journal.exists() and target.exists():
            raise EnvironmentFailed(f"{journal} could not be recovered; is another program using {target.name}?")
        journal.unlink(missing_ok=True)
