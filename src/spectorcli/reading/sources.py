"""Rows of sources.csv for copies of sources that the case does not have, as far as the pages tell."""

import re
from collections.abc import Sequence
from pathlib import Path

from spectorcli.copies.block import Block
from spectorcli.copies.folder import Copy, page_of, without_suffix
from spectorcli.copies.metadata import metadata
from spectorcli.copies.text import decode
from spectorcli.reading.lines import TEXTS
from spectorcli.values import date
from spectorcli.values.figures import guess
from spectorcli.values.names import fold
from spectorcli.values.span import BadValue

SOURCE_COLUMNS = (
    *("id", "kind", "reliability", "published", "publisher", "title", "url", "derived_from", "note"),
    *("author", "language"),
)

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")
_PAGES = (".html", ".htm", ".xhtml")


_DAY = re.compile(r"-(\d{4}(?:-\d\d){0,2})$")

_LONGEST = 200
"""Letters of a headline."""


def _is_headline(block: Block, copy: Copy, path: Path) -> bool:
    """Whether a block is what a file of text begins with, and no sentence."""
    short = len(block.text) <= _LONGEST and not block.text.endswith(".")
    return path.suffix.lower() in TEXTS and block is copy.blocks[0] and short


def _is_day(text: str) -> bool:
    try:
        date.read(text)
    except BadValue:
        return False
    return True


def id_of(path: Path) -> str:
    """Return the id that the source of a copy may have: as the copy is called, in letters that an id may have."""
    stem = without_suffix(path.name)
    return stem if _ID.fullmatch(stem) else "-".join(re.findall(r"[0-9a-z]+", fold(stem)))


def source_row(path: Path, copy: Copy) -> Sequence[str]:
    """Return the cells of ``SOURCE_COLUMNS``; kind and reliability are for a person to say.

    The day is that of the page, else the one that the copy's own name ends in: ``bka-2023-04-05``.
    """
    page = page_of(path)
    cells = metadata(decode(page.content)[0]) if page.suffix in _PAGES else {}
    heads = [
        block.text for block in copy.blocks if block.kind in ("title", "heading") or _is_headline(block, copy, path)
    ]
    title = cells.get("title") or next(iter(heads), "")
    language = cells.get("language") or guess(copy.text).code
    day = _DAY.search(without_suffix(path.name))
    cells["published"] = cells.get("published") or (day[1] if day and _is_day(day[1]) else "")
    cells |= {"id": id_of(path), "title": " ".join(title.split())[:300], "language": language}
    cells["url"] = cells.get("url") or page.address
    return [cells.get(column, "") for column in SOURCE_COLUMNS]
