"""Which files of a folder make up its case: no file that a person takes for a part of it is passed over in silence."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from spectorcli.built import OF_PROGRAMS, PACKAGE, is_read
from spectorcli.errors import did_you_mean
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.vocabulary import NAME

_OTHER_TABLES = {".tsv", ".tab", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"}
"""What else a table may be saved as, also by an editor that puts its own suffix behind: ``people.csv.txt``."""


def case_files(path: Path) -> list[Path]:
    """Return what a case is read from, sorted by name: CSV files and datapackage.json.

    What begins with a dot is not the user's: an editor's lock (``.#claims.csv``), a copy of macOS's own
    (``._claims.csv``).
    """
    return sorted(file for file in path.iterdir() if is_read(file.name))


def misnamed_files(path: Path, kinds: Collection[str]) -> Iterator[Mistake]:
    """Find files that are no part of a case by their name, but would be by a name that is nearly the same."""
    known = [*kinds, "claims", "vocabulary"]
    files = sorted(_visible(path))
    names = {file.name for file in files}
    for file in files:
        name = file.name.lower()
        if is_read(file.name):
            if name in {f"{one}.csv" for one in known} - names:
                yield Mistake(file.name, 1, f"a file by this name is not read; rename it to {name}")
            elif file.name != PACKAGE and file.stem not in known:
                yield Mistake(file.name, 1, _copied(file.stem, known) or _unknown(file.stem, known))
        elif (name == PACKAGE or name.endswith(".csv")) and not file.is_dir():
            lower = PACKAGE if name == PACKAGE else f"{file.stem if file.stem in known else file.stem.lower()}.csv"
            yield Mistake(file.name, 1, f"a file by this name is not read; rename it to {lower}")


_COPY = re.compile(
    r"(?:(?:copy of|kopie von|copie de|copia de) )?(.+?)"
    r"(?:[ _-]*(?:copy|kopie|copie|copia|old|new|backup)?(?: ?\(?\d+\)?)?)?"
)
"""What a system calls a second file of a name."""


def _copied(stem: str, known: Collection[str]) -> str:
    """Say that a file looks like a copy of one of a case; nothing if it does not."""
    found = _COPY.fullmatch(stem.lower())
    if not found or found[1] not in known:
        return ""
    more = ", or read it as well: spector load DIR FILE" if found[1] == "claims" else ""
    return f"looks like a copy of {found[1]}.csv; move it elsewhere{more}"


def _unknown(stem: str, known: Collection[str]) -> str:
    if not NAME.fullmatch(stem):
        return "is no name of a kind, which has letters, digits and _ alone; rename it, or move it elsewhere"
    return f"unknown kind {stem!r}{did_you_mean(stem, known) or '; declare a kind of your own in vocabulary.csv'}"


def passed_over(path: Path, kinds: Collection[str]) -> list[str]:
    """Return the names of files that are not read, although they look like tables of the case, sorted."""
    known = {one.lower() for one in (*kinds, "claims", "vocabulary")}
    unread = (file for file in _visible(path) if not file.is_dir() and file.suffix.lower() in _OTHER_TABLES)
    return sorted(file.name for file in unread if file.name.partition(".")[0].lower() in known)


def _visible(path: Path) -> Iterator[Path]:
    return (file for file in path.iterdir() if not file.name.startswith(OF_PROGRAMS))
