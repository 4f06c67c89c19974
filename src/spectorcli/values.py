"""What a claimed value means: numbers, units and partial dates, as text and as an interval.

A value is kept as its source puts it. To compare two of them each is read as the interval that it
covers, so that a rounded figure agrees with the exact one and a year with a day in it.
"""

import math
import re
from calendar import monthrange
from contextlib import redirect_stdout
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

KILOGRAMS = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "t": Decimal(1000),
    "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
}
"""Mass converts: these factors are exact by definition. Money never does."""

MONTHS = {"months": Decimal(1), "years": Decimal(12)}
"""A year has twelve months; how many days a month has is not known, so days do not convert."""

CRYPTOCURRENCIES = frozenset({"BTC", "XMR"})
"""Not in ISO 4217, but sources state amounts in them."""

RECENT = 4096
"""Values that are remembered: sources that speak of one thing mostly say the same."""

_NUMBER = re.compile(r"(?P<sign>[~<>]?)(?P<digits>-?\d{1,18}(?:\.\d{1,9})?)", re.ASCII)
_PLAIN_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LESS_PLAIN_DATE = re.compile(r"[\dX]{4}(-[\dX]{2}){0,2}[~?%]?", re.ASCII)


_NO_DATE = "is no date; write an EDTF date: 2019, 2021-12, 2023-05-02, 2021-12~, 2021-10/2023-05 or ../2021-12"


class BadValue(ValueError):
    """A value that cannot be read; the message says why and what would be right."""


