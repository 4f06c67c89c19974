"""Draws a table; where it does not fit, what else is said goes under it, or each row becomes a record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from spectorcli.pretty.bars import MEASURES, SHORTEST, Bars, bars_of
from spectorcli.pretty.canvas import ACCENT, ALARM, FAINT, GAP, WORDS, Canvas
from spectorcli.pretty.cells import GROUPED, Record, alarm_of, also_of, text_of
from spectorcli.result import Cell

_HEADERS = {"sources": "src", "origins": "orig"}

_WORDY = frozenset(
    {
        "title",
        "name",
        "label",
        "what",
        "gist",
        "also",
        "charges",
        "role",
        "publisher",
        "goods",
        "court",
        "operations",
        "money",
    }
)
"""Columns that may be wrapped."""

_CONTEXT = frozenset({"operation", "person", "market", "agency"})
"""Columns that are said once above the table when all rows have the same."""


@dataclass(frozen=True)
class Column:
    """A column as it is drawn."""

    name: str
    cells: list[Text]
    header: str
    right: bool = False

    @property
    def wraps(self) -> bool:
        """Whether its text may go over several lines."""
        return self.name in _WORDY

    @property
    def least(self) -> int:
        """The narrowest that it can be drawn without losing anything."""
        widest = max(cell_len(self.header), *(cell.cell_len for cell in self.cells))
        return min(widest, WORDS) if self.wraps else widest


def draw_table(canvas: Canvas, title: str, names: Sequence[str], rows: list[Record]) -> None:
    """Draw a table; where it does not fit, what else is said goes under it; else draw records."""
    same = [name for name in names if name in _CONTEXT and len({row[name] for row in rows}) == 1]
    once = [name for name in same if len(rows) > 1 or f"({rows[0][name]})" in title]
    untold = [f"{name} {text_of(name, rows[0][name])}" for name in once if f"({rows[0][name] or ''})" not in title]
    untold = [said for said in untold if not said.endswith(" ")]
    if untold:
        canvas.print(Text("  ".join(untold), style=FAINT))
    names = [name for name in names if name not in once]
    columns = list(_columns(canvas, names, rows))
    bars = bars_of(names, rows)
    narrow = [column for column in columns if column.name != "also"]
    for chosen, barred in ((columns, bars), (narrow, bars), (columns, None), (narrow, None)):
        room = canvas.width - sum(column.least for column in chosen) - GAP * (len(chosen) - 1)
        if room >= (GAP + SHORTEST if barred else 0):
            canvas.print(_table(_with_bars(canvas, chosen, barred, room)))
            if len(chosen) < len(columns):
                for row in rows:
                    _print_also(canvas, row, text_of("id", row.get("id") or row.get("country")))
            break
    else:
        barred = _draw_records(canvas, names, rows, bars)
    if barred and any(barred.rest):
        canvas.print(Text.assemble((canvas.marks.rest, ACCENT), (" not itemised", FAINT)))


def _columns(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> Iterator[Column]:
    """Yield the columns that have something in them, as they are drawn."""
    totals = _totals(rows)
    nested = _is_nested(rows, totals)
    for name in names:
        absorbed = (
            name == "dispute" or (name == "country_name" and "country" in names) or (name == "part_of" and nested)
        )
        if absorbed or all(row[name] in (None, "") for row in rows):
            continue
        numeric = all(isinstance(row[name], int | float | None) or name in GROUPED.keys() - _WORDY for row in rows)
        cells = [_cell(canvas, name, row, nested, totals) for row in rows]
        yield Column(name, cells, _HEADERS.get(name, name), right=numeric or name in {"grade", *MEASURES})


def _totals(rows: list[Record]) -> set[Cell]:
    """Return the ids of totals: no part follows them, while the share of what they are the whole of is known."""
    wholes = {row.get("part_of"): number for number, row in enumerate(rows)}
    return {
        row["id"]
        for number, row in enumerate(rows)
        if row.get("share") == 1 and not row["part_of"] and wholes.get(row["id"], 0) <= number
    }


def _is_nested(rows: list[Record], totals: set[Cell]) -> bool:
    """Whether each part stands below its whole, or the whole is the total of all: then ``part_of`` need not be said."""
    whole = None
    for row in rows:
        part_of = row.get("part_of")
        if part_of is None:
            whole = row.get("id")
        elif part_of != whole and part_of not in totals:
            return False
    return True


def _cell(canvas: Canvas, name: str, row: Record, nested: bool, totals: set[Cell]) -> Text:
    """Return a cell as it is drawn; some say what a neighbouring column of the answer holds."""
    text = text_of(name, row[name])
    if name == "grade" and row.get("dispute"):
        mark = (f"{canvas.marks.differs} ", ALARM if row["dispute"] == "open" else FAINT)
        return Text.assemble(mark, text)
    if name == "country" and "country_name" in row:
        whole = "total" if row.get("id") in totals else ""
        return Text(f"{text} {text_of(name, row['country_name'])}".strip() or whole)
    if name == "id" and nested and row.get("part_of") and row["part_of"] not in totals:
        text = f"  {text}"
    if name == "also" and text:
        text = also_of(row)
    return Text(text, style=FAINT if name in {"id", "part_of", "source"} else alarm_of(row) if name == "also" else "")


def _with_bars(canvas: Canvas, columns: list[Column], bars: Bars | None, room: int) -> list[Column]:
    """Add a bar behind its figure, as long as the terminal allows."""
    if bars is None:
        return columns
    place = [column.name for column in columns].index(bars.measure) + 1
    return [*columns[:place], Column("bar", bars.draw(canvas, room - GAP), ""), *columns[place:]]


def _table(columns: list[Column]) -> Table:
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
    if row.get("also"):
        start = Text.assemble((f"{canvas.marks.differs} ", alarm_of(row)), (f"{label}  ", FAINT))
        canvas.print_hanging(start, Text(also_of(row), style=alarm_of(row)))


def _draw_records(canvas: Canvas, names: Sequence[str], rows: list[Record], bars: Bars | None) -> Bars | None:
    """Draw each row as a heading and, under it, its names and values one after the other; return what bars were drawn.

    Bars stand behind the headings, so that a series compares where its table does not fit.
    """
    heading, *others = (name for name in names if name not in {"also", "dispute"})
    headings = [Text(text_of(heading, row[heading]) or "-", style="bold") for row in rows]
    if bars and not _add_bars(canvas, headings, bars, rows):
        bars = None
    others = [name for name in others if not bars or name != bars.measure]
    for row, line in zip(rows, headings, strict=True):
        canvas.print_hanging(Text(""), line, whole=True)
        told = {name: text_of(name, row[name]) for name in others if row[name] not in (None, "")}
        long = {name for name, text in told.items() if max(map(cell_len, text.split()), default=0) > canvas.width - 2}
        pairs = [Text.assemble((f"{name} ", FAINT), text) for name, text in told.items() if name not in long]
        canvas.print_hanging(Text("  "), Text(f" {canvas.marks.dot} ", style=FAINT).join(pairs), whole=True)
        for name in told.keys() & long:
            canvas.print_hanging(Text(f"  {name} ", style=FAINT), Text(told[name]), whole=True)
        if row.get("also"):
            canvas.print_hanging(
                Text(f"  {canvas.marks.differs} ", style=alarm_of(row)), Text(also_of(row), style=alarm_of(row))
            )
    return bars


def _add_bars(canvas: Canvas, headings: list[Text], bars: Bars, rows: list[Record]) -> bool:
    """Put the figures and their bars behind the headings, all in line; return whether there was room."""
    figures = [text_of(bars.measure, row[bars.measure]) for row in rows]
    noun = "" if bars.measure == "share" else f" {bars.measure}"
    start, wide = max(line.cell_len for line in headings), max(map(cell_len, figures))
    room = canvas.width - start - wide - len(noun) - 2 * GAP
    if room < SHORTEST:
        return False
    for line, figure, bar in zip(headings, figures, bars.draw(canvas, room), strict=True):
        if figure:
            line.append(" " * (start - line.cell_len + GAP) + figure.rjust(wide) + noun, style="not bold")
            line.append(" " * GAP).append_text(bar)
    return True


def draw_plain(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> None:
    """Draw rows of which nothing is known: each cell as it is, whatever its column is called."""
    columns = [_plain_column(name, [row[name] for row in rows]) for name in names]
    if sum(column.least for column in columns) + GAP * (len(columns) - 1) <= canvas.width:
        canvas.print(_table(columns))
        return
    for number in range(len(rows)):
        canvas.print(Text(f"row {number + 1:,}", style="bold"))
        for column in columns:
            if column.cells[number]:
                canvas.print_hanging(
                    Text(f"  {column.header} ", style=FAINT), column.cells[number], Text("    "), whole=True
                )


def _plain_column(name: str, cells: Sequence[Cell]) -> Column:
    numeric = all(isinstance(cell, int | float | None) for cell in cells)
    return Column("", [Text("" if cell is None else str(cell)) for cell in cells], name, right=numeric)
