"""Writes a workbook: a sheet for each kind of thing, like its table in the database, and one for the claims.

A date is text, for ``2021`` has no day; the days that a date covers are beside each claim, as dates that sort and
calculate.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from spectorcli.case import Case
from spectorcli.exchange.best import BestThing, read_things
from spectorcli.exchange.folder import unread_columns
from spectorcli.result import Cell
from spectorcli.sheets import FIRST_OF_ZIP, Book, Value
from spectorcli.values import TYPES
from spectorcli.values.date import day
from spectorcli.vocabulary import Kind, columns_for

CLAIM_SHEET = (
    *("id", "subject", "property", "value", "unit", "low", "high", "earliest", "latest", "when"),
    *("source", "quoting", "origin", "at", "stated", "rank", "note", "checked", "grade", "verdict"),
)

OPERATION = "spector operation"
"""The property of the document that names the case's own operation."""


def write(case: Case, path: Path) -> Sequence[str]:
    """Write a case as a workbook; left out is what Excel has no room for, and columns that no vocabulary knows."""
    kinds = case.kinds()
    with TemporaryDirectory(prefix="spector-") as rows:
        book = Book(path, case.metadata["title"], rows, _newest_day(case))
        if case.operation:
            book.note(OPERATION, case.operation)
        for kind, things in groupby(read_things(case), key=lambda thing: thing.kind):
            book.add(kind, list(_columns(kinds[kind])), (_thing_cells(kinds[kind], thing) for thing in things))
        own = [row for row in case.read("vocabulary") if row["own"]]
        if own:
            columns = columns_for(own)
            book.add("vocabulary", columns, ([row[column] for column in columns] for row in own))
        book.add("claims", CLAIM_SHEET, (_claim_cells(kinds, claim) for claim in case.read("claims")))
        unread = [f"columns of {file}: {', '.join(columns)}" for file, columns in unread_columns(case).items()]
        return [*book.close(), *(f"{told} left out, for no vocabulary knows them" for told in unread)]


def _columns(kind: Kind) -> Iterator[str]:
    """Yield the columns of a kind's table in the database, and one for what else is said."""
    yield "id"
    yield from (column.name for column in kind.columns)
    for declared in kind.claimed:
        yield declared.name
        if declared.units and not declared.single_unit:
            yield f"{declared.name}_unit"
    yield "also"


def _thing_cells(kind: Kind, thing: BestThing) -> Iterator[Value]:
    yield thing.id
    yield from (thing.cells.get(column.name) for column in kind.columns)
    for declared in kind.claimed:
        best = thing.best.get(declared.name)
        yield best and best.value
        if declared.units and not declared.single_unit:
            yield best and best.unit
    yield thing.also


def _claim_cells(kinds: Mapping[str, Kind], claim: Mapping[str, Cell]) -> Iterator[Value]:
    declared = kinds[str(claim["kind"])].properties[str(claim["property"])]
    for column in CLAIM_SHEET:
        cell = claim[column]
        if column == "value" and declared.type == "number":
            yield Decimal(str(cell)) if _is_plain(str(cell)) else cell
        elif column in ("earliest", "latest") and cell:
            yield date.fromisoformat(str(cell))
        else:
            yield cell


def _is_plain(text: str) -> bool:
    """Return whether a figure comes back from a cell of a number as it is stated: of 300.0 Excel keeps 300."""
    number = TYPES["number"].write(text)
    return not isinstance(number, str) and text == (str(int(number)) if number == int(number) else repr(float(number)))


def _newest_day(case: Case) -> datetime:
    """Return when the newest source was published, of those that name a day; without any, the first day of ZIP."""
    published = (thing.cells.get("published", "") for thing in read_things(case) if thing.kind == "sources")
    newest = max(filter(None, map(day, published)), default=FIRST_OF_ZIP.date())
    return datetime(newest.year, newest.month, newest.day)
