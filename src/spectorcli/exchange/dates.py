"""Partial dates for tools that know only whole ones: in words, and as the first day that is meant."""

import math
import re
from calendar import month_name
from datetime import date

from spectorcli.case import Case
from spectorcli.values import date as dates

_PARTS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", re.ASCII)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DOUBTS = {"~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}


def worded(text: str) -> str:
    """Return an EDTF date in words: ``about June 2019``, ``until December 2028``; as it is if there are none."""
    start, slash, end = text.partition("/")
    if not slash:
        return _DOUBTS.get(text[-1:], "{}").format(_date(text))
    if ".." in (start, end):
        return f"until {worded(end)}" if start == ".." else f"from {worded(start)} on"
    return f"{worded(start)} to {worded(end)}"


def parts(text: str) -> tuple[int, ...]:
    """Return year, month and day as far as they are given; nothing for seasons, ``203X`` and intervals."""
    found = _PARTS.fullmatch(text)
    numbers = tuple(int(part) for part in found.groups() if part) if found else ()
    return () if numbers[1:2] and numbers[1] in _SEASONS else numbers


def first_day(text: str | None) -> date | None:
    """Return the first day that a date may mean, its last one where it has no beginning."""
    span = dates.read(text) if text else None
    ends = [end for end in (span.low, span.high) if math.isfinite(end)] if span else []
    return date.fromordinal(int(ends[0])) if ends else None


def publications(case: Case) -> tuple[date, date]:
    """Return the first days of the oldest and the newest source: the only times that an export may bear as its own."""
    days = [day for source in case.read("sources") if (day := first_day(_text(source["published"])))]
    return min(days, default=date(1970, 1, 1)), max(days, default=date(1970, 1, 1))


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def _date(text: str) -> str:
    plain = text.rstrip("~?%")
    numbers = parts(plain)
    if numbers:
        return " ".join([*map(str, numbers[:1:-1]), *(month_name[month] for month in numbers[1:2]), str(numbers[0])])
    year, _, season = plain.partition("-")
    return f"{_SEASONS[int(season)]} {year}" if season in map(str, _SEASONS) else plain
