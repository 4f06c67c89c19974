"""Weighs claims of which one can be true, for figures, dates, names and terms: sentences 3 to 9 of the rule."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from spectorcli.values import Reading
from spectorcli.values.span import Relation, Span
from spectorcli.verdicts import Dispute, Verdict
from spectorcli.weigh.model import (
    Claim,
    Fact,
    Judged,
    Rank,
    Weighed,
    deciding_step,
    newest_first,
    unconfirmed,
    write_also,
)
from spectorcli.weigh.overlap import Mark, Overlaps
from spectorcli.weigh.support import Stated, Support

STEPS = ("rank", "reliability", "straddling", "origins", "precision", "precision", "publication")
"""What each place of the key stands for by which the best comes first; all further ones are the source's id."""


class Standing(NamedTuple):
    """A claim, what it covers, and the key by which the best comes first."""

    claim: Claim
    span: Span
    key: tuple[object, ...]

    def says(self, best: "Standing") -> Verdict:
        """Return how it stands against the best."""
        relation = self.span.relation(best.span)
        if relation == Relation.AGREES:
            return Verdict.COARSER if self.span.width > best.span.width else Verdict.AGREES
        if relation == Relation.ALLOWS:
            return Verdict.COARSER if self.is_passed_by(best) else Verdict.ALLOWS
        return Verdict.DIFFERS

    def is_passed_by(self, best: "Standing") -> bool:
        """Whether it is a bound beyond which the best lies."""
        return bool(self.span.bound) and best.span.lies_beyond(self.span)

    def agrees(self, best: "Standing") -> bool:
        """Whether a source states it, and it agrees with the best."""
        return self.claim.rank.is_stated and self.span.relation(best.span) == Relation.AGREES


def weigh_rivals(group: Sequence[Claim]) -> Weighed:
    """Weigh claims of one dimension and time, which are not all deprecated."""
    rivals = _Rivals(group)
    best = rivals.best
    agreeing = [one for one in rivals.ranked if one is best or one.agrees(best)]
    judged = rivals.judge()
    fact = Fact(
        best=best.claim,
        dated=next((one.claim for one in [best, *agreeing] if one.claim.when), best.claim),
        value=best.claim.value,
        grade=next(one.grade for one in judged if one.claim is best.claim),
        sources=len({one.claim.witness.id for one in agreeing}),
        origins=max(rivals.support(best).count_origins((one.span, one.claim.origin) for one in agreeing), 1),
        also=write_also(best.claim, rivals.said_beside()),
        dispute=rivals.dispute,
        decided_by=rivals.decided_by,
    )
    return Weighed(judged, fact)


