"""Dates as sources state them, in EDTF of level 0 and 1, read as the days that they may cover.

https://www.loc.gov/standards/datetime/ Nothing is added to the text itself: ``2021`` has no day. Of level 1
the years before 1 and after 9999 are left out, and of all levels the time of day: a date-time is read as its day.
"""

import math
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from spectorcli.values.span import RECENT, BadValue, Relation, Span

_YEAR = r"\d{4}|\d{3}X|\d\dXX|\dXXX"
_POINT = re.compile(
    rf"({_YEAR})(?:-(\d\d|XX)(?:-(\d\d|XX)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?([~?%]?)",
    re.ASCII,
)
_FORMS = "is not a date; write an EDTF date: 2019, 2021-12, 2023-05-02, 2021-12~, 2021-10/2023-05 or ../2021-12"


class Season(NamedTuple):
    """What EDTF writes in the place of a month; months are counted from that of January of the year, which is 0."""

    name: str
    first: int
    last: int
    own: int


SEASONS = {
    21: Season("spring", 1, 5, 2),
    22: Season("summer", 4, 8, 5),
    23: Season("autumn", 7, 11, 8),
    24: Season("winter", -2, 14, 11),
}
"""EDTF gives seasons no months: each covers its own and one more on either side. A winter may be at its year's
beginning or at its end."""

MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
"""English, for nothing of ours sets a locale; ``calendar`` says the same and takes 0.5 ms to import."""

