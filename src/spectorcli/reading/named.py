"""Of which things of the case a sentence speaks: by the names that the case has for them, folded."""

import re
from collections import defaultdict

from spectorcli.case import Case
from spectorcli.values.names import fold

_WORDS = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_ENDS = re.compile(r"(?<=[.!?])(?:\[[^\]]{1,20}\])*[\"”’»]?\s+(?=[\"“‘«(]?[A-ZÀ-Þ0-9])")

LONGEST = 6
"""Words of a name that are tried: longer ones are titles."""

WINDOW = 2_000
"""Characters before and behind a figure in which its sentence is looked for."""

SHORT = 3
"""Letters of a name that is meant only where it is written in capitals: US is no us."""


class Named:
    """The names of a case."""

    def __init__(self, case: Case) -> None:
        """Read them; ids are not written in sentences, so only names count."""
        self._ids: dict[str, set[str]] = defaultdict(set)
        for row in case.read("names"):
            if row["strength"] == 0:
                self._ids[str(row["key"])].add(str(row["id"]))

    def things(self, sentence: str) -> set[str]:
        """Return the ids of the things that a sentence names; a name within a longer one is not meant."""
        words = _WORDS.findall(sentence)
        keys = [fold(word) for word in words]
        found: set[str] = set()
        place = 0
        while place < len(words):
            for length in range(min(LONGEST, len(words) - place), 0, -1):
                key = " ".join(keys[place : place + length])
                ids = self._ids.get(key)
                if ids and (len(key) > SHORT or words[place].isupper()):
                    found |= ids
                    place += length - 1
                    break
            place += 1
        return found


def sentence_around(text: str, place: int) -> tuple[str, str]:
    """Return the sentence before the one at a place of a text, and that one."""
    start, end = max(0, place - WINDOW), place + WINDOW
    near = text[start:end]
    ends = [0, *(found.end() for found in _ENDS.finditer(near)), len(near)]
    last = next(index for index in range(1, len(ends)) if ends[index] > place - start or index == len(ends) - 1)
    return near[ends[max(0, last - 2)] : ends[last - 1]].strip(), near[ends[last - 1] : ends[last]].strip()
