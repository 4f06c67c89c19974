"""A case as its sources stood on a day: built by the same load from the claims that were published by then.

It is kept in the user's cache, so that only the first question of a day waits for it.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from spectorcli import __version__
from spectorcli.case import Case
from spectorcli.database import LAYOUT, open_database
from spectorcli.errors import Damaged, EnvironmentFailed, NotFound, Refused
from spectorcli.places import cache_folder
from spectorcli.result import Note, Said, Shows
from spectorcli.words import say

KEPT = 50
"""Days that are kept, of all cases: the newest."""


def as_of(case: Case, day: str) -> Case:
    """Return a case as it stood at the end of a day, an ISO date.

    Raises:
        Damaged: the case cannot be built again, as none is that no load wrote.
        EnvironmentFailed: it cannot be kept.
        Busy: it is being built.
    """
    kept = _place(case, day)
    try:
        try:
            return Case(open_database(kept))
        except NotFound:
            _build(case, day, kept)
            return Case(open_database(kept))
    except (EnvironmentFailed, OSError) as error:
        why = f": {error.strerror}" if isinstance(error, OSError) else ""
        told = f"the case as of {day} cannot be kept in {kept.parent}{why}; name another folder in XDG_CACHE_HOME"
        raise EnvironmentFailed(told) from None


def _build(case: Case, day: str, kept: Path) -> None:
    from tempfile import TemporaryDirectory  # what only the first question of a day needs takes 20 ms

    from spectorcli.exchange.then import write
    from spectorcli.load.load import load

    with TemporaryDirectory(prefix="spector-") as temporary:
        try:
            write(case, Path(temporary), day)
            load(Path(temporary), kept)
        except (KeyError, ValueError, Refused) as error:
            raise Damaged(f"{case.path} holds what no load writes: {error}") from None
    kept.chmod(case.path.stat().st_mode & 0o777)  # who may read the case, and nobody else
    _forget(kept.parent)


def left_out(case: Case) -> str:
    """Say in words how much a case as of a day leaves out of the whole."""
    package = json.loads(case.metadata["package"])
    counts = {name: Said(Shows.COUNT, count) for name, count in package["left_out"].items()}
    return say(Note("as of", {"day": Said(Shows.DATE, package["as_of"]), **counts}))


def _place(case: Case, day: str) -> Path:
    """Return where a case of a day is kept; another where it would be built otherwise."""
    built_by = case.metadata["fingerprint"], case.metadata["stamp"], __version__, str(LAYOUT)
    return cache_folder() / f"{hashlib.sha256(' '.join(built_by).encode()).hexdigest()[:32]}-{day}.db"


def _forget(folder: Path) -> None:
    with suppress(OSError):  # of another process that forgets at the same time
        for old in sorted(folder.glob("*.db"), key=lambda path: -path.stat().st_mtime)[KEPT:]:
            old.unlink()
