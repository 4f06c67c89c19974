"""Runs SQL that a user typed: it can read this case and nothing else, and it ends within its limits.

``mode=ro`` is not enough: a statement could still empty the file through ATTACH, or create others. An authorizer
(https://www.sqlite.org/c3ref/set_authorizer.html) refuses what is not listed here. The statement runs in a thread
of its own, for SQLite does not check whether it is to stop inside a long ``instr``, nor while it compiles: this
thread then goes on without it, on a Ctrl-C or when the time is up.
"""

import math
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, thread_time
from typing import Any

from spectorcli.database import connect
from spectorcli.errors import LimitReached, UsageError, did_you_mean, no_such
from spectorcli.escapes import clean
from spectorcli.result import Cell, Column, Look, Result, Row

MAX_MEMORY = 100_000_000
"""Bytes that SQLite may take: a sort of some 500,000 claims."""

MAX_TEXT_BYTES = 1_000_000
"""Bytes of a text or a blob."""

MAX_ANSWER_CHARS = 16_000_000
"""Characters of an answer as it is printed, besides its number of rows: a picture of it is drawn from memory."""

CELL = 64
"""What a cell counts besides its characters: a number or a null is drawn, too, and takes more than it shows."""

_ACTIONS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}

_PRAGMAS = frozenset(
    """
    data_version foreign_key_list index_info index_list index_xinfo table_info table_list table_xinfo
    """.split()
)
"""What tables look like; the full-text index asks for data_version."""

_FUNCTIONS = frozenset(
    """
    -> ->> abs acos acosh asin asinh atan atan2 atanh avg bm25 ceil ceiling char coalesce concat concat_ws cos cosh
    count cume_dist date datetime degrees dense_rank exp first_value floor format glob group_concat hex highlight ifnull
    iif instr json json_array json_array_length json_each json_extract json_group_array json_group_object json_insert
    json_object json_patch json_quote json_remove json_replace json_set json_tree json_type json_valid julianday lag
    last_value lead length like likelihood likely ln log log10 log2 lower ltrim match max min mod nth_value ntile nullif
    octet_length percent_rank pi pow power printf quote radians random rank replace round row_number rtrim sign sin sinh
    snippet sqlite_version sqrt strftime string_agg substr substring sum tan tanh time timediff total trim trunc typeof
    unhex unicode unixepoch unlikely upper
    """.split()
)
"""Those that only compute. Others load code, show pointers, or tell where files are."""

_OPENING = """
pragma temp_store = memory;
select 1 from json_each('[]'), json_tree('[]');
select 1 from pragma_table_info(''), pragma_table_xinfo(''), pragma_foreign_key_list('');
select 1 from pragma_index_list(''), pragma_index_info(''), pragma_index_xinfo(''), pragma_table_list('');
select 1 from search where search match 'opened';
select 1 from words where term = 'opened';
"""
"""Virtual tables declare themselves when they are first used, which the authorizer would take for making tables."""

_SHELL = re.compile(r"\s*([.\\]\w+|(?:show|desc|describe)\b)", re.IGNORECASE)
"""With what the shells of SQLite, PostgreSQL and MySQL are asked for tables and columns; no statement begins so."""

_NAMES = """
select name from pragma_table_list where type <> 'shadow'
union
select columns.name from pragma_table_list as tables join pragma_table_info(tables.name) as columns
"""


def query(
    db: Path, statement: str, given: Mapping[str, str], *, rows: int, seconds: float, tell: Callable[[str], None]
) -> Result:
    """Run one statement on a case, and return its rows as they come.

    ``given`` are named parameters; one that the statement has and nobody gave is null. ``tell`` is given one
    line if there are more than ``rows``; 0 is no limit. ``seconds`` are those of SQLite and those in which the rows
    are written or drawn as they come, not those of who reads.

    Raises:
        UsageError: it is not a single statement that only reads this case, or has no such parameter.
        LimitReached: it takes too long or too much memory; also while rows are read.
    """
    if typed := _SHELL.match(statement):
        raise UsageError(f"'{typed[1]}' is not SQL; for tables and their columns: spector fields")
    connection = _connect_walled(db)
    worker = _Worker(seconds)
    parameters = _Parameters(given)
    with _in_our_words(connection, seconds):
        cursor = worker.run(partial(connection.execute, statement, parameters))
    if cursor.description is None:
        raise UsageError('there is no statement in it; try: spector sql "select * from arrests"')
    for name in sorted(given.keys() - parameters.asked):
        raise UsageError(no_such("parameter", name, sorted(parameters.asked), " in the statement"))
    found = _read(connection, worker, cursor, seconds)
    return Result(
        "SQL",
        [Column(name) for name in _columns(cursor)],
        _beginning(found, rows, tell) if rows else found,
        look=Look.UNFORMATTED,
    )


