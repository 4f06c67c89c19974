"""Dates as a spreadsheet makes them of what was typed: which can be read, and what the others may have been."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from spectorcli.values.span import RECENT

REWRITTEN = "a spreadsheet rewrote it"
"""In a refusal; of a file whose dates were rewritten it is said once."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?:[ T]0?0:00(?::00(?:\.0+)?)?)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4}|\d\d)(?: 0?0:00(?::00)?)?", re.ASCII)
_MONTH_NAMED = re.compile(r"(?:(\d\d?)[-. ]+)?([A-Za-zä]{3})[a-zä]{0,6}[-. ]+(\d{4}|\d\d)", re.ASCII)
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[./](\d{4})", re.ASCII)
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?", re.ASCII)
"""Days since the last of 1899, from 1954 to 2091; behind the point is the time of day."""

_MONTHS = "jan|feb|mar mär mrz|apr avr|may mai|jun|jul|aug|sep|oct okt|nov|dec dez".split("|")


@lru_cache(RECENT)
def tidy(text: str) -> str:
    """Return a date as EDTF, if it can be no other: ``2024/03/05``, ``2024-03-05 00:00:00``; else the text."""
    found = _YEAR_FIRST.fullmatch(text)
    return f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}" if found else text


def guess(text: str) -> list[str]:
    """Return what a date may have been before a spreadsheet rewrote it; nothing if it looks like none."""
    text = text.removeprefix("'")  # with which a spreadsheet is told that what follows is text
    if found := _YEAR_FIRST.fullmatch(text):
        return _days([(int(found[1]), int(found[3]), int(found[4]))])
    if found := _SERIAL.fullmatch(text):
        return [(date(1899, 12, 30) + timedelta(int(found[1]))).isoformat()]
    if found := _MONTH_FIRST.fullmatch(text):
        return [f"{found[2]}-{int(found[1]):02}"]
    if found := _MONTH_NAMED.fullmatch(text):
        day, name, year = found.groups()
        months = [number for number, names in enumerate(_MONTHS, 1) if name.lower() in names.split()]
        return _days((_whole(year), month, int(day) if day else None) for month in months)
    if found := _YEAR_LAST.fullmatch(text):
        one, dot, other, year = int(found[1]), found[2], int(found[3]), _whole(found[4])
        return _days([(year, other, one)] if dot == "." else [(year, one, other), (year, other, one)])
    return []


def _whole(year: str) -> int:
    """Return a year of two digits as Excel reads it: 30 and later are of the last century."""
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 30 else 2000)


def _days(parts: Iterable[tuple[int, int, int | None]]) -> list[str]:
    """Return those that the calendar has."""
    days = []
    for year, month, day in parts:
        with suppress(ValueError):
            whole = date(year, month, day or 1).isoformat()
            days.append(whole if day else whole[:7])
    return [*dict.fromkeys(days)]
