"""Draws figures as bars: shares of a whole, or the arrests of a series.

Amounts themselves are never drawn: kilograms and tablets, or dollars and euros, have no common scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from spectorcli.pretty.canvas import ACCENT, Canvas
from spectorcli.pretty.cells import Record
from spectorcli.result import Cell, Column, Shows
from spectorcli.values import number, units
from spectorcli.values.span import BadValue

SHORTEST, LONGEST = 8, 24
"""A shorter bar tells nothing, and a longer one no more."""

_ROUNDING = 0.0005
"""A share has three decimals, so that parts which add up may seem to lack so much each."""


@dataclass(frozen=True)
class Bars:
    """A bar for each row: how much of the scale it fills, and how much of it no part accounts for."""

    measure: Column
    filled: list[float]
    rest: list[float]

    def draw(self, canvas: Canvas, longest: int) -> list[Text]:
        """Return the bars, none longer than so many columns."""
        both = zip(self.filled, self.rest, strict=True)
        return [Text(canvas.marks.bar(share, rest, min(longest, LONGEST)), style=ACCENT) for share, rest in both]


def bars_of(columns: Sequence[Column], rows: list[Record]) -> Bars | None:
    """Return the bars of a table, if it has figures that compare: shares, or what the answer declares."""
    measure = next((column for column in columns if column.shows == Shows.SHARE or column.bars), None)
    if measure is None:
        return None
    figures = [_figure(row[measure.name]) for row in rows]
    if not any(figures):
        return None
    if measure.shows == Shows.SHARE:
        rest = [max(0.0, 1 - _itemised(row, rows)) if row.first(Shows.SHARE) == 1 else 0.0 for row in rows]
        return Bars(measure, [min(one, 1) - left for one, left in zip(figures, rest, strict=True)], rest)
    return Bars(measure, [one / max(figures) for one in figures], [0.0] * len(rows))


def _itemised(whole: Record, rows: list[Record]) -> float:
    """Return the share that the parts of a whole have of it; 1 where no part is listed."""
    id, measured = whole.first(Shows.ID), _measured(whole)
    parts = [row for row in rows if row.whole == id and _measured(row) == measured]
    if not parts:
        return 1.0
    itemised = sum(_figure(row.first(Shows.SHARE)) for row in parts)
    return 1.0 if 1 - itemised <= len(parts) * _ROUNDING else itemised


def _measured(row: Record) -> str:
    return units.base(str(row.first(Shows.UNIT)))


def _figure(cell: Cell) -> float:
    """Return a count without its qualifier; 0 for none."""
    try:
        return number.read(str(cell)).figure or 0.0
    except BadValue:
        return 0.0
