"""Takes the names of people who are not convicted out of a page, and puts the same pseudonym wherever one stood.

Too much may go, too little may not: each word of a name goes, in any case, also within ids and addresses.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from spectorcli.casefile import Case
from spectorcli.report.evidence import Evidence, ids

CONVICTED = {"convicted", "pleaded-guilty", "sentenced"}
"""What the status of a person must be for the name to stay; who pleads guilty is convicted by that plea."""

RELIABLE = "ABC"
"""Reliability of who must say so: a blog does not convict."""

SHORTEST = 3
"""Letters of a word that is taken for a name on its own; initials and particles are not."""


def pseudonyms(case: Case, evidence: Evidence) -> tuple[Callable[[str], str], int]:
    """Return what redacts a text, and how many people it redacts: ``Person 4``, by their place in the file.

    ``evidence`` is that of the whole case, for someone may be convicted by what a page does not show.
    """
    people = [thing for thing in case.read("things") if thing["kind"] == "people"]
    meant: dict[str, set[str]] = defaultdict(set)
    kept: set[str] = set()
    number = 0
    for place, row in enumerate(people, 1):
        cells = json.loads(str(row["cells"]))
        names = [str(row["id"]), str(row["label"]), *ids(cells.get("aliases"))]
        if _convicted(str(row["id"]), evidence):
            kept.update(map(_key, names))
            continue
        number += 1
        for word in _words(names):
            meant[_key(word)].add(f"Person {place}")
    patterns = sorted({*meant, *kept}, key=lambda key: (-len(key), key))
    if not meant:
        return str, 0
    # letters only end a word: 2 and _ and %20 do not join it to another
    found = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(_pattern, patterns))})(?![^\W\d_])", re.IGNORECASE)

    def replaced(match: re.Match[str]) -> str:
        key = _key(match.group())
        if key in kept:
            return match.group()
        said = min(meant[key]) if len(meant[key]) == 1 else "a person"
        return said.lower().replace(" ", "-") if match.group().islower() else said

    return lambda text: found.sub(replaced, unicodedata.normalize("NFC", text)), number


def _convicted(id: str, evidence: Evidence) -> bool:
    return any(
        answer.name == "status" and str(answer.cells["value"]) in CONVICTED and answer.grade[:1] in RELIABLE
        for answer in evidence.things[id].answers
        if answer.grade
    )


def _words(names: Iterable[str]) -> Iterator[str]:
    """Yield each name, and each word of it that may stand for it, also without accents."""
    for name in names:
        for text in {name, _bare(name)}:
            yield text
            yield from (word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= SHORTEST)


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _key(text: str) -> str:
    """Return the letters and digits of a name, with single blanks between them."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()))


def _pattern(key: str) -> str:
    """Return what finds a name however its words are joined: ``Ana-Maria``, ``ana_maria``, ``AnaMaria``."""
    return r"[\W_]*".join(map(re.escape, key.split()))
