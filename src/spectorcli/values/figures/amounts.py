"""Amounts in running text: a number with what multiplies it, its unit, its hedge, and the noun behind it."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from spectorcli.values.figures.hedges import hedge_after, hedge_before
from spectorcli.values.figures.language import Language
from spectorcli.values.figures.measures import Units, kind_of, open_unit, unit_after, unit_before, with_letters
from spectorcli.values.figures.numbers import Number, number_at
from spectorcli.values.figures.reading import Amount, FigureKind, Moment, Reading
from spectorcli.values.figures.tokens import Kind, Token, after, before

_HYPHENS = frozenset("-‐‑")

_MILLIONS = tuple(
    "milio milia milho milhõ miljo milja milyo milya milló mld mrd mln млн млрд тыс миллион миллиард".split()
)
"""How words for millions and milliards begin in languages that we do not read: 5 of these are not 5."""


class Found(NamedTuple):
    """An amount at its tokens, from the hedge to the unit, before a range or a list may join it to the next.

    ``number`` is its number as it stands, ``units`` are what its unit may be, ``also`` further readings.
    """

    first: int
    last: int
    number: Number
    units: Units
    qualifiers: tuple[str, ...]
    kind: FigureKind
    noun: str
    why: str
    also: tuple[Reading, ...] = ()

    @property
    def readings(self) -> list[Reading]:
        """What it may mean, the likeliest first."""
        combined = product(self.number.values, self.units or ("",), self.qualifiers)
        return [*(Amount(*one) for one in combined), *self.also]


class _Measured(NamedTuple):
    """A number with its unit: from ``first`` to before ``last``."""

    number: Number
    units: Units
    kind: FigureKind
    first: int
    last: int


def amount_at(found: Sequence[Token], place: int, language: Language) -> tuple[Found | None, int]:
    """Return the amount whose number begins at a place, and the place at which reading goes on."""
    number = number_at(found, place, language) or _article(found, place, language)
    if number is None:
        return None, place + 1
    if not number.values:
        return None, number.last
    if end := _no_count(found, place, number, language):
        return None, end
    number, names, kind, first, last = _measured(found, place, number, language)
    if last == number.last and _runs_on(found, last):
        return None, last + 1  # 9mm: letters that are no unit
    noun, beyond = _noun(found, last, language)
    if noun.casefold().startswith(_MILLIONS) and not number.multiplied:
        return None, beyond
    qualifiers, first, is_open = hedge_before(found, first, language, kind)
    for end in () if qualifiers else (last, beyond):
        behind, ends = hedge_after(found, end, language)
        if behind:
            qualifiers, last = behind, ends
            break
    if number.approximate:
        qualifiers = ("~", "")
    why = number.why or _doubt(found, first, last, names, qualifiers, language)
    if is_open and kind == FigureKind.COUNT and not noun and number.values[0] < 100:
        why = why or "hedge or preposition"
    if number.last == place + 1 and found[place].folded in language.ones | language.articles:
        why = "may be no count"
    if kind == FigureKind.COUNT and not noun and _may_be_name(found, place):
        why = why or "may be part of a name"
    if language.has("vague.words", noun.casefold()):
        why = why or "multiplies what has no value"
    if kind == FigureKind.COUNT and not noun and _stands_apart(found, first, last):
        why = why or "may be an age"
    also: tuple[Reading, ...] = ()
    if kind == FigureKind.COUNT and _may_be_year(found[place]):
        why, also = "year or count", (Moment(found[place].text),)
    why = "" if kind == FigureKind.AGE else why
    return Found(first, last, number, names, qualifiers or ("",), kind, noun, why, also), last


def _measured(found: Sequence[Token], place: int, number: Number, language: Language) -> _Measured:
    """Return a number with its unit on either side, or as an age."""
    front, first = unit_before(found, place, language)
    number = with_letters(found, number, bool(front))
    behind, last = unit_after(found, number, language)
    number, last = _halved(found, number, behind, last, language)
    if end := _age_after(found, number.last, language):
        return _Measured(number, ("years",), FigureKind.AGE, first, end)
    if any(language.has("ages.before", words) for words, _ in before(found, place, 3)):
        return _Measured(number, ("years",), FigureKind.AGE, first, last)
    names = front or behind
    if names == ("years",) and _stands_apart(found, first, last, language.of):
        return _Measured(number, names, FigureKind.AGE, first, last)  # the boss, 41 years, was
    return _Measured(number, names, kind_of(names), first, last)


def _article(found: Sequence[Token], place: int, language: Language) -> Number | None:
    """Return the one that an article is before what is measured, if it is hedged or has a half: ``almost a ton``."""
    if found[place].folded not in language.articles or found[place].kind != Kind.WORD:
        return None
    for words, last in after(found, place + 1, 3):
        if words in language.units:
            halved = any(language.halves.get(half, ("",))[0] == "after" for half, _ in after(found, last, 4))
            hedged = any(phrase in language.hedges for phrase, _ in before(found, place, 4))
            return Number(place + 1, (Decimal(1),), word=True) if hedged or halved else None
    return None


def _no_count(found: Sequence[Token], place: int, number: Number, language: Language) -> int:
    """Return where the share or idiom ends that a number begins, ``two-thirds``, ``one in five``; 0 if it counts."""
    last = number.last
    for words, end in after(found, last, 3):
        if any(language.has(f"not_counts.{table}", words) for table in ("fractions", "idioms", "after")):
            return end
        of = _number_at(found, end, language) if language.has("not_counts.shares", words) else None
        if of and _is_share(number.values[0], of.values[0]):
            return of.last
    if found[place].folded not in language.ones or last != place + 1 or last >= len(found):
        return 0
    behind = found[last]
    if behind.text in _HYPHENS and behind.close:  # one-time, but one-year
        return 0 if any(words in language.units for words, _ in after(found, last, 2)) else last
    if behind.folded == "in":
        named = found[last + 1] if last + 1 < len(found) else None
        return 0 if named and (named.text[0].isupper() or language.has("fillers.words", named.folded)) else last
    return last if behind.kind == Kind.WORD and behind.folded in language.common else 0


def _is_share(part: Decimal, whole: Decimal) -> bool:
    """Whether so many in so many are a share, as people name one: one in five, and not 119 in 17 countries."""
    return part < whole and (part <= _FEW or whole <= _TEN or not whole % _TEN)


_FEW, _TEN = 3, 10


def _number_at(found: Sequence[Token], place: int, language: Language) -> Number | None:
    return number_at(found, place, language) if place < len(found) else None


def _halved(found: Sequence[Token], number: Number, names: Units, last: int, language: Language) -> tuple[Number, int]:
    """Return a number with the half behind its unit: ``17 ans et demi``."""
    for words, end in after(found, last, 4) if names else ():
        if language.halves.get(words, ("",))[0] == "after":
            return number._replace(values=tuple(value + number.factor / 2 for value in number.values)), end
    return number, last


def _age_after(found: Sequence[Token], place: int, language: Language) -> int:
    """Return the place behind the words that make a number an age; 0 if there are none."""
    return next((last for words, last in after(found, place, 3) if language.has("ages.after", words)), 0)


def _stands_apart(found: Sequence[Token], first: int, last: int, of: Collection[str] = ()) -> bool:
    """Whether what stands between two places is put behind a name, between commas: ``the boss, 41, was``."""
    if last - first not in (1, 2) or found[first].kind != Kind.DIGITS or len(found[first].text) != 2:
        return False
    first -= bool(first and found[first - 1].folded in of)
    name = found[first - 2] if first > 1 and found[first - 1].text == "," else None
    behind = found[last] if last < len(found) else None
    return bool(name and name.kind == Kind.WORD and behind and behind.text in ",(")


def _runs_on(found: Sequence[Token], place: int) -> bool:
    """Whether letters stand right behind digits."""
    behind = found[place] if place < len(found) else None
    return bool(behind and behind.close and behind.kind == Kind.WORD and found[place - 1].kind == Kind.DIGITS)


def _noun(found: Sequence[Token], place: int, language: Language) -> tuple[str, int]:
    """Return the word behind a figure, and the place behind it; none where it is one that joins words."""
    at = place + (place < len(found) and found[place].text in _HYPHENS and found[place].close)
    if at >= len(found) or found[at].kind != Kind.WORD or found[at].folded in language.common:
        return "", place
    joins = any(language.has(f"ranges.{table}", found[at].folded) for table in ("and", "or", "joins"))
    return ("", place) if joins else (found[at].text, at + 1)


def _doubt(
    found: Sequence[Token], first: int, last: int, names: Units, qualifiers: tuple[str, ...], language: Language
) -> str:
    """Return why a figure may mean something else than it seems to; empty if there is nothing."""
    if len(qualifiers) > 1:
        return "hedge or preposition"
    if which := open_unit(found, last, names, language):
        return f"which unit: {which}"
    for words, _ in before(found, first, 4):
        if language.has("unsure.before", words):
            return f"stands behind {words!r}"
    for words, _ in after(found, last, 2):
        if language.has("unsure.after", words):
            return f"stands before {words!r}"
    return ""


def _may_be_name(found: Sequence[Token], place: int) -> bool:
    """Whether a number stands behind a word in capitals that does not begin a sentence: ``a Glock 19``."""
    name, last = (found[place - 1], found[place - 2]) if place > 1 else (None, None)
    inside = last is not None and (last.kind == Kind.WORD or last.text in "'’")
    is_name = bool(name and name.kind == Kind.WORD and not name.text.islower())
    return bool(name and inside and is_name and not (name.close and last and last.kind == Kind.WORD))


def _may_be_year(token: Token) -> bool:
    return token.kind == Kind.DIGITS and len(token.text) == 4 and token.text[:2] in ("19", "20")
