"""What claims and facts have in common as rows: their value, in its own unit and in the base unit, and its time."""

from functools import lru_cache

from spectorcli.values import TYPES, Reading, date, number, units
from spectorcli.values.span import RECENT, Span

Bounds = tuple[float | None, str, float | None, float | None, str | None, str | None]
"""Base value and base unit, low and high in that unit, earliest and latest as ISO days."""


def bounds(reading: Reading, type: str, unit: str) -> Bounds:
    """Return what a value covers: numbers for a number, days for a date, nothing for the rest."""
    if not isinstance(reading, Span):
        return None, units.base(unit), None, None, None, None
    return _bounds(reading, type, unit)


@lru_cache(RECENT)
def _bounds(reading: Span, type: str, unit: str) -> Bounds:
    base, base_unit = TYPES[type].base(reading, unit)
    if type == "number":
        low, high = (None if reading.bound < 0 else reading.low), (None if reading.bound > 0 else reading.high)
        return base, base_unit, low, high, None, None
    return base, base_unit, None, None, date.iso(reading.low), date.iso(reading.high)


def plain(value: str, type: str) -> int | float | None:
    """Return the figure of a plain number; None for any other value."""
    figure = number.write(value) if type == "number" else value
    return None if isinstance(figure, str) else figure


@lru_cache(RECENT)
def held(when: str) -> tuple[str | None, str | None]:
    """Return the first and the last day of the time at which a value held; None where it has none."""
    span = date.read(when) if when else None
    return (date.iso(span.low), date.iso(span.high)) if span else (None, None)
