"""The database file: how one is recognised, opened for reading, and replaced.

Only a regular file that bears our mark is ever opened, and never for writing: the database is a build
product, which a load replaces. The protocol for that was chosen by experiment: a journal left beside an
old database would be replayed onto a new one, so the old one is recovered first.
"""

import os
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from spectorcli.errors import Damaged, EnvironmentFailed, NotFound
from spectorcli.files import leftovers, lock, whole_file

APPLICATION_ID = 0x53504354
"""``SPCT``: the mark in the header of the file, at byte 68."""

SECTOR = 512
"""Bytes of which every page of a database is a multiple."""

ALWAYS_CHECKED = 16 << 20
"""Bytes of a file whose checksum is tried whenever it is opened, at 1 ms a megabyte; ``spector check`` tries any."""

STEPS = 100_000
"""Of SQLite's machine between two looks for signals: some milliseconds."""

CHUNK = 1 << 16  # a buffer that is used again; a larger one is new memory each time, which takes twice as long

LAYOUT = 22
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
    """Open a case of whatever version for reading only.

    Raises:
        NotFound, EnvironmentFailed: as ``read_mark`` does.
        Damaged: it is of our version and not too large to look, and not as it was built.
    """
    if read_mark(path) == LAYOUT and path.stat().st_size <= ALWAYS_CHECKED:
        check_whole(path)
    name = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(name, uri=True, check_same_thread=check_same_thread)
    connection.executescript("pragma query_only = on; pragma trusted_schema = off; pragma cell_size_check = on;")
    let_signals_in(connection)
    return connection


def check_whole(path: Path) -> None:
    """Compare a case file with its checksum: SQLite has none, and answers from a damaged page as from any other.

    Raises:
        Damaged: it is not as it was built.
    """
    with path.open("rb") as file:
        length = _length(file)
        said = _checksum(file, length) == file.read()
    if not said:
        again = f"build it again with: spector load DIR --db {path}"
        raise Damaged(f"{path} was changed or damaged since it was built; {again}")


def seal(path: Path) -> None:
    """Write the CRC-32 of a database behind its last page, where SQLite takes no notice of it."""
    with path.open("rb") as file:
        length = _length(file)
        checksum = _checksum(file, length)
    os.truncate(path, length)
    with path.open("ab") as file:
        file.write(checksum)


def _length(file: BinaryIO) -> int:
    """Return the bytes of whole pages."""
    length = file.seek(0, os.SEEK_END)
    return length - length % SECTOR


def _checksum(file: BinaryIO, length: int) -> bytes:
    """Return the checksum of so many bytes, and leave the file at their end."""
    file.seek(0)
    checksum = 0
    for start in range(0, length, CHUNK):
        checksum = zlib.crc32(file.read(min(CHUNK, length - start)), checksum)
    return checksum.to_bytes(4, "big")


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
        with whole_file(target) as temporary:
            with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
                connection.executescript(
                    "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;"
                )
                let_signals_in(connection)
                yield connection
                connection.executescript(f"pragma application_id = {APPLICATION_ID}; pragma user_version = {LAYOUT};")
            seal(temporary)


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
