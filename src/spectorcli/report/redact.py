"""Takes the names of people who are not convicted out of a page, and puts the same pseudonym wherever one stood.

Too much may go, too little may not: each word of a name goes, in any case, also within ids and addresses.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from spectorcli.case import Case
from spectorcli.report.evidence import Evidence, ids

CONVICTED = {"convicted", "pleaded-guilty", "sentenced"}
"""What the status of a person must be for the name to stay; who pleads guilty is convicted by that plea."""

RELIABLE = "ABC"
"""Reliability of who must say so: a blog does not convict."""

SHORTEST = 3
"""Letters of a word that is taken for a name on its own; initials and particles are not."""

JOINED = "ﬃﬄßﬀﬁﬂﬅﬆŉև"
"""Letters that are several in lower case, the longest first (https://www.unicode.org/Public/UNIDATA/CaseFolding.txt)."""


def pseudonyms(case: Case, evidence: Evidence) -> tuple[Callable[[str], str], int]:
    """Return what redacts a text, and how many people it redacts: ``Person 4``, by their place in the file.

    ``evidence`` is that of the whole case, for someone may be convicted by what a page does not show.
    """
    people = [thing for thing in case.read("things") if thing["kind"] == "people"]
    meant: dict[str, set[str]] = defaultdict(set)
    kept: set[str] = set()
    patterns: dict[str, str] = {}
    number = 0
    for place, thing in enumerate(people, 1):
        id = str(thing["id"])
        names = [id, str(thing["label"]), *ids(json.loads(str(thing["cells"])).get("aliases"))]
        convicted = _convicted(id, evidence)
        number += not convicted
        for name in names if convicted else _words(names):
            patterns[_key(name)] = r"[\W_]*".join(map(_pattern, _parts(name)))  # also Ana-Maria, ana_maria, AnaMaria
            kept.update([_key(name)] if convicted else [])
            meant[_key(name)].add(f"Person {place}")
    if not number:
        return str, 0
    longest = sorted(filter(None, patterns), key=lambda key: (-len(key), key))
    # only a letter joins a word to another: 2 and _ and %20 do not
    found = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(patterns[key] for key in longest)})(?![^\W\d_])", re.IGNORECASE)

    def replaced(match: re.Match[str]) -> str:
        text, key = match.group(), _key(match.group())
        if key in kept:
            return text
        said = min(meant[key]) if len(meant[key]) == 1 else "a person"
        return said.lower().replace(" ", "-") if text.islower() else said

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


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).casefold())


def _pattern(part: str) -> str:
    """Match a word also as it is written with a letter that is two in lower case: Groß for gross."""
    pattern = re.escape(part)
    for letter in JOINED:
        pattern = pattern.replace(letter.casefold(), f"(?:{letter.casefold()}|{letter})")
    return pattern


def _key(name: str) -> str:
    """Return the letters and digits of a name alone."""
    return "".join(_parts(name))
