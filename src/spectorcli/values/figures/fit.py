"""Whether a claim's value follows from the words of its source that it was taken from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as calendar_day
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from spectorcli.values import date, number, units
from spectorcli.values.date import SEASONS, Point
from spectorcli.values.figures.reading import Amount, Figure, FigureKind, Moment
from spectorcli.values.units import Measure
from spectorcli.values.wording import joined

_ACCEPTED = {">": (">", ">="), "<": ("<", "<=")}
"""What a qualifier of a claim may be in its source beside itself: "at least 120" is also written >119."""

_PARTS = {"early": range(1, 6), "mid": range(4, 10), "late": range(8, 13), "some": range(1, 13)}
"""Months that may be meant by a part of a year: nobody says where the middle ends."""


MOST_SEEN = 5
"""Figures that are told of words; whoever states more states a text."""


class Verdict(StrEnum):
    """Whether a value follows from words."""

    YES = "yes"
    """It does, in one of their readings."""
    NO = "no"
    """They hold figures of its type, and it is none of them."""
    SILENT = "silent"
    """They say nothing that could be compared."""


class Fit(NamedTuple):
    """A verdict; with a no, ``seen`` is what the words say. ``bare`` if a yes rests on a figure or a weekday alone."""

    verdict: Verdict
    seen: str = ""
    bare: bool = False


SILENT = Fit(Verdict.SILENT)


def fit(value: str, unit: str, type: str, found: Sequence[Figure]) -> Fit:
    """Say whether a value follows from the figures of the words that it was taken from.

    It follows if it is one of their readings: figure, unit and qualifier together, in the base unit. What the words
    leave out is not compared: a unit, a year. Wording is never compared.
    """
    if type == "number":
        return _fit_number(value, unit, found)
    return _fit_date(value, found) if type == "date" else SILENT


def _fit_number(value: str, unit: str, found: Sequence[Figure]) -> Fit:
    claimed = number.parts(value)
    seen = [(one, reading) for one in found for reading in one.readings if isinstance(reading, Amount)]
    fitting = [one for one, reading in seen if claimed and _is_same(claimed, unit, reading)]
    if units.measure(unit) != Measure.NONE:  # first, and a man of 33: neither is how many, but may well stand there
        seen = [(one, reading) for one, reading in seen if one.kind not in (FigureKind.ORDINAL, FigureKind.AGE)]
    if claimed is None or not (fitting or seen):
        return SILENT
    if fitting:
        return Fit(Verdict.YES, bare=all(one.kind == FigureKind.COUNT and not one.noun for one in fitting))
    first = {one.start: reading for one, reading in reversed(seen)}  # of each figure its likeliest reading
    said = [number.say(reading.text, reading.unit) for _, reading in sorted(first.items())]
    return Fit(Verdict.NO, _some(said))


def _is_same(claimed: number.Parts, unit: str, reading: Amount) -> bool:
    if reading.qualifier not in _ACCEPTED.get(claimed.sign, (claimed.sign,)):
        return False
    mine = theirs = Decimal(1)
    if reading.unit and units.measure(unit) != Measure.NONE:
        if units.base(reading.unit) != units.base(unit):
            return False
        mine, theirs = units.factor(unit), units.factor(reading.unit)
    if claimed.high is None or reading.high is None:
        return claimed.high is reading.high and claimed.low * mine == reading.value * theirs
    return claimed.low * mine == reading.value * theirs and claimed.high * mine == reading.high * theirs


def _fit_date(value: str, found: Sequence[Figure]) -> Fit:
    points = [point for point in date.ends(value) if point]
    seen = [(one, moment) for one in found for reading in one.readings for moment in _moments(reading)]
    if not points or not seen:
        return SILENT
    if all(any(_is_then(point, moment) for _, moment in seen) for point in points):
        return Fit(Verdict.YES, bare=all(not (moment.year or moment.month) for _, moment in seen))
    return Fit(Verdict.NO, _some(one.words for one, _ in seen))


def _some(said: Iterable[str]) -> str:
    """Return what is said, each once; of very much the first, and how much more."""
    each = list(dict.fromkeys(said))
    more = len(each) - MOST_SEEN
    return joined([*each[:MOST_SEEN], f"{more:,} more"] if more > 1 else each)


def _moments(reading: object) -> Iterator[Moment]:
    if isinstance(reading, Moment):
        yield reading._replace(end=None)
        yield from _moments(reading.end)


def _is_then(point: Point, moment: Moment) -> bool:
    """Whether a date of a claim says what a moment says, and nothing that this leaves out but the year."""
    if moment.year and not all(one in (other, "X") for one, other in zip(point.year, moment.year, strict=True)):
        return False
    if not (_is_part(point, moment) if moment.part else not point.mark):
        return False
    month = int(point.month) if point.month.isdigit() and not point.season else 0
    day = int(point.day) if point.day.isdigit() else 0
    if moment.weekday and day:
        try:
            if calendar_day(int(point.year), month, day).isoweekday() != moment.weekday:
                return False
        except ValueError:  # a year with unknown digits
            return True
    if not (moment.year or moment.month):
        return True
    return _is_within(month, moment.month, bool(moment.part)) and _is_within(day, moment.day, bool(moment.part))


def _is_within(claimed: int, said: int, is_part: bool) -> bool:
    """Whether a month or day is what is said; one that is not said is made up, but in a part of something."""
    return claimed == said if claimed and said else not claimed or is_part


def _is_part(point: Point, moment: Moment) -> bool:
    """Whether a date may be early, mid, late, or in a season of its year, or is about then."""
    if moment.part == "~":
        return bool(point.mark)
    season = int(moment.part) if moment.part.isdigit() else 0
    if season and point.season:
        return season == point.season
    month = int(point.month) if point.month.isdigit() and not point.season else 0
    if not month or moment.month:
        return True
    if season:
        return any(SEASONS[season].first <= one <= SEASONS[season].last for one in (month - 1, month - 13, month + 11))
    return month in _PARTS[moment.part]
