"""Draws a table; where it does not fit, what else is said goes under it, or each row becomes a record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

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
    narrow = [column for column in columns if column.name != "also"]
    for chosen in (columns, narrow):
        room = canvas.width - sum(column.least for column in chosen) - GAP * (len(chosen) - 1)
        if room >= 0:
            canvas.print(_table(_with_bars(canvas, chosen, rows, room)))
            if len(chosen) < len(columns):
                for row in rows:
                    _print_also(canvas, row, text_of("id", row.get("id") or row.get("country")))
            return
    _draw_records(canvas, names, rows)


def _columns(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> Iterator[Column]:
    """Yield the columns that have something in them, as they are drawn."""
    nested = _is_nested(rows)
    for name in names:
        absorbed = (
            name == "dispute" or (name == "country_name" and "country" in names) or (name == "part_of" and nested)
        )
        if absorbed or all(row[name] in (None, "") for row in rows):
            continue
        numeric = all(isinstance(row[name], int | float | None) or name in GROUPED.keys() - _WORDY for row in rows)
        cells = [_cell(canvas, name, row, nested) for row in rows]
        yield Column(name, cells, _HEADERS.get(name, name), right=numeric or name == "grade")


def _is_nested(rows: list[Record]) -> bool:
    """Whether each part stands below its whole, or the whole is the total of all: then ``part_of`` need not be said."""
    totals = {row["id"] for row in rows if row.get("share") == 1}
    whole = None
    for row in rows:
        part_of = row.get("part_of")
        if part_of is None:
            whole = row.get("id")
        elif part_of != whole and part_of not in totals:
            return False
    return True


def _cell(canvas: Canvas, name: str, row: Record, nested: bool) -> Text:
    """Return a cell as it is drawn; some say what a neighbouring column of the answer holds."""
    text = text_of(name, row[name])
    if name == "grade" and row.get("dispute"):
        mark = (f"{canvas.marks.differs} ", ALARM if row["dispute"] == "open" else FAINT)
        return Text.assemble(mark, text)
    if name == "country" and "country_name" in row:
        whole = "total" if row.get("share") == 1 else ""
        return Text(f"{text} {text_of(name, row['country_name'])}".strip() or whole)
    if name == "id" and nested and row.get("part_of") and "share" not in row:
        text = f"  {text}"
    if name == "also" and text:
        text = also_of(row)
    return Text(text, style=FAINT if name in {"id", "part_of", "source"} else alarm_of(row) if name == "also" else "")


def _with_bars(canvas: Canvas, columns: list[Column], rows: list[Record], room: int) -> list[Column]:
    """Add a bar behind the share, as long as the terminal allows."""
    longest = min(room - GAP, 24)
    place = next((i for i, column in enumerate(columns, 1) if column.name == "share"), None)
    if place is None or longest < 4:
        return columns
    bars = Column("bar", [Text(canvas.marks.bar(row["share"], longest), style=ACCENT) for row in rows], "")
    return [*columns[:place], bars, *columns[place:]]


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


def _draw_records(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> None:
    """Draw each row as a heading and, under it, its names and values one after the other."""
    heading, *others = (name for name in names if name not in {"also", "dispute"})
    for row in rows:
        canvas.print_hanging(Text(""), Text(text_of(heading, row[heading]) or "-", style="bold"), whole=True)
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
