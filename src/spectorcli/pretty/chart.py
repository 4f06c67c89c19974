"""Draws what happened when on an axis of time, one line an event: a mark for a day, a bar for a longer time.

A partial date fills the whole of its earliest to its latest day, for any of them may be meant; an end that is not
known is an arrow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.text import Text

from spectorcli.pretty.canvas import FAINT, GAP, Canvas, Marks
from spectorcli.pretty.cells import Record
from spectorcli.pretty.timeline import KIND_COLOURS
from spectorcli.result import Cell

_BESIDE = 40
"""Where the axis would be shorter beside the titles, it goes under them."""

_LEGIBLE = 20
"""Lines from which the years are written under the chart, too."""


_NARROWEST = 12
"""Columns of the axis on a terminal that is narrower still."""


@dataclass(frozen=True)
class Event:
    """A row and the days between which it happened; None where an end is not known."""

    row: Record
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Axis:
    """The days from the first of a year to the last of one, on so many columns."""

    first: int
    last: int
    width: int

    def column(self, day: int) -> int:
        """Return where a day is."""
        return (day - self.first) * self.width // (self.last - self.first + 1)

    def years(self) -> Iterator[tuple[int, str]]:
        """Yield the column and the name of as many years as can be told apart."""
        start, end = date.fromordinal(self.first).year, date.fromordinal(self.last).year
        room = max(self.width // (4 + GAP), 1)
        step = next(
            step
            for power in range(5)
            for step in (10**power, 2 * 10**power, 5 * 10**power)
            if (end - start) // step < room
        )
        for year in range(start + -start % step, end + 1, step):
            yield self.column(date(year, 1, 1).toordinal()), f"{year:04}"


def draw_chart(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the events on one axis, their titles beside it or above, and those without a date under it."""
    events = [Event(row, _day(row["earliest"]), _day(row["latest"])) for row in rows]
    dated = [event for event in events if event.first or event.last]
    if dated:
        _draw_dated(canvas, dated)
    undated = [event.row for event in events if not (event.first or event.last)]
    if undated:
        canvas.print(Text("no date", style="bold"))
    for row in undated:
        canvas.print_hanging(Text("  "), Text(row.brief("title")))
    if dated:
        canvas.print_hanging(Text(""), _legend(canvas.marks, dated))


def _draw_dated(canvas: Canvas, events: list[Event]) -> None:
    dates = max(cell_len(event.row.brief("date")) for event in events)
    labels = [Text.assemble(_when(canvas, event.row, dates), _title(event.row)) for event in events]
    room = canvas.page - GAP - max(label.cell_len for label in labels)
    axis = _axis(events, room if room >= _BESIDE else canvas.page)
    canvas.print(_years(axis))
    for event, label in zip(events, labels, strict=True):
        line = _line(canvas.marks, axis, event)
        if room >= _BESIDE:
            line.append(" " * GAP).append_text(label)
        else:
            canvas.print_hanging(_when(canvas, event.row), _title(event.row))
        line.rstrip()
        canvas.print(line, whole=True)
    if len(events) >= _LEGIBLE:
        canvas.print(_years(axis))


def _when(canvas: Canvas, row: Record, wide: int = 0) -> Text:
    """Return the date and a mark if it is disputed; room for that is left where dates stand below each other."""
    date, mark = row.brief("date"), canvas.marks.differs
    padded = date + " " * (wide - cell_len(date))
    if row["dispute"]:
        return Text.assemble((padded, "bold"), " ", (mark, row.alarm), " ")
    return Text.assemble((padded, "bold"), " " * (cell_len(mark) + 2 if wide else 1))


def _title(row: Record) -> Text:
    return Text(row.brief("title"))


def _axis(events: list[Event], width: int) -> Axis:
    """Return whole years, so that each tick begins one."""
    days = [day for event in events for day in (event.first, event.last) if day]
    start, end = date.fromordinal(min(days)).year, date.fromordinal(max(days)).year
    return Axis(date(start, 1, 1).toordinal(), date(end, 12, 31).toordinal(), max(width, _NARROWEST))


def _day(cell: Cell) -> int | None:
    """Return the number of a day; None where it is not known."""
    try:
        return date.fromisoformat(str(cell)).toordinal()
    except ValueError:
        return None


def _years(axis: Axis) -> Text:
    line = Text()
    for column, year in axis.years():
        if column + len(year) <= axis.width:
            line.append(" " * (column - line.cell_len) + year, style="bold")
    return line


def _line(marks: Marks, axis: Axis, event: Event) -> Text:
    """Return the axis with one event on it."""
    ticks = {column for column, _ in axis.years()}
    line = Text("".join(marks.tick if column in ticks else " " for column in range(axis.width)), style=FAINT)
    start, end = axis.column(event.first or axis.first), axis.column(event.last or axis.last)
    one_day = event.first == event.last
    drawn = marks.day if one_day else _span(marks, end - start + 1, not event.first, not event.last)
    colour = KIND_COLOURS.get(str(event.row["kind"]), "")
    return Text.assemble(line[:start], (drawn, colour), line[start + len(drawn) :])


def _span(marks: Marks, length: int, since_ever: bool, for_ever: bool) -> str:
    """Return a bar, with an arrow at an end that is open."""
    bar = list(marks.time * length)
    if since_ever:
        bar[0] = marks.until
    if for_ever:
        bar[-1] = marks.since
    return "".join(bar)


def _legend(marks: Marks, events: list[Event]) -> Text:
    """Say what the marks mean that were drawn."""
    meant = {
        f"{marks.day} a day": any(event.first == event.last for event in events),
        f"{marks.time} some time in it, or all of it": any(event.first != event.last for event in events),
        f"{marks.until} {marks.since} no end is known": any(not (event.first and event.last) for event in events),
        f"{marks.differs} the date is disputed": any(event.row["dispute"] for event in events),
    }
    return Text("   ".join(meaning for meaning, drawn in meant.items() if drawn), style=FAINT)
