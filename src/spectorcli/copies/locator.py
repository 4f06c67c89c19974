"""Finds the place in a copy that a claim's locator names.

- ``para 3``, ``para 2-3``: paragraphs of the main text, counted from 1. In HTML these are the ``<p>``; headings and
  items of lists do not count, nor what stands in navigation (``main_text``).
- ``last para``; ``heading before para 4``.
- ``title``, ``headline``: the title of the page, the first heading of it and of its main text, and its first
  paragraph.
- ``lead``: in the main text what stands before the first heading, or between it and the next if nothing does.
- ``Infobox``: a table of HTML whose class says so. ``page 2``: of a PDF.
- ``Results [13]``, ``Monopoly Market section``, ``section on X``: from the heading of that name, in any case,
  to the next heading. Reference marks and what is in brackets do not count.
- ``References, 3``: in that section what is numbered 3, or else its third paragraph or item.

``;`` and ``and`` join places. Anything else, such as ``excerpt``, names no place.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from spectorcli.copies.block import Block


class Place(NamedTuple):
    """The blocks that a locator names; ``whole`` unless a part of it names nothing in this copy."""

    blocks: list[Block]
    whole: bool


def find_place(blocks: Sequence[Block], at: str) -> Place:
    """Return the place that a locator names in a copy; no blocks if it names none."""
    found = _one_place(blocks, at)
    if found:
        return Place(found, True)
    parts = [_one_place(blocks, part) for part in re.split(r";|\band\b", at)]
    return Place([block for part in parts for block in part], all(parts))


def locator(blocks: Sequence[Block], number: int) -> str:
    """Return a locator of a block, by which ``find_place`` finds it; nothing if it has none."""
    block = blocks[number]
    after = next((one.text for one in reversed(blocks[: number + 1]) if one.kind == "heading"), "")
    names = {
        "paragraph": f"para {len(_paragraphs(blocks[: number + 1]))}",
        "page": f"page {sum(one.kind == 'page' for one in blocks[: number + 1])}",
        "title": "title",
        "infobox": "infobox",
    }
    wanted = (names.get(block.kind, ""), after)
    return next((at for at in wanted if at and block in find_place(blocks, at).blocks), "")


def name_place(blocks: Sequence[Block], number: int) -> str:
    """Return what a block is called, for a reader who looks for it: as a locator names it, if one can."""
    block = blocks[number]
    if block.kind == "paragraph" and block.main:
        return f"paragraph {len(_paragraphs(blocks[: number + 1]))}"
    if block.kind == "page":
        return f"page {sum(one.kind == 'page' for one in blocks[: number + 1])}"
    if block.kind in ("title", "heading"):
        return "the title" if block in _title(blocks) else f"the heading {block.text[:60]!r}"
    if block.kind == "infobox":
        return "the infobox"
    after = next((one.text for one in reversed(blocks[:number]) if one.kind == "heading"), "")
    side = "" if block.main else " outside the main text"
    kind = {"item": "an item of a list", "paragraph": "a paragraph"}.get(block.kind, "a part")
    return f"{kind}{side}" + (f" under {after[:60]!r}" if after and block.main else "")


def _one_place(blocks: Sequence[Block], at: str) -> list[Block]:
    name = " ".join(re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", at).split())
    for pattern, find in _FORMS:
        found = re.fullmatch(pattern, name, re.IGNORECASE)
        if found:
            return find(blocks, *(group or "" for group in found.groups()))
    return []


def _paragraphs(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.main and block.kind == "paragraph"]


def _nth(blocks: Sequence[Block], first: str, last: str = "") -> list[Block]:
    return _paragraphs(blocks)[int(first[:9]) - 1 : int((last or first)[:9])] if int(first[:9]) else []


def _last(blocks: Sequence[Block]) -> list[Block]:
    return _paragraphs(blocks)[-1:]


def _heading_before(blocks: Sequence[Block], number: str) -> list[Block]:
    count = 0
    for index, block in enumerate(blocks):
        count += block.main and block.kind == "paragraph"
        if count == int(number[:9]):
            return [one for one in blocks[:index] if one.kind == "heading"][-1:]
    return []


def _title(blocks: Sequence[Block]) -> list[Block]:
    main = [block for block in blocks if block.main]
    wanted = ((blocks, "title"), (blocks, "heading"), (main, "heading"), (main, "paragraph"))
    firsts = (next((one for one in page if one.kind == kind), None) for page, kind in wanted)
    return list(dict.fromkeys(block for block in firsts if block))


def _lead(blocks: Sequence[Block]) -> list[Block]:
    before: list[Block] = []
    for block in blocks:
        if block.main and block.kind == "heading" and _paragraphs(before):
            return before
        if block.main:
            before.append(block)
    return _paragraphs(before)[:1]


def _infobox(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "infobox"]


def _page(blocks: Sequence[Block], number: str) -> list[Block]:
    pages = [block for block in blocks if block.kind == "page"]
    return pages[int(number[:9]) - 1 : int(number[:9])] if int(number[:9]) else []


def _section(blocks: Sequence[Block], name: str, number: str = "") -> list[Block]:
    """Return a section with its heading; the heading is called, or begins, as the locator says."""
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    wanted = _key(name)
    for fits in (str.__eq__, lambda heading, name: heading.startswith(f"{name} ")):
        start = next((index for index in headings if fits(_key(blocks[index].text), wanted)), None)
        if start is not None:
            end = next((index for index in headings if index > start), len(blocks))
            return _numbered(blocks[start + 1 : end], number) if number else list(blocks[start:end])
    return []


def _numbered(blocks: Sequence[Block], number: str) -> list[Block]:
    labelled = [block for block in blocks if re.match(rf"\W*{number}[.)\]]", block.text)]
    return labelled[:1] or list(blocks[int(number[:9]) - 1 : int(number[:9])] if int(number[:9]) else [])


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


_FORMS: tuple[tuple[str, Callable[..., list[Block]]], ...] = (
    (r"para(?:graph)?s? (\d+)(?: ?[-–] ?(\d+))?", _nth),
    (r"last para(?:graph)?", _last),
    (r"heading before para(?:graph)? (\d+)", _heading_before),
    (r"title|headline", _title),
    (r"lead", _lead),
    (r"infobox", _infobox),
    (r"p(?:age|\.) ?(\d+)", _page),
    (r"(?:section (?:on )?)?(\S.*?)(?: section)?(?:, (\d+)\)?)?", _section),
)
"""What a locator may look like, and what finds it; the last one is any name of a section."""
