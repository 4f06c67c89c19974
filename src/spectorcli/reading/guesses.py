"""Of what a figure may be the value: guessed from what the case claims already, never decided.

What counts, most first: the same figure is claimed; things that are named beside it, in its sentence, or in the one
before it; what is counted, and the words of kind, property and term, in any language that is read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import NamedTuple

from spectorcli.case import Case, Record
from spectorcli.cues import told_by, words_of
from spectorcli.values import date, number, units
from spectorcli.values.figures import Amount, Figure, Moment, Reading, Verdict, fit
from spectorcli.values.names import fold
from spectorcli.values.span import RECENT, BadValue, Relation
from spectorcli.values.units import Measure
from spectorcli.vocabulary import Property

SAME_VALUE, BESIDE, NAMED_HERE, NAMED_BEFORE, UNIT, TERM, PROPERTY, KIND, TITLE, CLAUSE, OWN = (
    3,
    3,
    2,
    1,
    2,
    2,
    2,
    1,
    1,
    1,
    1,
)
"""What each of these adds to the rank of a guess."""

ELSEWHERE, AWAY, NO_TERM, NOT_COUNTED, NOT_NAMED = 3, 2, 2, 3, 3
"""What is taken off: its country is not named, or another is beside, nothing is said of its matter, others count, or
what is counted is called by another word."""

AHEAD = 2
"""By how much the first guess has to lead where it is to say that the case says something else."""

_MATTER = ("kind", "substance")
"""Columns whose terms say what a thing is, as in the cues of a language."""


_NOT_WAITING = ("sources", "statements")
"""Kinds of which little is claimed, and no figure that a text has by chance."""


class Spoken(NamedTuple):
    """What stands around a figure: its sentence, the things named in it and in the one before, and whose copy it is.

    ``counted`` are the units of what is counted, by the words behind the figure. ``beside`` are the things that are
    named nearest, ``around`` those of the title and the heading, and the operation that was named last; ``clause`` is
    the part of the sentence, and ``language`` the code of what it is written in. ``listed`` are named in one list with
    one of those beside: Denmark and Sweden.
    """

    sentence: str
    here: frozenset[str]
    before: frozenset[str]
    source: str
    counted: Collection[str]
    language: str
    beside: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    clause: str = ""
    listed: frozenset[str] = frozenset()


class Guess(NamedTuple):
    """What a figure may be said of; ``unit`` is what a claim about that would name.

    It is ``anchored`` if the sentence names thing and matter, and ``stands`` then, or if the case has the same value
    and the sentence the matter. ``whole`` if nothing by which the thing is told from others is left open.
    ``timed`` if its claims say when they held. ``likely`` if the sentence speaks of the matter, and counts what the
    thing counts: what an editor is offered first. ``new`` is the kind of a thing that the case does not have.
    """

    subject: str
    property: str
    unit: str
    rank: int
    anchored: bool
    stands: bool
    timed: bool
    whole: bool = False
    likely: bool = False
    new: str = ""

    def __str__(self) -> str:
        """Return subject and property, and of which kind a thing would be that is not there."""
        return f"{self.subject} {self.property}{f' (new {self.new})' if self.new else ''}"


class _Claim(NamedTuple):
    value: str
    unit: str
    type: str
    source: str
    stated: str
    subject: str
    property: str
    when: str


class _Thing(NamedTuple):
    """A thing as sentences may tell of it.

    ``places`` are the countries, people and markets that it belongs to, beside ``operations``; ``terms`` are what it
    is as cues have it, ``title`` the stems of its title's words. It ``has_more`` if its id alone tells it from others.
    """

    kind: str
    links: frozenset[str]
    places: frozenset[str]
    operations: frozenset[str]
    terms: frozenset[str]
    title: frozenset[str]
    has_more: bool


class _Target:
    """A property of a thing of which figures or dates may be claimed; ``units`` are those that a claim may have."""

    def __init__(
        self,
        of: tuple[str, str, str],
        claims: list[_Claim],
        units: Sequence[str],
        thing: _Thing,
        own: frozenset[str],
        rare: frozenset[str],
    ) -> None:
        self.subject, self.property, self.type = of
        self.claims = claims
        self.units = tuple(dict.fromkeys(units))
        self.thing = thing
        self.anchors = frozenset({self.subject, *thing.links})
        self.named = self.anchors - own
        self.own = bool(self.anchors & own)
        self.property_words = frozenset(
            {f"properties.{thing.kind}.{self.property}", *map(_stem, self.property.split("_"))}
        )
        self.kind_words = frozenset({f"kinds.{thing.kind}", _stem(thing.kind)})
        self.title = thing.title & rare
        self.timed = any(claim.when for claim in claims)

    def counts(self, noun: str, language: str) -> bool:
        """Whether a noun is that of the thing, which has a count: 288 arrests are so many persons."""
        return self.property == "count" and bool(noun) and bool(self.kind_words & _told(noun, language))

    @cached_property
    def sources(self) -> frozenset[str]:
        return frozenset(claim.source for claim in self.claims)

    @cached_property
    def figures(self) -> frozenset[Decimal | str]:
        """The figures that are claimed, in base units, and the years: what is quickly compared."""
        return frozenset(figure for claim in self.claims for figure in _figures(claim))


class Claims:
    """What the case claims, as far as figures and dates go."""

    def __init__(self, case: Case, published: Mapping[str, str]) -> None:
        """Read the claims, and what their subjects are linked to; ``published`` is the day of each source."""
        self._published = published
        links: dict[str, set[str]] = defaultdict(set)
        belongs: dict[str, set[str]] = defaultdict(set)
        for row in case.read("links"):
            links[str(row["subject"])].add(str(row["object"]))
            if not row["claimed"]:
                belongs[str(row["subject"])].add(str(row["object"]))
        found: dict[tuple[str, str, str], list[_Claim]] = defaultdict(list)
        self._types: dict[tuple[str, str], str] = {}
        self._said: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
        for row in case.read("claims"):
            subject, property, source, value = (str(row[name]) for name in ("subject", "property", "source", "value"))
            self._types[subject, property] = str(row["type"])
            self._said[subject, property, source, value].add(str(row["unit"] or ""))
            if row["type"] in ("number", "date") and row["rank"] != "deprecated":
                claim = _Claim(*(str(row[name] or "") for name in _Claim._fields))
                found[claim.subject, claim.property, claim.type].append(claim)
        rows = list(case.read("things"))
        kinds = case.kinds()
        subjects = {subject for subject, _, _ in found}
        for row in rows:  # a thing of which nothing is claimed yet waits for all that may be
            if row["id"] not in subjects and row["kind"] not in _NOT_WAITING:
                claimed = (one for one in kinds[str(row["kind"])].claimed if one.type in ("number", "date"))
                found.update({(str(row["id"]), one.name, one.type): [] for one in claimed})
        subjects = {subject for subject, _, _ in found}
        self._kinds = {str(row["id"]): str(row["kind"]) for row in rows}
        self.operations = frozenset(id for id, kind in self._kinds.items() if kind == "operations")
        """The ids of the operations of the case."""
        self.countries = frozenset(id for id, kind in self._kinds.items() if kind == "countries")
        """The codes of its countries."""
        self._own = frozenset({case.operation}) if case.operation else self.operations
        if len(self._own) > 1:
            self._own = frozenset()
        things = {
            str(row["id"]): _thing(row, links[str(row["id"])], belongs[str(row["id"])], self._kinds)
            for row in rows
            if row["id"] in subjects
        }
        often: dict[str, int] = defaultdict(int)
        for one in things.values():
            for word in one.title:
                often[word] += 1
        rare = frozenset(word for word, times in often.items() if times <= max(3, len(things) // 20))
        self._targets = [
            _Target(of, same, _units(same, kinds[things[of[0]].kind].properties[of[1]]), things[of[0]], self._own, rare)
            for of, same in found.items()
        ]
        self._by_place = {(target.subject, target.property): target for target in self._targets}
        self._worded = [
            (fold(claim.stated), claim) for target in self._targets for claim in target.claims if claim.stated
        ]

    @property
    def places(self) -> Collection[tuple[str, str]]:
        """Of what is guessed, by subject and property."""
        return self._by_place.keys()

    @property
    def types(self) -> Mapping[tuple[str, str], str]:
        """The types of what is claimed, by subject and property."""
        return self._types

    def has(self, subject: str, property: str, source: str, value: str, unit: str) -> bool:
        """Whether a claim of a source says so, in the same words."""
        return (subject, property, source, value) in self._said and unit in (
            "",
            *self._said[subject, property, source, value],
        )

    def guesses(self, figure: Figure, spoken: Spoken) -> list[Guess]:
        """Return of what a figure may be the value, the likeliest first."""
        told, near = (_told(words, spoken.language) for words in (spoken.sentence, spoken.clause))
        reading = likeliest(figure)
        type, said = ("number", reading.unit) if isinstance(reading, Amount) else ("date", "")
        of = ((one, "" if type == "date" else _unit(one.units, said)) for one in self._targets if one.type == type)
        fitting = ((target, unit) for target, unit in of if unit is not None)
        found = (self._guess(target, unit, reading, figure, spoken, told, near) for target, unit in fitting)
        return sorted(filter(None, found), key=lambda guess: (-guess.rank, guess.subject, guess.property))

    def standing(self, figure: Figure, guesses: list[Guess], spoken: Spoken) -> tuple[str, str]:
        """Return how a figure stands to the case, and what that rests on.

        What is known becomes the first of the guesses. It differs only if the figure is sure, and one guess leads that
        leaves nothing open, and every claim of that in the same unit differs, as claims do.
        """
        known = [guess for guess in guesses if self._is_known(guess, figure, spoken)]
        if known:
            guesses[:] = [*known, *(guess for guess in guesses if guess not in known)]
            return "known", ""
        if told := self._told(figure, spoken, guesses):
            return "retold", f"{told.stated!r} by {told.source}"
        claims = self._comparable(guesses[0]) if figure.sure and _leads(guesses) else []
        if claims and all(_differs(claim, figure) for claim in claims):
            other = next((claim for claim in claims if claim.source == spoken.source), claims[0])
            return "differs", " ".join(filter(None, (other.value, other.unit, "by", other.source)))
        return "new", ""

    def _guess(
        self,
        target: _Target,
        unit: str,
        reading: Reading,
        figure: Figure,
        spoken: Spoken,
        told: frozenset[str],
        near: frozenset[str],
    ) -> Guess | None:
        thing = target.thing
        same = _has(target, reading) and any(_says(claim, figure) for claim in target.claims)
        beside, here = target.named & spoken.beside, target.named & spoken.here
        measured = bool(reading.unit) if isinstance(reading, Amount) else False
        is_counted = bool(unit) and (
            unit in spoken.counted or counts(figure.noun, unit) or target.counts(figure.noun, spoken.language)
        )
        terms, title = len(thing.terms & told), len(target.title & told)
        cue, kind = bool(target.property_words & told), bool(target.kind_words & told)
        noun = bool(spoken.counted or figure.noun) and target.type == "number"
        if not (same or here or is_counted or measured or terms or title or cue or kind):
            return None
        if noun and not (measured or is_counted or same or cue or terms or (kind and target.property == "count")):
            return None  # a word for something else
        rank = SAME_VALUE * same + BESIDE * len(beside) + NAMED_HERE * len(here) + OWN * target.own
        rank += NAMED_BEFORE * (len(target.named & spoken.before) + len(target.named & spoken.around))
        rank += UNIT * is_counted + TERM * terms + TITLE * min(title, 3) + PROPERTY * cue + KIND * kind
        rank += CLAUSE * (len(thing.terms & near) + bool(target.property_words & near))
        rank += UNIT * (measured and all(one == unit for one in target.units))
        rank += OWN * (spoken.source in target.sources)
        elsewhere = (thing.places - spoken.here) | (thing.operations - self.operations_meant(spoken))
        kinds = {self._kinds.get(one, "countries") for one in spoken.beside}
        away = any(self._kinds.get(one) in kinds for one in thing.places - spoken.beside)
        strange = not thing.places and bool(spoken.beside - self._kinds.keys())  # a country that the case has not
        whole_of = not thing.places and any(
            self._kinds.get(one) == "operations" for one in target.anchors & spoken.beside
        )
        rank += BESIDE * whole_of - AWAY * (away or strange)
        no_term = bool(thing.terms) and terms < len(thing.terms)
        other = bool(spoken.counted) and not measured and not is_counted
        rank -= (
            ELSEWHERE * len(elsewhere - spoken.before - (spoken.around - thing.operations))
            + NO_TERM * no_term
            + NOT_COUNTED * other
            + NOT_NAMED * (noun and not (measured or is_counted or other))
        )
        matter = (cue or kind or bool(terms)) and (target.type == "date" or is_counted or measured)
        apart = {one for one in thing.places - spoken.beside - spoken.before if self._kinds.get(one) == "countries"}
        apart |= elsewhere & thing.operations
        anchored = matter and not (away or apart) and bool(target.anchors & spoken.here)
        stands = anchored or (same and not strange and (is_counted or cue or kind or bool(terms)))
        others = {one for one in spoken.beside if self._kinds.get(one, "countries") in _PLACES} - target.anchors
        whole = (
            anchored
            and not (thing.has_more or elsewhere or no_term or other or others or target.timed)
            and self._is_meant(target, spoken)
        )
        likely = (cue or kind or bool(terms) or bool(here)) and (measured or is_counted or not noun)
        return Guess(target.subject, target.property, unit, rank, anchored, stands, target.timed, whole, likely)

    def operations_meant(self, spoken: Spoken) -> frozenset[str]:
        """Return the operations that are named nearest, in the sentence, before it or above; else the case's own."""
        for names in (spoken.here, spoken.before, spoken.around):
            if named := names & self.operations:
                return named
        return self._own

    def _is_meant(self, target: _Target, spoken: Spoken) -> bool:
        """Whether the thing is named, or a place of it, or the case's own operation where it is of that."""
        return bool(({target.subject} | target.thing.places | (target.anchors & self._own)) & spoken.here)

    def _comparable(self, guess: Guess) -> list[_Claim]:
        """Return the claims of what is guessed that are in the same unit, or one of the same measure."""
        claims = self._by_place[guess.subject, guess.property].claims
        return [claim for claim in claims if units.base(claim.unit) == units.base(guess.unit)]

    def _is_known(self, guess: Guess, figure: Figure, spoken: Spoken) -> bool:
        """Whether a claim of this source has the value, and its words stand here or what it is about does."""
        target = self._by_place[guess.subject, guess.property]
        return spoken.source in target.sources and any(
            claim.source == spoken.source
            and (guess.anchored or _stands_in(claim.stated, spoken.sentence))
            and _says(claim, figure)
            for claim in target.claims
        )

    def _told(self, figure: Figure, spoken: Spoken, guesses: Sequence[Guess]) -> _Claim | None:
        """Return a claim of a source that is not younger, whose words the sentence has.

        Where these are the figure alone, it has to be a claim of what is guessed first.
        """
        of = (guesses[0].subject, guesses[0].property) if guesses and guesses[0].stands else None
        sentence, words = f" {fold(spoken.sentence)} ", fold(figure.words)
        for stated, claim in self._worded:
            is_retold = words in stated and f" {stated} " in sentence and claim.source != spoken.source
            is_meant = stated != words or (claim.subject, claim.property) == of
            if is_retold and is_meant and not self._is_younger(claim.source, spoken.source) and _says(claim, figure):
                return claim
        return None

    def _is_younger(self, one: str, other: str) -> bool:
        """Whether a source is known to have appeared after, or with, another."""
        mine, theirs = self._published.get(one, ""), self._published.get(other, "")
        return bool(mine and theirs) and mine >= theirs


