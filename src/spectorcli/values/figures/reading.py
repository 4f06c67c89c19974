"""What figures may mean: amounts and moments, each as it would stand in claims.csv."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class FigureKind(StrEnum):
    """What a figure is of."""

    COUNT = "count"
    """Things that are counted, or a bare number."""
    MONEY = "money"
    """An amount of a currency, also one that no state issues."""
    MASS = "mass"
    """Something weighed."""
    VOLUME = "volume"
    """Something liquid."""
    TIME = "time"
    """How long something lasts."""
    SHARE = "share"
    """Per cent."""
    AGE = "age"
    """How old somebody is."""
    ORDINAL = "ordinal"
    """A place in a series."""
    DATE = "date"
    """A day, a month or a year."""
    VAGUE = "vague"
    """A quantity without a value: dozens, several, none."""


class Amount(NamedTuple):
    """A number with unit and qualifier, both as in claims.csv; with ``high`` it is a range."""

    value: Decimal
    unit: str = ""
    qualifier: str = ""
    high: Decimal | None = None

    @property
    def text(self) -> str:
        """The value as it would stand in claims.csv."""
        range = "" if self.high is None else f"..{plain(self.high)}"
        return f"{self.qualifier}{plain(self.value)}{range}"


class Moment(NamedTuple):
    """A date as far as it is said. ``part`` is early, mid, late, or a season by its number in EDTF; ``~`` is about."""

    year: str = ""
    month: int = 0
    day: int = 0
    weekday: int = 0
    part: str = ""
    end: "Moment | None" = None

    @property
    def text(self) -> str:
        """The date as it would stand in claims.csv; empty without a year, which only the reader knows."""
        if not self.year:
            return ""
        season = self.part if self.part.isdigit() and not self.month else ""
        month = season or (f"{self.month:02}" if self.month else "")
        start = "-".join(filter(None, (self.year, month, f"{self.day:02}" if self.day else "")))
        start += "~" if self.part in ("~", "early", "mid", "late", "some") else ""
        return f"{start}/{self.end.text}" if self.end else start

    @property
    def is_possible(self) -> bool:
        """Whether there is such a day, and on that weekday."""
        if not (self.day and self.year.isdigit()):
            return True
        try:
            found = date(int(self.year), self.month, self.day)
        except ValueError:
            return False
        return self.weekday in (0, found.isoweekday())

    def near(self, day: date) -> "Moment":
        """Return the moment with what it does not say itself, as a text of that day means it: the nearest."""
        if self.year:
            return self
        if self.month:
            years = (str(day.year + step) for step in (0, -1, 1))
            dated = [moment for year in years if (moment := self._replace(year=year)).is_possible]
            return min(dated, key=lambda one: abs((one._middle() - day).days), default=self)
        if self.weekday and not self.part:
            found = day - timedelta((day.isoweekday() - self.weekday) % 7)
            return self._replace(year=str(found.year), month=found.month, day=found.day)
        return self

    def _middle(self) -> date:
        return date(int(self.year), self.month, self.day or 15)


Reading = Amount | Moment


class Figure(NamedTuple):
    """A figure in a text: where it is, in which words, and what it may mean; the likeliest first.

    ``noun`` is the word behind it. ``sure`` if value, unit and qualifier have one reading; else ``why`` says what is
    open.
    """

    start: int
    end: int
    words: str
    kind: FigureKind
    readings: Sequence[Reading]
    noun: str = ""
    why: str = ""

    @property
    def sure(self) -> bool:
        """Whether there is only one reading."""
        return not self.why


def plain(number: Decimal) -> str:
    """Return a number in full, without an exponent and without zeros behind the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
