"""Merges two hands' edits of a file of a case, by row and cell and not by line.

A row is known by what it is about: a thing by its id, a claim by subject, property, source, unit and time, and by its
value where a source says several. What only one side changed is taken. A cell that both changed, or a row that one
changed and the other removed, is a conflict: it stands in the file as both rows under a column ``conflict``, so that a
spreadsheet opens it and ``load`` refuses it.
"""

import csv
import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spectorcli.errors import EnvironmentFailed, Refused, UsageError
from spectorcli.files import whole_file, whole_folder
from spectorcli.folder.columns import CONFLICT
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.table import Header, decoded, mark_of, read_header, writer_like
from spectorcli.output import write as write_text
from spectorcli.values.listing import split
from spectorcli.values.wording import joined

CLAIM = ("subject", "property", "source", "unit", "when")
"""What a claim is known by."""

KEYS = (CLAIM, ("kind", "property"), ("id",))
"""What the rows of claims, of a vocabulary and of any other file are known by, as their columns tell."""

SIGNED = "checked"
"""The column in which several hands may sign one row."""

SIDES = OURS, THEIRS = ("ours", "theirs")

REMOVED = "removed it"

Row = Mapping[str, str]
"""The cells of a row that are not empty, by column."""

Key = tuple[str, ...]


class Table(NamedTuple):
    """A file: how it is written, and its rows."""

    header: Header
    rows: list[Row]
    mark: bytes

    @property
    def key(self) -> tuple[str, ...]:
        """The columns by which its rows are known."""
        return next((one for one in KEYS if {*one} - {"unit", "when"} <= {*self.header.columns}), ("id",))


class Conflict(NamedTuple):
    """What two sides make of one row that both changed; a side without a row removed it."""

    key: Key
    ours: Row | None
    theirs: Row | None

    def __str__(self) -> str:
        """Return it in the words of a claim: ``arrests-spector-gb count by notebookcheck: ours 54, theirs 56``."""
        is_claim = len(self.key) >= len(CLAIM)
        about = f"{self.key[0]} {self.key[1]} by {self.key[2]}" if is_claim else " ".join(self.key)
        if self.ours is None or self.theirs is None:
            changed, removed = SIDES if self.theirs is None else (THEIRS, OURS)
            return f"{about}: {changed} changed it, {removed} {REMOVED}"
        differ = [one for one in {**self.ours, **self.theirs} if self.ours.get(one) != self.theirs.get(one)]
        said = [_said(row, differ) for row in (self.ours, self.theirs)]
        return f"{about}: {OURS} {said[0]}, {THEIRS} {said[1]}"


def merge(base: Path, ours: Path, theirs: Path, prefer: str | None) -> tuple[bytes, list[Conflict]]:
    """Return the merged file, written as ours is, and what is in conflict.

    Of conflicts the side ``prefer`` is taken, if named. A base that is empty is that of a file which both added.

    Raises:
        Refused: a file has no header that can be read, or holds conflicts.
    """
    mine, their = _read(ours), _read(theirs)
    before = _read(base).rows if base.stat().st_size else []
    key_of = mine.key
    several = {key for rows in (before, mine.rows, their.rows) for key in _several(key_of, rows)}
    was, now, other = (_by_key(key_of, rows, several) for rows in (before, mine.rows, their.rows))
    merged: dict[Key, list[Row]] = {}
    conflicts: list[Conflict] = []
    for key in _in_order(now, other):
        row, is_conflict = _merged(was.get(key), now.get(key), other.get(key))
        if is_conflict and prefer:
            row, is_conflict = (now if prefer == OURS else other).get(key), False
        if is_conflict:
            conflicts.append(Conflict(key, now.get(key), other.get(key)))
            sides = zip(SIDES, (now.get(key), other.get(key)), strict=True)
            known = dict(zip(key_of, key, strict=False))
            merged[key] = [{**(one or known), CONFLICT: side if one else f"{side} {REMOVED}"} for side, one in sides]
        elif row is not None:
            merged[key] = [row]
    columns = list(dict.fromkeys([*mine.header.columns, *their.header.columns, *([CONFLICT] if conflicts else [])]))
    return _written(mine, columns, [row for rows in merged.values() for row in rows]), conflicts


def write(base: Path, ours: Path, theirs: Path, output: Path | None, prefer: str | None) -> list[str]:
    """Merge three files, or the files of three folders, and return a line for each conflict.

    Raises:
        UsageError: some are files and some folders, or it is not said where a folder is to be made.
        Refused: a file has no header that can be read, or holds conflicts.
    """
    are_folders = {one.is_dir() for one in (base, ours, theirs)}
    if are_folders == {True}:
        if output is None:
            raise UsageError("where is the merged folder to be made? name one with -o")
        return merge_folders(base, ours, theirs, output, prefer)
    if True in are_folders:
        raise UsageError("merge takes three files or three folders")
    content, conflicts = merge(base, ours, theirs, prefer)
    if output is None:
        write_text(content.decode("utf-8", "backslashreplace"), None)
    else:
        with whole_file(output) as temporary:
            temporary.write_bytes(content)
    return [str(one) for one in conflicts]


