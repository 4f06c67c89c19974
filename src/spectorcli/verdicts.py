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
    def says(self) -> bool:
        """Whether the claim says what the best one says."""
        return self in {Verdict.BEST, Verdict.AGREES}

    @property
    def follows(self) -> bool:
        """Whether the claim is true if the best one is."""
        return self.says or self is Verdict.COARSER

    @property
    def accepted(self) -> bool:
        """Whether the claim can be true beside the best one."""
        return self is not Verdict.DIFFERS


class Dispute(StrEnum):
    """Whether the sources of an answer contradict each other."""

    OPEN = "open"
    """A source as reliable as that of the best differs."""
    SETTLED = "settled"
    """Only what is less reliable or less confirmed differs, or the editor has decided."""
    NONE = ""
    """Nothing differs."""


class Standing(StrEnum):
    """How a claim stood in print on a day: by its verdict among what was published by then, or by what came later."""

    BEST = "best"
    AGREES = "agrees"
    COARSER = "coarser"
    ALLOWS = "allows"
    DIFFERS = "differs"
    """Its verdict, as in ``Verdict``; only what is less reliable or less confirmed says otherwise."""
    DISPUTED = "disputed"
    """A source as reliable said otherwise: the dispute was open."""
    DEPRECATED = "deprecated"
    """The editor has deprecated it: a mark without a date, which holds on every day but before a correction."""
    CORRECTED = "corrected"
    """Its own publisher says otherwise from that day on."""
    STILL_SAID = "still-said"
    """Another publisher, which had said the same, says otherwise from that day on, and its own never did."""
