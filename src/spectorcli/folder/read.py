"""Reads the things of a case folder and finds every mistake in them, each with file, line and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spectorcli.errors import NotFound, Refused, UsageError
from spectorcli.folder.changes import Changes
from spectorcli.folder.claims import ClaimFiles
from spectorcli.folder.contents import case_files, misnamed_files, passed_over
from spectorcli.folder.known import Known
from spectorcli.folder.metadata import line_of, read_metadata
from spectorcli.folder.mistakes import Mistakes, mistake
from spectorcli.folder.register import Things
from spectorcli.folder.things import check_things, find_cycles, read_things, register
from spectorcli.folder.values import missing
from spectorcli.folder.vocabulary import read_own_vocabulary
from spectorcli.vocabulary import Kind


@dataclass(frozen=True)
class Folder:
    """A case folder, whose claims are not read yet, and the mistakes found so far."""

    path: Path
    claims: ClaimFiles
    metadata: dict[str, str]
    vocabulary: list[dict[str, str]]
    """The rows of the case's own vocabulary.csv."""
    things: Things
    known: Known
    mistakes: Mistakes
    changes: Changes
    """What was changed to read it; of the claims, as they are read."""
    passed_over: list[str]
    """The names of files that look like tables of the case and are not read."""


def read_folder(path: Path, kinds: dict[str, Kind], more: Sequence[Path] = ()) -> Folder:
    """Read all things of a case folder; its claims are read afterwards.

    ``more`` are further files like claims.csv.

    Raises:
        NotFound: there is no such folder, or it holds no claims.csv, or one of ``more`` is missing.
        UsageError: a file is among them twice.
        Refused: a file of the folder is none that can be read to its end.
    """
    claims = _claim_files(path, more)
    for file in case_files(path):
        if not file.is_file():
            raise Refused(str(path), [f"{file.name}:1: is not a regular file; put the file itself there"])
    metadata, misstated, unfit = read_metadata(path)
    own = read_own_vocabulary(path, kinds)
    things, changes = Things(own.kinds), Changes()
    mistakes = Mistakes(path, things)
    changes.add("datapackage.json", unfit)
    mistakes.gather([*misstated, *own.mistakes, *misnamed_files(path, own.kinds)])
    for kind in own.kinds.values():
        file = path / f"{kind.name}.csv"
        if file.is_file():
            mistakes.gather(register(read_things(file, kind), kind, things, changes))
    known = Known(own.kinds, things.kind_of, mistakes.lost)
    mistakes.gather(check_things(things, known))
    mistakes.gather(find_cycles(things, own.kinds.values()))
    operation = metadata["operation"]
    if operation and (problem := missing(known, "operations", operation)):
        line = line_of(path / "datapackage.json", "operation")
        mistakes.gather([mistake("datapackage.json", line, problem, "operation: ")])
    return Folder(path, claims, metadata, own.rows, things, known, mistakes, changes, passed_over(path, own.kinds))


def _claim_files(path: Path, more: Sequence[Path]) -> ClaimFiles:
    """Return the files of claims, all there and each named once."""
    if path.is_file():
        raise NotFound(f"{path} is neither a case folder nor a file that load reads, such as a workbook in .xlsx")
    if not path.is_dir():
        raise NotFound(f"no case folder at {path}")
    if not (path / "claims.csv").is_file():
        nearly = [file.name for file in path.iterdir() if file.name.lower() == "claims.csv" and file.is_file()]
        rename = f"; rename {nearly[0]}" if nearly else ""
        raise NotFound(f"{path} is not a case folder: it has no claims.csv{rename}")
    for file in more:
        if not file.is_file():
            raise NotFound(f"no file of claims at {file}")
    files = [path / "claims.csv", *more]
    if len({file.resolve() for file in files}) < len(files):
        raise UsageError("the same file of claims is given twice")
    return ClaimFiles(files)
