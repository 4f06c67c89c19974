"""What a value covers, and how two values stand to each other: the ground that every type shares."""

from enum import StrEnum
from typing import NamedTuple, Self

RECENT = 4096
"""Values that each type remembers: sources that speak of one thing mostly say the same."""


End = tuple[float, int]
"""A place where a span ends, and how far it reaches where another only touches it."""


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


class _Stated(NamedTuple):
    low: float
    high: float
    figure: float | None
    closed: bool
    hedged: bool
    bound: int


class Span(_Stated):
    """What a value covers: ``low`` to ``high``; infinite where it is open.

    Numbers are in the base unit of their dimension (kilograms for mass), dates are day ordinals. ``figure``
    is the number itself, without its qualifier. ``closed`` if the ends are as stated, and so included, and
    not where rounding, "more than" or "fewer than" puts them. ``hedged`` if the source itself is not exact:
    about, more than, from one figure to another. ``bound`` is 1 for "more than" and "at least", whose truth
    may lie anywhere above what is covered, and -1 for "fewer than" and "at most".

    ``start`` and ``stop`` are where it begins and ends: two spans overlap if each starts at or before the other's
    stop. They are asked ten times of each span that is weighed, and made once.
    """

    start: End
    stop: End

    def __new__(
        cls,
        low: float,
        high: float,
        figure: float | None = None,
        closed: bool = True,
        hedged: bool = False,
        bound: int = 0,
    ) -> Self:
        """Make one of what is stated."""
        span = super().__new__(cls, low, high, figure, closed, hedged, bound)
        # how spans that only touch stand: a point meets every other, and a stated end another stated one
        reach = 1 if low == high else 0 if closed else -1
        span.start, span.stop = (low, -reach), (high, reach)
        return span

    @property
    def width(self) -> float:
        """How imprecise the value is."""
        return self.high - self.low

    def overlaps(self, other: "Span") -> bool:
        """Whether what is covered has a point in common.

        Spans that only touch agree if both hold that point: "1 to 2" and "2 to 3", but not "fewer than 2
        million" and "more than 2 million".
        """
        return self.start <= other.stop and other.start <= self.stop

    def relation(self, other: "Span") -> Relation:
        """Return how two spans of one dimension stand to each other, by the table in docs/weighing.md."""
        if self.bound and other.bound:
            return self._bounds(other)
        if self.overlaps(other):
            return Relation.AGREES
        bound, figure = (self, other) if self.bound else (other, self)
        return Relation.ALLOWS if bound.bound and figure.lies_beyond(bound) else Relation.DIFFERS

    def lies_beyond(self, bound: "Span") -> bool:
        """Whether it lies on the open side of what a bound covers, or is a further bound of the same kind."""
        if self.bound:
            return self.bound == bound.bound and (self.figure or 0) * bound.bound > (bound.figure or 0) * bound.bound
        return self.start > bound.stop if bound.bound > 0 else self.stop < bound.start

    def _bounds(self, other: "Span") -> Relation:
        assert self.figure is not None
        assert other.figure is not None
        if self.figure == other.figure:
            alike = self.bound == other.bound or (self.closed and other.closed)
            return Relation.AGREES if alike else Relation.DIFFERS
        above, below = (self, other) if self.bound > 0 else (other, self)
        apart = above.bound > below.bound and (above.figure or 0) > (below.figure or 0)
        return Relation.DIFFERS if apart else Relation.ALLOWS
