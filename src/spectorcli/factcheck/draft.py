"""A draft as it is given: a file or what comes in at stdin, as blocks of text with their lines."""

import sys
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from spectorcli.copies.block import Block
from spectorcli.copies.document import read_document
from spectorcli.copies.text import READERS, decode
from spectorcli.copies.unreadable import Unreadable
from spectorcli.errors import NotFound, UsageError
from spectorcli.reading.lines import Lines, Placed

STDIN = "-"

MAX_BYTES = 10_000_000
"""Bytes of a draft: a book has a tenth of it."""

DOCUMENT, MAX_DOCUMENT = ".docx", 100_000_000
"""What is read as a document, and its bytes: it may have pictures."""

WORD = (".doc", ".odt", ".rtf")
"""What other word processors write, and pandoc reads."""


class Draft(NamedTuple):
    """The blocks of a draft, on which line each word of them stands, and a remark on how it was read.

    What has no lines ``has_lines`` false: there a line is the number of a block.
    """

    blocks: list[Block]
    lines: list[list[Placed]]
    remark: str = ""
    has_lines: bool = True


def read_draft(story: Path) -> Draft:
    """Read a draft by its suffix; what has none is Markdown, or HTML if it begins so.

    Raises:
        NotFound: there is no such file.
        UsageError: it is no text.
    """
    name, suffix = ("stdin", "") if str(story) == STDIN else (str(story), story.suffix.lower())
    if suffix in WORD:
        raise UsageError(f"{name} is no text; make it one: pandoc {name} -t plain | spector factcheck -")
    if suffix == ".pdf":
        raise UsageError(f"{name} is a PDF, which has no lines; check the text that it was made from")
    try:
        if suffix == DOCUMENT:
            blocks = [block for block in read_document(_content(story, MAX_DOCUMENT)) if block.text]
            return Draft(blocks, [[(0, number)] for number in range(1, len(blocks) + 1)], has_lines=False)
        text, remark = decode(_content(story, MAX_BYTES))
        lower = text.lstrip()[:100].lower()
        kind = suffix if suffix in READERS else ".html" if lower.startswith(("<!doctype", "<html")) else ".md"
        blocks = [block for block in READERS[kind](text) if block.text]
    except Unreadable as error:
        raise UsageError(f"{name} {error}") from None
    lines = Lines(text)
    return Draft(blocks, [lines.of(block.text) for block in blocks], remark)


def line_at(lines: Sequence[Placed], place: int) -> int | None:
    """Return the line on which a place of a block stands; None if no word of it was found again."""
    at = bisect_right(lines, (place, sys.maxsize))
    return lines[max(at - 1, 0)][1] if lines else None


def _content(story: Path, most: int) -> bytes:
    if str(story) == STDIN:
        content = sys.stdin.buffer.read(most + 1)
    elif not story.exists():
        raise NotFound(f"no draft at {story}")
    elif not story.is_file():
        raise UsageError(f"{story} is not a regular file")
    else:
        with story.open("rb") as file:
            content = file.read(most + 1)
    if len(content) > most:
        raise UsageError(f"{story} is larger than {most // 1_000_000} MB")
    return content
