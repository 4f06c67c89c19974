"""What of a draft looks like a figure and was compared with nothing, so that nobody takes silence for a yes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from spectorcli.factcheck.passages import Passage
from spectorcli.values.figures import Figure, FigureKind

_NUMBER = re.compile(r"(?:§ ?)?[^\s\d]{0,12}\d[^\s]{0,24}")
"""A number with what is joined to it: [12], AK-47, §841."""

_EDGES = ".,;:!?\"'“”„«»"

NAMED = 5
"""How many of these are named; the others are counted."""


def unread(passages: Iterable[tuple[Passage, Sequence[Figure]]]) -> Iterator[str]:
    """Yield the words of quantities without a value, such as dozens, and of numbers that are read as no figure."""
    for passage, found in passages:
        first, last = passage.own
        for one in found:
            if one.kind == FigureKind.VAGUE and not one.why.startswith("none") and first <= one.start < last:
                yield one.words
        taken = [False] * (last - first)
        for one in found:
            for place in range(max(one.start, first), min(one.end, last)):
                taken[place - first] = True
        for number in _NUMBER.finditer(passage.text, first, last):
            digits = [at for at in range(number.start(), number.end()) if passage.text[at].isdigit()]
            if not all(taken[at - first] for at in digits):
                yield number[0].strip(_EDGES)
