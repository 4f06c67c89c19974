"""Weighs lists: values that can all be true, but for those that a complete list ("only") leaves out."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import itemgetter

from spectorcli.values.listing import Listing
from spectorcli.verdicts import Dispute, Verdict
from spectorcli.weigh.model import (
    Claim,
    Fact,
    Judged,
    Member,
    Rank,
    Weighed,
    deciding_step,
    newest_first,
    unconfirmed,
    write_also,
)

STEPS = ("rank", "reliability", "origins", "publication")
"""What each place of the key stands for by which the best comes first; all further ones are the source's id."""


def weigh_lists(group: Sequence[Claim]) -> Weighed:
    """Weigh lists of one property, which are not all deprecated.

    Claims are accepted the best first, each unless it and those before leave a value of the other out. A list is as
    sure as its least supported value.
    """
    lists = _Lists(group)
    judged = lists.judge()
    differing = [one.claim for one in judged if one.verdict == Verdict.DIFFERS]
    members = lists.members()
    best = lists.accepted[0]
    weakest = max(members, key=lambda one: (one.grade[1], one.grade[0], -one.sources, one.value))
    fact = Fact(
        best=best,
        dated=next((one for one in lists.accepted if one.when), best),
        value="; ".join(one.value for one in members),
        grade=weakest.grade,
        sources=weakest.sources,
        origins=weakest.origins,
        also=write_also(best, differing),
        dispute=lists.dispute(differing),
        decided_by=lists.decided_by(differing),
        members=tuple(members),
    )
    return Weighed(judged, fact)


class _Lists:
    """The lists of one property, and who names what."""

    def __init__(self, group: Sequence[Claim]) -> None:
        stated: dict[str, set[str]] = {}
        for claim in group:
            for value in _values(claim) if claim.rank.is_stated and claim.origin else ():
                stated.setdefault(value, set()).add(claim.origin)
        self._origins = {value: len(origins) for value, origins in stated.items()}
        self._ranked = sorted(group, key=self._key)
        self.accepted: list[Claim] = []
        self._named: dict[str, list[Claim]] = {}
        self._complete: list[Claim] = []
        self._limit: frozenset[str] | None = None
        for claim in self._ranked:
            if claim.rank != Rank.DEPRECATED and self._fits(claim):
                self._accept(claim)

    def _key(self, claim: Claim) -> tuple[object, ...]:
        support = max(self._origins.get(value, 0) for value in _values(claim))
        return claim.rank.place, claim.letter, -support, newest_first(claim), *claim.identity

    def _fits(self, claim: Claim) -> bool:
        """Whether it and what is accepted leave no value of each other out."""
        values, within = _values(claim), self._limit is None or _values(claim) <= self._limit
        return within and (not _is_complete(claim) or self._named.keys() <= values)

    def _accept(self, claim: Claim) -> None:
        self.accepted.append(claim)
        for value in sorted(_values(claim)):
            self._named.setdefault(value, []).append(claim)
        if _is_complete(claim):
            self._complete.append(claim)
            self._limit = _values(claim) if self._limit is None else self._limit & _values(claim)

    def members(self) -> list[Member]:
        """Return the values that are accepted, the best first, each with its own grade and support."""
        return [
            Member(
                value=value,
                best=claims[0],
                grade=f"{claims[0].letter}{self._credibility(claims[0], [value])}",
                sources=len({claim.witness.id for claim in claims}),
                origins=max(len({claim.origin for claim in claims if claim.origin}), 1),
            )
            for value, claims in self._named.items()
        ]

    def _credibility(self, claim: Claim, values: Iterable[str]) -> int:
        """Grade by who else names the values, of which the least supported counts."""
        if not claim.rank.is_stated:
            return 6
        confirmed = claim.origin and all(self._sure[value] <= "F" for value in values)
        return 1 if confirmed else unconfirmed(claim.letter)

    @cached_property
    def _sure(self) -> dict[str, str]:
        """The letter at which two known origins name a value, behind all letters where none does; the surest first."""
        sure = {value: _confirmed(claims) for value, claims in self._named.items()}
        return dict(sorted(sure.items(), key=itemgetter(1)))

    def judge(self) -> list[Judged]:
        """Return the verdict on each list, the best first."""
        taken, unseen, judged = set(self.accepted), set(self._named), []
        for claim in self._ranked:
            values = _values(claim)
            if claim not in taken and not (self._fits(claim) and values <= self._named.keys()):
                confirmed = any(_confirmed(camp) <= "F" for camp in self._against(claim))
                judged.append(Judged(claim, Verdict.DIFFERS, 6 if not claim.rank.is_stated else 5 if confirmed else 4))
                continue
            adds = claim in taken and not values.isdisjoint(unseen)
            unseen -= values
            verdict = Verdict.BEST if adds else Verdict.AGREES
            judged.append(Judged(claim, verdict, self._credibility(claim, values)))
        return judged

    def _against(self, claim: Claim) -> list[list[Claim]]:
        """Return who stands against a list: who names the best and the surest value left out, and who excludes it."""
        values, camps = _values(claim), []
        if _is_complete(claim):
            left_out = (next((one for one in order if one not in values), None) for order in (self._named, self._sure))
            camps = [self._named[value] for value in left_out if value is not None]
        return camps if self._limit is None or values <= self._limit else [*camps, self._complete]

    def dispute(self, differing: Sequence[Claim]) -> Dispute:
        """Whether a list that differs is as strong as what it stands against."""
        if not differing:
            return Dispute.NONE
        if self.accepted[0].rank == Rank.PREFERRED:
            return Dispute.SETTLED
        return Dispute.OPEN if any(self._is_open(claim) for claim in differing) else Dispute.SETTLED

    def _is_open(self, claim: Claim) -> bool:
        camps = self._against(claim)
        strongest = min((one.letter for camp in camps for one in camp), default="A")
        if not claim.rank.is_stated or claim.letter > strongest:
            return False
        return not any(_confirmed(camp) <= strongest for camp in camps)

    def decided_by(self, differing: Sequence[Claim]) -> str:
        """Return the first step that puts what is accepted before the strongest list that differs from it."""
        if not differing:
            return ""
        rival = next((claim for claim in differing if claim.rank != Rank.DEPRECATED), None)
        if rival is None:
            return "rank"
        opposed = [claim for camp in self._against(rival) for claim in camp] or self.accepted
        return deciding_step(min(map(self._key, opposed)), self._key(rival), STEPS)


def _confirmed(claims: Iterable[Claim]) -> str:
    """Return the letter of the second best known origin among claims, behind all letters if there is only one."""
    letters: dict[str, str] = {}
    for claim in claims:
        if claim.origin and claim.rank.is_stated:
            letters[claim.origin] = min(letters.get(claim.origin, "Z"), claim.letter)
    return sorted([*letters.values(), "Z", "Z"])[1]


def _values(claim: Claim) -> frozenset[str]:
    assert isinstance(claim.reading, Listing)
    return claim.reading.values


def _is_complete(claim: Claim) -> bool:
    assert isinstance(claim.reading, Listing)
    return claim.reading.complete
