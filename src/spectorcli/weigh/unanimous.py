"""Weighs claims that all say the same, of which a case has most: nothing differs, straddles or is more precise.

The rule in short for them, at a fifth of its cost; that it finds what ``weigh_rivals`` finds is tested.
"""

from collections.abc import Sequence
from itertools import chain, repeat

from spectorcli.verdicts import Dispute, Verdict
from spectorcli.weigh.model import Claim, Fact, Judged, Rank, Weighed, newest_first, unconfirmed


def is_unanimous(group: Sequence[Claim]) -> bool:
    """Whether claims of one dimension and time have the same reading, and the editor ranks none of them."""
    reading = group[0].reading
    return all(claim.reading == reading and claim.rank is Rank.NONE for claim in group)


def weigh_unanimous(group: Sequence[Claim]) -> Weighed:
    """Weigh what is unanimous, and no list."""
    ranked = sorted(group, key=_key)
    best = ranked[0]
    known = len({claim.origin for claim in group if claim.origin})
    verdicts = chain([Verdict.BEST], repeat(Verdict.AGREES))
    judged = [
        Judged(claim, verdict, 1 if known > 1 and claim.origin else unconfirmed(claim.letter))
        for claim, verdict in zip(ranked, verdicts, strict=False)
    ]
    fact = Fact(
        best=best,
        dated=next((claim for claim in ranked if claim.when), best),
        value=best.value,
        grade=judged[0].grade,
        sources=len({claim.witness.id for claim in group}),
        origins=max(known, 1),
        also="",
        dispute=Dispute.NONE,
        decided_by="",
    )
    return Weighed(judged, fact)


def _key(claim: Claim) -> tuple[object, ...]:
    """Return the key by which the best comes first, as far as such claims can differ in it."""
    return claim.letter, newest_first(claim), *claim.identity
