"""The unit of a number, on either side of it, and the letters right behind it that multiply."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from spectorcli.values import units
from spectorcli.values.figures.language import Language
from spectorcli.values.figures.numbers import Number
from spectorcli.values.figures.reading import FigureKind
from spectorcli.values.figures.tokens import Kind, Token, after, before
from spectorcli.values.units import Measure

Units = tuple[str, ...]
"""What a unit may be, the likeliest first; empty if there is none."""

_LETTERS = {"k": 3, "K": 3, "M": 6, "mn": 6, "bn": 9, "B": 9, "Md": 9, "tn": 12}
"""Letters right behind digits, of any language, and by which power of ten they multiply."""

_LETTERS_OF_MONEY = {"m": 6, "b": 9}
"""The same in an amount of money; elsewhere they are metres and bytes."""

_KINDS = {
    Measure.MONEY: FigureKind.MONEY,
    Measure.CRYPTO: FigureKind.MONEY,
    Measure.MASS: FigureKind.MASS,
    Measure.VOLUME: FigureKind.VOLUME,
    Measure.TIME: FigureKind.TIME,
    Measure.SHARE: FigureKind.SHARE,
}


def kind_of(names: Units) -> FigureKind:
    """Return the kind of figures in a unit."""
    return _KINDS[units.measure(names[0])] if names else FigureKind.COUNT


def unit_before(found: Sequence[Token], place: int, language: Language) -> tuple[Units, int]:
    """Return the currency before a number, and the place at which it begins."""
    last = found[place - 1] if place else None
    if last is None or last.kind == Kind.TAKEN:
        return (), place
    if last.text in units.SYMBOLS and last.text != "%":
        prefix = found[place - 2] if place > 1 and last.close else None
        joined = f"{prefix.text}{last.text}" if prefix else ""
        if joined in units.SYMBOLS:
            return units.SYMBOLS[joined], place - 2
        return units.SYMBOLS[last.text], place - 1
    if last.kind == Kind.WORD and _is_currency(last.text):
        return (last.text,), place - 1
    names = tuple(name for name in language.units.get(last.folded, ()) if kind_of((name,)) == FigureKind.MONEY)
    return (names, place - 1) if names and not _ends_an_amount(found, place - 2, language) else ((), place)


def _ends_an_amount(found: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a number ends at a place, so that the unit behind it is its own."""
    return place >= 0 and (found[place].kind == Kind.DIGITS or found[place].folded in language.numbers)


def with_letters(found: Sequence[Token], number: Number, money: bool) -> Number:
    """Return a number with the letters right behind it that multiply it: ``$53.4m``, ``€5bn``, ``15k``."""
    behind = found[number.last] if number.last < len(found) else None
    symbol = found[number.last + 1] if number.last + 1 < len(found) else None
    joined = symbol is not None and symbol.close and symbol.text in "€$£"  # 5 M€
    if behind is None or behind.kind != Kind.WORD or number.word or not (behind.close or joined):
        return number
    power = _LETTERS.get(behind.text) or (_LETTERS_OF_MONEY.get(behind.text) if money or joined else None)
    return number.times(Decimal(10) ** power, number.last + 1) if power else number


def unit_after(found: Sequence[Token], number: Number, language: Language) -> tuple[Units, int]:
    """Return what the unit behind a number may be, and the place behind it."""
    place = number.last
    while (
        number.multiplied and place < len(found) and (found[place].folded in language.of or found[place].text in "'’")
    ):
        place += 1
    if place >= len(found):
        return (), number.last
    token = found[place]
    if token.text in units.SYMBOLS:
        return units.SYMBOLS[token.text], place + 1
    if token.kind == Kind.WORD and (token.text in units.UNITS or _is_currency(token.text)):
        symbol = found[place + 1] if place + 1 < len(found) else None
        joined = f"{token.text}{symbol.text}" if symbol and symbol.close else ""
        return (units.SYMBOLS[joined], place + 2) if joined in units.SYMBOLS else ((token.text,), place + 1)
    for words, last in after(found, place, 3):
        if words in language.units:
            return language.units[words], last
    return (), number.last


@lru_cache(4096)
def _is_currency(text: str) -> bool:
    return 3 <= len(text) <= 4 and text.isupper() and units.is_currency(text)


def open_unit(found: Sequence[Token], last: int, names: Units, language: Language) -> str:
    """Return which unit is open, of one that ends before a place; empty if none is."""
    if len(names) > 1:
        return f"{names[0]} or {names[1]}"
    known = [words for words, _ in before(found, last, 2) if words in language.units]
    return known[0] if names and known and language.has("unsure_units.words", known[0]) else ""
