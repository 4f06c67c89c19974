"""Writes a workbook: a sheet for each kind of thing, like its table in the database, and one for the claims.

Office Open XML (ECMA-376) as Excel and LibreOffice read it, row by row. Text from a case is a cell of
text, whatever it looks like: nothing is a formula or a link. A date is text, for ``2021`` has no day; the
days that a date covers are beside each claim, as dates that sort and calculate.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spectorcli.case import Case
from spectorcli.escapes import clean
from spectorcli.exchange.best import BestThing, read_things
from spectorcli.exchange.extras import extra
from spectorcli.result import Cell
from spectorcli.values import TYPES
from spectorcli.values.date import day
from spectorcli.values.wording import count, grouped
from spectorcli.vocabulary import Kind, columns_for

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
LONGEST_NAME = 31
FIRST_DAY = date(1900, 3, 1)
"""Limits of Excel: rows of a sheet, characters (UTF-16) of a cell and of a sheet's name, and days: before
March 1900 it counts one that never was."""

WIDEST = 60
"""Of columns, in characters: a sentence is read in the cell that is chosen."""

CLAIM_SHEET = (
    *("id", "subject", "property", "value", "unit", "low", "high", "earliest", "latest", "when"),
    *("source", "quoting", "origin", "at", "stated", "rank", "note", "checked", "grade", "verdict"),
)

OPERATION = "spector operation"
"""The property of the document that names the case's own operation."""

Value = Cell | date | Decimal


def write(case: Case, path: Path) -> Sequence[str]:
    """Write a case as a workbook; what is left out is what Excel has no room for."""
    kinds = case.kinds()
    with TemporaryDirectory(prefix="spector-") as rows:
        book = Book(path, case, rows)
        for kind, things in groupby(read_things(case), key=lambda thing: thing.kind):
            book.add(kind, list(_columns(kinds[kind])), (_thing_cells(kinds[kind], thing) for thing in things))
        own = [row for row in case.read("vocabulary") if row["own"]]
        if own:
            columns = columns_for(own)
            book.add("vocabulary", columns, ([row[column] for column in columns] for row in own))
        book.add("claims", CLAIM_SHEET, (_claim_cells(kinds, claim) for claim in case.read("claims")))
        return book.close()


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


class Book:
    """A workbook that is being written, and what did not fit into it."""

    def __init__(self, path: Path, case: Case, rows: str) -> None:
        """Begin a workbook; it says that it was made on the day of the newest source.

        Rows wait in files in a folder ``rows`` of the caller's, for XlsxWriter itself leaves them if it fails.
        """
        with extra("xlsx"):
            from xlsxwriter import Workbook  # type: ignore[import-untyped]

        self._workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": rows})  # no row is kept in memory
        self._workbook.set_properties({"title": clean(case.metadata["title"]), "created": _newest_day(case)})
        if case.operation:
            self._workbook.set_custom_property(OPERATION, case.operation)
        self._bold = self._workbook.add_format({"bold": True, "bottom": 1})
        self._day = self._workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._quoted = self._workbook.add_format({"quote_prefix": True})
        self._notes: list[str] = []
        self._unfit: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, columns: Sequence[str], rows: Iterable[Iterable[Value]]) -> None:
        """Add a sheet with a header that stays in sight."""
        sheet = self._workbook.add_worksheet(self._sheet_name(name))
        widths = [len(column) + 4 for column in columns]  # room for the button of the filter
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column, self._bold)
        height = 0
        for height, row in enumerate(rows, 1):
            if height < MOST_ROWS:
                for number, cell in enumerate(row):
                    shown = self._put(sheet, height, number, cell)
                    widths[number] = max(widths[number], min(shown + 1, WIDEST))
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, min(height, MOST_ROWS - 1), len(columns) - 1)
        self._note_unfit(name, max(0, height - MOST_ROWS + 1))

    def close(self) -> list[str]:
        """Finish the file, and return what did not fit.

        Raises:
            OSError: the disk is full.
        """
        from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

        try:
            self._workbook.close()
        except FileCreateError as error:
            raise error.args[0] from None
        return self._notes

    def _sheet_name(self, kind: str) -> str:
        """Shorten the name of a kind to what Excel takes; ``History`` is a sheet of its own."""
        taken = {"history", *(sheet.get_name().lower() for sheet in self._workbook.worksheets())}
        name, number = kind, 1
        while len(name) > LONGEST_NAME or name.lower() in taken:
            number += 1
            name = f"{kind[: LONGEST_NAME - 4]}_{number}"
        if name != kind:
            self._notes.append(f"the sheet of {kind} is called {name}: Excel takes no such name")
        return name

    def _put(self, sheet: Any, row: int, column: int, cell: Value) -> int:
        """Write one cell as what it is, and return how wide it is."""
        if cell is None or cell == "":
            return 0
        if isinstance(cell, date) and cell >= FIRST_DAY:
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self._day)
        elif isinstance(cell, int | float | Decimal) and _is_exact(cell):
            sheet.write_number(row, column, cell)
        else:
            self._put_text(sheet, row, column, self._text(cell))
        return len(str(cell))

    def _put_text(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Write a text as one: XlsxWriter takes ``<r>…</r>`` for rich text and would not escape it, so it is made that.

        Of rich text each of three pieces is escaped.
        """
        if text.startswith("<r>") and text.endswith("</r>"):
            sheet.write_rich_string(row, column, text[:3], text[3:-3], text[-3:])
        else:
            sheet.write_string(row, column, text, self._quoted if text[0] in "=+-@" else None)

    def _text(self, cell: Value) -> str:
        """Return a cell as text; in the awkward cases it is one because Excel has no better."""
        if isinstance(cell, date):
            self._unfit["days", "before March 1900 as text"] += 1
        elif isinstance(cell, int | Decimal):
            self._unfit["numbers", "of more than 15 digits as text"] += 1
        text = clean(str(cell))
        if len(text) > MOST_CHARACTERS // 2 and len(text.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
            self._unfit["texts", f"cut to the {grouped(MOST_CHARACTERS)} characters that a cell can hold"] += 1
            text = text.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")
        return text

    def _note_unfit(self, name: str, left: int) -> None:
        """Note what did not fit into a sheet."""
        self._notes += [f"{name}: {count(number, noun)} {how}" for (noun, how), number in self._unfit.items()]
        self._unfit.clear()
        if left:
            self._notes.append(f"{name}: {count(left, 'last rows')} left out; a sheet has {grouped(MOST_ROWS)} rows")


def _is_plain(text: str) -> bool:
    """Return whether a figure comes back from a cell of a number as it is stated: of 300.0 Excel keeps 300."""
    number = TYPES["number"].write(text)
    return not isinstance(number, str) and text == (str(int(number)) if number == int(number) else repr(float(number)))


def _is_exact(number: int | float | Decimal) -> bool:
    """Return whether Excel, which keeps 15 digits, keeps a figure as it was claimed; a bound may lose its last ones."""
    if isinstance(number, float):
        return math.isfinite(number)
    return Decimal(f"{Decimal(number):.15g}") == number


def _newest_day(case: Case) -> datetime:
    """Return when the newest source was published, of those that name a day; without any, the first day of ZIP."""
    published = (thing.cells.get("published", "") for thing in read_things(case) if thing.kind == "sources")
    newest = max(filter(None, map(day, published)), default=date(1980, 1, 1))
    return datetime(newest.year, newest.month, newest.day)
