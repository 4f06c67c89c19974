"""On which line of a file of text a word of a block stands."""

import re
from pathlib import Path

from spectorcli.copies.text import decode

TEXTS = (".txt", ".md", ".markdown")
"""What a reader opens at a line; a page or a PDF has none that anybody sees."""

WINDOW = 60
"""Words that may stand in a file between two of a block: an address of a link, marks of Markdown."""

_WORD = re.compile(r"\w+")

Placed = tuple[int, int]
"""Where a word begins, and the line on which it stands."""


class Lines:
    """A text, which is gone through block by block."""

    def __init__(self, text: str) -> None:
        """Take it as it stands in its file."""
        lines = enumerate(text.split("\n"), 1)
        self._words = [(word, number) for number, line in lines for word in _WORD.findall(line)]
        self._next = 0

    def of(self, text: str) -> list[Placed]:
        """Return where each word of the next block begins in it, and the line on which it stands."""
        found = []
        for word in _WORD.finditer(text):
            window = range(self._next, min(self._next + WINDOW, len(self._words)))
            place = next((place for place in window if self._words[place][0] == word[0]), None)
            if place is not None:
                found.append((word.start(), self._words[place][1]))
                self._next = place + 1
        return found


def lines_of(path: Path) -> Lines:
    """Return the lines of a file of text; another file has none."""
    return Lines(decode(path.read_bytes())[0] if path.suffix.lower() in TEXTS else "")
