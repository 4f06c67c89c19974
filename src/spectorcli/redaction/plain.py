"""A copy of a text in which names can be found: unquoted and folded, with the place of each letter in the text."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from spectorcli.values.names import fold_letter

LAYERS = 5
"""How often a text may be quoted in another's way: an entity in an address in Markdown. Nobody reads what is deeper."""

_QUOTED = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<code>\\u[0-9A-Fa-f]{4})"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<domain>(?<![A-Za-z0-9-])[xX][nN]--[A-Za-z0-9-]+)"
)


class Plain(NamedTuple):
    """The ``text`` as it reads, and folded as ``letters``; ``starts`` and ``ends`` of each letter in the original.

    ``of`` tells for each letter which character of the text it comes from.
    """

    text: str
    letters: str
    of: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of a stretch of letters, with the marks on the last of them."""
        last = self.of[end - 1]
        while last + 1 < len(self.text) and not self.text[last + 1].isascii() and not fold_letter(self.text[last + 1]):
            last += 1
        return self.starts[self.of[start]], self.ends[last]


def plain(original: str) -> Plain:
    """Return the copy of a text."""
    text, starts, ends = _unquote(original)
    if text.isascii():
        return Plain(text, text.lower(), range(len(text)), starts, ends)
    letters: list[str] = []
    of: list[int] = []
    for place, character in enumerate(text):
        for letter in character.lower() if character.isascii() else fold_letter(character):
            letters.append(letter)
            of.append(place)
    return Plain(text, "".join(letters), of, starts, ends)


def _unquote(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    for _ in range(LAYERS):
        if not _QUOTED.search(text):
            break
        pieces = [*_pieces(text)]
        starts, ends = [starts[start] for _, start, _ in pieces], [ends[end - 1] for _, _, end in pieces]
        text = "".join(character for character, _, _ in pieces)
    return text, starts, ends


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character of a text, one layer of quoting removed, with its place."""
    done = 0
    for quoted in _QUOTED.finditer(text):
        for place in range(done, quoted.start()):
            yield text[place], place, place + 1
        start, done = quoted.span()
        if quoted["percent"]:
            yield from _percent(quoted.group(), start)
        else:
            for character in _said(quoted):
                yield character, start, done
    for place in range(done, len(text)):
        yield text[place], place, place + 1


def _percent(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the characters of ``%C3%BC``, each with its own bytes; what is not UTF-8 is an older address in Latin-1."""
    data = bytes.fromhex(text.replace("%", ""))
    try:
        characters, encoding = data.decode(), "utf-8"
    except UnicodeDecodeError:
        characters, encoding = data.decode("latin-1"), "latin-1"
    for character in characters:
        end = start + 3 * len(character.encode(encoding))
        yield character, start, end
        start = end


def _said(quoted: re.Match[str]) -> str:
    text = quoted.group()
    if quoted["entity"]:
        return unescape(text)
    if quoted["escape"]:
        return text[1]
    if quoted["code"]:
        return chr(int(text[2:], 16))
    try:
        return text[4:].encode().decode("punycode")
    except (UnicodeError, ValueError, OverflowError):  # not every label that begins so is one
        return text
