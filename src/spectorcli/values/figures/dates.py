"""Dates in running text: ``2 May 2023``, ``May 2-4, 2023``, ``late 2021``, ``Tuesday``.

They are read before the numbers, of which they take the tokens that they are made of.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spectorcli.values.figures.language import Language
from spectorcli.values.figures.reading import Figure, FigureKind, Moment
from spectorcli.values.figures.tokens import Kind, Token, before, take

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_DECADE = re.compile(r"(?:19|20)\d0", re.ASCII)
_DAY = re.compile(r"[12]?\d|0[1-9]|3[01]", re.ASCII)
_POINTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)?\d\d)", re.ASCII)
_ISO = re.compile(
    r"(?<![\w.-])((?:19|20)\d\d)-(0[1-9]|1[0-2])"
    r"(?:-(0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?(?![\w-])",
    re.ASCII,
)
_SLASHED = re.compile(r"(?<![\w./-])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)?\d\d)(?![\w/-])", re.ASCII)
_YEAR_FIRST = re.compile(r"(?<![\w./-])((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?![\w/-])", re.ASCII)
_MONTH_FIRST = re.compile(r"(?<![\w./-])(0[1-9]|1[0-2])/((?:19|20)\d\d)(?![\w/-])", re.ASCII)
_SHORT = re.compile(r"\d\d", re.ASCII)
_DASHES = frozenset("-–—‐‑")


class _Found(NamedTuple):
    """A date by its tokens, before a range may join it to the next."""

    first: int
    last: int
    readings: list[Moment]
    why: str


def read_dates(text: str, found: list[Token], language: Language) -> list[Figure]:
    """Return the dates of a text, and take their tokens. Years that may be counts are left to the numbers."""
    dates = sorted(
        [*_numeric(text, found), *_named(found, language), *_years(found, language)],
        key=lambda one: (one.first, -one.last),
    )
    figures = []
    for one in _joined(_apart(dates), found, language):
        start, end = found[one.first].start, found[one.last - 1].end
        figures.append(Figure(start, end, text[start:end], FigureKind.DATE, one.readings, why=one.why))
    for one in dates:
        take(found, one.first, one.last)
    return figures


def _apart(dates: list[_Found]) -> Iterator[_Found]:
    """Leave out what stands in the one before it."""
    end = 0
    for one in dates:
        if one.first >= end:
            yield one
            end = one.last


def _numeric(text: str, found: list[Token]) -> Iterator[_Found]:
    """Find dates in digits alone; which of two is the month is known if the other cannot be one, or by the points."""
    matches = [one for each in (_ISO, _SLASHED, _YEAR_FIRST, _MONTH_FIRST) for one in each.finditer(text)]
    places = {token.start: place for place, token in enumerate(found) if token.kind == Kind.DIGITS} if matches else {}
    for match in matches:
        first = places.get(match.start())
        if first is None:
            continue
        last = first + len(match.groups()) - match.groups().count(None)
        last += last - first - 1  # the marks between
        if match.re is _SLASHED:
            year = _full(match[3])
            moments = [Moment(year, int(match[2]), int(match[1])), Moment(year, int(match[1]), int(match[2]))]
            yield from _possible(first, last, moments, match[3])
        else:
            year, month, day = (match[2], match[1], "") if match.re is _MONTH_FIRST else match.groups()
            moment = Moment(year, int(month), int(day or 0))
            yield _Found(first, last, [moment], _impossible(moment))
    for place, token in enumerate(found):
        if token.kind == Kind.DIGITS and (pointed := _POINTED.fullmatch(token.text)):
            moment = Moment(_full(pointed[3]), int(pointed[2]), int(pointed[1]))
            yield from _possible(place, place + 1, [moment], pointed[3])


def _full(year: str) -> str:
    """Return a year of which perhaps two digits are written: of this century up to 2069, as in POSIX."""
    return year if len(year) == 4 else f"{20 if int(year) < 69 else 19}{year}"


def _possible(first: int, last: int, readings: list[Moment], year: str) -> Iterator[_Found]:
    possible = list(dict.fromkeys(one for one in readings if 0 < one.month <= 12 and one.day and one.is_possible))
    short = "two digits of a year" if len(year) == 2 else ""
    if possible:
        yield _Found(first, last, possible, "day or month first" if len(possible) > 1 else short)


def _named(found: list[Token], language: Language) -> Iterator[_Found]:
    """Find dates by the names of months and weekdays."""
    for place, token in enumerate(found):
        if token.kind != Kind.WORD or (language.capital_months and not token.text[0].isupper()):
            continue
        if month := language.months.get(token.folded):
            yield from _around_month(found, place, month, language)
        elif weekday := language.weekdays.get(token.folded):
            yield _Found(place, place + 1, [Moment(weekday=weekday)], "no date")


def _around_month(found: list[Token], place: int, month: int, language: Language) -> Iterator[_Found]:
    first, last = place, place + 1
    behind = found[last + 1] if last + 1 < len(found) else None
    last += found[last].text == "." and behind is not None and behind.kind == Kind.DIGITS if last < len(found) else 0
    days, begins = _days_before(found, place, language)
    if days:
        first = begins
    else:
        days, last = _days_after(found, last, language)
    year, last = _year_after(found, last, language)
    part, first = ("", first) if days else _part(found, first, language)
    listed = last + 1 < len(found) and found[last].text in "/-–" and found[last + 1].folded in language.months
    named = _is_cued(found, place, language) and found[place].folded not in language.numbers  # sept is seven, too
    if not (days or year or part or listed or named):
        return
    weekday, first = _weekday(found, first, language)
    low = Moment(year, month, days[0] if days else 0, weekday, part)
    moment = low if len(days) < 2 else low._replace(end=low._replace(day=days[-1], weekday=0))
    readings = [moment, *([low, *(low._replace(day=day, weekday=0) for day in days[1:])] if len(days) > 1 else [])]
    yield _Found(first, last, readings, _impossible(low) or ("" if year else "no year") or _rough(part))


def _impossible(moment: Moment) -> str:
    return "" if moment.is_possible else "no such day"


def _rough(part: str) -> str:
    return "part of a month or year" if part else ""


def _days_before(found: list[Token], place: int, language: Language) -> tuple[list[int], int]:
    """Return the days before a month, ``11-13`` or ``2. und 3.``, and the place at which they begin."""
    days: list[int] = []
    begins = at = place
    while True:
        at -= 1
        if at >= 0 and found[at].folded in (language.of if begins == place else ()):
            at -= 1
        if at >= 0 and (found[at].text == "." or language.has("day_marks.words", found[at].folded)) and found[at].close:
            at -= 1
        if not (at >= 0 and found[at].kind == Kind.DIGITS and _DAY.fullmatch(found[at].text)):
            break
        days.insert(0, int(found[at].text))
        begins = at
        if len(days) == 2 or not (at and _joins(found[at - 1], language, "ranges.and", "ranges.joins")):
            break
        at -= 1
    return days, begins


def _days_after(found: list[Token], place: int, language: Language) -> tuple[list[int], int]:
    """Return the days after a month, ``2-4``, and the place behind them."""
    days: list[int] = []
    ends = place
    while place < len(found) and found[place].kind == Kind.DIGITS and _DAY.fullmatch(found[place].text):
        after_day = place + 1
        if after_day < len(found) and found[after_day].close:
            if language.has("day_marks.words", found[after_day].folded):
                after_day += 1
            elif found[after_day].kind != Kind.MARK or found[after_day].text in "/%":
                break
        days.append(int(found[place].text))
        ends = place = after_day
        if len(days) == 2 or not (place < len(found) and _joins(found[place], language, "ranges.and", "ranges.joins")):
            break
        place += 1
    return days, ends


def _joins(token: Token, language: Language, *tables: str) -> bool:
    return token.text in _DASHES or any(language.has(table, token.folded) for table in tables)


def _year_after(found: list[Token], place: int, language: Language) -> tuple[str, int]:
    at = place
    while at < len(found) and at < place + 2 and (found[at].text in ",(" or found[at].folded in {*language.of, "del"}):
        at += 1
    if at + 1 < len(found) and found[at].text in "'’" and found[at + 1].close and _SHORT.fullmatch(found[at + 1].text):
        return _full(found[at + 1].text), at + 2  # May '23
    if at < len(found) and _is_year(found, at):
        closing = at + 1 < len(found) and found[at + 1].text == ")" and found[at - 1].text == "("
        return found[at].text, at + 1 + closing
    return "", place


def _is_year(found: list[Token], place: int) -> bool:
    """Whether a token is a year, and not the beginning of something longer."""
    if found[place].kind != Kind.DIGITS or not _YEAR.fullmatch(found[place].text):
        return False
    behind = found[place + 1] if place + 1 < len(found) else None
    return behind is None or not (behind.close and (behind.kind == Kind.WORD or behind.text in "%€$£"))


def _part(found: list[Token], place: int, language: Language) -> tuple[str, int]:
    """Return which part of a month or year is meant, by the words before it, and the place at which they begin."""
    for words, begins in before(found, place, 3):
        if words in language.date_parts:
            return language.date_parts[words][0], begins
    return "", place


def _is_cued(found: list[Token], place: int, language: Language) -> bool:
    """Whether a word before a month says that it is one."""
    return any(words in language.year_cues for words, _ in before(found, place, 2))


def _weekday(found: list[Token], place: int, language: Language) -> tuple[int, int]:
    """Return the weekday before a date, and the place at which it begins."""
    at = place - 1
    while at >= 0 and at > place - 3 and (found[at].text in ",." or language.has("fillers.words", found[at].folded)):
        at -= 1
    weekday = language.weekdays.get(found[at].folded, 0) if at >= 0 else 0
    return (weekday, at) if weekday else (0, place)


def _years(found: list[Token], language: Language) -> Iterator[_Found]:
    """Find years that words before them say to be some, years in a row, and decades."""
    for place, token in enumerate(found):
        if token.kind != Kind.DIGITS:
            continue
        behind = found[place + 1] if place + 1 < len(found) else None
        if behind and behind.close and behind.text == "s" and _DECADE.fullmatch(token.text):
            part, first = _part(found, place, language)
            yield _Found(first, place + 2, [Moment(f"{token.text[:3]}X", part=part)], "a decade")
        elif short := _short_interval(found, place):
            yield _Found(place, place + 3, short, "")
        elif _is_year(found, place):
            part, first = _part(found, place, language)
            cue = _cue(found, place, language)
            in_a_row = _is_in_a_row(found, place, language)
            if part or cue or in_a_row:
                why = _rough(part) or ("" if cue == "sure" or in_a_row else "year or count")
                yield _Found(first, place + 1, [Moment(token.text, part=part)], why)


def _short_interval(found: list[Token], place: int) -> list[Moment]:
    """Return the years of ``2021/22`` or ``2021-22``, and both together first; nothing if that is none."""
    if not _YEAR.fullmatch(found[place].text) or place + 2 >= len(found) or not found[place + 2].close:
        return []
    first, second = found[place].text, found[place + 2].text
    if found[place + 1].text not in "/-–" or not re.fullmatch(r"\d\d", second) or second <= first[2:]:
        return []
    low, high = Moment(first), Moment(first[:2] + second)
    return [low._replace(end=high), low, high]


def _cue(found: list[Token], place: int, language: Language) -> str:
    """Return how sure a word before a year makes it one: sure or unsure; empty if there is no such word."""
    return next(
        (language.year_cues[words][0] for words, _ in before(found, place, 2) if words in language.year_cues), ""
    )


def _is_in_a_row(found: list[Token], place: int, language: Language) -> bool:
    """Whether another year stands before or behind a year: ``2019-2021``."""
    return any(
        0 <= other < len(found) and _is_year(found, other) and _joins(found[between], language, "ranges.joins")
        for between, other in ((place - 1, place - 2), (place + 1, place + 2))
    )


def _joined(dates: Iterable[_Found], found: list[Token], language: Language) -> Iterator[_Found]:
    """Join dates with nothing but a hyphen or ``to`` between them: they are one interval, or two dates."""
    last: _Found | None = None
    for one in dates:
        if last and _is_interval(last, one, found, language):
            low, high = last.readings[0], one.readings[0]
            if not low.year and high.year:
                low = low._replace(year=high.year)
            readings = [low._replace(end=high), low, high]
            last = _Found(last.first, one.last, readings, one.why if low.year else last.why or one.why)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _is_interval(one: _Found, other: _Found, found: list[Token], language: Language) -> bool:
    between = found[one.last : other.first]
    if len(between) > 2 or one.readings[0].end or other.readings[0].end or one.readings[0].weekday:
        return False
    words = " ".join(token.folded for token in between)
    if words == "/" or words in _DASHES or language.has("ranges.joins", words):
        return True
    ahead = any(language.has("ranges.between", words) for words, _ in before(found, one.first, 1))
    return ahead and language.has("ranges.and", words)
