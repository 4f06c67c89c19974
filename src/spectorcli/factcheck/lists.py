"""What a draft lists behind a count: three countries: Austria, Brazil and France."""

import re
from functools import cache
from typing import NamedTuple

from spectorcli.cues import Cues, alternatives, begins, read_cues, words_of
from spectorcli.factcheck.record import COUNTRIES
from spectorcli.factcheck.sentence import Sentence
from spectorcli.factcheck.topics import Topics
from spectorcli.values.figures import Figure, FigureKind

_OPENS = re.compile(r"((?:\s+[^\W\d_]+){1,4}?)\s*(?::\s|\(|[–—]\s)\s*")
"""What stands between a count and its list: the noun, and a mark."""

_LONGEST = 6
"""Words of a name in a list."""


class Listed(NamedTuple):
    """A name of a list, and the country that it is."""

    words: str
    country: str


def listed(one: Sentence, figure: Figure, topics: Topics, cues: Cues) -> tuple[Listed, ...]:
    """Return the countries that a sentence lists behind a count of countries; none if one of them is not known."""
    if figure.kind != FigureKind.COUNT:
        return ()
    opened = _OPENS.match(one.whole, figure.end, one.end)
    if not opened or not begins(words_of(opened[1]), cues.properties["operations.countries"]):
        return ()
    closes = ")" if "(" in opened[0] else ";"
    text = one.whole[opened.end() : one.end].split(closes)[0].rstrip(" .!?)")
    pieces = [piece.strip() for piece in _between(cues.code).split(text)]
    found = [(piece, topics.of(COUNTRIES, topics.named_in(piece))) for piece in pieces if piece]
    if len(found) < 2 or any(len(ids) != 1 or len(piece.split()) > _LONGEST for piece, ids in found):
        return ()
    return tuple(Listed(piece, *ids) for piece, ids in found)


@cache
def _between(code: str) -> re.Pattern[str]:
    """Return a pattern of what parts the names of a list."""
    joins = alternatives(read_cues(code).phrases["listing"])
    return re.compile(rf",\s*(?:(?:{joins})\s+)?|\s+(?:{joins})\s+")
