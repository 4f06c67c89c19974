"""The qualifier of a figure: of all that stands before it, in whichever sense, the longest counts.

``no more than`` is thus at most, and not more than.
"""

from collections.abc import Sequence

from spectorcli.values.figures.language import Language
from spectorcli.values.figures.reading import FigureKind
from spectorcli.values.figures.tokens import Kind, Token, after, before
from spectorcli.values.units import SYMBOLS

_SIGNS = {"~": "~", "≈": "~", "±": "~", ">": ">", "<": "<", "≥": ">=", "≤": "<=", ">=": ">=", "<=": "<="}

LONGEST = 5
"""Words of a hedge."""


def hedge_before(
    found: Sequence[Token], place: int, language: Language, kind: FigureKind
) -> tuple[tuple[str, ...], int, bool]:
    """Return the qualifiers that a figure may have by what stands before it, none if nothing, and where that begins.

    The last is whether it may also be a preposition, as in ``over 3 years`` or ``under 18``.
    """
    sign = found[place - 1] if place else None
    if sign:
        two = f"{found[place - 2].text}{sign.text}" if place > 1 and sign.close else ""
        for text, begins in ((two, place - 2), (sign.text, place - 1)):
            if text in _SIGNS:
                return (_SIGNS[text],), begins, False
    for begins in (place, _before_filler(found, place, language)):
        for words, first in before(found, begins, LONGEST):
            if words in language.hedges and not (
                language.has("ranges.joins", words) and _is_figure(found, first - 1, language)
            ):
                qualifier = language.hedges[words][0]
                if not qualifier:
                    return (), place, False
                if qualifier == "~" and (bound := _bound_before(found, first, language)):
                    return (bound[0], qualifier), bound[1], False
                is_open, either = (language.has(f"unsure.{table}", words) for table in ("hedges", "either"))
                both = either or (is_open and kind == FigureKind.TIME)
                return ((qualifier, "") if both else (qualifier,)), first, is_open
    return (), place, False


def _bound_before(found: Sequence[Token], place: int, language: Language) -> tuple[str, int] | None:
    """Return the bound that an estimate is said to pass, and where it begins: ``more than an estimated million``."""
    for words, first in before(found, place, LONGEST):
        if words in language.hedges and language.hedges[words][0] not in ("~", ""):
            return language.hedges[words][0], first
    return None


def _is_figure(found: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a figure ends at a place, so that ``tot`` behind it means to, and not up to."""
    token = found[place] if place >= 0 else None
    return token is not None and (
        token.kind == Kind.DIGITS or token.folded in language.numbers or token.folded in language.units
    )


def _before_filler(found: Sequence[Token], place: int, language: Language) -> int:
    """Return the place before words that may stand between a hedge and its figure: ``more than a total of 300``."""
    fillers = (first for words, first in before(found, place, 4) if language.has("fillers.words", words))
    return next(fillers, place)


def hedge_after(found: Sequence[Token], place: int, language: Language) -> tuple[tuple[str, ...], int]:
    """Return the qualifier behind a figure, and the place behind that: ``400 grams or more``, ``20+``."""
    if place < len(found) and found[place].text == "+" and found[place].close:
        return (">=",), place + 1
    for words, last in after(found, place, 3):
        if words in language.hedges_after and not _is_of_the_next(found, place, last, language):
            return (language.hedges_after[words][0],), last
    return (), place


def _is_of_the_next(found: Sequence[Token], place: int, last: int, language: Language) -> bool:
    """Whether words behind a figure belong to the one that follows: ``8 bitcoin e più di 600 euro``."""
    ends = {last} | {
        end
        for begin in range(place, last)
        for words, end in after(found, begin, LONGEST)
        if words in language.hedges and end >= last
    }
    return any(_begins_a_figure(found, end, language) for end in ends)


def _begins_a_figure(found: Sequence[Token], place: int, language: Language) -> bool:
    token = found[place] if place < len(found) else None
    return token is not None and (
        token.kind in (Kind.DIGITS, Kind.FRACTION) or token.folded in language.numbers or token.text in SYMBOLS
    )
