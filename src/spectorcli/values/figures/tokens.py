"""A text in tokens: figures, words, and every other mark for itself."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a token is."""

    DIGITS = "digits"
    """Digits with the marks in them: ``1,200.50``."""
    WORD = "word"
    """Letters."""
    FRACTION = "fraction"
    """A half or quarters: one character, or ``1/2``."""
    MARK = "mark"
    """Anything else that is not white space."""
    TAKEN = "taken"
    """What has been read, or is nothing to be read."""


class Token(NamedTuple):
    """A piece of a text; ``folded`` as the tables of a language have it, ``close`` if it joins the one before."""

    kind: Kind
    text: str
    folded: str
    start: int
    end: int
    close: bool


_TOKEN = re.compile(
    r"(?P<fraction>[½¼¾]|(?<![\w/])(?:1/2|[13]/4)(?![\w/]))"
    r"|(?P<digits>(?<![\w.])\.\d+|(?<!\d)\d{1,3}(?:[\u00a0\u2009\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)"
)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text in order."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        kind = Kind(match.lastgroup or "")
        found.append(Token(kind, match[0], match[0].casefold(), match.start(), match.end(), match.start() == end))
        end = match.end()
    return found


def take(found: list[Token], first: int, last: int) -> None:
    """Mark tokens as read, up to the one before ``last``."""
    for place in range(first, last):
        found[place] = found[place]._replace(kind=Kind.TAKEN)


def after(found: Sequence[Token], place: int, longest: int) -> Iterator[tuple[str, int]]:
    """Yield the phrases that begin at a place, the longest first, each with the place after it.

    Hyphens join words as spaces do, and a point may end an abbreviation.
    """
    words: list[tuple[str, int]] = []
    while place < len(found) and len(words) < longest:
        token = found[place]
        if token.kind == Kind.WORD:
            words.append((token.folded, place + 1))
        elif not (token.text in _HYPHENS or (words and token.text in _INSIDE and token.close)):
            break
        place += 1
    for count in range(len(words), 0, -1):
        yield " ".join(word for word, _ in words[:count]), words[count - 1][1]


def before(found: Sequence[Token], place: int, longest: int) -> Iterator[tuple[str, int]]:
    """Yield the phrases that end before a place, the longest first, each with the place at which it begins."""
    words: list[tuple[str, int]] = []
    place -= 1
    while place >= 0 and len(words) < longest:
        token = found[place]
        if token.kind == Kind.WORD:
            words.append((token.folded, place))
        elif not (token.text in _HYPHENS or (token.text in _INSIDE and token.close and _abbreviates(found, place))):
            break
        place -= 1
    for count in range(len(words), 0, -1):
        yield " ".join(word for word, _ in reversed(words[:count])), words[count - 1][1]


_HYPHENS = frozenset("-‐‑–")
_INSIDE = frozenset(".'’")
"""A point behind an abbreviation, and an apostrophe inside a word."""


def _abbreviates(found: Sequence[Token], place: int) -> bool:
    """Whether a point stands behind a word as short as abbreviations are, or an apostrophe."""
    return found[place].text != "." or (place > 0 and len(found[place - 1].text) <= 6)