_PLACES = ("countries", "people", "markets")
"""Kinds of what tells one thing from another of its kind."""


def likeliest(figure: Figure) -> Reading:
    """Return what a figure most likely means: of a year or a count, the year."""
    return next((one for one in figure.readings if isinstance(one, Moment)), figure.readings[0])


def _thing(row: Record, links: set[str], belongs: set[str], kinds: Mapping[str, str]) -> _Thing:
    import json

    cells: dict[str, str] = json.loads(str(row["cells"] or "{}"))
    kind = str(row["kind"])
    terms = [str(cells.get(name) or "") for name in _MATTER]
    matter = next((one for one in reversed(terms) if one), "")
    named = (one for one in belongs if kinds.get(one) != kind)  # but not the whole that it is a part of
    told = {*_segments(kind, *named, *(cells.get(name) or "" for name in _MATTER))}
    words = fold(f"{cells.get('title') or ''} {matter.replace('-', ' ')}").split()
    return _Thing(
        kind,
        frozenset(links),
        frozenset(one for one in belongs if kinds.get(one) in _PLACES),
        frozenset(one for one in {str(row["id"]), *belongs} if kinds.get(one) == "operations"),
        frozenset({f"terms.{matter}"} if matter else ()),
        frozenset(_stem(word) for word in words if len(word) > 2),
        not (cells.get("name") or cells.get("title")) and not {*_segments(row["id"])} <= told,
    )


