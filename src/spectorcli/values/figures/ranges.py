"""Figures that belong together: ranges, lists that share a unit, and compounds such as 14 years and six months."""

from collections.abc import Iterator, Sequence

from spectorcli.values import units
from spectorcli.values.figures.amounts import Found
from spectorcli.values.figures.language import Language
from spectorcli.values.figures.measures import kind_of
from spectorcli.values.figures.reading import Amount, Figure, FigureKind, Reading
from spectorcli.values.figures.tokens import Token, before
from spectorcli.values.units import Measure

_DASHES = frozenset("-–—‐‑")


def joined(text: str, amounts: Sequence[Found], found: Sequence[Token], language: Language) -> Iterator[Figure]:
    """Yield the figures of amounts that stand in a row, each with what it shares with the next."""
    shared = _shared(amounts, found, language)
    place = 0
    while place < len(shared):
        one = shared[place]
        other = shared[place + 1] if place + 1 < len(shared) else one
        between = [] if other is one else found[one.last : other.first]
        ranged = _range(one, other, between, found, language)
        place += 2
        if reading := _compound(one, other, between, language):
            yield _figure(text, found, one, other, [reading], "one figure or two")
        elif ranged and not _is_change(one, found, language):
            why = one.why or other.why or ("about a range" if any(one.qualifiers) else "")
            yield _figure(text, found, one, other, ranged, why)
        elif ranged:
            yield _figure(text, found, one, one, [*one.readings, *ranged], "a range, or a change")
            yield _figure(text, found, other, other, other.readings, "a range, or a change")
        else:
            yield _figure(text, found, one, one, one.readings, one.why)
            place -= 1


def _shared(amounts: Sequence[Found], found: Sequence[Token], language: Language) -> list[Found]:
    """Return amounts with the unit and the million of the other end of a range or list: ``17.3 and 21 million``."""
    shared: list[Found] = []
    for one in reversed(amounts):
        after = shared[-1] if shared else None
        between = found[one.last : after.first] if after else []
        if after and _may_share(one, after):
            if _joins(between, language, "joins") or _is_between(one, between, found, language):
                one = _sharing(one, after)
            elif _is_listed(between, language) and not any(after.qualifiers):
                one = _sharing(one, after)._replace(why="shares what the next has", also=tuple(one.readings))
        shared.append(one)
    shared.reverse()
    for place, one in enumerate(shared[1:], 1):
        front = shared[place - 1]
        between = found[front.last : one.first]
        is_range = _joins(between, language, "joins") or _is_between(front, between, found, language)
        if front.kind == FigureKind.MONEY and not one.units and is_range:
            shared[place] = one._replace(units=front.units, kind=front.kind)  # €5-10 million
    return shared


def _may_share(one: Found, after: Found) -> bool:
    """Whether an amount lacks a noun and what multiplies that behind it, or its unit."""
    multiplied = after.number.multiplied and not after.number.word
    lacks = not one.number.multiplied and (multiplied or (after.units and not one.units))
    return bool(lacks) and not one.noun and (not one.units or one.kind == FigureKind.MONEY)


def _sharing(one: Found, after: Found) -> Found:
    number = one.number if one.number.multiplied else one.number.times(after.number.factor, one.number.last)
    names = one.units or after.units
    return one._replace(number=number, units=names, kind=kind_of(names))


def _is_listed(between: Sequence[Token], language: Language) -> bool:
    """Whether only a comma, or a word such as and, stands between two amounts."""
    return [token.text for token in between] == [","] or _joins(between, language, "and", "or")


def _joins(between: Sequence[Token], language: Language, *tables: str) -> bool:
    words = " ".join(token.folded for token in between).removeprefix(", ")
    return ("joins" in tables and words in _DASHES) or any(language.has(f"ranges.{table}", words) for table in tables)


def _is_between(one: Found, between: Sequence[Token], found: Sequence[Token], language: Language) -> bool:
    """Whether a range is said as between one figure and another."""
    ahead = any(language.has("ranges.between", words.split()[0]) for words, _ in before(found, one.first, 2))
    return ahead and _joins(between, language, "and")


def _range(
    one: Found, other: Found, between: Sequence[Token], found: Sequence[Token], language: Language
) -> list[Reading]:
    """Return the ranges that two amounts may be, if they are of one unit and the second is larger."""
    is_range = _joins(between, language, "joins") or _is_between(one, between, found, language)
    if not is_range or one.units != other.units or any(other.qualifiers) or one.qualifiers not in (("",), ("~",)):
        return []
    return [
        Amount(low, unit, "", high)
        for low in one.number.values
        for high in other.number.values
        for unit in one.units or ("",)
        if low < high
    ]


def _is_change(one: Found, found: Sequence[Token], language: Language) -> bool:
    """Whether a range may also be a change from one figure to another."""
    return any(language.has("ranges.from", words) for words, _ in before(found, one.first, 2))


def _compound(one: Found, other: Found, between: Sequence[Token], language: Language) -> Amount | None:
    """Return the one amount that two make: a larger and a smaller unit of months, or of pounds."""
    larger, smaller = one.units[:1], other.units[:1]
    if one is other or not (larger and smaller):
        return None
    measure = units.measure(larger[0])
    listed = _is_listed(between, language) if measure == Measure.TIME else _joins(between, language, "and")
    if measure not in (Measure.TIME, Measure.MASS) or not (listed or not between):
        return None
    (great, small) = (*larger, *smaller)
    if units.base(great) != units.base(small) or units.factor(great) <= units.factor(small) or any(other.qualifiers):
        return None
    value = one.number.values[0] * units.factor(great) / units.factor(small) + other.number.values[0]
    return Amount(value, small, one.qualifiers[0])


def _figure(
    text: str, found: Sequence[Token], one: Found, other: Found, readings: Sequence[Reading], why: str
) -> Figure:
    start, end = found[one.first].start, found[other.last - 1].end
    return Figure(start, end, text[start:end], other.kind, readings, other.noun, why)
