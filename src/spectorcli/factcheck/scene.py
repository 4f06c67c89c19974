"""What stands around a figure of a draft: its sentence and clause, what is counted, and which things are meant there.

``topics`` says of which person, market, operation and country the words beside it speak.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from spectorcli.cues import Cues, alternatives, begins, read_cues, words_of
from spectorcli.factcheck.lists import Listed, listed
from spectorcli.factcheck.passages import Passage
from spectorcli.factcheck.record import NAMES_OF_CASE, OPERATIONS
from spectorcli.factcheck.sentence import Sentence, sentence_of
from spectorcli.factcheck.topics import SHORTEST_WAY, Topic, Topics
from spectorcli.values.figures import Amount, Figure, FigureKind, Language, read_language
from spectorcli.values.figures.language import phrase
from spectorcli.values.names import fold

MOST_FIGURES = 30
"""Figures of a sentence that are told apart; of one that has more, a table, nobody knows what is what."""

BEFORE = 500
"""Characters before a sentence with which it may go on."""

LONGEST_TITLE = 30
"""Characters from where the name of an operation begins to a year behind it."""

NOUNS = 5
"""Words behind a figure in which the noun is looked for: adjectives come first."""

BESIDE = 40
"""Characters on either side of a figure in which words stand that belong to it."""


class Scene(NamedTuple):
    """What stands around a figure.

    ``noun`` are the words behind it that say what is counted, ``counted`` these, or of a part those of its whole;
    ``made_of`` is what is weighed, ``units`` those of a case
    that they count. ``around`` are the words of its clause, ``beside`` of those next to it that have no figure,
    ``words`` of its sentence, ``before`` of what comes before that. ``topics`` are told by kind; ``elsewhere`` if a
    place is named that the case does not know, ``apart`` if the figure is said to be another one, ``earlier`` if an
    operation is meant that is not named, ``titled`` if the name of one stands right beside, ``tells`` if the sentence
    names one. ``listed`` are the countries that are counted, ``last`` and ``behind`` the characters on either side.
    """

    figure: Figure
    cues: Cues
    sentence: str
    clause: str = ""
    noun: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    around: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    topics: Mapping[str, Topic] = MappingProxyType({})
    elsewhere: bool = False
    apart: bool = False
    earlier: bool = False
    titled: bool = False
    tells: bool = False
    listed: tuple[Listed, ...] = ()
    last: str = ""
    behind: str = ""


def scenes(topics: Topics, passage: Passage, found: Sequence[Figure], language: Language) -> Iterator[Scene]:
    """Yield what stands around each figure of a passage; ``topics`` keep of whom the draft speaks."""
    cues = read_cues(language.code)
    text = passage.text
    names = [(ids, at) for ids, at in topics.named(text) if not any(one.start <= at < one.end for one in found)]
    for figure in found:
        one = sentence_of(text, figure, found, names, language.code, passage.kind == "heading")
        if passage.kind != "cell":  # a text does not go on about the last row of a table
            topics.keep_until(text, names, one.start)
        if len(one.figures) > MOST_FIGURES:
            yield Scene(figure, cues, one.text)
        else:
            yield _scene(topics, one, figure, cues, language)
    if passage.kind != "cell":
        topics.keep_until(text, names, len(text))


def _scene(topics: Topics, one: Sentence, figure: Figure, cues: Cues, language: Language) -> Scene:
    text = one.whole
    own = one.clause_of(figure)
    first, last = one.clauses[own]
    clause, behind = text[first:last], text[figure.end : last]
    beside = [place for place in (own - 1, own + 1) if one.is_empty(place, figure)]
    operations = [at for ids, at in one.names if topics.of(OPERATIONS, [(ids, at)])]
    noun = _own_nouns(one, figure, cues) if figure.kind in (FigureKind.COUNT, FigureKind.ORDINAL) else ()
    counted = _counted(one, figure, cues) if figure.kind == FigureKind.COUNT else noun
    is_weighed = figure.kind in (FigureKind.MASS, FigureKind.VOLUME)
    return Scene(
        figure,
        cues,
        one.text,
        clause,
        noun,
        counted,
        _nouns(_substance(behind, language), cues.code) if is_weighed else (),
        frozenset(unit for word in counted for unit in _unit_words(cues.code).get(word, ())),
        tuple(words_of(clause)),
        tuple(words_of(" ".join(text[slice(*one.clauses[place])] for place in beside))),
        tuple(words_of(one.text)),
        tuple(words_of(text[max(0, one.start - BEFORE) : one.start])),
        {kind: topics.topic(kind, one, figure, cues) for kind in NAMES_OF_CASE},
        _is_elsewhere(one, (first, last), language),
        _is_apart(one, (first, last), figure, cues),
        cues.said["earlier"].search(one.text) is not None and not operations,
        any(_is_titled(text, at, figure, cues.code) for at in operations),
        bool(operations),
        listed(one, figure, topics, cues),
        text[max(one.start, figure.start - BESIDE) : figure.start],
        behind[:BESIDE],
    )


@cache
def _unit_words(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return which units of a case a noun counts, by its words as they are folded here."""
    return {fold(word): units for word, units in read_language(code).counted.items()}


def _is_elsewhere(one: Sentence, clause: tuple[int, int], language: Language) -> bool:
    """Whether a clause names a place that the case does not know."""
    known = {at + more for _, at in one.names for more in (0, len("the "))}
    return any(
        phrase(found[1]) not in language.months and found.start(1) not in known
        for found in _places(language.code).finditer(one.whole, *clause)
    )


