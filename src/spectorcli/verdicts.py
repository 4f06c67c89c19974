"""The words in which weighing is told: how a claim stands, and whether what is said is in dispute.

Their order is that in which they are shown.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """How a claim stands against the best one."""

    BEST = "best"
    """It is the answer, or adds a value to a list that is."""
    AGREES = "agrees"
    """It says the same."""
    COARSER = "coarser"
    """It is true if the best is, and says less."""
    ALLOWS = "allows"
    """It says more than the best, and contradicts nothing."""
    DIFFERS = "differs"
    """It is not true if the best is."""

    @property
    def standing(self) -> int:
        """Its place among all, the best first."""
        return _STANDINGS[self]


_STANDINGS = {verdict: place for place, verdict in enumerate(Verdict)}
"""Looked up, for a load asks it of each claim."""


class Dispute(StrEnum):
    """Whether the sources of an answer contradict each other."""

    OPEN = "open"
    """A source as reliable as that of the best differs."""
    SETTLED = "settled"
    """Only what is less reliable or less confirmed differs, or the editor has decided."""
    NONE = ""
    """Nothing differs."""
