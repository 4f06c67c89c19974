"""Which claims are weighed together: those of one dimension whose times have a day in common."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby

from spectorcli.values import Reading, units
from spectorcli.values.span import Span
from spectorcli.weigh.model import Claim
from spectorcli.weigh.overlap import gather


def together(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Split claims about one property of one thing into groups that can contradict each other.

    Wording is not compared: each text stands alone.
    """
    groups: list[list[Claim]] = []
    first = claims[0] if claims else None
    if first and all(claim.unit == first.unit and not claim.period for claim in claims):  # as are most
        return [list(claims)] if first.reading is not None else [[one] for one in sorted(claims, key=_identity)]
    ordered = sorted(claims, key=lambda claim: (units.base(claim.unit), claim.identity, claim.period))
    for _, same in groupby(ordered, key=lambda claim: units.base(claim.unit)):
        for group in _by_time(list(same)):
            wording = group[0].reading is None
            groups += [[claim] for claim in group] if wording else [group]
    return groups


def _identity(claim: Claim) -> tuple[str, ...]:
    return claim.identity


def _by_time(claims: list[Claim]) -> list[list[Claim]]:
    """Split claims by their times, so that all of a group have a day in common.

    A claim whose time is that of several groups, as is always so of one without a time, joins the latest with which
    it agrees. With none it joins the latest of its time, or stands apart if it has no time.
    """
    days = _days(claims)
    if len(days) <= 1:
        return [claims] if claims else []
    groups: list[list[Claim]] = [[] for _ in days]
    several: list[tuple[Claim, int, int]] = []
    for claim in claims:
        first = bisect_left(days, claim.when.low) if claim.when else 0
        last = bisect_right(days, claim.when.high) if claim.when else len(days)
        if last - first == 1:
            groups[first].append(claim)
        else:
            several.append((claim, first, last))
    agreeing = _agreeing(groups, [claim for claim, _, _ in several])
    apart: list[Claim] = []
    for claim, first, last in several:
        within = (agreeing.get(claim.reading, 0) & ((1 << last) - 1)) >> first
        place = first + within.bit_length() - 1 if within else last - 1 if claim.when else None
        (apart if place is None else groups[place]).append(claim)
    return [*groups, apart] if apart else groups


def _days(claims: list[Claim]) -> list[float]:
    """Return the fewest days of which each dated claim has one, in order: the last days of the shortest times."""
    days: list[float] = []
    for span in sorted((claim.when for claim in claims if claim.when), key=lambda when: when.high):
        if not days or span.low > days[-1]:
            days.append(span.high)
    return days


def _agreeing(groups: list[list[Claim]], claims: list[Claim]) -> dict[Reading, int]:
    """Return for what claims say the groups in which one agrees, as bits: the first of the groups is the lowest.

    Values of a list are no rivals, so lists agree with no group more than with another.
    """
    placed = [(one.reading, 1 << place) for place, group in enumerate(groups) for one in group if one.rank.is_stated]
    spans = [(reading, group) for reading, group in placed if isinstance(reading, Span)]
    asked = gather(spans, (one.reading for one in claims if isinstance(one.reading, Span)))
    found: dict[Reading, int] = dict(asked.items())
    for reading, group in placed:
        if isinstance(reading, str):
            found[reading] = found.get(reading, 0) | group
    return found
