"""What stands around a figure of a draft: its clause, and of whom, where and of which operation it speaks.

A thing is named ``closely`` in the clause of the figure, or in the one before if that has no figure; ``loosely`` in its
sentence; or it was named before, and a pronoun goes back to it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from spectorcli.copies.block import Block
from spectorcli.factcheck.cues import read_cues, words_of
from spectorcli.factcheck.record import (
    COUNTRIES,
    DECISIVE,
    MARKETS,
    NAMES_OF_CASE,
    OPERATIONS,
    PEOPLE,
    Names,
    Told,
)
from spectorcli.reading.named import sentence_around
from spectorcli.values.figures import Figure, FigureKind, Language, Moment
from spectorcli.values.figures.language import phrase
from spectorcli.values.names import fold

_NEAR = re.compile(
    r"[;:()]|,(?=\s)|\s[–—-]\s|\s(?:and|but|while|whereas|with|including|und|sowie|mit|et|dont|y|e|en|met)\s"
)
"""Where a clause may end: it does if figures stand on either side."""

AN_OPERATION, A_MARKET, A_PERSON = "?operation", "?market", "?person"
"""What a text names that the case does not know; no id has a question mark."""

_STRANGERS = {
    AN_OPERATION: re.compile(r"\b(?:Operation|Opération|Operación|Operazione|Operatie)\s+([A-Z]\w+)"),
    A_MARKET: re.compile(r"\b([A-Z]\w+)(?:\s[A-Z]\w+)?\s(?:Market|Marketplace)\b"),
    A_PERSON: re.compile(
        r"(?:^|[.!?,;]\s+|and\s+|founder\s+)(?!(?:The|A|An|In|On|Die|Der|Das|Den|Ein|Eine|Im|Am|Le|La|Les|El|Los|De) )"
        r"([A-Z][a-zà-ÿ]+(?: [A-Z]\.)? [A-Z][a-zà-ÿ]+)(?=,| (?:was|is|has|had|got|received|pleaded|wurde|hat|bekam)\b)"
    ),
}

_BEHIND_A_NAME = re.compile(r"\w+(?: \w+)?\W{0,3}(?:in|of|from|im|von|en|de)?\W{0,2}")
"""From where a name begins to its year: Operation DisrupTor (2020)."""

_PLACE = re.compile(
    r"\b(?:in|at|near|from|around|outside|across|within)\s+(?:the\s+|northern\s+|southern\s+|central\s+|downtown\s+)?"
    r"([A-Z][^\W\d_]+)"
)

_STOPS = frozenset(
    "in on at by from were was had have has been be across during with who that to for and or of than as when while"
    " after before under into which is are made each apiece took led more alone outside inside the a an around went"
    " worldwide sit im am an aus und davon waren wurden worden war wurde gab soll sollen bei mit von den die der das"
    " dem ans ins nach fur uber unter zu en dans aux au des del nel della los las les".split()
)
"""Words at which what is counted ends; they follow a figure that has no noun of its own."""

WINDOW = 600
"""Characters before and behind a figure in which its sentence is looked for."""

MOST_FIGURES = 30
"""Figures of a sentence that are told apart; of one that has more, a table, nobody knows what is what."""

BEFORE = 500
"""Characters before a sentence with which it may go on."""

LONGEST_TITLE, SHORTEST_WAY = 30, 14
"""Characters from where the name of an operation begins to a year behind it, and from a year to the name."""

NOUNS = 5
"""Words behind a figure in which the noun is looked for: adjectives come first."""


class Named(NamedTuple):
    """The things of a kind that a figure may be about, and whether they are named closely enough to be sure.

    ``near`` if they were named before in the same paragraph, ``here`` in the clause itself.
    """

    ids: frozenset[str] = frozenset()
    close: bool = False
    near: bool = False
    here: bool = False


class Scene(NamedTuple):
    """What stands around a figure.

    ``counted`` are the words behind it that say what is counted, ``made_of`` what is weighed, ``units`` those of a case
    that they count. ``around`` are the words of its clause, ``beside`` of those next to it that have no figure,
    ``words`` of its sentence, ``before`` of what comes before that. ``named`` is told by kind; ``elsewhere`` if a place
    is named that the case does not know, ``apart`` if the figure is said to be another one, ``earlier`` if an operation
    is meant that is not named, ``titled`` if the name of one stands right beside, ``tells`` if the sentence names one.
    ``last`` and ``behind`` are the characters on either side.
    """

    figure: Figure
    sentence: str
    clause: str = ""
    counted: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    around: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    named: Mapping[str, Named] = MappingProxyType({})
    elsewhere: bool = False
    apart: bool = False
    earlier: bool = False
    titled: bool = False
    tells: bool = False
    last: str = ""
    behind: str = ""


class Reader:
    """Goes through a draft, and keeps of whom it spoke last."""

    def __init__(self, names: Names, record: Told, own: str, blocks: Iterable[Block]) -> None:
        """Take what is known; the draft is about what its title names, else what it names most often, else its own."""
        self._names, self._years = names, record.years
        told = {id for one in record.targets for id in one.marks.get(PEOPLE, ())}
        self._kinds = {id: kind for id, kind in record.kinds.items() if kind != PEOPLE or id in told}
        self._kinds |= {AN_OPERATION: OPERATIONS, A_MARKET: MARKETS, A_PERSON: PEOPLE}
        often = Counter(
            id
            for block in blocks
            for ids, _ in names.places(block.text)
            for id in ids
            if record.kinds.get(id) == OPERATIONS
        )
        first = next((block for block in blocks if block.kind in ("title", "heading")), None)
        titled = self._of(OPERATIONS, names.places(first.text)) if first else frozenset()
        most = max(often, key=lambda id: (often[id], id == own), default=own)
        main = next(iter(titled)) if len(titled) == 1 else most
        self._main = frozenset({main} if main else ())
        self._last: dict[str, frozenset[str]] = {OPERATIONS: self._main}
        self._latest = OPERATIONS

    def read(self, block: Block, found: Sequence[Figure], language: Language) -> Iterator[Scene]:
        """Yield what stands around each figure of a block."""
        names = self._places(block.text)
        starts, places = [one.start for one in found], [at for _, at in names]
        done = 0
        for figure in found:
            near = max(0, figure.start - WINDOW)
            around = found[bisect_left(starts, near) : bisect_left(starts, figure.start + WINDOW)]
            dotted = {place - near for one in around if "." in one.words for place in range(one.start, one.end)}
            sentence = sentence_around(block.text[near : figure.start + WINDOW], figure.start - near, dotted)[1]
            start = max(block.text.rfind(sentence, near, figure.start + len(sentence)), near)
            end = start + len(sentence)
            while done < len(names) and names[done][1] < start:
                self._keep(block.text, *names[done])
                done += 1
            figures = found[bisect_left(starts, start) : bisect_left(starts, end)]
            if len(figures) > MOST_FIGURES:
                yield Scene(figure, sentence)
                continue
            before = names[: bisect_left(places, start)][-MOST_FIGURES:]
            names_here = names[bisect_left(places, start) : bisect_left(places, end)]
            yield self._scene(
                figure,
                figures,
                block.text,
                sentence,
                start,
                names_here,
                before,
                language,
                block.kind in ("title", "heading"),
            )
        for ids, at in names[done:]:
            self._keep(block.text, ids, at)

    def _places(self, text: str) -> list[tuple[frozenset[str], int]]:
        """Return where a text names what, also operations, markets and people that the case does not know."""
        known = [(ids | self._demonym(text, at), at) for ids, at in self._names.places(text)]
        taken = {place for _, at in known for place in (at, at + len("the "))}
        strangers = [
            (frozenset({stranger}), one.start(1) if stranger == A_PERSON else one.start())
            for stranger, pattern in _STRANGERS.items()
            for one in pattern.finditer(text)
            if taken.isdisjoint(range(one.start(), one.end()))
        ]
        return sorted([*known, *strangers], key=itemgetter(1)) if strangers else known

    def _demonym(self, text: str, at: int) -> frozenset[str]:
        """Return the country of a name that begins with who is of there: German police."""
        word = fold(text[at : at + 20].split(maxsplit=1)[0])
        code = read_cues().demonyms.get(word)
        return frozenset({code} if code and code in self._kinds else ())

    def _keep(self, text: str, ids: frozenset[str], at: int) -> None:
        """Keep what was named last, but for what something is only compared with."""
        if read_cues().compared.search(text[max(0, at - 30) : at]):
            return
        for kind in DECISIVE:
            some = frozenset(id for id in ids if self._kinds.get(id) == kind)
            if some:
                self._last[kind], self._latest = some, kind

    def _of(self, kind: str, names: Sequence[tuple[frozenset[str], int]]) -> frozenset[str]:
        return frozenset(id for ids, _ in names for id in ids if self._kinds.get(id) == kind)

    def _scene(
        self,
        figure: Figure,
        figures: Sequence[Figure],
        text: str,
        sentence: str,
        start: int,
        names: Sequence[tuple[frozenset[str], int]],
        before: Sequence[tuple[frozenset[str], int]],
        language: Language,
        is_heading: bool,
    ) -> Scene:
        cues = read_cues()
        clauses = _clauses(sentence, start, figures)
        own = next((place for place, (first, last) in enumerate(clauses) if first <= figure.start < last), 0)
        first, last = clauses[own]
        clause = text[first:last]
        empty = [not any(begin <= one.start < end for one in figures if one != figure) for begin, end in clauses]
        beside = [place for place in (own - 1, own + 1) if 0 <= place < len(clauses) and empty[place]]
        beside_text = " ".join(text[slice(*clauses[place])] for place in beside)
        speech = cues.speech.search(clause) is not None
        operations = [at for ids, at in names if self._of(OPERATIONS, [(ids, at)])]
        title = any(
            _BEHIND_A_NAME.fullmatch(text[at : figure.start])
            if at < figure.start
            else 0 < at - figure.end <= SHORTEST_WAY
            for at in operations
            if figure.start - at <= LONGEST_TITLE
        )
        named = {
            kind: self._named(
                kind, figure, figures, sentence, start, names, clauses, own, empty, speech, before, text, is_heading
            )
            for kind in NAMES_OF_CASE
        }
        behind = text[figure.end : last]
        counted = _nouns(behind) if figure.kind == FigureKind.COUNT else ()
        raw = [word.strip('.,;:()!?"”“') for word in behind.split()[: len(counted)]]
        of, _, substance = behind.strip().partition(" ")
        is_weighed = figure.kind in (FigureKind.MASS, FigureKind.VOLUME)
        starts = {at + more for _, at in names for more in (0, len("the "))}
        elsewhere = any(
            phrase(one[1]) not in language.months and first + one.start(1) not in starts
            for one in _PLACE.finditer(clause)
        )
        near = clause[: max(0, figure.start - first)][-40:] + text[figure.start : last][:60]
        return Scene(
            figure,
            sentence,
            clause,
            counted,
            _nouns(substance) if is_weighed and of.casefold() in language.of else (),
            frozenset(unit for word in raw for unit in language.counted.get(phrase(word), ())),
            tuple(words_of(clause)),
            tuple(words_of(beside_text)),
            tuple(words_of(sentence)),
            tuple(words_of(text[max(0, start - BEFORE) : start])),
            named,
            elsewhere,
            cues.apart["words"].search(near) is not None
            or figure.why.startswith("stands")
            or (not figure.words[0].isdigit() and text[: figure.start].casefold().endswith(" the ")),
            cues.apart["earlier"].search(sentence) is not None and not self._of(OPERATIONS, names),
            title,
            bool(operations),
            text[max(start, figure.start - 40) : figure.start],
            behind[:40],
        )

    def _named(
        self,
        kind: str,
        figure: Figure,
        figures: Sequence[Figure],
        sentence: str,
        start: int,
        names: Sequence[tuple[frozenset[str], int]],
        clauses: Sequence[tuple[int, int]],
        own: int,
        empty: Sequence[bool],
        speech: bool,
        before: Sequence[tuple[frozenset[str], int]],
        text: str,
        is_heading: bool,
    ) -> Named:
        places = [(ids, at) for ids, at in names if any(self._kinds.get(id) == kind for id in ids)]
        for place in (own, *((own - 1,) if own and empty[own - 1] else ())):
            first, last = clauses[place]
            here = [one for one in places if first <= one[1] < last]
            if here and kind == COUNTRIES and place != own:
                here = here[-1:]  # Germany (52)
            if here:
                ids = self._of(kind, here)
                is_list = kind == COUNTRIES and self._goes_on(text, clauses, place, empty)
                is_close = not (kind == COUNTRIES and (speech or len(ids) > 1 or is_list))
                return Named(ids, is_close, here=place == own)
        ids = self._of(kind, places)
        if kind == COUNTRIES:  # a country beside a figure of its own is that one's
            free = [pair for pair, is_empty in zip(clauses, empty, strict=True) if is_empty]
            ids = self._of(kind, [one for one in places if any(first <= one[1] < last for first, last in free)])
            return Named(ids if len(ids) == 1 and not speech else frozenset())
        earlier = [one for one in places if one[1] < figure.start]
        if places:
            nearest = earlier[-1:] or places[:1]
            return Named(self._of(kind, nearest), bool(earlier) or len(ids) == 1)
        if kind == OPERATIONS:
            is_told = bool(self._of(kind, before))
            ids = self._last[kind] if is_told else self._last[kind] | self._main
            return self._dated(ids, figure, figures, not is_heading)
        cues = read_cues()
        pronouns = cues.pronouns[kind]
        goes_back = pronouns.search(sentence) is not None and (kind == PEOPLE or self._latest == MARKETS)
        goes_back = goes_back or (kind == MARKETS and cues.sites.search(sentence) is not None)
        in_block = self._of(kind, before)
        if kind == MARKETS and not in_block and cues.sites.search(text[max(0, start - BEFORE) : start]):
            in_block = self._last.get(kind, frozenset())
        if goes_back:
            return Named(self._last.get(kind, frozenset()), True)
        is_near = bool(in_block) if kind == PEOPLE else len(in_block) == 1 or self._latest == kind
        return Named(self._last.get(kind, frozenset()), False, True) if is_near else Named()

    def _goes_on(self, text: str, clauses: Sequence[tuple[int, int]], place: int, empty: Sequence[bool]) -> bool:
        """Whether a clause is the beginning of a list of places, none of which has a figure of its own."""
        if place + 1 >= len(clauses) or not empty[place + 1]:
            return False
        first, last = clauses[place + 1]
        return bool(re.match(r"\s*(?:and\s+|und\s+)?(?:the\s+|in\s+)?[A-Z]", text[first:last]))

    def _dated(self, ids: frozenset[str], figure: Figure, figures: Sequence[Figure], close: bool) -> Named:
        """Return of which operations a sentence may go on to speak, by the dates beside the figure.

        Those of another year are not meant; of a year alone, without a month, nobody can be sure.
        """
        dates = [
            reading
            for one in figures
            if one is not figure and one.kind == FigureKind.DATE
            for reading in one.readings[:1]
            if isinstance(reading, Moment) and reading.year
        ]
        years = {one.year for one in dates}
        if not years or figure.kind == FigureKind.DATE:
            return Named(ids, close)
        fitting = frozenset(id for id in ids if not self._years.get(id) or years & self._years[id])
        if fitting:
            known = all(self._years.get(id) for id in fitting)
            return Named(fitting, close and known and any(one.month for one in dates))
        others = frozenset(id for id, some in self._years.items() if years & some)
        return Named(others, bool(others))


def _clauses(sentence: str, start: int, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Return where the clauses of a sentence begin and end in the text; no figure is cut."""
    inside = [(one.start, one.end) for one in figures]
    cuts = [
        start + one.end()
        for one in _NEAR.finditer(sentence)
        if not any(first < start + one.end() < last for first, last in inside)
    ]
    edges = sorted({start, *cuts, start + len(sentence)})
    joined: list[tuple[int, int]] = []
    for first, last in pairwise(edges):  # "cash and virtual currencies": what has no figure on the other side goes on
        if joined and not _parted(sentence, start, joined[-1], (first, last), figures):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _parted(sentence: str, start: int, one: tuple[int, int], other: tuple[int, int], figures: Sequence[Figure]) -> bool:
    """Whether two pieces are clauses of their own: at a mark, or at a word if either side has a figure of its own."""
    mark = sentence[one[0] - start : one[1] - start].rstrip()[-1:]
    if mark in ",;:()–—-":
        return True
    return all(any(first <= figure.start < last for figure in figures) for first, last in (one, other))


def _nouns(behind: str) -> tuple[str, ...]:
    """Return the words for what is counted or weighed, up to the first that is none of them."""
    piece = re.split(r"[,;:().\d]|\s[–—-]\s", behind, maxsplit=1)[0]
    words = words_of(piece)[:NOUNS]
    stop = next(
        (at for at, word in enumerate(words) if word in _STOPS or (at and word.endswith("ed"))), len(words)
    )  # suspected vendors arrested
    return tuple(words[:stop])
