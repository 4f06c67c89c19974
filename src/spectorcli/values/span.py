"""What a value covers, and how two values stand to each other: the ground that every type shares."""

from enum import StrEnum
from typing import NamedTuple

RECENT = 4096
"""Values that each type remembers: sources that speak of one thing mostly say the same."""


class BadValue(ValueError):
    """A value that cannot be read; the message shows it, says why, and what would be right."""


class Relation(StrEnum):
    """How two claimed values stand to each other, the nearest first."""

    AGREES = "agrees"
    """They can be the same value, one perhaps stated more coarsely."""
    ALLOWS = "allows"
    """Both can be true, but neither supports the other."""
    DIFFERS = "differs"
    """At most one of them is true."""


class Span(NamedTuple):
    """What a value covers: ``low`` to ``high``; infinite where it is open.

    Numbers are in the base unit of their dimension (kilograms for mass), dates are day ordinals. ``figure``
    is the number itself, without its qualifier. ``closed`` if the ends are as stated, and so included, and
    not where rounding or "more than" and "nearly" puts them. ``hedged`` if the source itself is not exact:
    about, more than, from one figure to another.
    """

    low: float
    high: float
    figure: float | None = None
    closed: bool = True
    hedged: bool = False

    @property
    def width(self) -> float:
        """How imprecise the value is."""
        return self.high - self.low

    def overlaps(self, other: "Span") -> bool:
        """Whether both could be true of the same thing.

        Spans that only touch agree if both hold that point: "1 to 2" and "2 to 3", but not "nearly 2
        million" and "more than 2 million".
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and ((self.closed and other.closed) or 0 in (self.width, other.width)))

    def relation(self, other: "Span") -> Relation:
        """Return how two spans of one dimension stand to each other."""
        return Relation.AGREES if self.overlaps(other) else Relation.DIFFERS
