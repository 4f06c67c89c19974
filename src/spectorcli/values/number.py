"""Numbers as sources state them: ``153``, ``~300``, ``>100``, ``>=100``, ``<1300`` or ``17.3..21``, in a unit.

A value is kept as it is stated. To compare two of them, each is read as the interval that it covers, so
that a rounded figure agrees with the exact one.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from spectorcli.values import units
from spectorcli.values.span import RECENT, BadValue, Relation, Span
from spectorcli.values.wording import grouped

if TYPE_CHECKING:
    from decimal import Decimal

_DIGITS = r"-?\d{1,18}(?:\.\d{1,9})?"
_NUMBER = rf"(?P<sign>~|[<>]=?|)(?P<digits>{_DIGITS})"
_RANGE = rf"({_DIGITS})\.\.({_DIGITS})"
_DECIMALS = r"(\d)\.(\d+)"
_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMS = "write 153, ~300, >100, >=100, <1300, <=1300 or 17.3..21"


class Hedge(NamedTuple):
    """How a source qualifies a figure, in words for what is counted and what is measured; on which side it is open."""

    counted: str
    measured: str
    bound: int


HEDGES = {
    "~": Hedge("about", "about", 0),
    ">": Hedge("more than", "more than", 1),
    ">=": Hedge("at least", "at least", 1),
    "<": Hedge("fewer than", "less than", -1),
    "<=": Hedge("at most", "at most", -1),
}


@lru_cache(RECENT)
def read(text: str, unit: str = "") -> Span:
    """Read a number as the interval it covers, in the base unit.

    The last digit that is not a trailing zero is the last that was meant: 53,000,000 covers 53.4 million
    and 300 covers 288, but 155 does not cover 153. Counts below 100 and durations are exact, while what is
    measured (mass, money, per cent) is not: 55 kg may be 54.6 kg. "About" reaches one step of that digit to
    either side, a bound half a step to its own side, a range is itself. What is counted has no decimals:
    ``1.200`` persons are not 1, but may be meant for 1,200.

    Raises:
        BadValue: it is not a number of this grammar (ASCII digits, at most 18, and 9 decimals).
    """
    factor = units.factor(unit)
    if factor == 1 and len(text) <= 18 and text.isascii() and text.isdecimal():
        return _whole(text, unit)
    ends = re.fullmatch(_RANGE, text, re.ASCII)
    if ends:
        low, high = _exact(ends[1]), _exact(ends[2])
        if low > high:
            raise BadValue(f"range {text!r} ends before it begins")
        _check(text, low, unit)
        return Span(float(low * factor), float(high * factor), float((low + high) / 2 * factor), hedged=True)
    found = re.fullmatch(_NUMBER, text, re.ASCII)
    if not found:
        raise BadValue(f"{text!r} is not a number; {_FORMS}")
    figure, step = _exact(found["digits"]), _step(found["digits"])
    _check(text, figure, unit)
    hedge = HEDGES.get(found["sign"])
    if hedge and hedge.bound:
        below, above = (0, step / 2) if hedge.bound > 0 else (step / 2, 0)
    else:
        below = above = step if hedge else _rounding(figure, step, units.measure(unit) in units.MEASURED)
    low, high = figure - below, figure + above
    closed = low == high or found["sign"].endswith("=")
    bound = hedge.bound if hedge else 0
    return Span(float(low * factor), float(high * factor), float(figure * factor), closed, hedge is not None, bound)


def _whole(digits: str, unit: str) -> Span:
    """Read a plain figure without decimals in its base unit, as most are, at a fifth of the cost: in halves of one."""
    figure = int(digits)
    zeros = len(digits) - len(digits.rstrip("0")) if figure else 0
    exact = units.measure(unit) not in units.MEASURED and (figure < 100 or not zeros)
    margin = 0 if exact else 1 if figure < 100 else 10**zeros
    low, high = float(2 * figure - margin) / 2, float(2 * figure + margin) / 2
    return Span(low, high, float(figure), closed=exact)


def base(reading: Span, unit: str = "") -> tuple[float | None, str]:
    """Return the figure without its qualifier, and the unit in which that and the span are."""
    return reading.figure, units.base(unit)


def relation(one: Span, other: Span) -> Relation:
    """Return how two numbers of one dimension stand to each other."""
    return one.relation(other)


def write(text: str) -> int | float | str:
    """Return a plain figure as a number, for machines; one with a qualifier stays the text that it is."""
    if text.isdecimal() and text.isascii():
        return int(text)
    found = _PLAIN.fullmatch(text)
    if not found:
        return text
    return float(text) if found[1] else int(text)


def computed(figure: float, rough: bool = False) -> str:
    """Return a figure of ours, such as a sum, as it would be stated, with three decimals at most: ``354``, ``~0.5``."""
    return f"{'~' if rough else ''}{f'{figure:.3f}'.rstrip('0').rstrip('.')}"


def say(text: str, unit: str = "") -> str:
    """Return a number in words: ``more than 5,500,000 USD``, ``17.3 to 21 percent``, ``1 person``."""
    sign, figure = _parted(text)
    words = f"{_hedge(sign, unit)} {figure}" if sign else figure
    return f"{words.replace('..', ' to ')} {units.say(unit, text)}".rstrip()


def _hedge(sign: str, unit: str) -> str:
    counted = units.measure(unit) in (units.Measure.COUNT, units.Measure.NONE)
    return HEDGES[sign].counted if counted else HEDGES[sign].measured


def brief(text: str, unit: str = "") -> str:
    """Return a number as it stands in a table: ``>5,500,000 USD``, ``17.3..21 percent``."""
    return f"{''.join(_parted(text))} {units.say(unit, text)}".rstrip()


class Parts(NamedTuple):
    """What a number is made of: its sign of a hedge, and one figure or both ends of a range."""

    sign: str
    low: "Decimal"
    high: "Decimal | None"


def parts(text: str) -> Parts | None:
    """Return what a number is made of; None if it is none."""
    if found := re.fullmatch(_NUMBER, text, re.ASCII):
        return Parts(found["sign"], _exact(found["digits"]), None)
    ends = re.fullmatch(_RANGE, text, re.ASCII)
    return Parts("", _exact(ends[1]), _exact(ends[2])) if ends else None


def _parted(text: str) -> tuple[str, str]:
    """Return the sign of a hedge and the figure behind it with separators; what is not a number stays as it is."""
    if found := re.fullmatch(_NUMBER, text, re.ASCII):
        return found["sign"], grouped(found["digits"])
    ends = re.fullmatch(_RANGE, text, re.ASCII)
    return "", "..".join(map(grouped, ends.groups())) if ends else text


def _exact(digits: str) -> "Decimal":
    from decimal import Decimal  # as in units

    return Decimal(digits)


def _check(text: str, lowest: "Decimal", unit: str) -> None:
    """Refuse a number that its unit cannot have."""
    measure = units.measure(unit)
    if lowest < 0 and measure not in units.MEASURED:
        raise BadValue(f"{text!r} counts less than nothing")
    if measure == units.Measure.COUNT and (decimals := re.search(_DECIMALS, text, re.ASCII)):
        meant = re.sub(_DECIMALS, r"\1\2", text, flags=re.ASCII)  # to many, 1.200 is 1,200
        cure = f"; {meant}?" if len(decimals[2]) == 3 else ""
        raise BadValue(f"{text!r} counts {unit}, which have no decimals{cure}")


def _rounding(figure: "Decimal", step: "Decimal", measured: bool) -> "Decimal":
    """Return how far a plain figure may be from the truth: half a step, nothing for small counts."""
    if abs(figure) < 100:
        return min(step, _exact("1")) / 2 if measured else _exact("0")
    return step / 2 if measured or step > 1 else _exact("0")


def _step(digits: str) -> "Decimal":
    """Return the weight of the last digit that was meant: 10 for 850, 0.1 for 299.5."""
    _, point, decimals = digits.partition(".")
    if point:
        return _exact("1").scaleb(-len(decimals))
    zeros = len(digits) - len(digits.rstrip("0"))
    return _exact("1").scaleb(zeros if digits.strip("-0") else 0)
