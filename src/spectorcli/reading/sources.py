"""Rows of sources.csv for copies of sources that the case does not have, as far as the pages tell."""

import re
from collections.abc import Sequence
from pathlib import Path

from spectorcli.copies.folder import Copy, page_of, without_suffix
from spectorcli.copies.metadata import metadata
from spectorcli.copies.text import decode
from spectorcli.values.figures import guess
from spectorcli.values.names import fold

SOURCE_COLUMNS = (
    *("id", "kind", "reliability", "published", "publisher", "title", "url", "derived_from", "note"),
    *("author", "language"),
)

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")
_PAGES = (".html", ".htm", ".xhtml")


def id_of(path: Path) -> str:
    """Return the id that the source of a copy may have: as the copy is called, in letters that an id may have."""
    stem = without_suffix(path.name)
    return stem if _ID.fullmatch(stem) else "-".join(re.findall(r"[0-9a-z]+", fold(stem)))


def source_row(path: Path, copy: Copy) -> Sequence[str]:
    """Return the cells of ``SOURCE_COLUMNS``; kind and reliability are for a person to say."""
    page = page_of(path)
    cells = metadata(decode(page.content)[0]) if page.suffix in _PAGES else {}
    heads = (block.text for block in copy.blocks if block.kind in ("title", "heading"))
    title = cells.get("title") or next(heads, "")
    language = cells.get("language") or guess(copy.text).code
    cells |= {"id": id_of(path), "title": " ".join(title.split())[:300], "language": language}
    cells["url"] = cells.get("url") or page.address
    return [cells.get(column, "") for column in SOURCE_COLUMNS]