def _connect_walled(db: Path) -> sqlite3.Connection:
    """Open a case behind limits and the authorizer."""
    connection = connect(db, check_same_thread=False)
    connection.executescript(f"pragma hard_heap_limit = {MAX_MEMORY}")
    connection.executescript(_OPENING)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TEXT_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(_authorize)
    return connection


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    """Allow to read and to compute, and nothing else."""
    allowed = (
        action in _ACTIONS
        or (action == sqlite3.SQLITE_FUNCTION and str(second).lower() in _FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and str(first).lower() in _PRAGMAS)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


class _Parameters(dict[str, str | None]):
    """Named parameters that notes which names a statement asks for; sqlite3 tells them in no other way."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str | None:
        self.asked.add(name)
        return self.get(name)


class _Worker:
    """A thread that does one thing after the other for this one, which waits no longer than it may."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._jobs: SimpleQueue[Callable[[], Any]] = SimpleQueue()
        self._done: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                self._done.put((job(), None))
            except BaseException as error:
                self._done.put((None, error))

    def spend(self, seconds: float) -> None:
        """Take time that others needed from what is left."""
        self._left -= seconds

    def run(self, job: Callable[[], Any]) -> Any:
        """Return what a job returns or raise what it raises; ``TimeoutError`` if it goes on without us."""
        begin = monotonic()
        self._jobs.put(job)
        try:
            answer, error = self._done.get(timeout=max(self._left, 0))
        except Empty:
            raise TimeoutError from None
        self._left -= monotonic() - begin
        if error:
            raise error
        return answer


@contextmanager
def _in_our_words(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Say what SQLite says in our own kinds of errors; a damaged file stays what it is."""
    try:
        yield
    except TimeoutError:
        connection.interrupt()
        raise LimitReached(f"stopped after {seconds:,g} s; a longer time: --timeout SECONDS") from None
    except MemoryError:
        raise LimitReached(f"the statement needs more than {MAX_MEMORY // 1_000_000} MB of memory") from None
    except (sqlite3.Warning, sqlite3.Error) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
            raise
        if code == sqlite3.SQLITE_TOOBIG:
            raise LimitReached(f"the statement makes a text of more than {MAX_TEXT_BYTES // 1_000_000} MB") from None
        if "too many columns" in str(error):
            most = connection.getlimit(sqlite3.SQLITE_LIMIT_COLUMN)
            raise UsageError(f"an answer has {most:,} columns at most; name those that you need") from None
        reason = "sql may only read this case; " if "authorized" in str(error) or "prohibited" in str(error) else ""
        raise UsageError(f"{reason}sqlite says: {error}{_suggest(connection, str(error))}") from None


def _suggest(connection: sqlite3.Connection, message: str) -> str:
    """Return ``; did you mean …?`` for a table or column that is not there."""
    missing = re.match(r"no such (?:table|column): (?:\w+\.)?(\w+)", message)
    if not missing:
        return ""
    return did_you_mean(missing[1], (name for (name,) in connection.execute(_NAMES)))


def _columns(cursor: sqlite3.Cursor) -> Sequence[str]:
    """Return the names of the columns; a second ``id`` is called ``id_2``, for names are keys."""
    taken: dict[str, int] = {}
    for name in (clean(column[0]) for column in cursor.description):
        own, number = name, taken.get(name, 1)
        while own in taken:
            number += 1
            own = f"{name}_{number}"
        taken[name] = number
        taken.setdefault(own, 1)
    return list(taken)


def _read(connection: sqlite3.Connection, worker: _Worker, cursor: sqlite3.Cursor, seconds: float) -> Iterator[Row]:
    """Yield rows, fetched in batches; the time in which they are written or drawn counts, but not that of a pause."""
    while True:
        with _in_our_words(connection, seconds):
            batch = worker.run(partial(_fetch, cursor))
        if not batch:
            return
        begin = thread_time()
        for row in batch:
            yield [_cell(value) for value in row]
        worker.spend(thread_time() - begin)


def _fetch(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """Return the next rows: a thousand, or fewer if they are long."""
    rows = []
    size = 0
    for row in islice(cursor, 1000):
        rows.append(row)
        size += _size(row)
        if size > MAX_TEXT_BYTES:
            break
    return rows


def _size(row: Iterable[Any]) -> int:
    """Return what a row takes when it is printed."""
    return sum(CELL + (len(cell) if isinstance(cell, str | bytes) else 0) for cell in row)


def _cell(value: Any) -> Cell:
    """Return a value as every format can hold it: a blob as SQL writes it, an infinite number as text."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value  # type: ignore[no-any-return]


def _beginning(rows: Iterable[Row], limit: int, tell: Callable[[str], None]) -> Iterator[Row]:
    """Yield rows up to the limit, and tell if there are more."""
    size = 0
    for number, row in enumerate(rows):
        size += _size(row)
        if number == limit or size > MAX_ANSWER_CHARS:
            tell(f"these are the first {number:,} rows; all of them: --limit 0")
            return
        yield row
