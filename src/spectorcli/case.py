"""A case that is open for reading: runs statements on it, and finds the thing that a user means.

What a user calls a thing (id, name, alias, part of a name, in any case) is found here, once, for all answers.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from spectorcli.errors import NotFound, did_you_mean
from spectorcli.result import Cell, Look, Result, Row
from spectorcli.statements import columns_of, statement

if TYPE_CHECKING:
    from spectorcli.vocabulary import Kind

THINGS = {
    "agency": "agencies",
    "country": "countries",
    "market": "markets",
    "operation": "operations",
    "person": "people",
}
"""Filters that name a thing, and its kind."""

WORTH_A_GUESS = 4
"""Letters of a word of a name that is compared with what was typed."""

Meant = TypeVar("Meant", bound=tuple[str, ...])

SINGULAR = {kind: name for name, kind in THINGS.items()} | {"sources": "source", "events": "event"}

Parameters = Mapping[str, str | None]

Record = dict[str, Cell]
"""A row by the names of its columns."""


class Case:
    """A case that can be asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over a connection that can only read. ``tell`` is given a line that belongs to no answer."""
        self._connection = connection
        self._heard: dict[str, str] = {}
        self.tell: Callable[[str], None] = lambda _: None
        self.metadata: dict[str, str] = dict(connection.execute("select key, value from about"))

    @property
    def path(self) -> Path:
        """The file that is open."""
        file = "select cast(file as blob) from pragma_database_list where name = 'main'"  # it need not be UTF-8
        return Path(os.fsdecode(self._connection.execute(file).fetchone()[0]))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def operation(self) -> str | None:
        """The id of the case's own operation; None if it names none."""
        return self.metadata.get("operation") or None

    def result(self, title: str, name: str, parameters: Parameters, look: Look = Look.TABLE) -> Result:
        """Return the answer of a statement, whose rows come as they are read."""
        cursor = self._connection.execute(statement(name), parameters)
        rows: Iterator[Row] = cursor
        return Result(title, columns_of(name), rows, look=look)

    def rows(self, name: str, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        return self._connection.execute(statement(name), parameters).fetchall()

    def records(self, name: str, parameters: Parameters) -> list[Record]:
        """Return the rows of a statement by the names of their columns."""
        return list(self.stream(name, parameters))

    def stream(self, name: str, parameters: Parameters) -> Iterator[Record]:
        """Yield what ``records`` returns, one by one."""
        cursor = self._connection.execute(statement(name), parameters)
        columns = [column[0] for column in cursor.description]
        return (dict(zip(columns, row, strict=True)) for row in cursor)

    def read(self, name: str) -> Iterator[Record]:
        """Yield the rows of a statement in ``sql/export``, one by one: a case may be larger than memory."""
        return self.stream(f"export/{name}", {})

    def kinds(self) -> "dict[str, Kind]":
        """Return the kinds of this case by name: the bundled vocabulary's and its own."""
        from spectorcli.vocabulary import declare

        return declare(({key: str(cell) for key, cell in row.items()} for row in self.read("vocabulary")), {})

    def one(self, text: str, found: Sequence[Meant]) -> Meant:
        """Return the one of what was found for a text.

        Raises:
            NotFound: nothing was, or several.
        """
        if len(found) == 1:
            self.tell_whom(found)
            return found[0]
        if found:
            some = [_called(id, label) for id, _, label, *_ in found[:5]]
            more = f" or one of {len(found) - len(some):,} more" if len(found) > len(some) else ""
            raise NotFound(f"{text!r} may mean {' or '.join(some)}{more}; give its id")
        raise NotFound(f"nothing in this case is called {text!r}{self.suggest(text, None)}")

    def find(self, text: str, kind: str | None = None) -> list[tuple[str, str, str]]:
        """Return id, kind and label of the things that may be meant by a text.

        Only the best kind of match counts: id, whole name, part of a name, part of an id or title.
        """
        identified = self.rows("answers/identified", {"text": text, "kind": kind})
        if identified or not text.strip():
            return identified
        from spectorcli.values.names import fold, is_written_without_spaces, sound  # 9 ms, which an id need not pay

        key = fold(text)
        unspaced = "1" if is_written_without_spaces(key) else None
        matches = self.rows("answers/find", {"key": key, "sound": sound(key), "unspaced": unspaced, "kind": kind})
        for id, _, label, heard in matches:
            if heard is not None:  # empty is what a country is called elsewhere
                self._heard.setdefault(id, f"{text!r} is read as {_called(id, heard or label)}")
        return [match[:3] for match in matches]

    def tell_whom(self, found: Sequence[Meant]) -> None:
        """Tell, once, whom a text was taken for of which the one thing that was found has only the sound."""
        if len(found) == 1 and (heard := self._heard.get(found[0][0])):
            self._heard[found[0][0]] = ""
            self.tell(heard)

    def meant(self, text: str) -> tuple[str, str, str]:
        """Return id, kind and label of the one thing that a text means.

        Raises:
            NotFound: it means none, or several.
        """
        return self.one(text, self.find(text))

    def thing(self, text: str, kind: str) -> tuple[str, str, str]:
        """Return the one thing of a kind that is meant.

        Raises:
            NotFound: none is, or several may be.
        """
        found = self.find(text, kind)
        if not found:
            raise NotFound(f"no {SINGULAR.get(kind, kind)} {text!r} in this case{self.suggest(text, kind)}")
        return self.one(text, found)

    def names(self, kind: str | None, start: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, label and a name of things (of a kind) where a word of the name begins as typed, for a shell."""
        from spectorcli.values.names import fold

        yield from self.rows("answers/beginning", {"text": start, "key": fold(start), "kind": kind})

    def suggest(self, text: str, kind: str | None) -> str:
        """Return ``; did you mean 'this'?`` with the things (of a kind) of which a name, or a word of it, is close."""
        from spectorcli.values import countries
        from spectorcli.values.names import fold

        country = countries.meant(text) if kind in (None, "countries") else None
        if country:  # letters that it shares with another lead away
            meant = self.rows("answers/identified", {"text": country, "kind": "countries"})
            return f"; did you mean {_called(country, meant[0][2])}?" if meant else ""
        key = fold(text)
        told: dict[str, str] = {}
        for like, name, id in self.rows("answers/like", {"key": key, "kind": kind}):
            for known in (like, *(word for word in like.split() if len(word) >= WORTH_A_GUESS)):
                told.setdefault(known, _called(id, name))
        return did_you_mean(key, told, told)


def _called(id: str, name: str) -> str:
    """Return the name of a thing with its id, the id alone where it is the same in other letters."""
    from spectorcli.values.names import fold

    return repr(id) if fold(name) == fold(id) else f"{name!r} ({id})"
