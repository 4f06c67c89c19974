"""The record of what was in the copies: a line of JSON for each copy, and for each change of it. It is only added to.

Each line holds the SHA-256 of the line before it, so that of none but the last a change leaves no trace.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from spectorcli.copies.block import Block
from spectorcli.copies.folder import Copy
from spectorcli.copies.locator import name_place
from spectorcli.errors import Refused
from spectorcli.files import lock, whole_file
from spectorcli.values import date
from spectorcli.values.wording import count, joined

MOST_NAMED = 3
"""Places that are named of those that changed; the others are counted."""


class Entry(NamedTuple):
    """What was in a copy when it was recorded."""

    time: str
    """In UTC, as ISO 8601 writes it."""
    copy: str
    """The name of its file."""
    address: str
    """Where the page was, as the archive says, or the source; empty if neither does."""
    size: int
    """Bytes."""
    sha256: str
    text: list[str]
    """A digest of each of its blocks."""
    stood: list[str]
    """A digest of each claim that it bore out."""
    before: str
    """The SHA-256 of the line before; empty in the first."""


class Record(NamedTuple):
    """The entries of a record, the last of each copy by its name, and the SHA-256 of the last line."""

    last: dict[str, Entry]
    end: str


def read_record(path: Path) -> Record:
    """Read a record; it is empty if nothing was recorded yet.

    Raises:
        Refused: a line is no entry, or does not follow from the line before it.
    """
    last: dict[str, Entry] = {}
    end = ""
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    for number, line in enumerate(lines, 1):
        entry = _entry(line)
        if entry is None:
            raise Refused(str(path.parent), [f"{path.name}:{number}: is no entry of a record of copies"])
        if entry.before != end:
            raise Refused(
                str(path.parent),
                [f"{path.name}:{number}: does not follow from the line before it, which was changed or removed"],
            )
        last[entry.copy] = entry
        end = hashlib.sha256(line).hexdigest()
    return Record(last, end)


def _entry(line: bytes) -> Entry | None:
    """Return an entry as it is written in a line; None if it is none."""
    try:
        cells = json.loads(line)
        entry = Entry(**cells)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (entry.time, entry.copy, entry.address, entry.sha256, entry.before, *entry.text, *entry.stood)
    return entry if all(isinstance(one, str) for one in texts) and isinstance(entry.size, int) else None


def add_to_record(path: Path, copies: Iterable[Copy], stood: Mapping[str, Sequence[str]]) -> int:
    """Add an entry for each copy that is not on record as it is, and return how many were added.

    ``stood`` are the digests of the claims that a copy bears out, by its name.

    Raises:
        Refused: what is there is no record.
        Busy: another program adds to it.
    """
    with lock(path):
        record = read_record(path)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        end, lines = record.end, []
        for copy in copies:
            claims = sorted(stood.get(copy.name, ()))
            known = record.last.get(copy.name)
            if known and (known.sha256, known.stood) == (copy.digest, claims):
                continue
            entry = Entry(now, copy.name, copy.address, copy.size, copy.digest, digests(copy.blocks), claims, end)
            line = f"{json.dumps(entry._asdict(), ensure_ascii=False)}\n".encode()
            end = hashlib.sha256(line).hexdigest()
            lines.append(line)
        if lines:
            with whole_file(path) as temporary:
                temporary.write_bytes(b"".join([path.read_bytes() if path.exists() else b"", *lines]))
    return len(lines)


def digests(blocks: Iterable[Block]) -> list[str]:
    """Return eight hexadecimal digits for each block, of its SHA-256."""
    return [hashlib.sha256(block.text.encode()).hexdigest()[:8] for block in blocks]


def changed(copy: Copy, known: Entry) -> str:
    """Say what is other in a copy than when it was recorded; empty if it is the same, byte for byte."""
    if copy.digest == known.sha256:
        return ""
    since = f"changed since it was recorded on {date.say(known.time[:10])}"
    there = digests(copy.blocks)
    before, left = Counter(known.text), Counter(there)
    new = [place for place, one in enumerate(there) if one not in before]
    gone = (before - left).total() - min(len(new), (before - left).total())
    if not new and not gone:
        return f"{since}, but not in its text"
    named = [name_place(copy.blocks, place) for place in new[:MOST_NAMED]]
    more = [f"{len(new) - MOST_NAMED:,} more"] if len(new) > MOST_NAMED else []
    told = [f"{joined([*named, *more])} {'is' if len(new) == 1 else 'are'} new or changed" if new else ""]
    told.append(f"{count(gone, 'pieces')} of its text {'is' if gone == 1 else 'are'} gone" if gone else "")
    return f"{since}: {joined([*filter(None, told)])}"
