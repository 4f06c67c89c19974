"""Of what a figure may be the value: guessed from what the case claims already, never decided.

What counts, most first: the same figure is claimed; things that the sentence names, or the one before it; the noun
and the words of kind and property.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.values import units
from spectorcli.values.figures import Amount, Figure, Moment, Reading, Verdict, fit
from spectorcli.values.names import fold
from spectorcli.values.span import RECENT
from spectorcli.values.units import Measure

SAME_VALUE, NAMED_HERE, NAMED_BEFORE, NOUN, CUE, OWN = 3, 3, 1, 2, 2, 1
"""What each of these adds to the rank of a guess."""

STEM = 5
"""Letters of a word by which its other forms are known: seizures, seized."""


class Spoken(NamedTuple):
    """What stands around a figure: its sentence, the things named in it and in the one before, and whose copy it is.

    ``counted`` are the units of what is counted, by the words behind the figure.
    """

    sentence: str
    here: frozenset[str]
    before: frozenset[str]
    source: str
    counted: Collection[str]


class Guess(NamedTuple):
    """What a figure may be said of; ``unit`` is what a claim about that would name.

    It is ``anchored`` if the sentence names thing and matter, and ``stands`` then, or if the case has the same value
    and the sentence the matter.
    ``timed`` if its claims say when they held.
    """

    subject: str
    property: str
    unit: str
    rank: int
    anchored: bool
    stands: bool
    timed: bool


class _Claim(NamedTuple):
    value: str
    unit: str
    type: str
    source: str
    stated: str
    subject: str
    property: str
    when: str


class _Target(NamedTuple):
    """A property of a thing of which the case claims figures or dates."""

    subject: str
    property: str
    type: str
    stems: frozenset[str]
    anchors: frozenset[str]
    claims: list[_Claim]


class Claims:
    """What the case claims, as far as figures and dates go."""

    def __init__(self, case: Case, published: Mapping[str, str]) -> None:
        """Read the claims, and what their subjects are linked to; ``published`` is the day of each source."""
        self._published = published
        near: dict[str, set[str]] = defaultdict(set)
        for row in case.read("links"):
            near[str(row["subject"])].add(str(row["object"]))
        kinds: dict[str, str] = {}
        found: dict[tuple[str, str, str], list[_Claim]] = defaultdict(list)
        for row in case.read("claims"):
            if row["type"] in ("number", "date") and row["rank"] != "deprecated":
                cells = (str(row[name] or "") for name in _Claim._fields)
                claim = _Claim(*cells)
                found[claim.subject, claim.property, claim.type].append(claim)
                kinds[claim.subject] = str(row["kind"])
        self._targets = [
            _Target(
                subject,
                property,
                type,
                frozenset(_stem(word) for word in (kinds[subject], *property.split("_"))),
                frozenset({subject, *near[subject]}),
                same,
            )
            for (subject, property, type), same in found.items()
        ]
        self._own = frozenset({case.operation} if case.operation else ())
        self._by_place = {(target.subject, target.property): target.claims for target in self._targets}
        self._worded = [
            (fold(claim.stated), claim) for target in self._targets for claim in target.claims if claim.stated
        ]

    def guesses(self, figure: Figure, spoken: Spoken) -> list[Guess]:
        """Return of what a figure may be the value, the likeliest first."""
        stems = {_stem(word) for word in fold(spoken.sentence).split()}
        found = (_guess(target, figure, spoken, stems, self._own) for target in self._targets)
        return sorted(filter(None, found), key=lambda guess: -guess.rank)

    def standing(self, figure: Figure, guesses: list[Guess], spoken: Spoken) -> tuple[str, str]:
        """Return how a figure stands to the case, and what that rests on.

        What is known becomes the first of the guesses.
        """
        known = [guess for guess in guesses if self._is_known(guess, figure, spoken)]
        if known:
            guesses[:] = [*known, *(guess for guess in guesses if guess not in known)]
            return "known", ""
        if told := self._told(figure, spoken):
            return "retold", f"{told.stated!r} by {told.source}"
        claims = self._comparable(guesses[0]) if guesses and guesses[0].anchored else []
        if claims and not any(_says(claim, figure) for claim in claims):
            other = next((claim for claim in claims if claim.source == spoken.source), claims[0])
            return "differs", " ".join(filter(None, (other.value, other.unit, "by", other.source)))
        return "new", ""

    def _comparable(self, guess: Guess) -> list[_Claim]:
        """Return the claims of what is guessed that are in the same unit, or one of the same measure."""
        claims = self._by_place[guess.subject, guess.property]
        return [claim for claim in claims if units.base(claim.unit) == units.base(guess.unit)]

    def _is_known(self, guess: Guess, figure: Figure, spoken: Spoken) -> bool:
        """Whether a claim of this source has the value, and its words stand here or what it is about does."""
        return any(
            claim.source == spoken.source
            and (guess.anchored or _stands_in(claim.stated, spoken.sentence))
            and _says(claim, figure)
            for claim in self._by_place[guess.subject, guess.property]
        )

    def _told(self, figure: Figure, spoken: Spoken) -> _Claim | None:
        """Return a claim of a source that is not younger, whose words the sentence has."""
        sentence, words = f" {fold(spoken.sentence)} ", fold(figure.words)
        for stated, claim in self._worded:
            is_retold = words in stated and f" {stated} " in sentence and claim.source != spoken.source
            if is_retold and not self._is_younger(claim.source, spoken.source) and _says(claim, figure):
                return claim
        return None

    def _is_younger(self, one: str, other: str) -> bool:
        """Whether a source is known to have appeared after, or with, another."""
        mine, theirs = self._published.get(one, ""), self._published.get(other, "")
        return bool(mine and theirs) and mine >= theirs


def likeliest(figure: Figure) -> Reading:
    """Return what a figure most likely means: of a year or a count, the year."""
    return next((one for one in figure.readings if isinstance(one, Moment)), figure.readings[0])


def _guess(target: _Target, figure: Figure, spoken: Spoken, stems: set[str], own: frozenset[str]) -> Guess | None:
    reading = likeliest(figure)
    if isinstance(reading, Moment) != (target.type == "date"):
        return None
    unit = _unit(target, reading.unit) if isinstance(reading, Amount) else ""
    if unit is None:
        return None
    same = any(_says(claim, figure) for claim in target.claims)
    named = len(target.anchors & (spoken.here - own))
    noun = bool(unit) and (unit in spoken.counted or _stem(figure.noun) == _stem(unit))
    cue = bool(target.stems & stems)
    rank = SAME_VALUE * same + NAMED_HERE * named + NAMED_BEFORE * len(target.anchors & (spoken.before - own))
    rank += NOUN * noun + CUE * cue + OWN * bool(target.anchors & own)
    rank += OWN * any(claim.source == spoken.source for claim in target.claims)
    if not (same or named or (noun and cue)):
        return None
    matter = cue and (isinstance(reading, Moment) or noun or bool(reading.unit))
    anchored = matter and bool(target.anchors & spoken.here)
    timed = any(claim.when for claim in target.claims)
    stands = anchored or (same and (noun or cue))
    return Guess(target.subject, target.property, unit, rank, anchored, stands, timed)


def _unit(target: _Target, said: str) -> str | None:
    """Return the unit in which a figure would be claimed there; None if it cannot be of that."""
    for claim in target.claims:
        measured = units.measure(claim.unit)
        if said and units.base(said) == units.base(claim.unit):
            return said
        if said and measured == units.measure(said) and measured in (Measure.MONEY, Measure.CRYPTO):
            return said
        if not said and measured in (Measure.COUNT, Measure.NONE):
            return claim.unit
    return None


def _says(claim: _Claim, one: Figure) -> bool:
    """Whether a claim has a reading of a figure as its value: with unit and qualifier."""
    return fit(claim.value, claim.unit, claim.type, [one]).verdict == Verdict.YES


def _stands_in(stated: str, sentence: str) -> bool:
    """Whether all that a claim states, parts with ``;`` between, stands in a sentence."""
    words = f" {fold(sentence)} "
    return bool(stated) and all(fold(part) in words for part in stated.split(";"))


@lru_cache(RECENT)
def _stem(word: str) -> str:
    return fold(word)[:STEM]