MARKS = {"~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}
"""What EDTF writes behind a date, and how that is said; each widens it by one unit of its own precision."""

OPEN = "..", ""
"""An end that an interval does not have, and one that is not known."""


class Point(NamedTuple):
    """One date as it is written: ``month`` may be a season, unknown digits are ``X``, missing parts empty."""

    year: str
    month: str
    day: str
    mark: str

    @property
    def season(self) -> int | None:
        """The number of a season, as in ``SEASONS``."""
        return int(self.month) if self.month.isdigit() and int(self.month) in SEASONS else None


@lru_cache(RECENT)
def read(text: str, unit: str = "") -> Span:
    """Read a date or an interval as the days it may cover, as ordinals; ``figure`` is the first day of the text itself.

    A mark widens a date by one unit of its own precision to either side, a season covers a month more on
    either side, an end that is open or not known is infinite.

    Raises:
        BadValue: no such day exists, an interval ends before it begins, or the form is not supported.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _covered(_point(text, text), text)
    if not start and not end:
        raise BadValue(f"{text!r} {_FORMS}")
    first = None if start in OPEN else _covered(_point(start, text), text)
    last = None if end in OPEN else _covered(_point(end, text), text)
    low, high = first.low if first else -math.inf, last.high if last else math.inf
    if low > high:
        raise BadValue(f"interval {text!r} ends before it begins")
    known = first or last
    return Span(low, high, known.figure if known else None, hedged=True)


def base(reading: Span, unit: str = "") -> tuple[float | None, str]:
    """Return the ordinal of the first day of the text itself, by which dates are put in order."""
    return reading.figure, ""


def relation(one: Span, other: Span) -> Relation:
    """Return how two dates stand to each other: they agree if the days that they cover overlap."""
    return one.relation(other)


def write(text: str) -> str:
    """Return a date for machines: as it is stated."""
    return text


def say(text: str, unit: str = "") -> str:
    """Return a date in words: ``about June 2019``, ``until December 2028``, ``2010s``; as it is if it is none."""
    start, slash, end = text.partition("/")
    if not slash:
        return _say_point(text)
    if start in OPEN and end in OPEN:
        return "at an unknown time"
    if start in OPEN:
        return f"until {_say_point(end)}{'' if start else ', beginning unknown'}"
    if end in OPEN:
        return f"from {_say_point(start)} on" if end else f"from {_say_point(start)}, end unknown"
    return f"{_say_point(start)} to {_say_point(end)}"


def brief(text: str, unit: str = "") -> str:
    """Return a date as it stands in a table: in EDTF, as it is stated, but for an ``X``: ``2010s~``, ``2019-05``."""
    return "/".join(map(_brief_point, text.split("/"))) if "X" in text else text


def ends(text: str) -> list[Point | None]:
    """Return the one date of a text, or both of an interval; None for an end that is open, unknown or no date."""
    return [_read_point(end) for end in text.split("/")]


def parts(text: str) -> tuple[int, ...]:
    """Return year, month and day as far as they are given; nothing for seasons, ``203X`` and intervals."""
    points = ends(text)
    point = points[0] if len(points) == 1 else None
    if point is None or point.season or "X" in f"{point.year}{point.month}{point.day}":
        return ()
    return tuple(int(part) for part in point[:3] if part)


def day(text: str) -> date | None:
    """Return the day that a date is; None for what is coarser, approximate or more than one day."""
    known = parts(text)
    return date(*known) if len(known) == 3 and not is_approximate(text) else None


def first_day(text: str | None) -> date | None:
    """Return the first day that a date may mean, its last one where it has no beginning."""
    span = read(text) if text else None
    bounds = [end for end in (span.low, span.high) if math.isfinite(end)] if span else []
    return date.fromordinal(int(bounds[0])) if bounds else None


def year(text: str) -> str:
    """Return the year under which a date is filed, the text's own: ``2019`` for ``2019-01~``, ``201X`` for a decade."""
    return next((point.year for point in ends(text) if point), "")


def is_interval(text: str) -> bool:
    """Whether a date goes on from one day to another, one of which may be open."""
    return "/" in text


def is_approximate(text: str) -> bool:
    """Whether a date bears a mark: about, uncertain, or both."""
    return any(point.mark for point in ends(text) if point)


def iso(day: float) -> str | None:
    """Return the ISO 8601 day of an ordinal; None for an end that is open."""
    return None if math.isinf(day) else date.fromordinal(int(day)).isoformat()


def _read_point(text: str) -> Point | None:
    """Return the parts of one date as they are written; None for what has another form."""
    found = _POINT.fullmatch(text)
    return Point(*(part or "" for part in found.groups())) if found else None


def _point(text: str, whole: str) -> Point:
    point = _read_point(text)
    if point is None or (point.month == "XX" and point.day not in {"", "XX"}) or (point.season and point.day):
        raise BadValue(_no_date(whole))
    return point


def _no_date(text: str) -> str:
    from spectorcli.values import rewritten  # a refusal may take its time

    if meant := " or ".join(rewritten.guess(text)):
        if re.search("[a-z] ", text):
            return f"{text!r} is not a date in EDTF; write {meant}"
        cure = f"write {meant}, and format the column as text before you save"
        return f"{text!r} is not a date: {rewritten.REWRITTEN}; {cure}"
    return f"{text!r} {_FORMS}"


def _covered(point: Point, whole: str) -> Span:
    """Return the days that a point covers, by months that are counted from that of January of the year 0."""
    year, last_year = (int(point.year.replace("X", digit)) for digit in "09")
    if not last_year:
        raise BadValue(f"{whole!r} is not a day of the calendar: years run from 0001 to 9999")
    low = own = 12 * year
    high, step = 12 * last_year + 11, 12 * (last_year - year + 1)
    if point.season:
        season = SEASONS[point.season]
        low, high, own, step = 12 * year + season.first, 12 * last_year + season.last, 12 * year + season.own, 3
    elif point.month.isdigit():
        low = own = 12 * year + int(point.month) - 1
        high = 12 * last_year + int(point.month) - 1
        step = 1
        if not 1 <= int(point.month) <= 12:
            raise BadValue(f"{whole!r} is not a day of the calendar")
    if point.day.isdigit():
        return _covered_day(own, high, point, whole)
    margin = step if point.mark else 0
    hedged = bool(point.mark) or "X" in "".join(point)
    return Span(_first_of(low - margin), _last_of(high + margin), _first_of(own), hedged=hedged)


def _covered_day(month: int, last: int, point: Point, whole: str) -> Span:
    """Return what a day of a month covers, which may be that of any year between two."""
    days = [_first_of(one) + int(point.day) - 1 for one in (month, last)]
    if not all(_first_of(one) <= day <= _last_of(one) for one, day in zip((month, last), days, strict=True)):
        raise BadValue(f"{whole!r} is not a day of the calendar")
    margin = 1 if point.mark else 0
    hedged = bool(point.mark) or month != last
    return Span(max(days[0] - margin, _FIRST_DAY), min(days[1] + margin, _LAST_DAY), days[0], hedged=hedged)


_FIRST_DAY, _LAST_DAY = date.min.toordinal(), date.max.toordinal()


def _first_of(month: int) -> int:
    """Return the first day of a month, the first of the calendar for months before it."""
    return date(month // 12, month % 12 + 1, 1).toordinal() if month >= 12 else _FIRST_DAY


def _last_of(month: int) -> int:
    """Return the last day of a month, the last of the calendar for months after it."""
    return _first_of(month + 1) - 1 if month < 12 * 10_000 - 1 else _LAST_DAY


def _say_point(text: str) -> str:
    point = _read_point(text)
    if point is None:
        return text
    return MARKS.get(point.mark, "{}").format(_say_unmarked(point))


def _brief_point(text: str) -> str:
    point = _read_point(text)
    if point is None or "X" not in text:
        return text
    known = "-".join(part for part in point[:3] if part.isdigit())
    return f"{_say_unmarked(point) if 'X' in point.year else known}{point.mark}"


def _say_unmarked(point: Point) -> str:
    year = _say_year(point.year)
    if point.season:
        return f"{SEASONS[point.season].name} {year}"
    day = str(int(point.day)) if point.day.isdigit() else ""
    month = MONTHS[int(point.month) - 1] if point.month.isdigit() else ""
    return " ".join(filter(None, (day, month, year)))


def _say_year(text: str) -> str:
    first, last = (text.replace("X", digit) for digit in "09")
    return {0: text, 1: f"{first}s"}.get(text.count("X"), f"between {first} and {last}")
