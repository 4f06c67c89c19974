"""Draws an answer for a person: tables, records, the timeline, the sheet of one thing.

The only user of Rich. Text from a case is ``Text``, never markup. Nothing is cut: what does not fit is
wrapped, moved under the table, or the table turns into records; ids are never broken.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from spectorcli.errors import UsageError
from spectorcli.plain import clean
from spectorcli.result import Cell, Result

ACCENT = "cyan"
FAINT = "dim"
ALARM = "red"
"""Only for disputes."""

UNBOUNDED = 100_000
"""The width of a pipe or a file: no line is wrapped there."""

WORDS = 16
"""Columns of words may be wrapped down to this width, others not at all."""

_HEADERS = {"sources": "src", "origins": "orig"}

_WORDY = frozenset(
    {"title", "name", "label", "gist", "also", "charges", "role", "publisher", "goods", "court", "operations", "money"}
)
"""Columns that may be wrapped."""

_GROUPED = frozenset({"also", "money", "drugs", "value", "amount", "turnover", "sentence"})
"""Columns of text in which long numbers are written with separators."""

_CONTEXT = frozenset({"operation", "person", "market", "agency"})
"""Columns that are said once above the table when all rows have the same."""

KIND_COLOURS = {
    **dict.fromkeys(("arrest", "charge", "extradition", "plea", "sentence"), "magenta"),
    **dict.fromkeys(("seizure", "shutdown"), "yellow"),
    "launch": "green",
    "announcement": "blue",
}
"""In the timeline: courts and police in magenta, the life of markets in green and yellow."""


@dataclass(frozen=True)
class Marks:
    """What is drawn besides letters."""

    day: str = "●"
    span: str = "○"
    line: str = "│"
    differs: str = "≠"
    bar: str = "█"
    dot: str = "·"


ASCII = Marks(day="*", span="o", line="|", differs="!=", bar="#", dot="-")


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


class Canvas:
    """A console that knows its width, its colours and which marks it can show."""

    def __init__(self, out: TextIO) -> None:
        """Ask the stream and the environment (https://no-color.org, and ``FORCE_COLOR``)."""
        terminal = out.isatty()
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        coloured = not plain and (terminal or bool(os.environ.get("FORCE_COLOR")))
        self.console = Console(
            file=out,
            width=None if terminal else UNBOUNDED,
            force_terminal=coloured,
            color_system="auto" if coloured else None,
            no_color=not coloured,
            markup=False,
            emoji=False,
            highlight=False,
        )
        self.width = self.console.width
        try:
            "".join(vars(Marks()).values()).encode(getattr(out, "encoding", None) or "utf-8")
            self.marks = Marks()
        except UnicodeEncodeError:
            self.marks = ASCII

    def print(self, thing: Text | Table) -> None:
        """Print without the blanks that pad the ends of lines."""
        with self.console.capture() as captured:
            self.console.print(thing)
        for line in captured.get().split("\n")[:-1]:
            self.console.file.write(line.rstrip() + "\n")

    def print_hanging(self, start: Text, rest: Text, indent: Text | None = None) -> None:
        """Print ``start`` and then ``rest``, whose further lines begin under its first."""
        indent = indent or Text(" " * start.cell_len)
        room = max(self.width - start.cell_len, WORDS)
        for number, line in enumerate(rest.wrap(self.console, room)):
            line.rstrip()
            self.print(Text.assemble(indent if number else start, line))


def draw(name: str, result: Result, out: TextIO) -> None:
    """Draw an answer as a table or as a timeline.

    Raises:
        UsageError: a timeline of something that has no dates.
    """
    canvas = Canvas(out)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if name == "timeline" and not {"date", "title"} <= set(result.columns):
        raise UsageError("a timeline needs dates, and this answer has none; use another --format")
    canvas.print(Text(clean(result.title), style=f"bold {ACCENT}"))
    if not rows:
        canvas.print(Text("nothing found", style=FAINT))
    elif name == "timeline":
        _draw_timeline(canvas, rows)
    elif result.look == "sheet":
        _draw_sheet(canvas, rows)
    else:
        _draw_table(canvas, result.columns, rows)
    for note in result.notes:
        canvas.print(Text(clean(note), style=FAINT))


Record = dict[str, Cell]


def _text(name: str, cell: Cell) -> str:
    """Return a cell as people read it: numbers grouped, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _group_digits(clean(cell)) if name in _GROUPED else clean(cell)
    if name == "share":
        return f"{cell:.1%}"
    return f"{cell:,}"


def _group_digits(text: str) -> str:
    return re.sub(r"(?<![\w.:/-])\d{5,}(?![\w/-])", lambda number: f"{int(number.group()):,}", text)


def _draw_table(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> None:
    """Draw a table; where it does not fit, what else is said goes under it; else draw records."""
    once = [name for name in names if name in _CONTEXT and len(rows) > 1 and len({row[name] for row in rows}) == 1]
    if any(rows[0][name] for name in once):
        said = (f"{name} {_text(name, rows[0][name])}" for name in once if rows[0][name])
        canvas.print(Text("  ".join(said), style=FAINT))
    columns = list(_columns(canvas, [name for name in names if name not in once], rows))
    narrow = [column for column in columns if column.name != "also"]
    for chosen in (columns, narrow):
        room = canvas.width - sum(column.least for column in chosen) - 2 * (len(chosen) - 1)
        if room >= 0:
            canvas.print(_table(chosen))
            if chosen is narrow:
                _print_disputes(canvas, rows)
            return
    _draw_records(canvas, names, rows)


def _columns(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> Iterator[Column]:
    """Yield the columns that have something in them, as they are drawn."""
    for name in names:
        if all(row[name] in (None, "") for row in rows):
            continue
        if name == "country" and "country_name" in names:
            cells = [Text(f"{_text(name, row[name])} {_text(name, row['country_name'])}".strip()) for row in rows]
            yield Column(
                name, [cell if cell else Text(_whole(row)) for cell, row in zip(cells, rows, strict=True)], name
            )
        elif name == "country_name" and "country" in names:
            continue
        elif name == "dispute":
            yield Column(name, [_dispute_mark(canvas, row) for row in rows], "")
        elif name == "share":
            yield Column(name, [Text(_text(name, row[name])) for row in rows], name, right=True)
            yield Column("bar", [_bar(canvas, row[name]) for row in rows], "")
        else:
            numeric = all(isinstance(row[name], int | float | None) or name in _GROUPED - _WORDY for row in rows)
            style = FAINT if name in {"id", "part_of", "source"} else ALARM if name == "also" else ""
            cells = [Text(_text(name, row[name]), style=style) for row in rows]
            yield Column(name, cells, _HEADERS.get(name, name), right=numeric)


def _whole(row: Record) -> str:
    """Name the row that is all the others together."""
    return "total" if row.get("share") == 1 else ""


def _dispute_mark(canvas: Canvas, row: Record) -> Text:
    """Mark a disputed value: red while the dispute is open, faint once it is settled."""
    if not row["dispute"]:
        return Text("")
    return Text(canvas.marks.differs, style=ALARM if row["dispute"] == "open" else FAINT)


def _bar(canvas: Canvas, share: Cell) -> Text:
    length = round(share * 12) if isinstance(share, float | int) else 0
    return Text(canvas.marks.bar * length, style=ACCENT)


def _table(columns: list[Column]) -> Table:
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
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


def _print_disputes(canvas: Canvas, rows: list[Record]) -> None:
    """Print under a narrow table what else is said."""
    for row in rows:
        if row.get("also"):
            label = _text("id", row.get("id") or row.get("country"))
            start = Text.assemble((f"{canvas.marks.differs} ", ALARM), (f"{label}  ", FAINT))
            canvas.print_hanging(start, Text(_also(row), style=ALARM))


def _also(row: Record) -> str:
    return ("open: " if row.get("dispute") == "open" else "") + _text("also", row["also"])


def _draw_records(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> None:
    """Draw each row as lines of name and value."""
    shown = [name for name in names if any(row[name] not in (None, "") for row in rows)]
    indent = max(map(cell_len, shown)) + 2
    for number, row in enumerate(rows):
        if number:
            canvas.print(Text(""))
        for name in shown:
            if row[name] not in (None, ""):
                style = ALARM if name == "also" else "bold" if name in {"id", "name", "title"} else ""
                canvas.print_hanging(Text(name.ljust(indent), style=FAINT), Text(_text(name, row[name]), style=style))


def _draw_timeline(canvas: Canvas, rows: list[Record]) -> None:
    """Draw a vertical line, years as headings; a filled mark is a day, an open one a longer time."""
    dates = max(cell_len(_text("date", row["date"])) for row in rows)
    kinds = max(cell_len(_text("kind", row["kind"])) for row in rows)
    for year, group in groupby(rows, key=lambda row: str(row["earliest"] or row["latest"] or "")[:4]):
        canvas.print(Text(year or "no date", style="bold"))
        for row in group:
            _draw_event(canvas, row, dates, kinds)


def _draw_event(canvas: Canvas, row: Record, dates: int, kinds: int) -> None:
    marks = canvas.marks
    one_day = row["earliest"] is not None and row["earliest"] == row["latest"]
    kind = _text("kind", row["kind"])
    start = Text.assemble(
        (f"{marks.day if one_day else marks.span} ", ACCENT),
        _text("date", row["date"]).ljust(dates + 2),
        (kind.ljust(kinds + 2), KIND_COLOURS.get(kind, "")),
    )
    indent = Text.assemble((marks.line, FAINT), " " * (start.cell_len - 1))
    canvas.print_hanging(start, Text(_text("title", row["title"])), indent)
    if row["also"]:
        canvas.print_hanging(indent, Text(f"{marks.differs} {_also(row)}", style=ALARM), indent)
    canvas.print_hanging(indent, Text(_evidence(row, marks), style=FAINT), indent)


def _evidence(row: Record, marks: Marks) -> str:
    """Return ``A1 · 12 sources, 3 origins · id`` for one answer."""
    support = ""
    if row.get("sources"):
        support = f"{_count(row['sources'], 'source')}, {_count(row['origins'], 'origin')}"
    parts = [_text("grade", row.get("grade")), support, _text("id", row.get("id"))]
    return f" {marks.dot} ".join(part for part in parts if part)


def _count(number: Cell, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _draw_sheet(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what is said about one thing, then what points to it."""
    own = [row for row in rows if not row["link"]]
    _draw_facts(canvas, own, [_text("property", row["property"]) for row in own])
    others = [row for row in rows if row["link"]]
    for link, group in groupby(others, key=lambda row: row["link"]):
        canvas.print(Text(""))
        canvas.print(Text(f"{link} of" if link != "says" else "says", style="bold"))
        pointing = list(group)
        labels = [
            " ".join(filter(None, (_text("id", row["id"]), _text("property", row["property"])))) for row in pointing
        ]
        _draw_facts(canvas, pointing, labels)


def _draw_facts(canvas: Canvas, rows: list[Record], labels: list[str]) -> None:
    indent = min(max(map(cell_len, labels), default=0) + 2, max(canvas.width // 2, WORDS))
    for row, label in zip(rows, labels, strict=True):
        value = " ".join(filter(None, (_text("value", row["value"]), _text("unit", row["unit"]))))
        when = f" ({_text('when', row['when'])})" if row["when"] else ""
        evidence = _evidence({**row, "id": None}, canvas.marks)
        line = Text.assemble(value, when, (f"  {evidence}" if evidence else "", FAINT))
        start = Text(label.ljust(indent), style=FAINT)
        if start.cell_len > indent:
            canvas.print(start)
            start = Text(" " * indent)
        canvas.print_hanging(start, line)
        if row["also"]:
            mark = Text(f"{canvas.marks.differs} {_also(row)}", style=ALARM)
            canvas.print_hanging(Text(" " * indent), mark)
