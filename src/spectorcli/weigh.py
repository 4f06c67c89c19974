"""Weighs the claims about one property of one thing: which is best supported, what differs, how sure.

The rule, deterministic and the same for every case (README.md tells it in ten lines):

1. Origin: ``derived_from`` is followed to its roots. A source with several roots confirms none of
   them anew, for nobody can tell from which of them a figure came.
2. Agreement: two claims agree when the spans that they cover overlap; for the rest, when they are equal.
3. Best is the claim that comes first by editor's rank, reliability, number of independent origins that
   back it, precision (a plain figure before "about", then the narrower), newest publication (by the
   earliest day that its date allows, so that a vague date is not newer than a day in it), source id. A
   claim is backed by what agrees with it and is no more precise: "more than 50 million" gains nothing
   from 53.4 and 55.9 million, which exclude each other. A list is as sure as its least supported value.
4. Verdict against the best: best, agrees, coarser, differs.
5. Credibility, by the Admiralty code: 1 confirmed by an independent origin, 2 a single origin of
   reliability A or B, 3 of C, 4 differs from the best, 5 differs from a confirmed best, 6 cannot be
   judged. The source's letter and this digit are the grade.
6. A dispute is open while a claim from an equally reliable source differs; it is settled when only
   less reliable ones do, or when the best alone is confirmed by an origin at least as reliable.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from spectorcli.values import Reading, also, units
from spectorcli.values.listing import Listing
from spectorcli.values.span import Span
from spectorcli.verdicts import Dispute, Verdict


@dataclass(frozen=True, slots=True)
class Witness:
    """A source as far as weighing needs it: ``published`` is its earliest day, as an ordinal."""

    id: str
    reliability: str
    published: float
    roots: frozenset[str]


class Claim(NamedTuple):
    """One source saying one thing, with its value and its time (``period``) as read for comparison.

    A named tuple, as ``Span`` is: there are millions, and a frozen dataclass takes five times as long to make.
    """

    number: int
    value: str
    unit: str
    reading: Reading
    when: Span | None
    period: str
    witness: Witness
    rank: str
    at: str

    @property
    def qualified(self) -> bool:
        """Whether the source itself hedges: about, more than, nearly, from one figure to another."""
        return isinstance(self.reading, Span) and self.reading.hedged

    @property
    def width(self) -> float:
        """How imprecise the value is; names and words are exact."""
        return _width(self.reading)


class Judged(NamedTuple):
    """A claim, how it stands against the best one, and the credibility of what it says, 1 to 6."""

    claim: Claim
    verdict: Verdict
    credibility: int

    @property
    def grade(self) -> str:
        """The Admiralty code: reliability of the source, credibility of what it says."""
        return f"{self.claim.witness.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True)
class Fact:
    """The answer for one property: the best claim and how it is supported.

    ``value`` is the best claim's, or all accepted values of a list joined with ``; ``. ``dispute`` is
    empty, ``settled`` or ``open``; ``decided`` is the step of the rule that put the best before what
    differs from it.
    """

    best: Claim
    value: str
    grade: str
    sources: int
    origins: int
    also: str
    dispute: Dispute
    decided: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Claims that were weighed together. ``fact`` is None if the editor has deprecated all of them."""

    judged: list[Judged]
    fact: Fact | None


def weigh(claims: Sequence[Claim]) -> list[Weighed]:
    """Weigh all claims about one property of one thing, in any order.

    Claims that can contradict each other are weighed together: by dimension of unit, and by time where
    the times differ. Wording is not compared: each text stands alone.
    """
    return [_weigh_group(group) for group in _comparable(claims)]


def _weigh_group(group: list[Claim]) -> Weighed:
    usable = [claim for claim in group if claim.rank != "deprecated"]
    if not usable:
        return Weighed([Judged(claim, Verdict.DIFFERS, 6) for claim in group], None)
    if isinstance(group[0].reading, Listing):
        return Weighed(*_weigh_list(group, usable))
    if len(group) == 1:
        return _weigh_one(group[0])
    return Weighed(*_weigh_rivals(group, usable))


def _weigh_one(claim: Claim) -> Weighed:
    """Weigh a claim that no other can contradict, as is so of all wording."""
    judged = Judged(claim, Verdict.BEST, _unconfirmed(claim.witness))
    return Weighed([judged], Fact(claim, claim.value, judged.grade, 1, 1, "", Dispute.NONE, ""))


def grade_unopposed(witness: Witness, rank: str) -> str:
    """Return the grade that a claim has where no other speaks of the same: by its source and the editor's rank."""
    return f"{witness.reliability}{6 if rank == 'deprecated' else _unconfirmed(witness)}"


def _unconfirmed(witness: Witness) -> int:
    """Return the credibility of what a single origin says."""
    return {"A": 2, "B": 2, "C": 3}.get(witness.reliability, 6)


def origins(claims: Iterable[Claim]) -> int:
    """Count the independent origins behind claims."""
    roots = {claim.witness.roots for claim in claims}
    return [len(one) for one in roots].count(1) or min(len(roots), 1)


def _width(reading: Reading) -> float:
    return reading.width if isinstance(reading, Span) else 0.0


