"""What the sources of one figure do for each other: who supports whom, and who straddles what differs."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from spectorcli.values.span import Span
from spectorcli.weigh.overlap import Mark, Overlaps, Straddling, count_support


class Stated(NamedTuple):
    """What a source states, as far as it supports others: ``origin`` is empty where it confirms nothing."""

    span: Span
    letter: str
    origin: str


class Support:
    """The support of the claims of one letter.

    What agrees with two claims that differ, both of at least this letter, supports neither: it fits both.
    """

    def __init__(self, stated: Sequence[Stated], letter: str, known: dict[frozenset[Span], Overlaps]) -> None:
        """Take all that is stated of one figure; what is ``known`` but for what straddles is found once for all."""
        self._letter = letter
        self._stated = stated
        self._found = known
        self._straddling: frozenset[Span] = frozenset()
        sides = {one.span for one in stated if one.letter <= letter}
        if len(sides) > 1 and len(spans := {one.span for one in stated}) > 2:
            between = Straddling(sides)
            self._straddling = frozenset(span for span in spans if span in between)

    def straddles(self, span: Span) -> bool:
        """Whether it agrees with two claims of at least this letter that differ."""
        return span in self._straddling

    def count(self, span: Span) -> int:
        """Return how many known origins agree with a claim of this letter and are no more precise."""
        return self._counts.get(span, 0)

    def confirms(self, span: Span, origin: str) -> bool:
        """Whether a known origin agrees with a claim besides its own, which is known as well."""
        return bool(origin) and not self._known.two(span) <= {origin}

    def confirms_at_letter(self, span: Span) -> bool:
        """Whether two known origins of at least this letter say what agrees with a claim."""
        return len(self._known_at_letter.two(span)) > 1

    def count_origins(self, spans: Iterable[tuple[Span, str]]) -> int:
        """Return how many of the origins are known that come with what agrees, but for what straddles."""
        return len({origin for span, origin in spans if origin and span not in self._straddling})

    @cached_property
    def _counts(self) -> dict[Span, int]:
        asked = (one.span for one in self._stated if one.letter == self._letter)
        return count_support(asked, [Mark(one.span, one.origin) for one in self._supporting])

    @cached_property
    def _supporting(self) -> list[Stated]:
        return [one for one in self._stated if one.origin and one.span not in self._straddling]

    @property
    def _known(self) -> Overlaps:
        if self._straddling not in self._found:
            self._found[self._straddling] = Overlaps(Mark(one.span, one.origin) for one in self._supporting)
        return self._found[self._straddling]

    @cached_property
    def _known_at_letter(self) -> Overlaps:
        return Overlaps(Mark(one.span, one.origin) for one in self._supporting if one.letter <= self._letter)
