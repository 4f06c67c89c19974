"""What claims and facts have in common as rows: the bounds of their values."""

import math
from datetime import date

from spectorcli.values import Span


def bounds(reading: object, type: str) -> tuple[object, object, object, object]:
    """Return low, high, earliest, latest: numbers for a number, ISO dates for a date."""
    if not isinstance(reading, Span):
        return None, None, None, None
    if type == "number":
        return reading.low, reading.high, None, None
    return None, None, _iso(reading.low), _iso(reading.high)


def _iso(day: float) -> str | None:
    return None if math.isinf(day) else date.fromordinal(int(day)).isoformat()
