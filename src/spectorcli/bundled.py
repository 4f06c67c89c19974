"""The bundled case, Operation SpecTor, and which case a question is asked of: this one, if none is named.

The first question builds it in the user's data folder, and the first after an upgrade builds it again. A case of
the user's own in its place is never replaced.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from spectorcli.case import Case
from spectorcli.database import connect, open_database
from spectorcli.errors import Damaged
from spectorcli.places import data_folder
from spectorcli.result import Result

if TYPE_CHECKING:
    from spectorcli.load.clock import Clock

_PACKAGED = Path(__file__).with_name("seed")
SEED = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "seed"
"""The bundled case: inside the package when installed, beside ``src`` in a checkout."""


def default_path() -> Path:
    """Return where the bundled case is built."""
    return data_folder() / "case.db"


def open_case(path: Path | None, tell: Callable[[str], None]) -> Case:
    """Open a case; without a path the bundled one, which is built first if it is missing or outdated.

    ``tell`` is given one line when something is built.

    Raises:
        NotFound: there is no case at ``path``.
    """
    if path is not None:
        return Case(open_database(path))
    path = default_path()
    stamp = _stamp()
    if path.exists():
        try:
            case = Case(connect(path))
        except Damaged:
            built_from = _built_from(path)
            if not built_from:
                raise
        else:
            built_from = case.metadata.get("stamp")
            if built_from == stamp:
                return case
            case.close()
        if not built_from:
            return Case(open_database(path))  # the user's own case, which is never replaced
    tell(f"building the bundled case in {path}")
    load_bundled(path)
    return Case(open_database(path))


def _built_from(path: Path) -> str | None:
    """Return the stamp of a damaged case, if it can still be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return str(connection.execute("select value from about where key = 'stamp'").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError, UnicodeDecodeError):
        return None


def load_bundled(path: Path, clock: "Clock | None" = None) -> Result:
    """Build the bundled case, marked as such, so that an upgrade may replace it."""
    from spectorcli.load.load import load

    return load(SEED, path, stamp=_stamp(), clock=clock)


def _stamp() -> str:
    """Return what tells a build from another without reading it: sizes and times of the seed and of what loads it.

    All in one sum: to write each down takes half a millisecond of every question.
    """
    package = Path(__file__).parent
    folders = (
        SEED,
        package,
        *(
            package / name
            for name in ("folder", "load", "sql/build", "weigh", "values", "values/figures", "values/languages")
        ),
    )
    states = [entry.stat() for folder in folders for entry in os.scandir(folder) if entry.is_file()]
    size, times = sum(state.st_size for state in states), sum(state.st_mtime_ns for state in states)
    return f"{len(states)} files, {size} bytes, {times}"
