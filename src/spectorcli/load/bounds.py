"""What claims and facts have in common as rows: the figure and the bounds of their values."""

from spectorcli.values import Reading, date
from spectorcli.values.span import Span

Bounds = tuple[float | None, float | None, float | None, str | None, str | None]


def bounds(reading: Reading, type: str) -> Bounds:
    """Return number, low, high, earliest and latest: numbers in the base unit for a number, ISO days for a date."""
    if not isinstance(reading, Span):
        return None, None, None, None, None
    if type == "number":
        return reading.figure, reading.low, reading.high, None, None
    return None, None, None, date.iso(reading.low), date.iso(reading.high)