def merge_folders(base: Path, ours: Path, theirs: Path, target: Path, prefer: str | None) -> list[str]:
    """Merge the CSV files of case folders into a new folder, with all else as ours has it; return each conflict.

    Raises:
        FileExistsError: there is something already.
        Refused: a file has no header that can be read, or holds conflicts.
    """
    told: list[str] = []
    with whole_folder(target) as place:
        for file in sorted(ours.iterdir()):
            if file.is_file():
                shutil.copy(file, place)
        for file in sorted(theirs.glob("*.csv")):
            mine, before = ours / file.name, base / file.name
            if not mine.is_file():
                shutil.copy(file, place)
                continue
            if not before.is_file():
                before = place / f".{file.name}.base"
                before.touch()
            content, conflicts = merge(before, mine, file, prefer)
            (place / file.name).write_bytes(content)
            told += [f"{file.name}: {one}" for one in conflicts]
        for left in place.glob(".*.base"):
            left.unlink()
    return told


def install(repository: Path) -> None:
    """Have git merge the files of ``*.csv merge=spector`` in a repository with this, by its own configuration.

    Raises:
        EnvironmentFailed: it is not a repository, or there is no git.
    """
    driver = "spector merge %O %A %B --output %A"
    for name, value in (("name", "rows of a case, by what they are about"), ("driver", driver)):
        try:
            asked = ["git", "-C", str(repository), "config", "--local", f"merge.spector.{name}", value]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise EnvironmentFailed("there is no git to set up") from None
        if done.returncode:
            raise EnvironmentFailed(f"{repository} is not a git repository; go there, or begin one with: git init")


def _read(path: Path) -> Table:
    """Read a file of a case row by row, as it is written: nothing in it is checked."""
    content = path.read_bytes()
    lines = decoded(content)
    header = read_header(lines, path.name)
    if isinstance(header, Mistake):
        raise Refused(str(path), [f"{path.name}:{header.line}: {header.sentence}"], "nothing was merged")
    if CONFLICT in header.columns:
        wrong = f"{path.name}:{header.line}: it holds conflicts; decide them, and remove the column {CONFLICT}"
        raise Refused(str(path), [wrong], "nothing was merged")
    cells = csv.reader(lines, delimiter=header.delimiter)
    rows = [{one: cell for one, cell in zip(header.columns, row, strict=False) if cell} for row in cells]
    return Table(header, [row for row in rows if row], mark_of(content))


def _key(columns: Sequence[str], row: Row) -> Key:
    return tuple(row.get(column, "") for column in columns)


def _several(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Key]:
    """Yield what several rows of a file are about, as those of a list are."""
    return (key for key, times in Counter(_key(columns, row) for row in rows).items() if times > 1)


def _by_key(columns: Sequence[str], rows: Sequence[Row], several: Collection[Key]) -> dict[Key, Row]:
    """Return rows by what they are known by: by their value, too, where several are about the same."""
    found: dict[Key, Row] = {}
    for row in rows:
        key = _key(columns, row)
        if key in several:
            key = (*key, row.get("value", ""))
        while key in found:  # the same twice, as load will say
            key = (*key, "again")
        found[key] = row
    return found


def _in_order(ours: Mapping[Key, Row], theirs: Mapping[Key, Row]) -> list[Key]:
    """Return all keys in the order of ours, what only theirs has where it sorts if ours is sorted, else at the end."""
    order = list(ours)
    more = [key for key in theirs if key not in ours]
    return sorted([*order, *more]) if order == sorted(order) else [*order, *more]


def _merged(base: Row | None, ours: Row | None, theirs: Row | None) -> tuple[Row | None, bool]:
    """Return what becomes of a row, None if it goes, and whether the two sides are in conflict over it."""
    if ours == theirs or theirs == base:
        return ours, False
    if ours == base:
        return theirs, False
    if ours is None or theirs is None:
        return None, True
    row: dict[str, str] = {}
    for column in {**ours, **theirs, **(base or {})}:
        cells = [(base or {}).get(column), ours.get(column), theirs.get(column)]
        cell, is_conflict = (_merged_signatures if column == SIGNED else _merged_cell)(*cells)
        if is_conflict:
            return None, True
        if cell:
            row[column] = cell
    return row, False


def _merged_cell(base: str | None, ours: str | None, theirs: str | None) -> tuple[str | None, bool]:
    if ours in (theirs, base):
        return theirs, False
    return ours, theirs != base


def _merged_signatures(base: str | None, ours: str | None, theirs: str | None) -> tuple[str | None, bool]:
    """Return the signatures of a row that two hands compared: both's, and of those before what both have kept."""
    before, mine, their = (split(one or "") for one in (base, ours, theirs))
    kept = [one for one in dict.fromkeys([*mine, *their]) if one not in before or (one in mine and one in their)]
    return "; ".join(kept) or None, False


def _said(row: Row, columns: Sequence[str]) -> str:
    """Return some cells of a row; a value needs no name."""
    cells = [f"{'' if one == 'value' else f'{one} '}{row.get(one, 'nothing')}" for one in columns]
    return joined(cells, "and")


def _written(table: Table, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = writer_like(table.header, out)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return table.mark + out.getvalue().encode("utf-8", "surrogateescape")
