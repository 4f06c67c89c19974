"""What is weighed, and what comes of it: sources, claims, verdicts and facts."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from spectorcli.values import Reading, also
from spectorcli.values.span import Span
from spectorcli.verdicts import Dispute, Verdict

Origins = tuple[str, ...]
"""The sources at the root of what is said: one, several between which nobody can tell, or more than are listed."""


class Rank(StrEnum):
    """What the editor says of a claim, the first that are taken first."""

    PREFERRED = "preferred"
    """It is the answer."""
    NONE = ""
    """What a source states."""
    INFERRED = "inferred"
    """The editor's own conclusion: an answer only where no source states one, and an objection to none."""
    DEPRECATED = "deprecated"
    """Never the answer."""

    is_stated: bool
    """Whether a claim of this rank supports and opposes others."""
    place: int
    """Its place among all, the one that is taken first before the others."""


for _place, _rank in enumerate(Rank):  # once, for each claim is asked several times
    _rank.place, _rank.is_stated = _place, _rank in (Rank.PREFERRED, Rank.NONE)


@dataclass(frozen=True, slots=True)
class Witness:
    """A source as far as weighing needs it.

    ``published`` is its earliest day, as an ordinal; ``publisher`` tells whether two sources are one authority's.
    """

    id: str
    reliability: str
    published: float
    publisher: str


class Claim(NamedTuple):
    """One source saying one thing, with its value and its time (``period``) as read for comparison.

    ``origin`` is what it goes back to, by what it quotes or else by its source: empty where there are several roots,
    or where it is not known whether the one had the facts itself. A named tuple, as ``Span`` is: there are millions,
    and a frozen dataclass takes five times as long to make.
    """

    id: int
    value: str
    unit: str
    reading: Reading
    when: Span | None
    period: str
    witness: Witness
    origin: str
    rank: Rank
    at: str

    @property
    def letter(self) -> str:
        """The reliability of its source, A to F."""
        return self.witness.reliability

    @property
    def hedged(self) -> bool:
        """Whether the source itself is not exact: about, more than, fewer than, from one figure to another."""
        return isinstance(self.reading, Span) and self.reading.hedged

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What tells it from all others, by which ties are broken."""
        return self.witness.id, self.value, self.unit, self.at


class Judged(NamedTuple):
    """A claim, how it stands against the best one, and the credibility of what it says, 1 to 6."""

    claim: Claim
    verdict: Verdict
    credibility: int

    @property
    def grade(self) -> str:
        """The Admiralty code: reliability of the source, credibility of what it says."""
        return f"{self.claim.letter}{self.credibility}"


class Member(NamedTuple):
    """A value of a list with its own grade and support; ``best`` is the first claim that names it."""

    value: str
    best: Claim
    grade: str
    sources: int
    origins: int


class Fact(NamedTuple):
    """The answer for one property: the best claim and how it is supported.

    ``value`` is the best claim's, or all accepted values of a list joined with ``; ``, of which ``members`` tells
    each. ``dated`` is the best claim, or if it has no time the first that agrees with it and has one. ``sources``
    agree with it; of their known origins there are ``origins``, or 1 if none is known. ``also`` is what else is said.
    ``decided_by`` is the step of the rule that put the best before what differs from it.
    """

    best: Claim
    dated: Claim
    value: str
    grade: str
    sources: int
    origins: int
    also: str
    dispute: Dispute
    decided_by: str
    members: tuple[Member, ...] = ()


class Weighed(NamedTuple):
    """Claims that were weighed together. ``fact`` is None if the editor has deprecated all of them."""

    judged: list[Judged]
    fact: Fact | None


def unconfirmed(letter: str) -> int:
    """Return the credibility of what nobody else confirms."""
    return {"A": 2, "B": 2, "C": 3}.get(letter, 6)


def unopposed(letter: str, rank: str) -> tuple[Verdict, str]:
    """Return how a claim stands of whose subject no other speaks, and its grade: by its source and rank."""
    verdict = Verdict.DIFFERS if rank == Rank.DEPRECATED else Verdict.BEST
    return verdict, f"{letter}{unconfirmed(letter) if Rank(rank).is_stated else 6}"


def newest_first(claim: Claim) -> float:
    """Return the key by which the newest publication comes first."""
    published = claim.witness.published
    return -published if math.isfinite(published) else math.inf


def deciding_step(best: Sequence[object], rival: Sequence[object], steps: Sequence[str]) -> str:
    """Return the first step in which two keys differ by which the best comes first; behind all steps is the id."""
    places = zip(steps, best, rival, strict=False)
    return next((step for step, one, other in places if one != other), "id")


def write_also(best: Claim, others: Iterable[Claim]) -> str:
    """Write what else is said, best first: ``155 (3 sources), 55``; with units where they are mixed."""
    said: dict[tuple[str, str], set[str]] = {}
    rest = list(others)
    mixed = any(claim.unit != best.unit for claim in rest)
    for claim in rest:
        said.setdefault((claim.value, claim.unit if mixed else ""), set()).add(claim.witness.id)
    return also.write(also.Other(value, unit, len(by)) for (value, unit), by in said.items())
