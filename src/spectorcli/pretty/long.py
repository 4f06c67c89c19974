"""Draws a table of any length in little memory, where no line is wrapped and nothing is coloured: in a pipe or a file.

Cells are put into words once and kept on disk until the widest of each column is known. The statement is not run
twice: rows need not come from one, and one of the user's own need not answer the same again.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

from rich.cells import cell_len

from spectorcli.pretty.canvas import GAP, Canvas
from spectorcli.pretty.cells import Record
from spectorcli.pretty.table import HEADERS, LONG, RIGHT, Rows
from spectorcli.result import Cell, Column, Shows, by_name

Cells = Callable[[Record], list[str]]


class _Measure:
    """What all rows show: how wide each column is, and whether there is anything in it."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.widths = [0] * len(columns)
        self.numeric = [True] * len(columns)
        self.said = [False] * len(columns)
        self.first: Record | None = None
        self.same = [True] * len(columns)

    def take(self, row: Record, cells: Sequence[str]) -> None:
        """Look at a row and at what its cells say."""
        self.first = self.first or row
        for place, (column, cell) in enumerate(zip(self.columns, cells, strict=True)):
            value: Cell = row[column.name]
            width = len(cell) if cell.isascii() else cell_len(cell)
            if width > self.widths[place]:
                self.widths[place] = width
            if self.same[place] and value != self.first[column.name]:
                self.same[place] = False
            if value not in (None, ""):
                self.said[place] = True
                self.numeric[place] &= not isinstance(value, str)


def draw_long(canvas: Canvas, title: str, columns: Sequence[Column], records: Iterable[Record]) -> None:
    """Draw the rows of a question, and before them once what all of them refer to, unless the title names it."""
    rows = Rows(columns, [])
    measure = _Measure(columns)

    def cells(row: Record) -> list[str]:
        return [rows.drawn_cell(canvas, column, row).plain for column in columns]

    with TemporaryFile() as kept:
        _keep(kept, records, cells, measure)
        first = measure.first or Record(by_name(columns), [None] * len(columns))
        once = [place for place, column in enumerate(columns) if column.shows == Shows.REF and measure.same[place]]
        said = {columns[place].name: rows.text(columns[place], first) for place in once}
        told = (f"{name} {text}" for name, text in said.items() if text and f"({first[name]})" not in title)
        if line := "  ".join(told):
            canvas.out.write(line + "\n")
        left = (place for place in range(len(columns)) if place not in once and measure.said[place])
        shown = [place for place in left if not rows.says_again(columns[place])]
        shown.sort(key=lambda place: columns[place].shows == Shows.ID and measure.widths[place] > LONG)
        headers = [HEADERS.get(columns[place].name, columns[place].name) for place in shown]
        _write(canvas, kept, measure, shown, headers, [columns[place].shows in RIGHT for place in shown])


def draw_long_plain(canvas: Canvas, columns: Sequence[Column], records: Iterable[Record]) -> None:
    """Draw rows of which nothing is known: each cell as it is."""
    measure = _Measure(columns)
    with TemporaryFile() as kept:
        _keep(kept, records, lambda row: ["" if cell is None else str(cell) for cell in row.values()], measure)
        every = range(len(columns))
        _write(canvas, kept, measure, every, [column.name for column in columns], measure.numeric)


def _keep(kept: IO[bytes], records: Iterable[Record], cells: Cells, measure: _Measure) -> None:
    for row in records:
        said = cells(row)
        measure.take(row, said)
        marshal.dump(said, kept)
    kept.seek(0)


def _write(
    canvas: Canvas,
    kept: IO[bytes],
    measure: _Measure,
    shown: Sequence[int],
    headers: Sequence[str],
    right: Sequence[bool],
) -> None:
    widths = [max(measure.widths[place], cell_len(header)) for place, header in zip(shown, headers, strict=True)]
    for cells in _lines(kept, shown, headers):
        padded = []
        for cell, width, at_end in zip(cells, widths, right, strict=True):
            blanks = " " * (width - (len(cell) if cell.isascii() else cell_len(cell)))
            padded.append(blanks + cell if at_end else cell + blanks)
        canvas.out.write((" " * GAP).join(padded).rstrip() + "\n")


def _lines(kept: IO[bytes], shown: Sequence[int], headers: Sequence[str]) -> Iterator[Sequence[str]]:
    yield headers
    while True:
        try:
            cells = marshal.load(kept)
        except EOFError:
            return
        yield [cells[place] for place in shown]
