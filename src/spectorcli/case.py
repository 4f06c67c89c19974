"""A case that is open for reading: runs statements on it, and finds the thing that a user means.

What a user calls a thing (id, name, alias, part of a name, in any case) is found here, once, for all answers.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
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

Meant = TypeVar("Meant", bound=tuple[str, ...])

SINGULAR = {kind: name for name, kind in THINGS.items()} | {"sources": "source", "events": "event"}

Parameters = Mapping[str, str | None]

Record = dict[str, Cell]
"""A row by the names of its columns."""


class Case:
    """A case that can be asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over a connection that can only read."""
        self._connection = connection
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
            return found[0]
        if found:
            ids = [one[0] for one in found[:5]]
            more = f" or one of {len(found) - len(ids):,} more" if len(found) > len(ids) else ""
            raise NotFound(f"{text!r} may mean {' or '.join(ids)}{more}; name one of them")
        raise NotFound(f"nothing in this case is called {text!r}{self.suggest(text, None)}")

    def find(self, text: str, kind: str | None = None) -> list[tuple[str, str, str]]:
        """Return id, kind and label of the things that may be meant by a text.

        Only the best kind of match counts: id, whole name, part of a name, part of an id or title.
        """
        if not text.strip():
            return []
        parameters = {"text": text, "key": text.casefold(), "kind": kind}
        return self.rows("answers/find", parameters)

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

    def names(self, kind: str | None, start: str) -> Iterator[tuple[str, str]]:
        """Yield ids (of a kind) that begin as typed, each with its label, for completion in a shell."""
        for id, label in self.rows("answers/ids", {"kind": kind}):
            if id.casefold().startswith(start.casefold()):
                yield id, label

    def suggest(self, text: str, kind: str | None) -> str:
        """Return ``; did you mean 'this'?`` with the ids of things (of a kind) whose names are close to a text."""
        ids = dict(self.rows("answers/like", {"key": text.casefold(), "kind": kind}))
        return did_you_mean(text, ids, ids)
