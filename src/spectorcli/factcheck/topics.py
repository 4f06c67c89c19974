"""Of which person, market, operation and country the words beside a figure speak.

A thing is named ``closely`` in the clause of the figure, or in the one before if that has no figure; loosely in its
sentence; or it was named before, and a pronoun goes back to it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from spectorcli.cues import Cues, alternatives, read_cues
from spectorcli.factcheck.passages import Passage
from spectorcli.factcheck.record import COUNTRIES, DECISIVE, MARKETS, OPERATIONS, PEOPLE, Names, Told
from spectorcli.factcheck.sentence import Name, Sentence
from spectorcli.values.figures import Figure, FigureKind, Moment
from spectorcli.values.names import fold

AN_OPERATION, A_MARKET, A_PERSON = "?operation", "?market", "?person"
"""What a text names that the case does not know; no id has a question mark."""

SHORTEST_WAY = 14
"""Characters from a year to the name behind it that it belongs to."""

LONGEST_ARTICLE = 5
"""Characters from the beginning of a sentence to the name of the country that it is about."""

SITES_BEFORE = 500
"""Characters before a sentence in which a market may have been meant that it goes on about."""


class Topic(NamedTuple):
    """The things of a kind that a figure may be about, and whether they are named closely enough to be sure.

    ``near`` if they were named before in the same paragraph, or if the sentence begins with a country; ``here`` in the
    clause itself.
    """

    ids: frozenset[str] = frozenset()
    close: bool = False
    near: bool = False
    here: bool = False


class Topics:
    """Of whom a draft speaks, and spoke last."""

    def __init__(self, names: Names, record: Told, own: str, passages: Sequence[Passage], code: str) -> None:
        """Take what is known; the draft is about what its title names, else what it names most often, else its own."""
        self._names, self._years, self._cues = names, record.years, read_cues(code)
        told = {id for one in record.targets for id in one.marks.get(PEOPLE, ())}
        self._kinds = {id: kind for id, kind in record.kinds.items() if kind != PEOPLE or id in told}
        self._kinds |= {AN_OPERATION: OPERATIONS, A_MARKET: MARKETS, A_PERSON: PEOPLE}
        often = Counter(
            id
            for one in passages
            for ids, _ in names.places(one.text)
            for id in ids
            if record.kinds.get(id) == OPERATIONS
        )
        first = next((one for one in passages if one.kind in ("title", "heading")), None)
        titled = self.of(OPERATIONS, names.places(first.text)) if first else frozenset()
        most = max(often, key=lambda id: (often[id], id == own), default=own)
        main = next(iter(titled)) if len(titled) == 1 else most
        self._main = frozenset({main} if main else ())
        self._last: dict[str, frozenset[str]] = {OPERATIONS: self._main}
        self._latest = OPERATIONS
        self._next = 0
        """Which name of the text that is read is to be kept next."""

    def of(self, kind: str, names: Iterable[Name]) -> frozenset[str]:
        """Return the things of a kind among those that are named."""
        return frozenset(id for ids, _ in names for id in ids if self._kinds.get(id) == kind)

    def named(self, text: str) -> list[Name]:
        """Return where a text names what, also operations, markets and people that the case does not know."""
        known = [(ids | self._demonym(text, at), at) for ids, at in self._names.places(text)]
        taken = {place for _, at in known for place in (at, at + len("the "))}
        strangers = [
            (frozenset({stranger}), one.start(1) if stranger == A_PERSON else one.start())
            for stranger, pattern in _strangers(self._cues.code).items()
            for one in pattern.finditer(text)
            if taken.isdisjoint(range(one.start(), one.end()))
        ]
        self._next = 0
        return sorted([*known, *strangers], key=itemgetter(1)) if strangers else known

    def named_in(self, words: str) -> list[Name]:
        """Return what a few words of a text name, of what the case knows."""
        return self._names.places(words)

    def keep_until(self, text: str, names: Sequence[Name], place: int) -> None:
        """Keep what was named last before a place of a text, but for what something is only compared with."""
        while self._next < len(names) and names[self._next][1] < place:
            ids, at = names[self._next]
            self._next += 1
            if self._is_compared(text, at):
                continue
            for kind in DECISIVE:
                some = self.of(kind, [(ids, at)])
                if some:
                    self._last[kind], self._latest = some, kind

    def topic(self, kind: str, one: Sentence, figure: Figure, cues: Cues) -> Topic:
        """Return of which things of a kind a sentence speaks where a figure stands."""
        places = [name for name in one.names if self.of(kind, [name])]
        if kind == COUNTRIES:
            return self._country(places, one, figure, cues)
        own = one.clause_of(figure)
        behind = [name for name in places if 0 < name[1] - figure.end <= SHORTEST_WAY]
        for place in (own, own - 1):
            first, last = one.clauses[place]
            here = [name for name in places if first <= name[1] < last]
            if here and (place == own or one.is_empty(place, figure)):
                return Topic(self.of(kind, here), True, here=place == own)
            if kind == OPERATIONS and figure.kind == FigureKind.DATE and behind:
                return Topic(self.of(kind, behind[:1]), True)  # in 2021, Dark HunTor
        if places:
            earlier = [name for name in places if name[1] < figure.start]
            return Topic(self.of(kind, earlier[-1:] or places[:1]), bool(earlier) or len(self.of(kind, places)) == 1)
        if kind == OPERATIONS:
            told = self.of(kind, one.before)
            ids = self._last[kind] if len(told) == 1 else self._last[kind] | self._main
            topic = self._dated(ids, figure, one)
            is_sum = len(told) > 1 and cues.said["sums"].search(one.text) is not None
            return topic._replace(close=topic.close and not is_sum, near=bool(told))
        return self._gone_back(kind, one, cues)

    def _country(self, places: Sequence[Name], one: Sentence, figure: Figure, cues: Cues) -> Topic:
        """Return of which countries; one beside a figure of its own is that one's."""
        own = one.clause_of(figure)
        speech = cues.said["speech"].search(one.whole, *one.clauses[own]) is not None
        for place in (own, *((own - 1,) if own and one.is_empty(own - 1, figure) else ())):
            first, last = one.clauses[place]
            here = [name for name in places if first <= name[1] < last]
            here = here if place == own else here[-1:]  # Germany (52)
            if here:
                ids = self.of(COUNTRIES, here)
                return Topic(ids, not (speech or len(ids) > 1 or self._goes_on(one, place, figure)), here=place == own)
        free = [span for at, span in enumerate(one.clauses) if one.is_empty(at, figure)]
        ids = self.of(COUNTRIES, [name for name in places if any(first <= name[1] < last for first, last in free)])
        # Italy shut two and took EUR 3.6 million
        begins = any(name[1] - one.start <= LONGEST_ARTICLE for name in places)
        return Topic(ids if len(ids) == 1 and not speech else frozenset(), near=begins)

    def _gone_back(self, kind: str, one: Sentence, cues: Cues) -> Topic:
        """Return to which person or market a sentence goes back that names none."""
        goes_back = cues.said[kind].search(one.text) is not None and (kind == PEOPLE or self._latest == MARKETS)
        goes_back = goes_back or (kind == MARKETS and cues.said["sites"].search(one.text) is not None)
        last = self._last.get(kind, frozenset())
        if goes_back:
            return Topic(last, True)
        in_block = self.of(kind, one.before)
        before = one.whole[max(0, one.start - SITES_BEFORE) : one.start]
        if kind == MARKETS and not in_block and cues.said["sites"].search(before):
            in_block = last
        is_near = bool(in_block) if kind == PEOPLE else len(in_block) == 1 or self._latest == kind
        return Topic(last, False, True) if is_near else Topic()

    def _goes_on(self, one: Sentence, place: int, figure: Figure) -> bool:
        """Whether a clause is the beginning of a list of places, none of which has a figure of its own."""
        if not one.is_empty(place + 1, figure):
            return False
        first, last = one.clauses[place + 1]
        return _listed(self._cues.code).match(one.whole, first, last) is not None

    def _dated(self, ids: frozenset[str], figure: Figure, one: Sentence) -> Topic:
        """Return of which operations a sentence may go on to speak, by the dates beside the figure.

        Those of another year are not meant; of a year alone, without a month, nobody can be sure.
        """
        dates = [
            reading
            for other in one.figures
            if other is not figure and other.kind == FigureKind.DATE
            for reading in other.readings[:1]
            if isinstance(reading, Moment) and reading.year
        ]
        years = {date.year for date in dates}
        if not years or figure.kind == FigureKind.DATE:
            return Topic(ids, not one.is_heading)
        fitting = frozenset(id for id in ids if not self._years.get(id) or years & self._years[id])
        if fitting:
            known = all(self._years.get(id) for id in fitting)
            return Topic(fitting, not one.is_heading and known and any(date.month for date in dates))
        others = frozenset(id for id, some in self._years.items() if years & some)
        return Topic(others, bool(others))

    def _demonym(self, text: str, at: int) -> frozenset[str]:
        """Return the country of a name that begins with who is of there: German police."""
        word = fold(text[at : at + 20].split(maxsplit=1)[0])
        code = self._cues.demonyms.get(word)
        return frozenset({code} if code and code in self._kinds else ())

    def _is_compared(self, text: str, at: int) -> bool:
        return _compared(self._cues.code).search(text[max(0, at - 30) : at]) is not None


