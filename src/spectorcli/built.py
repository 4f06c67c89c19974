"""From which folder a case file was built, and what has changed there since.

That stands in the user's state folder and never in the case file: the same case gives the same bytes, and nothing of
a home folder is mailed with it. A question looks it up, so that it costs a scan of one folder and imports nothing.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from spectorcli.files import whole_file
from spectorcli.places import state_folder

PACKAGE = "datapackage.json"

OF_PROGRAMS = (".", "~$")
"""How names begin of files that programs leave behind: locks of editors and of Excel, what macOS keeps beside one."""

_END = "\0"
"""Between the fields of a record: what no path can hold."""


class Built(NamedTuple):
    """What a case file was built from: a folder, or a file of another format, and further files of claims.

    ``files`` are their sizes and times at that moment, by path; ``fingerprint`` is that of the case.
    """

    db: Path
    fingerprint: str
    folder: Path
    more: tuple[Path, ...]
    files: dict[str, str]

    def changed(self) -> list[str]:
        """Return the names of the files that are not as they were; none if the folder is gone."""
        if not self.folder.exists():
            return []
        now = _states(self.folder, self.more)
        return sorted({Path(path).name for path, _ in self.files.items() ^ now.items()})


def is_read(name: str) -> bool:
    """Whether a file of a folder is a part of its case, by its name."""
    return not name.startswith(OF_PROGRAMS) and (name == PACKAGE or name.endswith(".csv"))


def look(db: Path, folder: Path, more: Sequence[Path]) -> Built:
    """Return what a case file is about to be built from: whatever changes from now on is not in it."""
    folder, more = folder.resolve(), tuple(one.resolve() for one in more)
    return Built(db.resolve(), "", folder, more, _states(folder, more))


def keep(built: Built) -> None:
    """Keep it for later questions; where nothing can be kept they have nothing to tell."""
    path = _record(built.db)
    fields = [str(built.db), built.fingerprint, str(built.folder), str(len(built.more)), *map(str, built.more)]
    states = [field for pair in built.files.items() for field in pair]
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _forget_what_is_gone(path.parent)
        with whole_file(path) as temporary:
            temporary.write_bytes(os.fsencode(_END.join([*fields, *states])))


def recall(db: Path, fingerprint: str) -> Built | None:
    """Return what a case file was built from; None if that is not known of this file with this content."""
    found = _read(_record(db.resolve()))
    return found if found and (found.db, found.fingerprint) == (db.resolve(), fingerprint) else None


def built_from(folder: Path) -> Iterator[Path]:
    """Yield the case files that were built from a folder and are still there."""
    folder = folder.resolve()
    with suppress(OSError):
        for path in sorted(state_folder().glob("*.built")):
            found = _read(path)
            if found and found.folder == folder and found.db.exists():
                yield found.db


def _record(db: Path) -> Path:
    return state_folder() / f"{zlib.crc32(os.fsencode(db)):08x}.built"


def _read(path: Path) -> Built | None:
    try:
        db, fingerprint, folder, many, *rest = os.fsdecode(path.read_bytes()).split(_END)
        more, states = rest[: int(many)], rest[int(many) :]
        files = dict(zip(states[::2], states[1::2], strict=True))
    except (OSError, ValueError):
        return None
    return Built(Path(db), fingerprint, Path(folder), tuple(map(Path, more)), files)


def _states(folder: Path, more: Sequence[Path]) -> dict[str, str]:
    """Return size and time of each file that a case is read from, by its path."""
    states = {}
    with suppress(OSError):  # reading the files will say why
        paths = [folder]
        if folder.is_dir():
            paths = [one for one in folder.iterdir() if is_read(one.name)]
        for path in (*paths, *more):
            state = path.stat()
            states[str(path)] = f"{state.st_size}@{state.st_mtime_ns}"
    return states


def _forget_what_is_gone(folder: Path) -> None:
    for path in folder.glob("*.built"):
        found = _read(path)
        if found and not found.db.exists():
            path.unlink(missing_ok=True)
