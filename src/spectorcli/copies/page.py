"""Reads a page of HTML, block by block; ``main_text`` says which of them are its text."""

import re
from collections import Counter
from itertools import pairwise

from spectorcli.copies.block import Block
from spectorcli.copies.main_text import Element, element, in_main_text
from spectorcli.copies.markup import Tag, tokens

_KINDS = {
    "title": "title",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph",
    **dict.fromkeys(("li", "dt", "dd"), "item"),
}
_HOLDERS = {
    *("address", "article", "aside", "blockquote", "body", "details", "dialog", "div", "dl", "fieldset", "figure"),
    *("footer", "form", "header", "html", "main", "menu", "nav", "ol", "section", "table", "td", "th", "ul"),
}
"""Elements that may hold the text of a page; all but cells have an end tag."""

_BLOCKS = {
    *_KINDS,
    *(_HOLDERS - {"td", "th"}),
    *("caption", "figcaption", "head", "hr", "option", "pre", "summary", "tbody", "tfoot", "thead", "tr"),
}
"""Elements that end what stands before them; all others stand in a line."""

_CELLS = {"td", "th"}

EDIT = re.compile(r"(?<=\S)(?:\s*\[edit\]|\s+edit)$", re.IGNORECASE)
"""What Wikipedia sets behind a heading."""


def read_page(text: str) -> list[Block]:
    """Return the blocks of a page in order."""
    page = _Page()
    for token in tokens(text):
        if isinstance(token, str):
            page.add(token)
        else:
            page.pass_tag(token)
    return page.finished()


class _Page:
    """Collects the blocks of a page, and the elements that they stand in."""

    def __init__(self) -> None:
        self._blocks: list[tuple[Block, int]] = []
        self._words: list[str] = []
        self._cells: list[tuple[int, bool]] = []
        """From which of the words each cell of a row goes on, and whether it is a heading."""
        self._kind = "other"
        self._templates = 0
        self._elements = [Element(parent=0)]
        self._open: list[tuple[str, int]] = [("", 0)]
        """Names and numbers of the elements that we are in."""
        self._names: Counter[str] = Counter()
        """Of these: a page may open a hundred thousand and then close as many that it never opened."""

    def add(self, text: str) -> None:
        if not self._templates:
            self._words.append(text)

    def pass_tag(self, tag: Tag) -> None:
        if tag.name == "template" and tag.opens != tag.closes:
            self._templates = max(0, self._templates + (1 if tag.opens else -1))
        elif tag.name in _CELLS or tag.name == "br":
            self._words.append(" ")
            if tag.name != "br" and tag.opens:
                self._cells.append((len(self._words), tag.name == "th"))
        elif tag.name in _BLOCKS:
            self._end_block()
            if tag.opens:
                self._kind = _KINDS.get(tag.name, "other")
        if tag.opens and (tag.name in _HOLDERS or tag.name == "tr"):
            self._enter(tag)
        if tag.closes and tag.name in _HOLDERS:
            self._leave(tag.name)

    def finished(self) -> list[Block]:
        """Return the blocks, each knowing whether it is of the main text."""
        self._end_block()
        is_main = in_main_text(self._elements)
        return [block._replace(main=is_main[number]) for block, number in self._blocks]

    def _enter(self, tag: Tag) -> None:
        """Be in an element; a cell or row ends the cell before it, which need not have an end tag."""
        if tag.name in {*_CELLS, "tr"} and self._open[-1][0] in _CELLS:
            self._leave(self._open[-1][0])
        if tag.name != "tr":
            number = self._open[-1][1]
            self._open.append((tag.name, len(self._elements)))
            self._names[tag.name] += 1
            self._elements.append(element(tag.name, tag.attributes, number, self._elements[number]))

    def _leave(self, name: str) -> None:
        """Be no longer in the element of that name which was entered last, nor in what is in it."""
        while self._names[name]:
            ended, _ = self._open.pop()
            self._names[ended] -= 1
            if ended == name:
                return

    def _end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            number = self._open[-1][1]
            holder = self._elements[number]
            kind = "infobox" if holder.is_infobox else self._kind
            edges = [*(at for at, _ in self._cells), len(self._words)]
            cells = [" ".join("".join(self._words[one:end]).split()) for one, end in pairwise(edges)]
            heads = bool(cells) and all(is_head for _, is_head in self._cells)
            shown = EDIT.sub("", text) if kind == "heading" else text
            self._blocks.append((Block(kind, shown, True, tuple(cells), heads), number))
            holder.paragraphs += len(text) if kind == "paragraph" else 0
            holder.other += len(text)
        self._words, self._cells, self._kind = [], [], "other"
