"""Writes workbooks, row by row: Office Open XML (ECMA-376) as Excel and LibreOffice read it.

Text from a case is a cell of text, whatever it looks like: nothing is a formula or a link.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from spectorcli.escapes import clean
from spectorcli.extras import extra
from spectorcli.result import Cell
from spectorcli.values.wording import count, grouped

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
LONGEST_NAME = 31
FIRST_DAY = date(1900, 3, 1)
"""Limits of Excel: rows of a sheet, characters (UTF-16) of a cell and of a sheet's name, and days: before
March 1900 it counts one that never was."""

WIDEST = 60
"""Of columns, in characters: a sentence is read in the cell that is chosen."""

LONGEST_TITLE = 255

FIRST_OF_ZIP = datetime(1980, 1, 1)
"""Before it no part of a workbook can be made."""

Value = Cell | date | Decimal


class Book:
    """A workbook that is being written, and what did not fit into it."""

    def __init__(self, path: Path, title: str, rows: str, created: datetime = FIRST_OF_ZIP) -> None:
        """Begin a workbook; it says when it was ``created``, for the same content should give the same bytes.

        Rows wait in files in a folder ``rows`` of the caller's, for XlsxWriter itself leaves them if it fails.
        """
        with extra("xlsx"):
            from xlsxwriter import Workbook  # type: ignore[import-untyped]

        self._workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": rows})  # no row is kept in memory
        self._workbook.set_properties({"title": clean(title)[:LONGEST_TITLE], "created": created})
        self._bold = self._workbook.add_format({"bold": True, "bottom": 1})
        self._day = self._workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._quoted = self._workbook.add_format({"quote_prefix": True})
        self._notes: list[str] = []
        self._unfit: Counter[tuple[str, str]] = Counter()

    def note(self, name: str, text: str) -> None:
        """Keep a property of the document that readers of a case look for."""
        self._workbook.set_custom_property(name, text)

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


def _is_exact(number: int | float | Decimal) -> bool:
    """Return whether Excel, which keeps 15 digits, keeps a figure as it was claimed; a bound may lose its last ones."""
    if isinstance(number, float):
        return math.isfinite(number)
    return Decimal(f"{Decimal(number):.15g}") == number
