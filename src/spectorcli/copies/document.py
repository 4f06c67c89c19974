"""Reads what Word and others write as docx (ECMA-376), block by block, by way of the HTML that mammoth makes of it.

A document comes from anybody: what unpacks to too much, declares entities or is nested without end is refused, no
picture is opened, and nothing is fetched.
"""

import io
import re
from zipfile import ZipFile

from spectorcli.copies.block import Block
from spectorcli.copies.page import read_page
from spectorcli.copies.unreadable import Unreadable

MAX_TEXT = 10_000_000
"""Bytes of XML in a document: a book has half of it, and a byte takes 30 of memory."""

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
"""What mammoth does not take for headings by itself."""

_CELLS = re.compile(r"(</?(?:td|th|p)\b[^>]*>)")


def read_document(content: bytes) -> list[Block]:
    """Return the blocks of a document: its text with notes, without headers, comments, pictures and what was deleted.

    Raises:
        Unreadable: it is none, is damaged, or cannot be read safely.
    """
    try:
        import mammoth
    except ImportError:
        raise Unreadable("is a document of Word, which needs mammoth: pip install 'spector-cli[docx]'") from None
    try:
        made = mammoth.convert_to_html(_texts(content), style_map=_STYLES, convert_image=lambda _: [])
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged file makes of zipfile, expat and mammoth
        raise Unreadable(f"is no document of Word that can be read: {type(error).__name__}") from None
    return read_page(_without_paragraphs_in_cells(made.value))


def _texts(content: bytes) -> io.BytesIO:
    """Return a document with nothing in it but its XML."""
    texts = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as parts, ZipFile(texts, "w") as taken:
        each = [part for part in parts.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
        if sum(part.file_size for part in each) > MAX_TEXT:  # no more is unpacked of a part that has more than it says
            raise Unreadable(f"unpacks to more than {MAX_TEXT // 1_000_000} MB of text")
        for part in each:
            xml = parts.read(part)
            if b"<!DOCTYPE" in xml.replace(b"\0", b""):  # of UTF-16 every other byte
                raise Unreadable("declares entities, which no document of Word does")
            taken.writestr(part.filename, xml)
    texts.seek(0)
    return texts


def _without_paragraphs_in_cells(html: str) -> str:
    """Return HTML whose rows are one block each: mammoth makes a paragraph of each line of a cell."""
    depth, made = 0, list[str]()
    for piece in _CELLS.split(html):
        depth += piece.startswith(("<td", "<th")) - piece.startswith(("</td", "</th"))
        made.append(" " if depth and piece.startswith(("<p", "</p")) else piece)
    return "".join(made)
