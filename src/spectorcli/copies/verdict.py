"""The verdict on one claim, from one copy of its source."""

from collections.abc import Mapping
from typing import NamedTuple

from spectorcli.copies.folder import Copy
from spectorcli.copies.match import Readings
from spectorcli.values import units
from spectorcli.values.figures import Verdict as Fits
from spectorcli.values.figures import fit, follows
from spectorcli.values.units import Measure

VERDICTS = ("not-found", "misread", "unreadable", "figure", "bare", "elsewhere", "anywhere", "found", "no-copy")
"""Worst first; what each says stands in ``copies``."""

WRONG = frozenset({"not-found", "misread"})

BORNE_OUT = frozenset({"figure", "elsewhere", "anywhere", "found"})
"""What says so, wherever it stands."""


class Judged(NamedTuple):
    """A verdict, and what else is to be said of it."""

    verdict: str
    remark: str = ""


def judge(claim: Mapping[str, str], stated: Readings, copy: Copy) -> Judged:
    """Return the verdict on a claim, of which ``stated`` are the words."""
    place, there = copy.place(claim["at"])
    named = bool(place.blocks) and place.whole
    if there.hold(stated) or copy.whole.hold(stated):
        if claim["seen"]:
            return Judged("misread", f"says {claim['seen']}")
        if _is_bare(claim):
            return Judged("bare", copy.where(stated))
        if there.hold(stated):
            return Judged("found")
        return Judged("elsewhere" if named else "anywhere", copy.where(stated))
    return Judged("figure" if _has_figure(claim, stated, copy, named) else "not-found")


def _is_bare(claim: Mapping[str, str]) -> bool:
    """Whether the words are a weekday for a date, or a number for what is not counted: neither unit nor noun."""
    measured = claim["type"] == "date" or units.measure(claim["unit"]) != Measure.COUNT
    return measured and follows(claim["value"], claim["unit"], claim["type"], claim["stated"]).bare


def _has_figure(claim: Mapping[str, str], stated: Readings, copy: Copy, named: bool) -> bool:
    """Whether the value is said where the claim is to be; of words that are no number or date, their figures."""
    at = claim["at"] if named else ""
    if claim["type"] not in ("number", "date"):
        return (copy.place(at)[1] if at else copy.whole).hold_figures(stated)
    return fit(claim["value"], claim["unit"], claim["type"], copy.figures(at)).verdict == Fits.YES
