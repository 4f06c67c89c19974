"""Appends a row to a file of a case folder, in the file's own style, if the folder still loads with it.

The row is read back by the reader of the loader before anything is replaced, and only what was read is replaced.
"""

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from spectorcli.built import OF_PROGRAMS
from spectorcli.errors import Busy, NotFound, Refused
from spectorcli.files import lock, whole_file
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.table import Header, Raw, decoded, mark_of, read_header, read_rows, recognised, writer_like
from spectorcli.load.load import check
from spectorcli.values.wording import joined

_UNDONE = "nothing was added"


def add(folder: Path, name: str, columns: Sequence[str], cells: Mapping[str, str]) -> int:
    """Append a row to ``name``, such as claims.csv, and return the line at which it stands.

    The order of the columns, the delimiter, quotes, line ends and a byte order mark stay as they are.
    A file that is not there yet is begun with ``columns``.

    Raises:
        NotFound: there is no such case folder.
        Refused: with this row the folder would not load; nothing was written.
        Busy: another program adds to the file, or has changed it since it was read.
    """
    if not (folder / "claims.csv").is_file():
        raise NotFound(f"{folder} is not a case folder: it has no claims.csv; begin one with: spector init DIR")
    file = folder / name
    with lock(file):
        old = content_of(file)
        begun = (
            f"{','.join(columns)}\n".encode() if old is None else widened(folder, name, old, columns, cells, _UNDONE)
        )
        new = begun + _row(folder, name, begun, cells)
        counts = tried(folder, name, new, _UNDONE)
        before, after = _rows(name, begun), _rows(name, new)
        if not len(after) == len(before) + 1 == counts.get(file.stem):
            raise Refused(str(folder), [f"{name}:1: a row at its end would not be read"], _UNDONE)
        put(file, old, new, _UNDONE)
    return after[-1]


def put(file: Path, old: bytes | None, new: bytes, undone: str) -> None:
    """Replace a file that was read and is locked, unless another program has changed it since.

    Raises:
        Busy: it has; ``undone`` says in words that nothing was done.
    """
    with whole_file(file) as temporary:
        _write(temporary, new)
        if content_of(file) != old:  # the lock is spector's own: a spreadsheet knows nothing of it
            raise Busy(f"{file} was changed by another program meanwhile; {undone}; try again")


def content_of(file: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _write(file: Path, content: bytes) -> None:
    """Write a file through to the disk, so that no time passes between the last look at the old one and its end."""
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _header(folder: Path, name: str, content: bytes, undone: str) -> Header:
    header = read_header(decoded(content), name)
    if isinstance(header, Mistake):
        raise Refused(str(folder), [f"{name}:{header.line}: {header.sentence}"], undone)
    return header


def widened(
    folder: Path, name: str, old: bytes, columns: Sequence[str], cells: Mapping[str, str], undone: str
) -> bytes:
    """Put columns that the file has not, and into which something is to go, behind those that it has.

    Raises:
        Refused: its header cannot be read, or a column in it may be meant for one of these.
    """
    header = _header(folder, name, old, undone)
    there = recognised(header.columns, columns)
    further = [column for column in columns if cells.get(column) and column not in there]
    if not further:
        return old
    for column in there:
        if column not in columns:
            doubt = f"unknown column {column!r}; is it {joined(further, 'or')}? else remove it"
            raise Refused(str(folder), [f"{name}:{header.line}: {doubt}"], undone)
    lines = decoded(old).readlines()
    rows = csv.reader(lines, delimiter=header.delimiter)
    for row in rows:
        if row and rows.line_num >= header.line:
            last = lines[rows.line_num - 1]
            text = last.rstrip("\r\n")
            short = [""] * (len(header.columns) - len(row))
            added = [*short, *(further if rows.line_num == header.line else [""] * len(further))]
            quote = '"' if header.quoted else ""
            behind = "".join(f"{header.delimiter}{quote}{one}{quote}" for one in added)
            lines[rows.line_num - 1] = f"{text}{behind}{last[len(text) :]}"
    return mark_of(old) + "".join(lines).encode("utf-8", "surrogateescape")


def _row(folder: Path, name: str, old: bytes, cells: Mapping[str, str]) -> bytes:
    """Write a row as the file writes its header."""
    header = _header(folder, name, old, _UNDONE)
    there = recognised(header.columns, cells)
    row = io.StringIO(newline="")
    writer_like(header, row).writerow([cells.get(column, "") for column in there])
    start = "" if old.endswith((b"\n", b"\r")) else header.end
    return f"{start}{row.getvalue()}".encode("utf-8", "surrogateescape")


def _rows(name: str, content: bytes) -> list[int]:
    """Return the line of each row of a file, as the loader finds them."""
    lines = decoded(content)
    header = read_header(lines, name)
    assert not isinstance(header, Mistake), header
    return [row.line for row in read_rows(lines, header, name) if isinstance(row, Raw)]


def tried(folder: Path, name: str, new: bytes, undone: str) -> Mapping[object, object]:
    """Load the folder as it would be, without keeping anything, and return how many rows of each kind it has.

    Raises:
        Refused: it would not load; ``undone`` says in words that nothing was done.
    """
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch, "case")
        trial.mkdir()
        for file in folder.iterdir():
            if file.name != name and not file.name.startswith(OF_PROGRAMS):
                _stand_in(trial / file.name, file)
        (trial / name).write_bytes(new)
        try:
            return dict(check(trial).rows)  # type: ignore[arg-type]  # rows of two cells
        except Refused as refused:
            raise Refused(str(folder), refused.mistakes, undone) from None


def _stand_in(path: Path, file: Path) -> None:
    """Let a path be a file of the folder: by a link, for a case may be large; a copy where links are not allowed."""
    try:
        path.symlink_to(file.resolve())
    except OSError:
        if file.is_file():
            shutil.copy(file, path)
