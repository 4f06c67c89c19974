"""Reads Markdown, block by block: CommonMark and tables; emphasis and links are the text in them."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from spectorcli.copies.block import Block
from spectorcli.copies.page import read_page

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST_BLOCKS = 100
"""Levels of quotations and lists in each other, each list two: what is deeper is left out, for a level takes stack."""

DEEPEST_MARKS = 10
"""Levels of links and images in each other: what is deeper is text. Each costs hostile text a tenth more time."""


def read_markdown(text: str) -> list[Block]:
    """Return the blocks of a text in order: in a list all is an item, in a table each row is one block."""
    from markdown_it import MarkdownIt  # 50 ms that only a copy in Markdown need pay

    blocks = MarkdownIt("commonmark", {"maxNesting": DEEPEST_BLOCKS}).enable("table").disable("inline")
    lines = MarkdownIt("commonmark", {"maxNesting": DEEPEST_MARKS})
    addresses: dict[str, Any] = {}  # of links, which may be anywhere in the text
    return list(_blocks(blocks.parse(text, addresses), lambda line: _words(lines.parseInline(line, addresses))))


def _blocks(tokens: Sequence["Token"], words: Callable[[str], str]) -> Iterator[Block]:
    kind, lists, label, cells, heads = "other", 0, "", list[str](), False
    for token in tokens:
        match token.type:
            case "heading_open":
                kind = "heading"
            case "paragraph_open":
                kind = "item" if lists else "paragraph"
            case "list_item_open":
                lists, label = lists + 1, f"{token.info}{token.markup} " if token.info else ""
            case "list_item_close":
                lists -= 1
            case "th_open" | "td_open":
                kind, heads = "cell", token.type == "th_open"
            case "inline" if kind == "cell":
                cells.append(words(token.content))
            case "inline":
                yield Block(kind, label + words(token.content))
                label = ""
            case "tr_close":
                yield Block("other", " ".join(cells), cells=tuple(cells), heads=heads)
                cells.clear()
            case "fence" | "code_block":
                yield Block("other", label + " ".join(token.content.split()))
                label = ""
            case "html_block":
                yield from read_page(token.content)


def _words(tokens: Sequence["Token"]) -> str:
    """Return what a reader sees of a line: text, code, and what an image is called; no tags."""
    return "".join(map(_shown, tokens)).strip()


def _shown(token: "Token") -> str:
    if token.children:
        return _words(token.children)
    if token.type == "html_inline":
        return " " if token.content.lower().startswith("<br") else ""
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content