def _is_apart(one: Sentence, clause: tuple[int, int], figure: Figure, cues: Cues) -> bool:
    """Whether a figure is said to be another one than that of the record, or one that was named before."""
    first, last = clause
    near = one.whole[max(first, figure.start - BESIDE) : figure.start] + one.whole[figure.start : last][:60]
    in_words = figure.kind != FigureKind.ORDINAL and not figure.words[0].isdigit()
    is_named_before = in_words and one.whole[: figure.start].casefold().endswith(" the ")  # the nine countries
    is_rate = figure.kind != FigureKind.SHARE and cues.said["rates"].search(near) is not None
    stands_apart = figure.why.startswith("stands") and not _is_part(one, figure, cues)
    is_portion = cues.said["portions"].search(one.whole, first, last) is not None
    behind = one.whole[figure.end : last]
    differs = any(cues.said["differences"].match(behind, at) for at in _words_at(behind)[:2])
    is_part = is_rate or is_portion or stands_apart or is_named_before or differs
    return cues.said["apart"].search(near) is not None or is_part


def _words_at(text: str) -> list[int]:
    """Return where each word of a text begins."""
    return [word.start() for word in re.finditer(r"\w+", text)]


def _is_part(one: Sentence, figure: Figure, cues: Cues) -> bool:
    """Whether a figure is said to be a part of a count before it: 288 arrests, 52 of them in Germany."""
    last = [other for other in one.figures if other.end <= figure.start][-1:]
    if not last or last[0].kind != FigureKind.COUNT:  # of 500 kg, 274 of them are kilograms, too
        return False
    before = one.whole[max(one.start, figure.start - BESIDE) : figure.start]
    behind = cues.said["parts"].match(one.whole[figure.end : one.end].lstrip())
    return behind is not None or cues.ends_with("parts_before", before)


def _counted(one: Sentence, figure: Figure, cues: Cues) -> tuple[str, ...]:
    """Return the words for what is counted; of a part, those of the only count that it can be a part of."""
    nouns = _own_nouns(one, figure, cues)
    if nouns or not _is_part(one, figure, cues):
        return nouns
    areas = (*cues.properties["operations.countries"], *cues.properties["operations.continents"])
    counts = [other for other in one.figures if other.end <= figure.start and other.kind == FigureKind.COUNT]
    named = [(other, words) for other in counts if not begins(words := _own_nouns(one, other, cues), areas)]
    larger = [words for other, words in named if _value(other) >= _value(figure)]
    wholes = {*(larger or (words for _, words in named))}  # none is larger where one of the two is wrong
    return wholes.pop() if len(wholes) == 1 else ()


def _own_nouns(one: Sentence, figure: Figure, cues: Cues) -> tuple[str, ...]:
    """Return the words behind a figure, in its clause, that say what is counted."""
    return _nouns(one.whole[figure.end : one.clauses[one.clause_of(figure)][1]], cues.code)


def _value(figure: Figure) -> Decimal:
    return max((reading.value for reading in figure.readings if isinstance(reading, Amount)), default=Decimal(0))


def _is_titled(text: str, at: int, figure: Figure, code: str) -> bool:
    """Whether the name that begins at a place stands right beside a figure: Operation DisrupTor (2020)."""
    if at >= figure.start:
        return 0 < at - figure.end <= SHORTEST_WAY
    return figure.start - at <= LONGEST_TITLE and _behind_name(code).fullmatch(text[at : figure.start]) is not None


def _substance(behind: str, language: Language) -> str:
    """Return what stands behind a mass and its ``of``, in a language that has one."""
    of, _, substance = behind.strip().partition(" ")
    return substance if of.casefold() in language.of else "" if language.of else behind


@cache
def _behind_name(code: str) -> re.Pattern[str]:
    """Return a pattern of what stands from where a name begins to its year."""
    return re.compile(rf"\w+(?: \w+)?\W{{0,3}}(?:{alternatives(read_cues(code).phrases['of_name'])})?\W{{0,2}}")


@cache
def _places(code: str) -> re.Pattern[str]:
    """Return a pattern of the names of places, whether the case knows them or not."""
    phrases = read_cues(code).phrases
    before, between, none = (alternatives(phrases[name]) for name in ("places", "before_places", "no_places"))
    return re.compile(rf"\b(?:{before})\s+(?:(?:{between})\s+)*(?!(?:{none})\b)([A-ZÀ-Þ][^\W\d_]+)")


@cache
def _ends(code: str) -> frozenset[str]:
    """Return the words at which what is counted ends; they follow a figure that has no noun of its own."""
    return frozenset(fold(word) for word in read_cues(code).phrases["ends"])


def _nouns(behind: str, code: str) -> tuple[str, ...]:
    """Return the words for what is counted or weighed, up to the first that is none of them."""
    piece = re.split(r"[,;:().\d]|\s[–—-]\s", behind, maxsplit=1)[0]
    words, ends = words_of(piece)[:NOUNS], _ends(code)
    words = words[words[:1] != [] and words[0] in read_cues(code).demonyms :]  # ten Dutch, nine Austrian
    stop = next(
        (at for at, word in enumerate(words) if word in ends or (at and word.endswith("ed"))), len(words)
    )  # suspected vendors arrested
    return tuple(words[:stop])
