"""Reads the text of a copy, block by block: plain text, Markdown, HTML, and PDF as an extra."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from spectorcli.copies.block import Block
from spectorcli.copies.markdown import read_markdown
from spectorcli.copies.page import EDIT, read_page
from spectorcli.copies.unreadable import Unreadable


def read_blocks(content: bytes, suffix: str) -> tuple[list[Block], str]:
    """Return the blocks of a copy in order, and a remark on how it was read, mostly empty.

    Raises:
        Unreadable: it is of no kind that we read, or damaged.
    """
    if suffix == ".pdf":
        return _pdf(content), ""
    text, remark = decode(content)
    blocks = [block for block in READERS[suffix](text) if block.text]
    if not blocks:
        raise Unreadable("holds no text")
    return blocks, remark


def decode(content: bytes) -> tuple[str, str]:
    """Return text and a remark if its encoding had to be guessed.

    A byte order mark decides, of UTF-8 or UTF-16; else it is UTF-8, and what is not UTF-8 is read as
    Windows-1252, which is what the web means by Latin-1 (https://encoding.spec.whatwg.org).

    Raises:
        Unreadable: it holds NUL, so it is not text.
    """
    remark = ""
    try:
        utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if error.encoding.startswith("utf-16"):
            raise Unreadable("begins as UTF-16 but is not") from None
        text, remark = content.decode("cp1252", errors="replace"), "not UTF-8, read as Windows-1252"
    if "\0" in text:
        raise Unreadable("is not text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), remark


UNWRAPPED = 200
"""Nobody wraps lines so late: in a text with a longer one every line is a paragraph."""

HEADING = 80
"""A longer line is not a heading."""

_ENDS_SENTENCE = re.compile(r"[.!?:…][)\"'”’]*$")


def _plain_text(text: str) -> list[Block]:
    """Split plain text: at blank lines, or at every line where lines are not wrapped.

    A heading is a short line without a full stop before a longer one that has it, or one that ends in
    Wikipedia's ``edit``.
    """
    lines = [line.strip() for line in text.split("\n")]
    wrapped = max(map(len, lines)) <= UNWRAPPED and "" in "\n".join(lines).strip().split("\n")
    pieces = re.split(r"\n{2,}", "\n".join(lines)) if wrapped else lines
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    return [
        Block("heading", EDIT.sub("", piece)) if _heads(piece, after) else Block("paragraph", piece)
        for piece, after in zip(pieces, [*pieces[1:], ""], strict=False)  # of no pieces there is none after
    ]


def _heads(line: str, after: str) -> bool:
    if len(line) > HEADING or "\n" in line or _ENDS_SENTENCE.search(line):
        return False
    sentence = re.sub(r"(?:\[[^\]]{1,20}\])+$", "", after)
    return bool(EDIT.search(line)) or (len(after) > len(line) and bool(_ENDS_SENTENCE.search(sentence)))


def _pdf(content: bytes) -> list[Block]:
    """Return the pages of a PDF; words parted at the end of a line are joined."""
    try:
        import pypdf
    except ImportError:
        raise Unreadable("is a PDF, which needs pypdf; install it with: pip install 'spector-cli[pdf]'") from None
    import io

    try:
        with _without_logging("pypdf"):
            reader = pypdf.PdfReader(io.BytesIO(content))
            pages = [page.extract_text() for page in reader.pages]
    except Exception as error:  # whatever a damaged file makes of pypdf: it promises no one family of errors
        raise Unreadable(f"is a PDF that cannot be read: {type(error).__name__}") from None
    if not any(page.strip() for page in pages):
        raise Unreadable("is a PDF without text; is it a scan?")
    return [Block("page", re.sub(r"(?<=[^\W\d_])-\n(?=[a-z])", "", page)) for page in pages]


@contextmanager
def _without_logging(name: str) -> Iterator[None]:
    """Keep a library from telling the user what we tell in one line; whoever called us keeps their own level."""
    import logging

    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


READERS: dict[str, Callable[[str], list[Block]]] = {
    **dict.fromkeys((".txt", ".text"), _plain_text),
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_page),
}
READ = (*READERS, ".pdf")
"""What is text, by its suffix."""
