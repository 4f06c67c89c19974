"""Which countries a sentence names that the case does not have, and whose authorities: the Danish police are Denmark's.

A person who is named is never among them: only a user enters people.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from spectorcli.cues import begins, read_cues
from spectorcli.reading.named import LONGEST, POSSESSIVE, SHORT, WORDS
from spectorcli.values import countries
from spectorcli.values.names import fold

_SHORT = frozenset({"us", "usa", "uk", "uae"})
"""Names of few letters that are meant where they stand in capitals; other codes are words of languages."""

_NOT_MEANT = frozenset({"georgia", "jersey", "eu", "european union"})
"""Names that more often mean a state of the United States, or no country."""

_GIVEN = frozenset({"chad", "israel", "jordan"})
"""Names that people have, too: no country is meant where another name stands behind."""

_NEAR = 2
"""Words that may stand between an adjective and what it says of: the German Federal Criminal Police."""


def places(sentence: str, language: str, known: Collection[str] = ()) -> list[tuple[frozenset[str], int]]:
    """Return the code of each country that is named in a sentence, or whose authorities are, and where that begins.

    ``known`` are countries whose names somebody else looks for: of these only the authorities count.
    """
    matches = list(WORDS.finditer(sentence))
    keys = [fold(POSSESSIVE.sub("", match[0])) for match in matches]
    names, demonyms, authorities = _names(language), read_cues(language).demonyms, _authorities(keys, language)
    found, place = [], 0
    while place < len(keys):
        length, code = 1, ""
        for several in range(min(LONGEST, len(keys) - place), 0, -1):
            key = " ".join(keys[place : place + several])
            named = names.get(key)
            if named and named not in known and _is_name(matches, place, key):
                length, code = several, named
                break
            if key in demonyms and authorities & {*range(place - 1 - _NEAR, place + several + 1 + _NEAR)}:
                length, code = several, demonyms[key]
                break
        if code:
            found.append((frozenset({code}), matches[place].start()))
        place += length
    return found


def _authorities(keys: Sequence[str], language: str) -> set[int]:
    """Return the places of words that stand for authorities."""
    words = read_cues(language).phrases["authorities"]
    return {place for place, key in enumerate(keys) if begins([key], words)}


def _is_name(matches: list[re.Match[str]], place: int, key: str) -> bool:
    """Whether a word is written as a name, and is not the end of another: New Mexico, Michael Jordan."""
    word, before = matches[place][0], matches[place - 1] if place else None
    if len(key) <= SHORT:
        return word.isupper() and key in _SHORT
    behind = matches[place + 1] if place + 1 < len(matches) else None
    if key in _GIVEN and behind and behind[0][:1].isupper() and behind.start() == matches[place].end() + 1:
        return False
    is_end = place > 1 and before is not None and before[0][:1].isupper() and before.end() + 1 == matches[place].start()
    return word[:1].isupper() and not is_end


@cache
def _names(language: str) -> Mapping[str, str]:
    """Return the codes of countries by their names in English and in a language, folded."""
    found = {key: code for key, code in countries.names(language) if len(key) > SHORT or key in _SHORT}
    return {key: code for key, code in found.items() if key not in _NOT_MEANT}
