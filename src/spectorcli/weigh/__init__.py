"""Weighs the claims about one property of one thing: which is best supported, what differs, how sure.

The rule, deterministic and the same for every case, in nine sentences that docs/weighing.md has with examples:

1. Together: claims of one dimension whose times overlap. One without a time joins the latest with which it agrees,
   or the only ones there are; else it stands apart.
2. Origin: ``quoting``, else ``derived_from``, is followed to its roots. Official and court texts of one publisher are
   one origin. Several roots, or one of which it is not known whose facts it has, confirm nothing.
3. Relation of two claims: they agree, allow each other (both can be true, neither supports the other) or differ.
4. Support: the known origins that agree with a claim and are no more precise. What also agrees with a claim that
   differs from it and is of at least the same letter supports neither.
5. Best comes first by the editor's rank, letter, not straddling what differs, support, plain before hedged,
   precision, newest publication (by the earliest day that its date allows), source id.
6. Beyond a bound: if the first is "more than", what goes beyond it is best if a source of at least its letter says
   so, or two publishers of C or better that agree.
7. Verdict against the best: best, agrees, coarser, allows, differs.
8. Credibility, by the Admiralty code: 1 confirmed by a second known origin, 2 a single one of A or B, 3 of C,
   4 differs, 5 differs from a confirmed best, 6 the rest. The source's letter and this digit are the grade.
9. A dispute is open while a claim of at least the best's letter differs, unless the best alone is confirmed at that
   letter; else it is settled.
"""

from collections.abc import Sequence

from spectorcli.values.listing import Listing
from spectorcli.verdicts import Dispute, Verdict
from spectorcli.weigh.lists import weigh_lists
from spectorcli.weigh.model import Claim, Fact, Judged, Member, Origins, Rank, Weighed, Witness, unopposed
from spectorcli.weigh.rivals import weigh_rivals
from spectorcli.weigh.together import together
from spectorcli.weigh.unanimous import is_unanimous, weigh_unanimous

__all__ = ["Claim", "Fact", "Judged", "Member", "Origins", "Rank", "Weighed", "Witness", "unopposed", "weigh"]


def weigh(claims: Sequence[Claim]) -> list[Weighed]:
    """Weigh all claims about one property of one thing, in any order, each group of those that can contradict."""
    return [_weigh_group(group) for group in together(claims)]


def _weigh_group(group: list[Claim]) -> Weighed:
    if all(claim.rank == Rank.DEPRECATED for claim in group):
        return Weighed([Judged(claim, Verdict.DIFFERS, 6) for claim in group], None)
    if isinstance(group[0].reading, Listing):
        return weigh_lists(group)
    if len(group) == 1:
        return _weigh_one(group[0])
    return weigh_unanimous(group) if is_unanimous(group) else weigh_rivals(group)


def _weigh_one(claim: Claim) -> Weighed:
    """Weigh a claim that no other can contradict, as is so of all wording."""
    verdict, grade = unopposed(claim.letter, claim.rank)
    judged = Judged(claim, verdict, int(grade[1]))
    return Weighed([judged], Fact(claim, claim, claim.value, grade, 1, 1, "", Dispute.NONE, ""))
