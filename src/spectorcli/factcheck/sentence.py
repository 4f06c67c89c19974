"""The sentence in which a figure of a draft stands: its clauses, its other figures, and what is named in it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from spectorcli.reading.clauses import Span, clause_at, clauses
from spectorcli.reading.named import sentence_around
from spectorcli.values.figures import Figure

WINDOW = 600
"""Characters before and behind a figure in which its sentence is looked for."""

NAMES_BEFORE = 30
"""Names before a sentence that are looked at."""

Name = tuple[frozenset[str], int]
"""The ids that a name may mean, and where it begins."""


class Sentence(NamedTuple):
    """A sentence of a ``whole`` text, from ``start`` to ``end`` there, as all places in it are counted.

    ``before`` are the last names before it; ``is_heading`` if it stands in one.
    """

    whole: str
    start: int
    end: int
    figures: Sequence[Figure]
    names: Sequence[Name]
    before: Sequence[Name]
    clauses: Sequence[Span]
    is_heading: bool

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.whole[self.start : self.end]

    def clause_of(self, figure: Figure) -> int:
        """Return which clause a figure is in."""
        return clause_at(self.clauses, figure.start)

    def is_empty(self, clause: int, but: Figure) -> bool:
        """Whether there is such a clause, and no figure in it but one."""
        if not 0 <= clause < len(self.clauses):
            return False
        first, last = self.clauses[clause]
        return not any(first <= one.start < last for one in self.figures if one != but)


def sentence_of(
    text: str, figure: Figure, found: Sequence[Figure], names: Sequence[Name], code: str, is_heading: bool
) -> Sentence:
    """Return the sentence of a figure, of those that were found in a text, in a language."""
    starts, places = [one.start for one in found], [at for _, at in names]
    near = max(0, figure.start - WINDOW)
    around = found[bisect_left(starts, near) : bisect_left(starts, figure.start + WINDOW)]
    dotted = {place - near for one in around if "." in one.words for place in range(one.start, one.end)}
    words = sentence_around(text[near : figure.start + WINDOW], figure.start - near, dotted)[1]
    start = max(text.rfind(words, near, figure.start + len(words)), near)
    end = start + len(words)
    figures = found[bisect_left(starts, start) : bisect_left(starts, end)]
    first, last = bisect_left(places, start), bisect_left(places, end)
    return Sentence(
        text,
        start,
        end,
        figures,
        names[first:last],
        names[max(0, first - NAMES_BEFORE) : first],
        clauses(text, start, end, figures, code),
        is_heading,
    )
