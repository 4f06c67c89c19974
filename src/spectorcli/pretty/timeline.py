"""Draws what happened when: a vertical line, the years of the dates themselves as headings, a mark for each event."""

from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from spectorcli.pretty.canvas import ACCENT, FAINT, Canvas
from spectorcli.pretty.cells import Record, support_of
from spectorcli.values import date

KIND_COLOURS = {
    **dict.fromkeys(("arrest", "charge", "extradition", "plea", "sentence"), "magenta"),
    **dict.fromkeys(("seizure", "shutdown"), "yellow"),
    "launch": "green",
    "announcement": "blue",
}
"""In the timeline: courts and police in magenta, the life of markets in green and yellow."""


def draw_timeline(canvas: Canvas, rows: list[Record]) -> None:
    """Draw a vertical line, years as headings; a filled mark is a day, an open one a longer time."""
    dates = max(cell_len(row.brief("date")) for row in rows)
    kinds = max(cell_len(row.brief("kind")) for row in rows)
    for year, group in groupby(rows, key=lambda row: date.year(str(row["date"] or ""))):
        canvas.print(Text(date.say(year) or "no date", style="bold"))
        for row in group:
            _draw_event(canvas, row, dates, kinds)


def _draw_event(canvas: Canvas, row: Record, dates: int, kinds: int) -> None:
    marks = canvas.marks
    one_day = row["earliest"] is not None and row["earliest"] == row["latest"]
    kind = row.brief("kind")
    start = Text.assemble(
        (f"{marks.day if one_day else marks.span} ", ACCENT),
        row.brief("date").ljust(dates + 2),
        (kind.ljust(kinds + 2), KIND_COLOURS.get(kind, "")),
    )
    indent = Text.assemble((marks.line, FAINT), " " * (start.cell_len - 1))
    canvas.print_hanging(start, Text(row.brief("title")), indent)
    if row.also:
        canvas.print_hanging(indent, Text.assemble((f"{row.beside(marks)} ", row.alarm), *row.others), indent)
    canvas.print_hanging(indent, Text(support_of(row, marks, row.brief("id")), style=FAINT), indent, whole=True)