@cache
def _compared(code: str) -> re.Pattern[str]:
    return re.compile(rf"{read_cues(code).said['compared'].pattern}\W*(?:\w+\W+)?$", re.IGNORECASE)


@cache
def _listed(code: str) -> re.Pattern[str]:
    """Return a pattern of a clause that goes on with a list: and the Netherlands."""
    phrases: Mapping[str, tuple[str, ...]] = read_cues(code).phrases
    joins, between = alternatives(phrases["joins"]), alternatives((*phrases["before_places"], *phrases["places"]))
    return re.compile(rf"\s*(?:(?:{joins})\s+)?(?:(?:{between})\s+)*[A-ZÀ-Þ]")


@cache
def _strangers(code: str) -> Mapping[str, re.Pattern[str]]:
    """Return patterns of what a text names that the case does not know."""
    phrases = read_cues(code).phrases
    operation, market, no_names, verbs, before = (
        alternatives(phrases[name]) for name in ("operation", "market", "no_names", "of_person", "before_person")
    )
    name = r"[A-ZÀ-Þ][a-zà-ÿ]+"
    return {
        AN_OPERATION: re.compile(rf"\b(?:{operation})\s+([A-Z]\w+)"),
        A_MARKET: re.compile(rf"\b([A-Z]\w+)(?:\s[A-Z]\w+)?\s(?:{market})\b"),
        A_PERSON: re.compile(
            rf"(?:^|[.!?,;]\s+|(?:{before})\s+)(?!(?:{no_names}) )"
            rf"({name}(?: [A-Z]\.)? {name})(?=,| (?:{verbs})\b)"
        ),
    }
