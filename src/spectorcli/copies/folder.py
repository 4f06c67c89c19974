"""The folder of copies.

A copy is a file named by the id of its source: ``europol-2023-05-02.html``. Nothing outside the folder is
read, wherever a link in it may lead, nor anything in folders within it or hidden.
"""

import hashlib
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from spectorcli.copies.archive import ARCHIVES, Page, take_page
from spectorcli.copies.block import Block, joined
from spectorcli.copies.locator import Place, find_place, name_place
from spectorcli.copies.match import Readings
from spectorcli.copies.text import READ, read_blocks
from spectorcli.copies.unreadable import Unreadable
from spectorcli.errors import NotFound
from spectorcli.values.figures import Figure, figures, guess

SUFFIXES = (*READ, *ARCHIVES)
"""What a copy may be."""

MAX_BYTES = 50_000_000
"""Bytes of one copy: a page of the web has a hundredth of it."""


@dataclass
class Copy:
    """A copy that was read. ``remark`` says what a reader should know, such as that it changed."""

    name: str
    digest: str
    blocks: list[Block]
    remark: str = ""
    size: int = 0
    address: str = ""
    """Where the page was, if it is in an archive that says so."""
    _places: dict[str, tuple[Place, Readings]] = field(default_factory=dict, repr=False)
    _figures: dict[str, list[Figure]] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> str:
        """All of its text."""
        return joined(self.blocks)

    @cached_property
    def whole(self) -> Readings:
        """All of its text, as it may be read."""
        return Readings(self.text)

    def figures(self, at: str) -> list[Figure]:
        """Return the figures at the place that a locator names; of all of it without one."""
        if at not in self._figures:
            text = joined(self.place(at)[0].blocks if at else self.blocks)
            self._figures[at] = figures(text, guess(text))
        return self._figures[at]

    @cached_property
    def _each(self) -> list[Readings]:
        return [Readings(block.text) for block in self.blocks]

    def where(self, stated: Readings) -> str:
        """Say in which block a text stands first; nothing if it runs over several."""
        found = (number for number, block in enumerate(self._each) if block.hold(stated))
        number = next(found, None)
        return "" if number is None else f"found in {name_place(self.blocks, number)}"

    def place(self, at: str) -> tuple[Place, Readings]:
        """Return the place that a locator names, and its text."""
        if at not in self._places:
            place = find_place(self.blocks, at)
            self._places[at] = place, Readings(joined(place.blocks))
        return self._places[at]


@dataclass
class Copies:
    """What was found in a folder: copies by source, what could not be read with its reason, and stray files."""

    copies: dict[str, list[Copy]] = field(default_factory=dict)
    unreadable: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)


def read_copies(folder: Path, sources: Collection[str]) -> Copies:
    """Read the copies of sources in a folder.

    Raises:
        NotFound: there is no such folder.
    """
    root, found = folder.resolve(), Copies()
    for name, source in named_copies(folder, sources):
        if source is None:
            found.strays.append(name)
            continue
        try:
            found.copies.setdefault(source, []).append(_read_copy(root, name))
        except Unreadable as error:
            found.unreadable.setdefault(source, []).append((name, str(error)))
    return found


def named_copies(folder: Path, sources: Collection[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the files in a folder of copies, each with the source of which it is one, None if that is none of these.

    Raises:
        NotFound: there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"no folder of copies at {folder}")
    root = folder.resolve()
    for name in sorted(path.name for path in root.iterdir()):
        if not name.startswith(".") and not (root / name).is_dir():
            yield name, source_of(name, sources)


def read_copy(path: Path) -> Copy:
    """Read one copy.

    Raises:
        Unreadable: it cannot be read; the message says why.
    """
    return _read_copy(path.parent.resolve(), path.name)


def page_of(path: Path) -> Page:
    """Return the page that a copy is or holds.

    Raises:
        Unreadable: it cannot be read; the message says why.
    """
    return _page(_content(path.parent.resolve(), path.name), suffix_of(path.name))


def source_of(name: str, sources: Collection[str]) -> str | None:
    """Return whose copy a file is; ids may hold dots, so the whole name comes first."""
    return next((one for one in (name, without_suffix(name)) if one in sources), None)


def suffix_of(name: str) -> str:
    """Return the suffix of a file that tells how it is read, in lower case; empty if it is not read."""
    return max((one for one in SUFFIXES if name.lower().endswith(one)), key=len, default="")


def without_suffix(name: str) -> str:
    """Return the name of a copy without what tells how it is read, or without any last suffix."""
    suffix = suffix_of(name)
    return name[: -len(suffix)] if suffix else Path(name).stem


def _read_copy(root: Path, name: str) -> Copy:
    suffix = suffix_of(name)
    if not suffix:
        raise Unreadable(f"is not one of {', '.join(SUFFIXES)}")
    content = _content(root, name)
    page = _page(content, suffix)
    blocks, remark = read_blocks(page.content, page.suffix)
    return Copy(name, hashlib.sha256(content).hexdigest(), blocks, remark, len(content), page.address)


def _page(content: bytes, suffix: str) -> Page:
    return take_page(content, suffix) if suffix in ARCHIVES else Page(content, suffix, "")


def _content(root: Path, name: str) -> bytes:
    """Read a regular file that lies in the folder, also by its links."""
    try:
        path = (root / name).resolve(strict=True)
        if not path.is_relative_to(root):
            raise Unreadable("is a link that leads out of the folder")
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("is not a regular file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that go in a circle, before Python 3.13
        raise Unreadable(
            f"cannot be opened: {getattr(error, 'strerror', None) or 'its links go in a circle'}"
        ) from None
    if len(content) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB")
    return content
