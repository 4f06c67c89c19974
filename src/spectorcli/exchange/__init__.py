"""Takes a case to other tools: a module for each foreign format, a line for each in ``EXPORTS``.

A writer is given the case and the path of a new file or folder, which appears whole or not at all. It
returns sentences about what the format could not hold. The same case gives the same bytes: no times of
the run, no random ids.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from spectorcli.casefile import Case
from spectorcli.errors import UsageError
from spectorcli.files import whole_file, whole_folder

Writer = Callable[[Case, Path], Sequence[str]]


class Export(NamedTuple):
    """A format of ``spector export``: what it is, and what writes it; ``folder`` if it is more than one file."""

    name: str
    what: str
    write: Writer
    folder: bool = False


def export(case: Case, name: str, output: Path) -> Sequence[str]:
    """Write a case in a format, and return what the format could not hold.

    Raises:
        UsageError: there is no such format.
    """
    if name not in EXPORTS:
        raise UsageError(f"no export {name!r}; there are: {', '.join(EXPORTS)}")
    chosen = EXPORTS[name]
    with (whole_folder if chosen.folder else whole_file)(output) as temporary:
        return chosen.write(case, temporary)


@contextmanager
def incoming(path: Path) -> Iterator[Path]:
    """Give the case folder that ``path`` is, or a temporary one that holds what a foreign file says.

    Raises:
        Refused: the file has mistakes, each told with its line in that file.
    """
    if path.suffix.lower() not in {".csv", ".json", ".jsonl"} or not path.is_file():
        yield path
        return
    from spectorcli.exchange import ftm_reader

    with TemporaryDirectory(prefix="spector-") as temporary:
        ftm_reader.to_folder(path, Path(temporary))
        yield Path(temporary)


def _folder(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import folder

    return folder.write(case, path)


def _ftm(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import ftm

    return ftm.write(case, path)


def _ftm_statements(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import ftm

    return ftm.write_statements(case, path)


EXPORTS = {
    one.name: one
    for one in (
        Export("folder", "the case folder itself, a Frictionless data package", _folder, folder=True),
        Export("ftm", "FollowTheMoney entities with the best values, JSON lines", _ftm),
        Export("ftm-statements", "FollowTheMoney statements, who said what, CSV", _ftm_statements),
    )
}
