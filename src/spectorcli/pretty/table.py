"""Draws a table, or records where it does not fit, by what its columns show; their names are only headers."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from spectorcli.pretty.bars import SHORTEST, Bars, bars_of
from spectorcli.pretty.canvas import ACCENT, FAINT, GAP, WORDS, Canvas
from spectorcli.pretty.cells import Record
from spectorcli.result import Cell, Column, Shows
from spectorcli.values.wording import grouped

HEADERS = {"sources": "src", "origins": "orig"}
"""Headers that would be wider than what is under them."""

RIGHT = frozenset({Shows.NUMBER, Shows.COUNT, Shows.SHARE, Shows.GRADE})
"""What is aligned at its end."""

LONG = 40
"""Ids wider than this come last, behind what can be read; so wide is the widest of the bundled case, and a SHA-1."""

_WORDY = frozenset({Shows.TEXT, Shows.SENTENCE, Shows.AMOUNTS, Shows.ALSO})
"""What may be wrapped, even within a word that is too long."""

_TERSE = frozenset({Shows.TERM, Shows.REF})
"""What is never broken within a word."""


@dataclass(frozen=True)
class Drawn:
    """A column as it is drawn: whether it is aligned at its end, and what its cells show, which may be several."""

    header: str
    cells: list[Text]
    right: bool = False
    shows: frozenset[Shows] = frozenset()

    @property
    def wraps(self) -> bool:
        """Whether its text may go over several lines: words, and what is terse if it consists of short ones."""
        if self.shows & _WORDY or not self.shows:
            return bool(self.shows)
        return self.shows <= _TERSE and all(
            cell_len(word) <= WORDS for cell in self.cells for word in str(cell).split()
        )

    @property
    def least(self) -> int:
        """The narrowest that it can be drawn without losing anything."""
        widest = max(cell_len(self.header), *(cell.cell_len for cell in self.cells))
        return min(widest, WORDS) if self.wraps else widest


class Rows:
    """The rows of an answer under its columns, and how they belong together."""

    def __init__(self, columns: Sequence[Column], rows: list[Record]) -> None:
        """Find out which rows are totals, and whether parts stand below their wholes."""
        self.columns, self.rows = columns, rows
        self._names = {column.of: column.name for column in columns if column.shows == Shows.NAME}
        self._mixed = {column.name for column in columns if column.shows == Shows.ANY}
        self._totals = _totals(rows)
        self._nested = bool(rows) and _is_nested(rows, self._totals)

    def context(self, title: str) -> tuple[list[Column], str]:
        """Return columns in which all rows refer to one thing, and what is to be said once instead of them.

        One row alone has such a column where the title names the thing; what that does is not said again.
        """
        told = {column for column in self.columns if f"({self.rows[0][column.name] or ''})" in title}
        same = [
            column
            for column in self.columns
            if column.shows == Shows.REF and len({row[column.name] for row in self.rows}) == 1
        ]
        once = [column for column in same if len(self.rows) > 1 or column in told]
        said = {column.name: self.text(column, self.rows[0]) for column in once if column not in told}
        return once, "  ".join(f"{name} {text}" for name, text in said.items() if text)

    def is_said(self, column: Column) -> bool:
        """Whether there is something in a column, and no other says it as well."""
        return not self.says_again(column) and any(row[column.name] not in (None, "") for row in self.rows)

    def says_again(self, column: Column) -> bool:
        """Whether another column says what is in this one."""
        return column.shows in (Shows.DISPUTE, Shows.NAME) or (column.shows == Shows.UNIT and column.of in self._mixed)

    def is_nested(self, column: Column) -> bool:
        """Whether it names the wholes of parts that stand below them."""
        return self._nested and column.shows == Shows.REF and bool(column.of)

    def text(self, column: Column, row: Record) -> str:
        """Return a cell with what is said in it of others: what a thing is called, the unit of one value of many."""
        text = row.plain(column.name) if column.shows == Shows.NUMBER else row.brief(column.name)
        if column.name in self._names:
            return f"{text} {row.brief(self._names[column.name])}".strip()
        return row.also if column.shows == Shows.ALSO else text

    def drawn(self, canvas: Canvas, column: Column) -> Drawn:
        """Return a column as it is drawn."""
        shows = frozenset(row.shows(column.name) for row in self.rows if row[column.name] not in (None, ""))
        if column.name in self._names:  # an id and what that is called are one
            shows = frozenset()
        header = HEADERS.get(column.name, column.name)
        cells = [self.drawn_cell(canvas, column, row) for row in self.rows]
        return Drawn(header, cells, column.shows in RIGHT, shows)

    def drawn_cell(self, canvas: Canvas, column: Column, row: Record) -> Text:
        """Return a cell as it is drawn: disputes marked, parts under their wholes."""
        text, id = self.text(column, row), row.first(Shows.ID)
        if column.shows == Shows.GRADE and (mark := row.mark(column.name)):
            return Text.assemble((f"{canvas.marks.differs} ", mark), text)
        if column.name in self._names and not text and id in self._totals:
            return Text("total")
        if column.shows == Shows.ALSO:
            return Text.assemble(*row.others)
        is_part = self._nested and row.whole and row.whole not in self._totals
        if column.shows == Shows.ID:
            return Text(f"  {text}" if is_part else text, style=FAINT)
        return Text(text, style=FAINT if column.shows == Shows.REF and column.of else "")


def draw_table(canvas: Canvas, title: str, columns: Sequence[Column], records: list[Record]) -> None:
    """Draw a table; where it does not fit, what else is said goes under it; else draw records."""
    label = next((column for column in columns if column.shows == Shows.ID), columns[0])
    if label.shows == Shows.ID and max(cell_len(str(row[label.name] or "")) for row in records) > LONG:
        columns = [*(column for column in columns if column != label), label]
        label = columns[0]
    rows = Rows(columns, records)
    once, said = rows.context(title)
    if said:
        canvas.print(Text(said, style=FAINT))
    left = [column for column in columns if column not in once and rows.is_said(column)]
    bars = bars_of(left, records)
    drawn = {column: rows.drawn(canvas, column) for column in left if not rows.is_nested(column)}
    narrow = {column: one for column, one in drawn.items() if column.shows != Shows.ALSO}
    for chosen, barred in ((drawn, bars), (narrow, bars), (drawn, None), (narrow, None)):
        room = canvas.width - sum(one.least for one in chosen.values()) - GAP * (len(chosen) - 1)
        if room >= (GAP + SHORTEST if barred else 0):
            canvas.print(_table(_with_bars(canvas, chosen, barred, room)))
            if len(chosen) < len(drawn):
                for row in records:
                    _print_also(canvas, row, row.brief(label.name))
            break
    else:
        barred = _draw_records(canvas, rows, left, bars)
    if barred and any(barred.rest):
        canvas.print(Text.assemble((canvas.marks.rest, ACCENT), (" not itemised", FAINT)))


def _totals(rows: list[Record]) -> set[Cell]:
    """Return the ids of totals: no part follows them, and they are the whole of a part, or of themselves alone."""
    last = {row.whole: number for number, row in enumerate(rows)}
    return {
        id
        for number, row in enumerate(rows)
        if not row.whole
        and last.get(id := row.first(Shows.ID), 0 if row.first(Shows.SHARE) == 1 else len(rows)) <= number
    }


def _is_nested(rows: list[Record], totals: set[Cell]) -> bool:
    """Whether each part stands below its whole, or the whole is the total of all: then that need not be said."""
    whole = None
    for row in rows:
        if row.whole is None:
            whole = row.first(Shows.ID)
        elif row.whole != whole and row.whole not in totals:
            return False
    return True


def _with_bars(canvas: Canvas, columns: dict[Column, Drawn], bars: Bars | None, room: int) -> list[Drawn]:
    """Add a bar behind its figure, as long as the terminal allows."""
    drawn = list(columns.values())
    if bars is None:
        return drawn
    place = list(columns).index(bars.measure) + 1
    return [*drawn[:place], Drawn("", bars.draw(canvas, room - GAP)), *drawn[place:]]


def _table(columns: list[Drawn]) -> Table:
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(
            Text(column.header),
            justify="right" if column.right else "left",
            no_wrap=not column.wraps,
            min_width=column.least,
            overflow="fold",
        )
    for cells in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*cells)
    return table


def _print_also(canvas: Canvas, row: Record, label: str) -> None:
    """Print what else is said of a row, if anything is."""
    if row.also:
        start = Text.assemble((f"{row.beside(canvas.marks)} ", row.alarm), (f"{label}  ", FAINT))
        canvas.print_hanging(start, Text.assemble(*row.others))


def _draw_records(canvas: Canvas, rows: Rows, columns: Sequence[Column], bars: Bars | None) -> Bars | None:
    """Draw each row as a heading and, under it, its names and values one after the other; return what bars were drawn.

    Bars stand behind the headings, so that a series compares where its table does not fit.
    """
    heading, *others = (column for column in columns if column.shows != Shows.ALSO)
    headings = [Text(rows.text(heading, row) or "-", style="bold") for row in rows.rows]
    if bars and not _add_bars(canvas, headings, bars, rows.rows):
        bars = None
    others = [column for column in others if not bars or column != bars.measure]
    for row, line in zip(rows.rows, headings, strict=True):
        canvas.print_hanging(Text(""), line, whole=True)
        told = {column.name: rows.text(column, row) for column in others if row[column.name] not in (None, "")}
        _draw_pairs(canvas, told)
        if row.also:
            canvas.print_hanging(Text(f"  {row.beside(canvas.marks)} ", style=row.alarm), Text.assemble(*row.others))
    return bars


def _draw_pairs(canvas: Canvas, told: dict[str, str]) -> None:
    """Draw names and values one after the other, then those that are longer than a line by themselves."""
    long = {name for name, text in told.items() if max(map(cell_len, text.split()), default=0) > canvas.width - 2}
    pairs = [Text.assemble((f"{name} ", FAINT), text) for name, text in told.items() if name not in long]
    canvas.print_hanging(Text("  "), Text(f" {canvas.marks.dot} ", style=FAINT).join(pairs), whole=True)
    for name in (name for name in told if name in long):
        canvas.print_hanging(Text(f"  {name} ", style=FAINT), Text(told[name]), whole=True)


def _add_bars(canvas: Canvas, headings: list[Text], bars: Bars, rows: list[Record]) -> bool:
    """Put the figures and their bars behind the headings, all in line; return whether there was room."""
    measure = bars.measure
    figures = [row.plain(measure.name) for row in rows]
    noun = "" if measure.shows == Shows.SHARE else f" {measure.name}"
    start, wide = max(line.cell_len for line in headings), max(map(cell_len, figures))
    room = canvas.width - start - wide - len(noun) - 2 * GAP
    if room < SHORTEST:
        return False
    for line, figure, bar in zip(headings, figures, bars.draw(canvas, room), strict=True):
        if figure:
            line.append(" " * (start - line.cell_len + GAP) + figure.rjust(wide) + noun, style="not bold")
            line.append(" " * GAP).append_text(bar)
    return True


def draw_plain(canvas: Canvas, columns: Sequence[Column], rows: list[Record]) -> None:
    """Draw rows of which nothing is known: each cell as it is, whatever its column is called."""
    drawn = [_plain(column.name, rows) for column in columns]
    if sum(one.least for one in drawn) + GAP * (len(drawn) - 1) <= canvas.width:
        canvas.print(_table(drawn))
        return
    for number in range(len(rows)):
        canvas.print(Text(f"row {grouped(number + 1)}", style="bold"))
        for one in drawn:
            if one.cells[number]:
                canvas.print_hanging(Text(f"  {one.header} ", style=FAINT), one.cells[number], Text("    "), whole=True)


def _plain(name: str, rows: list[Record]) -> Drawn:
    is_numeric = all(isinstance(row[name], int | float | None) for row in rows)
    return Drawn(name, [Text(row.brief(name)) for row in rows], right=is_numeric)
