"""A piece of a copy, which every reader gives and every locator counts."""

from collections.abc import Iterable
from typing import NamedTuple


class Block(NamedTuple):
    """A piece of a copy: title, heading, paragraph, item of a list, infobox, page of a PDF, or other.

    ``main`` unless it stands around the text of a page, as navigation does. A row of a table has ``cells``, and
    ``heads`` if they are headings.
    """

    kind: str
    text: str
    main: bool = True
    cells: tuple[str, ...] = ()
    heads: bool = False


def joined(blocks: Iterable[Block]) -> str:
    """Return the text of blocks; nothing runs on from one into the next."""
    return " | ".join(block.text for block in blocks)