class _Rivals:
    """The claims of one figure, the best first, and what they do for each other."""

    def __init__(self, group: Sequence[Claim]) -> None:
        spans = _spans(claim.reading for claim in group)
        stated = [claim for claim in group if claim.rank.is_stated]
        self._stated = [Stated(spans[claim.reading], claim.letter, claim.origin) for claim in stated]
        self._supports: dict[str, Support] = {}
        self._known: dict[frozenset[Span], Overlaps] = {}
        self._top = min((claim.rank.place, claim.letter) for claim in group)
        first = {spans[claim.reading] for claim in group if (claim.rank.place, claim.letter) == self._top}
        self._agreed = len(first) == 1
        standings = (Standing(claim, spans[claim.reading], self._key(claim, spans[claim.reading])) for claim in group)
        self.ranked = sorted(standings, key=lambda one: one.key)

    def _key(self, claim: Claim, span: Span) -> tuple[object, ...]:
        """Return the key by which the best comes first; support decides only between values that can be the first."""
        top = claim.rank.place, claim.letter
        decides = top == self._top and not self._agreed and claim.rank.is_stated
        support = self._support(claim.letter) if decides else None
        return (
            *top,
            support is not None and support.straddles(span),
            -support.count(span) if support else 0,
            claim.hedged,
            span.width,
            newest_first(claim),
            *claim.identity,
        )

    def _support(self, letter: str) -> Support:
        if letter not in self._supports:
            self._supports[letter] = Support(self._stated, letter, self._known)
        return self._supports[letter]

    def support(self, one: Standing) -> Support:
        """Return what supports claims of the letter of one."""
        return self._support(one.claim.letter)

    @cached_property
    def best(self) -> Standing:
        """The first by its key, or what goes beyond it where that is a bound."""
        best = first = self.ranked[0]
        while best.span.bound and first.claim.rank == Rank.NONE:
            further = [one for one in self.ranked if one.span.lies_beyond(best.span) and self._carries(one, first)]
            if not further:
                break
            best = min(further, key=_furthest)
        return best

    @cached_property
    def _verdicts(self) -> list[tuple[Standing, Verdict]]:
        return [(one, self._verdict(one)) for one in self.ranked]

    def _verdict(self, one: Standing) -> Verdict:
        """Return the verdict on a claim; what goes further beyond a bound than the best that does stands beside it."""
        first, best = self.ranked[0], self.best
        if one is best:
            return Verdict.BEST
        if first is not best and one.span.bound == first.span.bound != 0 and not best.span.lies_beyond(one.span):
            return one.says(best) if one.span.relation(best.span) == Relation.AGREES else Verdict.ALLOWS
        return one.says(best)

    def said_beside(self) -> list[Claim]:
        """Return what is shown beside the best: what differs or says more, and a bound that is no weaker and says less.

        For growth and conflict of bounds cannot be told apart. Beside a figure the bound of an equal says nothing more.
        """
        weaker = "" if self.best.span.bound else self.best.claim.letter
        return [
            one.claim
            for one, verdict in self._verdicts
            if verdict in (Verdict.ALLOWS, Verdict.DIFFERS)
            or (one.is_passed_by(self.best) and weaker != one.claim.letter <= self.best.claim.letter)
        ]

    def _carries(self, one: Standing, first: Standing) -> bool:
        """Whether a source as reliable as the first says it, or two publishers of C or better do."""
        if one.claim.rank != Rank.NONE:
            return False
        known = self._publishers.two(one.span) if one.claim.letter <= "C" else set()
        return one.claim.letter <= first.claim.letter or len(known) > 1

    @cached_property
    def _publishers(self) -> Overlaps:
        believed = (one for one in self.ranked if one.claim.rank.is_stated and one.claim.letter <= "C")
        return Overlaps(Mark(one.span, one.claim.witness.publisher) for one in believed)

    def judge(self) -> list[Judged]:
        """Return the verdict on each claim, the best first."""
        best = self.best
        confirmed = self.support(best).confirms(best.span, best.claim.origin)
        ordered = sorted(self._verdicts, key=lambda said: said[0] is not best)
        return [Judged(one.claim, verdict, self._credibility(one, verdict, confirmed)) for one, verdict in ordered]

    def _credibility(self, one: Standing, verdict: Verdict, confirmed: bool) -> int:
        if not one.claim.rank.is_stated:
            return 6
        if verdict == Verdict.DIFFERS:
            return 5 if confirmed else 4
        return 1 if self.support(one).confirms(one.span, one.claim.origin) else unconfirmed(one.claim.letter)

    @cached_property
    def _differing(self) -> list[Standing]:
        return [one for one, verdict in self._verdicts if verdict == Verdict.DIFFERS]

    @property
    def dispute(self) -> Dispute:
        """Whether what differs is as strong as the best."""
        best = self.best
        if not self._differing:
            return Dispute.NONE
        equals = [one for one in self._differing if one.claim.rank.is_stated and one.claim.letter <= best.claim.letter]
        if best.claim.rank == Rank.PREFERRED or not equals:
            return Dispute.SETTLED
        sure = self.support(best).confirms_at_letter(best.span)
        alone = sure and not any(self.support(one).confirms_at_letter(one.span) for one in equals)
        return Dispute.SETTLED if alone else Dispute.OPEN

    @property
    def decided_by(self) -> str:
        """The first step that puts the best before the strongest claim that differs from it."""
        if not self._differing:
            return ""
        rival = next((one for one in self._differing if one.claim.rank != Rank.DEPRECATED), None)
        if rival is None:
            return "rank"
        if rival.key < self.best.key:
            return "beyond"
        return deciding_step(self.best.key, rival.key, STEPS)


def _furthest(one: Standing) -> tuple[object, ...]:
    """Return the key for what goes beyond a bound: by letter, a figure before a bound, the furthest bound first."""
    far = (one.span.figure or 0) * one.span.bound
    return one.claim.letter, bool(one.span.bound), -far, one.key


def _spans(readings: Iterable[Reading]) -> dict[Reading, Span]:
    """Return what each reading covers; each name or term is a point of its own."""
    spans: dict[Reading, Span] = {}
    for reading in readings:
        if reading not in spans:
            spans[reading] = reading if isinstance(reading, Span) else Span(len(spans), len(spans))
    return spans