def _segments(*ids: object) -> Iterator[str]:
    return (part for id in ids for part in str(id).lower().split("-"))


@lru_cache(RECENT)
def counts(noun: str, unit: str) -> bool:
    """Whether a noun is that of a unit, in whichever form."""
    one, other = fold(noun), fold(unit)
    return one.rstrip("s") == other.rstrip("s") or (len(one) >= _FORMS and one[:_FORMS] == other[:_FORMS])


_FORMS = 6
"""Letters by which forms of a word are known: operators, operated; countries are not counterfeits."""


@lru_cache(RECENT)
def _stem(word: str) -> str:
    return fold(word)[:_FORMS]


def _told(words: str, language: str) -> frozenset[str]:
    """Return what words tell of, and their stems, by which the case's own words are known."""
    return told_by(words, language).union(map(_stem, words_of(words)))


def _leads(guesses: list[Guess]) -> bool:
    """Whether the first guess leaves nothing open, and is ahead of the next one."""
    return bool(guesses) and guesses[0].whole and (len(guesses) == 1 or guesses[0].rank - guesses[1].rank >= AHEAD)


@lru_cache(RECENT)
def _unit(claimed: tuple[str, ...], said: str) -> str | None:
    """Return the unit in which a figure would be claimed beside others; None if it cannot be of that."""
    for unit in claimed:
        measured = units.measure(unit)
        if said and units.base(said) == units.base(unit):
            return said
        if said and measured == units.measure(said) and measured in (Measure.MONEY, Measure.CRYPTO):
            return said
        if not said and measured in (Measure.COUNT, Measure.NONE):
            return unit
    return None


