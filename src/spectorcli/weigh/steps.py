"""How a figure stood in print: its claims weighed, on each day, with those that were published by then.

They are weighed anew for each day on which one was published: that takes the days of a figure times its claims.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from spectorcli.values.listing import Listing
from spectorcli.values.span import Relation, Span
from spectorcli.verdicts import Dispute, Standing, Verdict
from spectorcli.weigh import Claim, Judged, Rank, Weighed, weigh
from spectorcli.weigh.together import together

Days = Mapping[str, Span]
"""The days that the date of each source allows, by its id; ``UNDATED`` where it has none."""

UNDATED = Span(math.inf, math.inf)
"""Behind all days."""


class Step(NamedTuple):
    """How a claim stood from a day on, an ordinal, infinite for what has no date; ``by`` are ids of sources."""

    day: float
    claim: Claim
    standing: Standing
    by: tuple[str, ...]


class Otherwise(NamedTuple):
    """From which day on something else is said, and by which claim."""

    day: float
    claim: Claim

    @property
    def by(self) -> tuple[str, ...]:
        """The source that says so."""
        return (self.claim.witness.id,)


def corrections(claims: Sequence[Claim], days: Days) -> dict[int, Otherwise]:
    """Return the claims whose publisher said otherwise on a day that is surely later, by id, and what it said first."""
    return {id: otherwise for group in together(claims) for id, otherwise in _corrections(group, days)}


def steps(claims: Sequence[Claim], days: Days) -> Iterator[Step]:
    """Yield how the claims about one property of one thing stood, in order of time, what has no date last.

    A source whose date is not a day counts from the last that it may mean. An editor's mark has no date, but what its
    publisher corrected is deprecated from that day on only. Each claim comes once on its own day; once
    more where its publisher says otherwise later; and once more where another publisher says otherwise than it did
    and the claim, which says the same, was never taken back.
    """
    corrected = corrections(claims, days)
    still = {id: otherwise for group in together(claims) for id, otherwise in _still_said(group, corrected, days)}
    afterwards: dict[float, list[Step]] = {}
    for claim in sorted(claims, key=lambda claim: claim.identity):
        if claim.id in corrected:
            day, by = corrected[claim.id].day, corrected[claim.id].by
            afterwards.setdefault(day, []).append(Step(day, claim, Standing.CORRECTED, by))
        elif claim.id in still and still[claim.id].day > _last(claim, days):
            day, by = still[claim.id].day, still[claim.id].by
            afterwards.setdefault(day, []).append(Step(day, claim, Standing.STILL_SAID, by))
    known: list[Claim] = []
    in_order = sorted(claims, key=lambda claim: _last(claim, days))
    for day, published in groupby(in_order, key=lambda claim: _last(claim, days)):
        new = {claim.id: claim for claim in published}
        known += new.values()
        gone = {id for id, otherwise in corrected.items() if otherwise.day <= day}
        for weighed in weigh([claim if claim.id in gone else _unmarked(claim, corrected) for claim in known]):
            for judged in weighed.judged:
                if judged.claim.id in new:
                    yield _step(day, judged, weighed, gone, still)
        yield from sorted(afterwards.get(day, ()), key=lambda step: step.standing is Standing.STILL_SAID)


def _unmarked(claim: Claim, corrected: Mapping[int, Otherwise]) -> Claim:
    """Return a claim as it stood before its correction, of which the editor could not know."""
    return claim._replace(rank=Rank.NONE) if claim.rank is Rank.DEPRECATED and claim.id in corrected else claim


def _last(claim: Claim, days: Days) -> float:
    """Return the last day on which a claim may have been published; one without a date comes behind all others."""
    return days[claim.witness.id].high


def _step(day: float, judged: Judged, weighed: Weighed, gone: set[int], still: Mapping[int, Otherwise]) -> Step:
    """Return how a claim stands on its day among those with which it was weighed.

    What its own publisher has corrected by then, which is ``gone``, is no party to a dispute.
    """
    fact, claim = weighed.fact, judged.claim
    if fact is None or claim.rank is Rank.DEPRECATED:
        return Step(day, claim, Standing.DEPRECATED, ())
    rivals = {
        one.claim.id: one.claim.witness.id
        for one in weighed.judged
        if fact.dispute is Dispute.OPEN
        and one.verdict is Verdict.DIFFERS
        and one.claim.rank.is_stated
        and one.claim.letter <= fact.best.letter
        and one.claim.id not in gone
    }
    if judged.verdict is Verdict.DIFFERS:
        if claim.id in rivals:
            return Step(day, claim, Standing.DISPUTED, (fact.best.witness.id,))
        if claim.id in still:
            return Step(day, claim, Standing.STILL_SAID, still[claim.id].by)
        return Step(day, claim, Standing.DIFFERS, (fact.best.witness.id,))
    if judged.verdict.says and rivals:
        return Step(day, claim, Standing.DISPUTED, tuple(dict.fromkeys(rivals.values())))
    return Step(day, claim, Standing(judged.verdict), ())


def _corrections(group: Sequence[Claim], days: Days) -> Iterator[tuple[int, Otherwise]]:
    """Yield claims whose publisher said otherwise on a day that is surely later, and what it said then first."""
    by_publisher: dict[str, list[Claim]] = {}
    for claim in sorted(group, key=lambda claim: _last(claim, days)):
        if days[claim.witness.id] != UNDATED:
            by_publisher.setdefault(claim.witness.publisher, []).append(claim)
    for texts in by_publisher.values():
        for place, old in enumerate(texts):
            for new in texts[place + 1 :]:
                if days[new.witness.id].low > _last(old, days) and new.rank.is_stated and _differ(old, new):
                    yield old.id, Otherwise(_last(new, days), new)
                    break


def _still_said(
    group: Sequence[Claim], corrected: Mapping[int, Otherwise], days: Days
) -> Iterator[tuple[int, Otherwise]]:
    """Yield claims that say what another publisher corrected and that their own did not, and what that one said."""
    told: set[int] = set()
    for old in sorted((one for one in group if one.id in corrected), key=lambda one: corrected[one.id].day):
        new = corrected[old.id]
        for other in group:
            if other.id in told or other.id in corrected or not other.rank.is_stated:
                continue
            if other.witness.publisher != old.witness.publisher and _differ(other, new.claim) and _agree(other, old):
                told.add(other.id)
                yield other.id, new._replace(day=max(new.day, _last(other, days)))


def _relation(one: Claim, other: Claim) -> Relation:
    """Return how what two claims say stands to each other; a list contradicts what it leaves out if it is complete."""
    mine, its = one.reading, other.reading
    if isinstance(mine, Span) and isinstance(its, Span):
        return mine.relation(its)
    if isinstance(mine, Listing) and isinstance(its, Listing):
        left_out = (mine.complete and its.values - mine.values) or (its.complete and mine.values - its.values)
        return Relation.DIFFERS if left_out else Relation.AGREES if mine.values == its.values else Relation.ALLOWS
    return Relation.AGREES if mine == its else Relation.DIFFERS


def _differ(one: Claim, other: Claim) -> bool:
    return _relation(one, other) is Relation.DIFFERS


def _agree(one: Claim, other: Claim) -> bool:
    return _relation(one, other) is Relation.AGREES
