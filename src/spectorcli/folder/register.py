"""The things of a case while it is read. They lie in a temporary file, for a case may be larger than memory."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spectorcli.values import listing
from spectorcli.vocabulary import Kind

MOST_KNOWN = 1 << 16
"""Ids whose kind is remembered: of most cases all, and claims about one thing mostly stand together."""

PEEL_ROUNDS = 10
"""How often things that name only roots are set aside before Python looks for a circle among the rest."""


@dataclass(slots=True)
class Thing:
    """One row of a kind's file: ``cells`` by column, without the id."""

    id: str
    kind: str
    cells: dict[str, str]
    line: int


Row = tuple[str, str, int, str]
"""A thing as it is kept: its id, its kind, its line, and its other cells with a null character between."""


class _Remembered(dict[str, str | None]):
    """Of which kind an id is, looked up where it is not remembered."""

    def __init__(self, find: Callable[[str], str | None]) -> None:
        self._find = find

    def __missing__(self, id: str) -> str | None:
        kind = self._find(id)
        self.add(id, kind)
        return kind

    def add(self, id: str, kind: str | None) -> None:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[id] = kind


class Things:
    """Things by id, in the order in which they came."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        """Begin without any. ``kinds`` tell the columns, and may still grow."""
        self._kinds = kinds
        self._db = sqlite3.connect(
            "", isolation_level=None, check_same_thread=False
        )  # a temporary file, gone when closed
        self._db.executescript(
            """
            pragma journal_mode = off;
            pragma synchronous = off;
            create table things (id text unique, kind text, line integer, cells text);
            create index things_kind on things (kind);
            create table unread (kind text, id text, name text, value text);
            create table parts (part text, whole text);
            create index parts_part on parts (part);
            begin;
            """
        )
        self._remembered = _Remembered(self._kind_of)
        self.kind_of = self._remembered.__getitem__  # asked four times for each claim

    def __del__(self) -> None:
        """Close the file: from 3.13 on Python warns of one that is left to it."""
        self._db.close()

    def __len__(self) -> int:
        """Count all things."""
        return int(self._db.execute("select count(*) from things").fetchone()[0])

    def __iter__(self) -> Iterator[Thing]:
        """Yield all things, kind by kind."""
        for kind in self._kinds:
            yield from self.of_kind(kind)

    def add(self, rows: Sequence[Row]) -> Iterator[tuple[str, int, Thing]]:
        """Keep more things; of those whose id another has already, yield id and line, and the other."""
        kept = self._db.executemany("insert or ignore into things values (?, ?, ?, ?)", rows).rowcount
        for id, kind, line, _ in rows:
            other = self.get(id) if kept < len(rows) else None
            if other and (other.kind, other.line) != (kind, line):
                yield id, line, other
            else:
                self._remembered.add(id, kind)

    def keep_unread(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Keep what stands in columns that no vocabulary knows: kind, id, column and cell."""
        self._db.executemany("insert into unread values (?, ?, ?, ?)", rows)

    def unread(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what ``keep_unread`` kept."""
        yield from self._db.execute("select kind, id, name, value from unread")

    def get(self, id: str) -> Thing | None:
        """Return a thing, None if there is none of this id."""
        row = self._db.execute("select id, kind, line, cells from things where id = ?", (id,)).fetchone()
        return next(self._things(row[1], [row])) if row else None

    def __getitem__(self, id: str) -> Thing:
        """Return a thing that is known to be there."""
        thing = self.get(id)
        assert thing, id
        return thing

    def _kind_of(self, id: str) -> str | None:
        row = self._db.execute("select kind from things where id = ?", (id,)).fetchone()
        return str(row[0]) if row else None

    def ids(self, kind: str | None = None) -> Iterator[str]:
        """Yield the ids of a kind, or all."""
        for (id,) in self._db.execute("select id from things where ? in (kind, '')", (kind or "",)):
            yield id

    def of_kind(self, kind: str, wanted: Callable[[str], bool] | None = None) -> Iterator[Thing]:
        """Yield the things of one kind, or those with an id that is wanted, in the order of their file."""
        rows = self._db.execute("select id, kind, line, cells from things where kind = ? order by rowid", (kind,))
        yield from self._things(kind, (row for row in rows if wanted(row[0])) if wanted else rows)

    def cycle_candidates(self, kind: str, column: str) -> dict[str, list[str]]:
        """Return what could form a circle: for each thing of a kind, which others it names in a column.

        A thing that names only roots is in no circle. It is set aside, and so is, round by round, what then names
        only such: of a case as people write it nothing is left.
        """
        pairs = ((one.id, other) for one in self.of_kind(kind) for other in listing.split(one.cells[column]))
        self._db.executemany("insert into parts values (?, ?)", pairs)
        for _ in range(PEEL_ROUNDS):
            if not self._db.execute("delete from parts where whole not in (select part from parts)").rowcount:
                break
        left: dict[str, list[str]] = {}
        for part, whole in self._db.execute("select part, whole from parts"):
            left.setdefault(part, []).append(whole)
        self._db.execute("delete from parts")
        return left

    def _things(self, kind: str, rows: Iterable[tuple[str, str, int, str]]) -> Iterator[Thing]:
        columns = [column.name for column in self._kinds[kind].columns]
        for id, _, line, cells in rows:
            yield Thing(id, kind, dict(zip(columns, cells.split("\0"), strict=False)), line)
