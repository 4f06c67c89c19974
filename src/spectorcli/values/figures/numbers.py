"""Numbers in running text: in digits as a language writes them, and in words.

A number word is read only with all the words beside it that belong to it: what does not come out as one number is none,
so that ``ochenta y ocho`` is never read out of ``doscientas ochenta y ocho``.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from spectorcli.values.figures.composed import compose, inside
from spectorcli.values.figures.digits import LONGEST, read_digits
from spectorcli.values.figures.language import Language, Part
from spectorcli.values.figures.tokens import Kind, Token, after

_CHARACTERS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_HYPHENS = frozenset("-‐‑")


LONGEST_RUN = 24
"""Words that make one number; more make none."""

MOST = Decimal("1e15")
"""By which anything is multiplied: a million billions."""


class Number(NamedTuple):
    """A number at its tokens, which end before ``last``; ``values`` are what it may be, ``why`` says what is open.

    ``factor`` is what multiplies it, such as a million; ``word`` if it is in words. ``approximate`` if its word itself
    means about so many.
    """

    last: int
    values: tuple[Decimal, ...]
    why: str = ""
    factor: Decimal = Decimal(1)
    word: bool = False
    approximate: bool = False

    @property
    def multiplied(self) -> bool:
        """Whether it is one of thousands, millions or more."""
        return self.factor > 1

    def times(self, factor: Decimal, last: int) -> "Number":
        """Return the number multiplied; what may part thousands or decimals in it then parts decimals."""
        values = tuple(value * factor for value in (self.values[-1:] if factor > 12 else self.values))
        return self._replace(
            values=values, last=last, factor=self.factor * factor, why=self.why if len(values) > 1 else ""
        )


def may_begin(token: Token, language: Language) -> bool:
    """Whether a figure may begin with a token."""
    if token.kind == Kind.WORD:
        return token.folded in language.starts or bool(language.inside and inside(token.folded, language.code))
    return token.kind in (Kind.DIGITS, Kind.FRACTION)


def number_at(found: Sequence[Token], place: int, language: Language) -> Number | None:
    """Return the number that begins at a place. A number without values is a run of words that is none."""
    token = found[place]
    if token.kind == Kind.DIGITS:
        return _in_digits(found, place, language)
    if token.kind == Kind.FRACTION:
        return _multiplied(found, Number(place + 1, (_fraction(token),)), language)
    if token.kind != Kind.WORD:
        return None
    return _half(found, place, language) or _in_words(found, place, language)


def _in_digits(found: Sequence[Token], place: int, language: Language) -> Number | None:
    token, last = found[place], place + 1
    text, spaced = token.text, False
    while len(text) - text.count(" ") <= LONGEST and _continues(found, last, spaced or len(text) <= 3):
        text, spaced, last = f"{text} {found[last].text}", True, last + 1
    values, why = read_digits(text, language)
    if not values:
        return Number(last, ())
    if last < len(found) and found[last].kind == Kind.FRACTION:
        values, last = tuple(value + _fraction(found[last]) for value in values), last + 1
    return _multiplied(found, Number(last, values, why), language)


def _fraction(token: Token) -> Decimal:
    above, _, below = _CHARACTERS.get(token.text, token.text).partition("/")
    return Decimal(above) / Decimal(below)


def _continues(found: Sequence[Token], place: int, begun: bool) -> bool:
    """Whether a token is the next three digits of a number with spaces in it: ``25 000``."""
    if not (begun and place < len(found) and found[place].kind == Kind.DIGITS):
        return False
    token = found[place]
    return token.start == found[place - 1].end + 1 and re.fullmatch(r"\d{3}(?:[.,]\d{1,2})?", token.text) is not None


def _half(found: Sequence[Token], place: int, language: Language) -> Number | None:
    """Return a half before what is halved: ``half a million``, ``eine halbe Tonne``."""
    for words, last in after(found, place, 3):
        if words in language.halves and language.halves[words][0] == "before":
            halved = _multiplied(found, Number(last, (Decimal("0.5"),), word=True), language)
            measured = any(one in language.units for one, _ in after(found, last, 2))
            return halved if halved.multiplied or measured else Number(last, ())
    return None


def _in_words(found: Sequence[Token], place: int, language: Language) -> Number | None:
    """Return the number in words that begins at a place, also with an article: ``a hundred``, ``une centaine``."""
    begins = place
    if found[place].folded in language.articles:
        begins += 1
        named = found[begins].folded if begins < len(found) else ""
        if named in language.approximate:
            why = "about so many, in one word"
            return Number(begins + 1, (language.approximate[named],), why, word=True, approximate=True)
        if named not in language.numbers or not language.numbers[named].multiplies:
            return None
    parts, last = _run(found, begins, language)
    if not parts:
        return None
    if begins == place and parts[0] and parts[0].multiplies and _is_vague(found, place, parts[0].value, language):
        return Number(last, ())
    value = compose(parts) if len(parts) <= LONGEST_RUN else None
    if value is None:
        return Number(_end_of_run(found, last, language), ())
    factor = max((part.value for part in parts if part and part.multiplies and part.value >= 1000), default=Decimal(1))
    return _halved(found, Number(last, (value,), factor=factor, word=True), language)


def _is_vague(found: Sequence[Token], place: int, value: Decimal, language: Language) -> bool:
    """Whether hundreds or millions stand without a number: ``several million``."""
    return value >= 1_000_000 or (place > 0 and language.has("vague.words", found[place - 1].folded))


def _run(found: Sequence[Token], place: int, language: Language) -> tuple[list[Part | None], int]:
    """Return the parts of the number words in a row, and the place behind; the last part may not fit to the others."""
    parts: list[Part | None] = []
    step = last = place
    while more := _parts_at(found, step, language):
        longer = [*parts, *more[0]]
        fits = len(longer) <= LONGEST_RUN and compose(longer) is not None
        if found[step - 1].folded in language.connectors and parts and not (fits and _takes_more(parts[-1])):
            break  # five and six, and not fifty and six
        parts, step, last = longer, more[1], more[1]
        if not fits or last >= len(found):
            break
        hyphen = found[last].text in _HYPHENS and found[last].close
        step += hyphen or found[last].folded in language.connectors
    return parts, last


def _takes_more(part: Part | None) -> bool:
    return part is not None and part.value >= 20


def _end_of_run(found: Sequence[Token], place: int, language: Language) -> int:
    while place < len(found) and (_parts_at(found, place, language) or found[place].text in _HYPHENS):
        place += 1
    return place


def _parts_at(found: Sequence[Token], place: int, language: Language) -> tuple[Sequence[Part | None], int] | None:
    """Return what a number word at a place adds, and the place behind it."""
    if place >= len(found) or found[place].kind != Kind.WORD:
        return None
    for words, last in after(found, place, 2):
        if words in language.numbers:
            return (language.numbers[words],), last
    parts = inside(found[place].folded, language.code) if language.inside else ()
    return (parts, place + 1) if parts else None


def _multiplied(found: Sequence[Token], number: Number, language: Language) -> Number:
    """Return a number with what multiplies it behind it: ``53.4 million``, ``2 mil millones``."""
    while number.last < len(found) and found[number.last].kind == Kind.WORD:
        last = number.last + 1
        word = found[number.last].folded
        part = language.numbers.get(word)
        if not (part and part.multiplies):
            break
        if number.factor * part.value > MOST:
            return number._replace(values=(), last=_end_of_run(found, number.last, language))
        last += last < len(found) and found[last].text == "." and found[last].close and len(word) <= 4
        number = number.times(part.value, last)
    return _halved(found, number, language)


def _halved(found: Sequence[Token], number: Number, language: Language) -> Number:
    """Return a number with a half behind it, of what was multiplied last: ``un million et demi``."""
    for words, last in after(found, number.last, 4):
        if language.halves.get(words, ("",))[0] == "after":
            halved = number._replace(values=tuple(value + number.factor / 2 for value in number.values), last=last)
            return halved if number.multiplied else _multiplied(found, halved, language)
    return number
