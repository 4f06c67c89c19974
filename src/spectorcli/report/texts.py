"""The texts of a finished page, each by itself, to be searched for what should not be there."""

import re
from html.parser import HTMLParser
from pathlib import Path

from spectorcli.redaction.people import words
from spectorcli.words import SENTENCES

_ANCHOR = re.compile(r'<a id="[a-z][0-9]+"></a>')


def of_page(text: str, format: str) -> list[str]:
    """Return what stands in a page: each text and attribute of HTML, each line or cell of Markdown, without anchors."""
    if format == "md":
        return re.split(r"\n| \| ", _ANCHOR.sub("", text))
    parser = _Texts()
    parser.feed(text)
    return parser.found


def ours() -> frozenset[str]:
    """Return the words that stand in the page of any case."""
    files = [file for file in Path(__file__).parent.iterdir() if file.suffix in {".html", ".md", ".txt"}]
    texts = [*SENTENCES.values(), *(file.read_text(encoding="utf-8") for file in files)]
    return frozenset(word for text in texts for word in words(text))


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":  # the policy of the page, wholly ours
            self.found += [value for _, value in attrs if value]
