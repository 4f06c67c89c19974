"""Figures in running text: numbers with unit and qualifier, dates, ages, as a source puts them.

``figures`` finds them, ``follows`` says whether a claim's value can be read out of the words that it was taken from.
What cannot be known is not decided: a figure has all its readings then, and is not ``sure``. A language is a file in
``languages/``. In one pass each: what is no figure is masked, dates are read, then numbers with what belongs to them,
and then what stands in a row. Each step looks a few words back and no further.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from spectorcli.values.figures.amounts import Found, amount_at
from spectorcli.values.figures.dates import read_dates
from spectorcli.values.figures.fit import SILENT, Fit, Verdict, fit
from spectorcli.values.figures.hedges import LONGEST
from spectorcli.values.figures.language import CODES, Language, guess, read_language
from spectorcli.values.figures.masks import mask
from spectorcli.values.figures.numbers import may_begin
from spectorcli.values.figures.ranges import joined
from spectorcli.values.figures.reading import Amount, Figure, FigureKind, Moment, Reading
from spectorcli.values.figures.tokens import Kind, Token, after, tokens
from spectorcli.values.span import RECENT
from spectorcli.values.wording import grouped

__all__ = [
    "CODES",
    "Amount",
    "Figure",
    "FigureKind",
    "Fit",
    "Language",
    "Moment",
    "Reading",
    "Verdict",
    "figures",
    "fit",
    "follows",
    "guess",
    "read_language",
]


def figures(text: str, language: Language, near: date | None = None) -> list[Figure]:
    """Return the figures of a text in their order.

    ``near`` is the day of which the text is: what a date leaves out is then taken from it, and not sure.
    """
    found = tokens(text)
    mask(text, found, language)
    dates = read_dates(text, found, language)
    if near:
        dates = [one._replace(readings=[_offered(reading, near) for reading in one.readings]) for one in dates]
    amounts: list[Found] = []
    others: list[Figure] = []
    place = 0
    while place < len(found):
        if not may_begin(found[place], language):
            place += 1
        elif other := _ordinal(text, found, place, language) or _vague(text, found, place, language):
            others.append(other[0])
            place = other[1]
        else:
            amount, place = amount_at(found, place, language)
            if amount:
                begins = max(amount.first, amounts[-1].last if amounts else 0)  # the € of 1€1 is the first one's
                amounts.append(amount._replace(first=begins))
    return sorted([*dates, *others, *joined(text, amounts, found, language)], key=lambda one: one.start)


def follows(value: str, unit: str, type: str, stated: str, language: str = "") -> Fit:
    """Say whether a value follows from what its claim states, in the language that this seems to be in.

    ``language`` is the code of the one that its source is said to be in (ISO 639-1): in one that has no file here no
    hedge and no month is known.
    """
    if type not in ("number", "date") or not stated:
        return SILENT
    if value == stated or (value.isdecimal() and stated == grouped(value)):  # half of all; the rest takes 60 µs
        return _BARE if type == "number" else _SAME
    return _follows(value, unit, type, stated, language.partition("-")[0].lower())


_BARE, _SAME = Fit(Verdict.YES, bare=True), Fit(Verdict.YES)


@lru_cache(RECENT)
def _follows(value: str, unit: str, type: str, stated: str, said: str) -> Fit:
    language = read_language(said) if said in CODES else guess(stated)
    found = figures(stated, language)
    fits = fit(value, unit, type, found)
    if fits.verdict == Verdict.NO and not (language.speaks(stated) and said in ("", *CODES)):
        same = type == "date" or fit(value.lstrip("~<>="), unit, type, found).verdict == Verdict.YES
        return SILENT if same else fits  # a hedge or a month of a language that is not known
    return fits


def _offered(reading: Reading, near: date) -> Reading:
    return reading.near(near) if isinstance(reading, Moment) else reading


def _ordinal(text: str, found: list[Token], place: int, language: Language) -> tuple[Figure, int] | None:
    """Return the place in a series that a word or digits say: ``fifth``, ``5th``."""
    token, last = found[place], place + 1
    value = language.ordinals.get(token.folded, 0) if token.kind == Kind.WORD else 0
    if token.kind == Kind.DIGITS and token.text.isdecimal() and last < len(found) and found[last].close:
        marked = found[last].kind == Kind.WORD and language.has("day_marks.words", found[last].folded)
        value, last = (int(token.text), last + 1) if marked else (0, last)
    article = found[place - 1].folded in language.articles if place else False
    if not value or (article and language.has("not_counts.fractions", token.folded)):  # a third
        return None
    end = found[last - 1].end
    words = text[token.start : end]
    return Figure(token.start, end, words, FigureKind.ORDINAL, [Amount(Decimal(value))]), last


def _vague(text: str, found: list[Token], place: int, language: Language) -> tuple[Figure, int] | None:
    """Return a quantity without a value: ``dozens``, ``no arrests``."""
    token, last = found[place], place + 1
    is_number = last < len(found) and found[last].text == "."  # No. 5
    if token.kind != Kind.WORD or is_number or any(one in language.hedges for one, _ in after(found, place, LONGEST)):
        return None
    for table, why in (("vague.words", "no value"), ("vague.none", "none of it")):
        if language.has(table, token.folded):
            return Figure(token.start, token.end, token.text, FigureKind.VAGUE, (), why=why), place + 1
    return None