def _comparable(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Split claims into groups that can contradict each other."""
    groups: list[list[Claim]] = []
    ordered = sorted(claims, key=lambda claim: (units.base(claim.unit), _identity(claim)))
    for _, same in groupby(ordered, key=lambda claim: units.base(claim.unit)):
        for group in _by_time(list(same)):
            wording = group[0].reading is None
            groups += [[claim] for claim in group] if wording else [group]
    return groups


def _by_time(claims: list[Claim]) -> list[list[Claim]]:
    """Split claims whose times do not overlap; those without a time join, unless there are several."""
    timeless = [claim for claim in claims if claim.when is None]
    periods: list[list[Claim]] = []
    end = float("-inf")
    for claim in sorted((c for c in claims if c.when), key=lambda c: (_when(c).low, _when(c).high)):
        if not periods or _when(claim).low > end:
            periods.append([])
        periods[-1].append(claim)
        end = max(end, _when(claim).high)
    if len(periods) == 1:
        return [periods[0] + timeless]
    return periods + ([timeless] if timeless else [])


def _when(claim: Claim) -> Span:
    assert claim.when is not None
    return claim.when


def _identity(claim: Claim) -> tuple[str, str, str, str]:
    return claim.witness.id, claim.value, claim.unit, claim.at


def _camps(claims: Iterable[Claim]) -> dict[Reading, list[Claim]]:
    """Put together the claims that say the very same."""
    camps: dict[Reading, list[Claim]] = {}
    for claim in claims:
        camps.setdefault(claim.reading, []).append(claim)
    return camps


def _order(backing: Mapping[Reading, int]) -> Callable[[Claim], tuple[object, ...]]:
    """Return the key by which claims come, the best first; ``backing`` counts the origins behind each reading."""
    return lambda claim: (
        claim.rank != "preferred",
        claim.witness.reliability,
        -backing.get(claim.reading, 0),
        claim.qualified,
        claim.width,
        -claim.witness.published,
        *_identity(claim),
    )


_STEPS = ("rank", "reliability", "origins", "precision", "precision", "publication")
"""What each place of the order's key stands for; all further ones are the source's id."""


def _decided(best: Claim, differing: list[Claim], order: Callable[[Claim], tuple[object, ...]]) -> str:
    """Name the first step that puts the best before the strongest claim that differs from it, which comes first."""
    if not differing:
        return ""
    rival = next((claim for claim in differing if claim.rank != "deprecated"), None)
    if rival is None:
        return "rank"
    pairs = zip(order(best), order(rival), strict=True)
    place = next((place for place, (one, other) in enumerate(pairs) if one != other), len(_STEPS))
    return _STEPS[place] if place < len(_STEPS) else "id"


def _agree(one: Reading, other: Reading) -> bool:
    return one == other or (isinstance(one, Span) and isinstance(other, Span) and one.overlaps(other))


def _share(one: Reading, other: Reading) -> bool:
    assert isinstance(one, Listing)
    assert isinstance(other, Listing)
    return one.allows(other) and not one.values.isdisjoint(other.values)


def _weigh_rivals(group: list[Claim], usable: list[Claim]) -> tuple[list[Judged], Fact]:
    """Weigh claims of which one can be true."""
    camps = _camps(usable)
    width = {claim.reading: claim.width for claim in group}
    near = {reading: [other for other in camps if _agree(reading, other)] for reading in width}
    backing = {
        reading: origins(claim for other in near[reading] if width[other] >= width[reading] for claim in camps[other])
        for reading in camps
    }
    order = _order(backing)
    ranked = sorted(group, key=order)
    best = next(claim for claim in ranked if claim.rank != "deprecated")
    agreeing = {reading: [claim for other in others for claim in camps[other]] for reading, others in near.items()}
    confirmed = {reading: origins(claims) > 1 for reading, claims in agreeing.items()}
    support = agreeing[best.reading]
    judged = []
    for claim in ranked:
        if best.reading not in near[claim.reading]:
            judged.append(Judged(claim, Verdict.DIFFERS, 5 if confirmed[best.reading] else 4))
            continue
        coarser = width[claim.reading] > width[best.reading]
        verdict = Verdict.BEST if claim is best else Verdict.COARSER if coarser else Verdict.AGREES
        judged.append(Judged(claim, verdict, 1 if confirmed[claim.reading] else _unconfirmed(claim.witness)))
    differing = [one.claim for one in judged if one.verdict == Verdict.DIFFERS]
    dispute = _dispute([_Rivalry(claim, agreeing[claim.reading], [support]) for claim in differing], best)
    grade = next(one.grade for one in judged if one.claim is best)
    decided = _decided(best, differing, order)
    return judged, _fact(best, best.value, grade, support, differing, dispute, decided)


def _weigh_list(group: list[Claim], usable: list[Claim]) -> tuple[list[Judged], Fact]:
    """Weigh claims that can all be true, but for those that exclude each other with "only".

    The list is as sure as its least supported value.
    """
    camps = _camps(usable)
    backs = {
        reading: [claim for other, claims in camps.items() if _share(other, reading) for claim in claims]
        for reading in camps
    }
    order = _order({reading: origins(claims) for reading, claims in backs.items()})
    accepted: list[Claim] = []
    for claim in sorted(usable, key=order):
        if all(_listing(claim).allows(_listing(other)) for other in accepted):
            accepted.append(claim)
    backing: dict[str, list[Claim]] = {}
    for claim in accepted:
        for value in sorted(_listing(claim).values):
            backing.setdefault(value, []).append(claim)
    judged, unseen, taken = [], set(backing), set(accepted)
    for claim in sorted(group, key=order):
        fits = all(_listing(claim).allows(_listing(other)) for other in accepted)
        if claim not in taken and not (fits and _listing(claim).values <= backing.keys()):
            excluding = [camp for camp in _excluding(claim, accepted) if origins(camp) > 1]
            judged.append(Judged(claim, Verdict.DIFFERS, 5 if excluding else 4))
            continue
        alike = [other for other in accepted if _listing(other).values & _listing(claim).values]
        verdict = Verdict.BEST if _listing(claim).values & unseen else Verdict.AGREES
        unseen -= _listing(claim).values
        judged.append(Judged(claim, verdict, _credibility(claim, alike)))
    differing = [one.claim for one in judged if one.verdict == Verdict.DIFFERS]
    rivalries = [_Rivalry(claim, camps.get(claim.reading, []), _excluding(claim, accepted)) for claim in differing]
    weakest = max(backing.values(), key=lambda camp: _weakness(camp[0], camp))
    best, dispute = accepted[0], _dispute(rivalries, accepted[0])
    opposed = next((one.opposed for one in rivalries if one.opposed), [[best]])
    decided = _decided(min((claim for camp in opposed for claim in camp), key=order), differing, order)
    grade = f"{weakest[0].witness.reliability}{_credibility(weakest[0], weakest)}"
    return judged, _fact(best, "; ".join(backing), grade, weakest, differing, dispute, decided)


def _weakness(best: Claim, support: list[Claim]) -> tuple[object, ...]:
    return _credibility(best, support), best.witness.reliability, -len(support), best.value


def _excluding(claim: Claim, accepted: list[Claim]) -> list[list[Claim]]:
    """Return who stands against a claim: the camp of each value that it leaves out, and those who name no other."""
    camps: dict[str, list[Claim]] = {}
    for other in accepted:
        listing, against = _listing(claim), _listing(other)
        for value in sorted(against.values - listing.values) if listing.complete else ():
            camps.setdefault(value, []).append(other)
        if against.complete and not listing.values <= against.values:
            camps.setdefault("only", []).append(other)
    return list(camps.values())


def _listing(claim: Claim) -> Listing:
    assert isinstance(claim.reading, Listing)
    return claim.reading


def _credibility(claim: Claim, agreeing: list[Claim]) -> int:
    """Grade by who agrees; a claim that the editor has deprecated adds nothing to it."""
    if origins(agreeing if claim.rank == "deprecated" else [claim, *agreeing]) > 1:
        return 1
    return _unconfirmed(claim.witness)


class _Rivalry(NamedTuple):
    """A claim that differs, who agrees with it, and the camps of accepted claims that it differs from."""

    claim: Claim
    agreeing: list[Claim]
    opposed: list[list[Claim]]


def _dispute(rivalries: list[_Rivalry], best: Claim) -> Dispute:
    """Say whether what differs is as strong as what it differs from."""
    if not rivalries:
        return Dispute.NONE
    if best.rank == "preferred":
        return Dispute.SETTLED
    return Dispute.OPEN if any(_is_open(one) for one in rivalries) else Dispute.SETTLED


def _is_open(rivalry: _Rivalry) -> bool:
    claim = rivalry.claim
    strongest = min((other.witness.reliability for camp in rivalry.opposed for other in camp), default="A")
    if claim.rank == "deprecated" or claim.witness.reliability > strongest:
        return False
    sure = any(_confirmed(strongest, camp) for camp in rivalry.opposed)
    return not sure or _confirmed(claim.witness.reliability, rivalry.agreeing)


def _confirmed(letter: str, agreeing: list[Claim]) -> bool:
    """Whether several origins of at least this reliability agree."""
    return origins(other for other in agreeing if other.witness.reliability <= letter) > 1


def _fact(
    best: Claim, value: str, grade: str, support: list[Claim], differing: list[Claim], dispute: Dispute, decided: str
) -> Fact:
    return Fact(
        best=best,
        value=value,
        grade=grade,
        sources=len({claim.witness.id for claim in support}),
        origins=origins(support),
        also=_also(best, differing),
        dispute=dispute,
        decided=decided,
    )


def _also(best: Claim, differing: list[Claim]) -> str:
    """Write what else is said, best first: ``155 (3 sources), 55``; with units where they are mixed."""
    said: dict[tuple[str, str], set[str]] = {}
    mixed = any(claim.unit != best.unit for claim in differing)
    for claim in differing:
        said.setdefault((claim.value, claim.unit if mixed else ""), set()).add(claim.witness.id)
    return also.write(also.Other(value, unit, len(by)) for (value, unit), by in said.items())
