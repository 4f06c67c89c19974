"""Takes the page out of what a browser or a crawler saved it in: MHTML, WARC and WACZ.

MHTML is a message of several parts (RFC 2557), WARC a row of what was sent (ISO 28500), WACZ a ZIP of these with a list
of pages (https://specs.webrecorder.net/wacz/). Of several pages one is read: that with which a list of pages begins, or
the first that was sent whole.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, NamedTuple

from spectorcli.copies.unreadable import Unreadable

LARGEST = 50_000_000
"""Bytes of one page."""

UNPACKED = 1_000_000_000
"""Bytes of all that is passed over to find it: what unpacks to more is no archive of a page."""

KINDS = {"text/html": ".html", "application/xhtml+xml": ".xhtml", "application/pdf": ".pdf", "text/plain": ".txt"}
"""What is read of an archive, and as what."""

ARCHIVES = (".mhtml", ".mht", ".warc", ".warc.gz", ".wacz")
"""What may hold a page."""


class Page(NamedTuple):
    """A page as it was sent: its bytes, the suffix that its kind has as a file, and its address."""

    content: bytes
    suffix: str
    address: str


def take_page(content: bytes, suffix: str) -> Page:
    """Return the page that an archive holds; text is UTF-8 if the archive says of which encoding it was.

    Raises:
        Unreadable: it holds none, or is damaged, or needs what is not installed.
    """
    try:
        if suffix in (".mhtml", ".mht"):
            found = _of_message(content)
        elif suffix == ".wacz":
            found = _of_wacz(content)
        else:
            found = _first(_of_warc(io.BytesIO(content)))
    except Unreadable:
        raise
    except Exception as error:  # whatever damage makes of the libraries, which promise no one family of errors
        raise Unreadable(f"is an archive that cannot be read: {type(error).__name__}") from None
    if found is None:
        raise Unreadable("is an archive without a page")
    if len(found.content) > LARGEST:
        raise Unreadable(f"holds a page of more than {LARGEST // 1_000_000} MB")
    return found


def _of_message(content: bytes) -> Page | None:
    from email import message_from_bytes, policy

    message = message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        kind = part.get_content_type()
        if kind in KINDS and not part.is_multipart():
            address = part["Content-Location"] or message["Snapshot-Content-Location"] or ""
            body = part.get_payload(decode=True)
            assert isinstance(body, bytes), kind
            return Page(_as_utf8(body, kind, part.get_content_charset()), KINDS[kind], str(address))
    return None


def _of_wacz(content: bytes) -> Page | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("archive/") and ".warc" in name]
        address = _first_listed(archive)
        for wanted in filter(None, (address, "*")):  # a list may name a page that was not kept
            for name in names:
                with archive.open(name) as file:
                    found = _first(page for page in _of_warc(file) if wanted in ("*", page.address))
                if found:
                    return found
    return None


def _first_listed(archive: zipfile.ZipFile) -> str:
    """Return the address of the page with which the list of pages begins; empty if there is no list."""
    with suppress(KeyError, ValueError), archive.open("pages/pages.jsonl") as lines:
        for line in lines.read(1 << 20).splitlines():
            told = json.loads(line)
            if isinstance(told, dict) and isinstance(told.get("url"), str):
                return str(told["url"])
    return ""


def _of_warc(file: IO[bytes]) -> Iterator[Page]:
    """Yield the pages that were sent whole, or kept as they are."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise Unreadable(
            "is a web archive, which needs warcio; install it with: pip install 'spector-cli[read]'"
        ) from None

    unpacked = 0
    for record in ArchiveIterator(file):
        unpacked += int(record.rec_headers.get_header("Content-Length") or 0)
        if unpacked > UNPACKED:
            raise Unreadable(f"unpacks to more than {UNPACKED // 1_000_000_000} GB")
        headers = record.http_headers if record.rec_type == "response" else record.rec_headers
        if record.rec_type not in ("response", "resource") or headers is None:
            continue
        if record.rec_type == "response" and headers.get_statuscode() != "200":
            continue
        kind, charset = _kind(headers.get_header("Content-Type") or "")
        if kind in KINDS:
            _refuse_packed(headers)
            body = record.content_stream().read(LARGEST + 1)
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield Page(_as_utf8(body, kind, charset), KINDS[kind], address)


def _refuse_packed(headers: Any) -> None:
    """Refuse what is packed in a way that is not unpacked here."""
    from warcio.bufferedreaders import BufferedReader

    packed = (headers.get_header("Content-Encoding") or "").strip().lower()
    if packed not in ("", "identity", *BufferedReader.get_supported_decompressors()):
        raise Unreadable(f"holds a page that is packed as {packed[:20]!r}; save it as MHTML or HTML")


def _kind(header: str) -> tuple[str, str | None]:
    from email.message import Message

    message = Message()
    message["Content-Type"] = header
    return message.get_content_type(), message.get_content_charset()


def _first(pages: Iterator[Page]) -> Page | None:
    """Return the first page, or of nothing but plain text that: a site may say in it what a crawler may not read."""
    plain = None
    for page in pages:
        if page.suffix != ".txt":
            return page
        plain = plain or page
    return plain


def _as_utf8(body: bytes, kind: str, charset: str | None) -> bytes:
    """Return text in UTF-8 if its encoding is told, and known."""
    if charset and kind.startswith(("text/", "application/xhtml")):
        with suppress(LookupError, UnicodeDecodeError):
            return body.decode(charset).encode()
    return body
