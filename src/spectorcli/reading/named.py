"""Of which things of the case a sentence speaks: by the names that the case has for them, folded."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache

from spectorcli.case import Case
from spectorcli.cues import alternatives, read_cues
from spectorcli.folder.naming import OPERATION
from spectorcli.values.names import fold

WORDS = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_ENDS = re.compile(r"(?<=[.!?])(?:\[[^\]]{1,20}\])*[\"”’»]?\s+(?=[\"“‘«(]?[A-ZÀ-Þ0-9])")
POSSESSIVE = re.compile(r"['’]s$")
"""What a name has behind it that something belongs to: Britain's."""

LONGEST = 6
"""Words of a name that are tried: longer ones are titles."""

WINDOW = 2_000
"""Characters before and behind a figure in which its sentence is looked for."""

SHORT = 3
"""Letters of a name that is meant only where it is written in capitals: US is no us."""


def _forms(key: str) -> tuple[str, ...]:
    """Return a name, and that of an operation also alone: texts say SaboTor for Operation SaboTor."""
    alone = next((key.removeprefix(f"{word} ") for word in OPERATION if key.startswith(f"{word} ")), "")
    return (key, alone) if len(alone) > SHORT else (key,)


class Named:
    """The names of a case."""

    def __init__(self, case: Case) -> None:
        """Read them, and what its countries are called elsewhere; ids are not written in sentences."""
        self._ids: dict[str, set[str]] = defaultdict(set)
        for row in case.read("names"):
            if row["strength"] == 0:
                for key in _forms(str(row["key"])):
                    self._ids[key].add(str(row["id"]))
        for row in case.read("elsewhere"):
            if len(str(row["key"])) > SHORT:
                self._ids[str(row["key"])].add(str(row["id"]))

    def things(self, sentence: str) -> set[str]:
        """Return the ids of the things that a sentence names; a name within a longer one is not meant."""
        return {id for ids, _ in self.places(sentence) for id in ids}

    def places(self, sentence: str) -> list[tuple[frozenset[str], int]]:
        """Return the ids that each name in a sentence may mean, and where it begins."""
        matches = list(WORDS.finditer(sentence))
        words = [match[0] for match in matches]
        keys = [fold(POSSESSIVE.sub("", word)) for word in words]
        found: list[tuple[frozenset[str], int]] = []
        place = 0
        while place < len(words):
            for length in range(min(LONGEST, len(words) - place), 0, -1):
                key = " ".join(keys[place : place + length])
                ids = self._ids.get(key)
                if ids and (len(key) > SHORT or words[place].isupper()):
                    found.append((frozenset(ids), matches[place].start()))
                    place += length - 1
                    break
            place += 1
        return found


def listed(
    sentence: str, names: Sequence[tuple[frozenset[str], int]], one: frozenset[str], code: str
) -> frozenset[str]:
    """Return what is named in one list with one of some things, in a language: Denmark, Sweden and Norway."""
    groups: list[frozenset[str]] = []
    last = -1
    for ids, start in sorted(names, key=lambda name: name[1]):
        if groups and _between(code).fullmatch(sentence, last, start):
            groups[-1] |= ids
        else:
            groups.append(ids)
        last = start
    return frozenset().union(*(group for group in groups if group & one))


@cache
def _between(code: str) -> re.Pattern[str]:
    """Return a pattern of what stands from the beginning of one name of a list to that of the next."""
    words = read_cues(code).phrases
    joins, before = alternatives(words["joins"]), alternatives([*words["places"], *words["before_places"]])
    return re.compile(rf"[^,.;:()]{{2,40}}?(?:,|\s(?:{joins}))\s(?:(?:{before})\s)*", re.IGNORECASE)


def sentence_around(text: str, place: int, inside: Collection[int] = ()) -> tuple[str, str]:
    """Return the sentence before the one at a place, and that one; none ends ``inside`` of a figure, as in 9. Mai."""
    start, end = max(0, place - WINDOW), place + WINDOW
    near = text[start:end]
    ends = [0, *(one.end() for one in _ENDS.finditer(near) if start + one.start() not in inside), len(near)]
    last = next(index for index in range(1, len(ends)) if ends[index] > place - start or index == len(ends) - 1)
    return near[ends[max(0, last - 2)] : ends[last - 1]].strip(), near[ends[last - 1] : ends[last]].strip()