class Span(NamedTuple):
    """What a value covers: ``low`` to ``high``; infinite where it is open.

    Numbers are in the base unit (kilograms for mass), dates are day ordinals. ``figure`` is the
    number itself, without its qualifier. ``closed`` if the ends are as stated, and so included, and not
    where rounding or "over" and "nearly" puts them.
    """

    low: float
    high: float
    figure: float | None = None
    closed: bool = True

    @property
    def width(self) -> float:
        """How imprecise the value is."""
        return self.high - self.low

    def overlaps(self, other: "Span") -> bool:
        """Whether both could be true of the same thing.

        Spans that only touch agree if both hold that point: "1 to 2" and "2 to 3", but not "nearly 2
        million" and "over 2 million".
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and ((self.closed and other.closed) or 0 in (self.width, other.width)))


def dimension(unit: str) -> str:
    """Return what a unit measures: ``mass``, ``months``, or the unit itself, for nothing else converts."""
    return "mass" if unit in KILOGRAMS else "months" if unit in MONTHS else unit


@lru_cache(RECENT)
def read_number(text: str, unit: str, measured: bool) -> Span:
    """Read a number as the interval it covers, in the base unit.

    The last digit that is not a trailing zero is the last that was meant: 53,000,000 covers
    53.4 million and 300 covers 288, but 155 does not cover 153. Counts below 100 are exact, while what
    is ``measured`` (mass, money, percent) is not: 55 kg may be 54.6 kg. ``~`` allows
    one step of that digit to either side. ``>`` and ``<`` reach one step up or down: who counted
    5,000 does not say "more than 100". ``17.3..21`` is the range itself.

    Raises:
        BadValue: it is not a number of this grammar (ASCII digits, at most 18, and 9 decimals).
    """
    factor = KILOGRAMS.get(unit) or MONTHS.get(unit, Decimal(1))
    ends = text.split("..")
    if len(ends) == 2:
        low, high = (_plain(end) * factor for end in ends)
        if low > high:
            raise BadValue(f"range {text!r} ends before it begins")
        if low < 0 and not measured:
            raise BadValue(f"{text!r} counts less than nothing")
        return Span(float(low), float(high), float((low + high) / 2))
    found = _NUMBER.fullmatch(text)
    if not found:
        raise BadValue(f"{text!r} is no number; write 153, ~300, >100, <1300 or 17.3..21")
    figure, step = Decimal(found["digits"]), _step(found["digits"])
    if figure < 0 and not measured:
        raise BadValue(f"{text!r} counts less than nothing")
    below, above = {
        "~": (step, step),
        ">": (Decimal(0), step),
        "<": (step, Decimal(0)),
        "": (_rounding(figure, step, measured),) * 2,
    }[found["sign"]]
    low, high = figure - below, figure + above
    return Span(float(low * factor), float(high * factor), float(figure * factor), closed=low == high)


def plain_number(text: str) -> int | float | str:
    """Return a plain figure as a number; one with a qualifier stays the text that it is."""
    if re.fullmatch(r"-?\d+", text, re.ASCII):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text, re.ASCII) else text


def _plain(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", text, re.ASCII):
        raise BadValue(f"{text!r} is no number; a range is written 17.3..21")
    return Decimal(text)


def _rounding(figure: Decimal, step: Decimal, measured: bool) -> Decimal:
    """Return how far a plain figure may be from the truth: half a step, nothing for small counts."""
    if abs(figure) < 100:
        return min(step, Decimal(1)) / 2 if measured else Decimal(0)
    return step / 2 if measured or step > 1 else Decimal(0)


def _step(digits: str) -> Decimal:
    """Return the weight of the last digit that was meant: 10 for 850, 0.1 for 299.5."""
    _, point, decimals = digits.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(1).scaleb(zeros if digits.strip("-0") else 0)


@lru_cache(RECENT)
def read_date(text: str) -> Span:
    """Read an EDTF date of level 0 or 1 as the days it may cover, as ordinals.

    https://www.loc.gov/standards/datetime/ ``~``, ``?`` and ``%`` widen a date by one unit of its own
    precision to either side. ``..`` leaves an end open. Nothing is added to the text itself.

    Raises:
        BadValue: no such day exists, an interval ends before it begins, or the form is not supported.
    """
    if text.split() != [text]:
        raise BadValue(f"{text!r} {_NO_DATE}")
    start, slash, end = text.partition("/")
    if not slash:
        return _date(text)
    low = -math.inf if start == ".." else _date(start).low
    high = math.inf if end == ".." else _date(end).high
    if low > high:
        raise BadValue(f"interval {text!r} ends before it begins")
    return Span(low, high)


def _date(text: str) -> Span:
    approximate = text[-1:] in {"~", "?", "%"}
    plain = _PLAIN_DATE.fullmatch(text[:-1] if approximate else text)
    if plain is None or plain[2] in {"21", "22", "23", "24"}:  # these "months" are seasons
        return _edtf(text)
    year, month, day = (int(part) if part else None for part in plain.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        last = date(year or 0, last_month, monthrange(year or 1, last_month)[1] if day is None else day)
        if approximate:
            unit = "day" if day else "month" if month else "year"
            first, last = _before(first, unit), _after(last, unit)
    except (ValueError, OverflowError):
        raise BadValue(f"{text!r} is no day of the calendar") from None
    return Span(first.toordinal(), last.toordinal())


def _before(first: date, unit: str) -> date:
    """Return the first day of the day, month or year before."""
    last = first - timedelta(days=1)
    return {"day": last, "month": last.replace(day=1), "year": last.replace(month=1, day=1)}[unit]


def _after(last: date, unit: str) -> date:
    """Return the last day of the day, month or year after."""
    first = last + timedelta(days=1)
    month_end = first.replace(day=monthrange(first.year, first.month)[1])
    return {"day": first, "month": month_end, "year": first.replace(month=12, day=31)}[unit]


def _edtf(text: str) -> Span:
    """Read what is not a plain date: seasons and unspecified digits. ``edtf`` stumbles over some other texts."""
    if not _LESS_PLAIN_DATE.fullmatch(text):
        raise BadValue(f"{text!r} {_NO_DATE}")
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        with redirect_stdout(StringIO()):  # edtf prints what it tries
            parsed = parse_edtf(text)
        if type(parsed).__name__ not in {"Date", "UncertainOrApproximate", "Unspecified", "Season"}:
            raise ValueError
        ends = parsed.lower_strict(), parsed.upper_strict()
        first, last = (date(end.tm_year, end.tm_mon, end.tm_mday) for end in ends)
    except (EDTFParseException, ValueError, AttributeError, OverflowError):
        raise BadValue(f"{text!r} {_NO_DATE}") from None
    return Span(first.toordinal(), last.toordinal())