def _units(claims: Sequence[_Claim], declared: Property) -> list[str]:
    """Return the units in which something is claimed; if it is not yet, one of each measure that it may have."""
    if claims:
        return [claim.unit for claim in claims]
    return [_OF_A_GROUP.get(unit, unit) for unit in declared.units] or [""]


_OF_A_GROUP: dict[str, str] = {Measure.MASS: "kg", Measure.VOLUME: "l", Measure.MONEY: "EUR"}
"""A unit for each word that stands in a vocabulary for more than one: any other of its measure fits as well."""


def _figures(claim: _Claim) -> list[Decimal | str]:
    if claim.type == "date":
        return [part[:4] for part in claim.value.split("/")]
    parts = claim.value.lstrip("~<>=").split("..")
    try:
        return [Decimal(part) * units.factor(claim.unit) for part in parts]
    except InvalidOperation:  # no load writes such a value, but others may
        return []


def _has(target: _Target, reading: Reading) -> bool:
    """Whether a claim may have a reading as its value, by the figure alone: asked of all, and the rest of few."""
    if isinstance(reading, Moment):
        return reading.year in target.figures or "X" in reading.year or not reading.year
    return reading.value * units.factor(reading.unit) in target.figures


def _says(claim: _Claim, one: Figure) -> bool:
    """Whether a claim has a reading of a figure as its value: with unit and qualifier."""
    return fit(claim.value, claim.unit, claim.type, [one]).verdict == Verdict.YES


def _differs(claim: _Claim, one: Figure) -> bool:
    """Whether a claim and a figure cannot both be true, as two claims are compared."""
    reading = likeliest(one)
    unit = reading.unit or claim.unit if isinstance(reading, Amount) else ""
    read, relation = (date.read, date.relation) if claim.type == "date" else (number.read, number.relation)
    try:
        return relation(read(claim.value, claim.unit), read(reading.text, unit)) == Relation.DIFFERS
    except BadValue:
        return False


def _stands_in(stated: str, sentence: str) -> bool:
    """Whether all that a claim states, parts with ``;`` between, stands in a sentence."""
    words = f" {_folded(sentence)} "
    return bool(stated) and all(_folded(part) in words for part in stated.split(";"))


@lru_cache(RECENT)
def _folded(words: str) -> str:
    return fold(words)
