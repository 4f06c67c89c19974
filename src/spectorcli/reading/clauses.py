"""Parts a sentence into its clauses: by marks, and by words that join two of which each has a figure."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from spectorcli.cues import alternatives, read_cues
from spectorcli.values.figures import Figure

Span = tuple[int, int]
"""Where a clause begins and ends in a text."""

_MARKS = ",;:()–—-"


@cache
def _edges(code: str) -> re.Pattern[str]:
    """Return a pattern of where a clause may end in a language."""
    joins = alternatives(read_cues(code).phrases["joins"])
    return re.compile(rf"[;:()]|,(?=\s)|\s[–—-]\s|\s(?:{joins})\s")


def clauses(text: str, start: int, end: int, figures: Sequence[Figure], code: str) -> list[Span]:
    """Return the clauses of the sentence between two places of a text, in order; no figure is cut.

    ``figures`` are those of the sentence, ``code`` is that of its language. What stands behind a word that joins, and
    has no figure, goes on: cash and virtual currencies.
    """
    cuts = [
        one.end()
        for one in _edges(code).finditer(text, start, end)
        if not any(figure.start < one.end() < figure.end for figure in figures)
    ]
    joined: list[Span] = []
    for first, last in pairwise(sorted({start, *cuts, end})):
        if joined and not _parted(text, joined[-1], (first, last), figures):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def clause_at(found: Sequence[Span], place: int) -> int:
    """Return which clause a place is in; the first, if it is in none."""
    return next((at for at, (first, last) in enumerate(found) if first <= place < last), 0)


def _parted(text: str, one: Span, other: Span, figures: Sequence[Figure]) -> bool:
    """Whether two pieces are clauses of their own: at a mark, or at a word if either side has a figure of its own."""
    if text[slice(*one)].rstrip()[-1:] in _MARKS:
        return True
    return all(any(first <= figure.start < last for figure in figures) for first, last in (one, other))
