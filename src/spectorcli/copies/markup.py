"""Parts HTML into tags and texts, in a time that grows with the page, whatever is in it.

It does what the tokenizer of the standard does (https://html.spec.whatwg.org/multipage/parsing.html#tokenization),
as far as a reader sees the difference. ``html.parser`` would do, but that of Python 3.11 looks from every ``<`` to
the end of a page: 40 kB of ``<a`` without an end took it 36 s. Here no pattern gives back what it has taken.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
_NAME = r"[^\s/>][^\s/>=]*+"
_ATTRIBUTE = re.compile(rf"({_NAME})(?:\s*+=\s*+({_VALUE})?+)?+", re.ASCII)
_TAG = re.compile(
    rf"<(/?)([a-z][^\s/>]*+)((?:[\s/]++|{_NAME}(?:\s*+=\s*+{_VALUE}?+)?+)*+)(?:>|\Z)", re.ASCII | re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_UNSHOWN = re.compile(r"<(?:[!?]|/(?![a-z]))[^>]*+(?:>|\Z)", re.IGNORECASE)
"""A doctype, ``<?xml … ?>``, ``<![CDATA[ … ]]>``, ``</3>``: to a browser they are comments."""

_TEXT = {"title", "textarea"}
"""In them a tag is text."""

_RAW = {"script", "style", "iframe", "noembed", "noframes"}
"""What is in them is neither markup nor shown."""


class Tag(NamedTuple):
    """A tag, its name in lower case; ``<br/>`` opens and closes."""

    name: str
    written: str
    opens: bool
    closes: bool

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes by their names in lower case; of two with one name the first counts."""
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(self.written):
            quoted = value[:1] in {"'", '"'}
            found.setdefault(name.lower(), unescape(value.strip(value[0]) if quoted else value))
        return found


def tokens(text: str) -> Iterator[Tag | str]:
    """Yield the tags of a page and the texts between them, characters as they are shown; comments are left out."""
    position = 0
    while (start := text.find("<", position)) >= 0:
        if start > position:
            yield unescape(text[position:start])
        tag = _TAG.match(text, start)
        if tag:
            slash, name, written = tag.groups()
            found = Tag(name.lower(), written, not slash, bool(slash) or written.endswith("/"))
            yield found
            position = tag.end()
            if found.opens and not found.closes and found.name in _TEXT | _RAW:
                end = _end_of(found.name, text, position)
                if found.name in _TEXT:
                    yield unescape(text[position:end])
                position = end
        elif unshown := _COMMENT.match(text, start) or _UNSHOWN.match(text, start):
            position = unshown.end()
        else:
            yield "<"
            position = start + 1
    yield unescape(text[position:])


def _end_of(name: str, text: str, position: int) -> int:
    """Return where an element ends whose text holds no tags: at its end tag, else with the page."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, position)
    return end.start() if end else len(text)
