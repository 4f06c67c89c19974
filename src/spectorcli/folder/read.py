"""Reads a case folder and finds every mistake in it, each with file, line and what to do.

Nothing here writes: what comes out is checked things and checked claims, in the order of the files.
"""

import copy
from collections.abc import Sequence
from pathlib import Path

from spectorcli.errors import NotFound, Refused, UsageError
from spectorcli.folder.folder import Folder
from spectorcli.folder.guess import did_you_mean
from spectorcli.folder.metadata import read_metadata
from spectorcli.folder.things import check_cycles, check_thing, read_things
from spectorcli.folder.values import missing
from spectorcli.folder.vocabulary import read_own_vocabulary
from spectorcli.vocabulary import Kind


def read_folder(path: Path, kinds: dict[str, Kind], more: Sequence[Path] = ()) -> Folder:
    """Read all things of a case folder; its claims are read afterwards, with ``claim_rows``.

    ``more`` are further files like claims.csv.

    Raises:
        NotFound: there is no such folder, or it holds no claims.csv, or one of ``more`` is missing.
        UsageError: a file is among them twice.
        Refused: a file of the folder is none that can be read to its end.
    """
    if not path.is_dir():
        raise NotFound(f"no case folder at {path}")
    if not (path / "claims.csv").is_file():
        raise NotFound(f"{path} is not a case folder: it has no claims.csv")
    for file in more:
        if not file.is_file():
            raise NotFound(f"no file of claims at {file}")
    folder = Folder(path, copy.deepcopy(kinds), more)
    given = [file.resolve() for file in folder.claim_files]
    if len({*given}) < len(given):
        raise UsageError("the same file of claims is given twice")
    for file in sorted([*path.glob("*.csv"), *path.glob("datapackage.json")]):
        if not file.is_file():
            raise Refused(str(path), [f"{file.name}:1: is no regular file; put the file itself there"])
    read_metadata(folder)
    read_own_vocabulary(folder)
    for file in sorted(path.glob("*.csv")):
        if file.stem not in {*folder.kinds, "claims", "vocabulary"}:
            known = did_you_mean(file.stem, folder.kinds) or "; declare a kind of your own in vocabulary.csv"
            folder.wrong(file.name, 1, f"unknown kind {file.stem!r}{known}")
    for kind in folder.kinds.values():
        if (path / f"{kind.name}.csv").is_file():
            read_things(folder, kind)
    for thing in folder.things:
        check_thing(folder, thing)
    check_cycles(folder)
    operation = folder.metadata["operation"]
    if operation and missing(folder, "operations", operation):
        folder.wrong("datapackage.json", 1, f"operation: {missing(folder, 'operations', operation)}")
    return folder
