"""How a figure of a draft may stand to the case, and on what that rests."""

from enum import StrEnum
from typing import NamedTuple

from spectorcli.factcheck.record import Fact, Target


class Verdict(StrEnum):
    """How a figure of a draft stands to the case, what matters first."""

    CONTRADICTED = "contradicted"
    """The case says otherwise."""
    OUTDATED = "outdated"
    """It was said, and its publisher said otherwise later; or things moved on."""
    DISPUTED = "disputed"
    """A source says so, and another that is as reliable says otherwise."""
    SUPPORTED = "supported"
    """The best value says so."""
    COARSER = "coarser"
    """It is true if the best value is, and says less."""
    FINER = "finer"
    """It says more than the record, and contradicts nothing."""
    NOT_IN_CASE = "not-in-case"
    """The case says nothing of it, or nobody can be sure what it is of."""


class Found(NamedTuple):
    """A verdict, and on what it rests: a fact, or ``best``, which the draft itself says."""

    verdict: Verdict
    target: Target | None = None
    fact: Fact | None = None
    also: str = ""
    best: str = ""


NOTHING = Found(Verdict.NOT_IN_CASE)
