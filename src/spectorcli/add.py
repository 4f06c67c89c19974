"""Appends a row to a file of a case folder, in the file's own style, if the folder still loads with it."""

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from spectorcli.errors import NotFound, Refused
from spectorcli.files import lock, whole_file
from spectorcli.load.load import check


def add(folder: Path, name: str, columns: Sequence[str], cells: Mapping[str, str]) -> int:
    """Append a row to ``name``, such as claims.csv, and return the line at which it stands.

    The order of the columns, the delimiter, quotes, line ends and a byte order mark stay as they are.
    A file that is not there yet is begun with ``columns``.

    Raises:
        NotFound: there is no such case folder.
        Refused: with this row the folder would not load; nothing was written.
        Busy: another program adds to the file.
    """
    if not (folder / "claims.csv").is_file():
        raise NotFound(f"{folder} is not a case folder: it has no claims.csv; begin one with: spector init DIR")
    file = folder / name
    with lock(file):
        old = file.read_bytes() if file.exists() else f"{','.join(columns)}\n".encode()
        new = old + _row(old, cells)
        _try(folder, name, new)
        with whole_file(file) as temporary:
            temporary.write_bytes(new)
    return old.count(b"\n") + (not old.endswith(b"\n")) + 1


def _row(old: bytes, cells: Mapping[str, str]) -> bytes:
    """Write a row as the file writes its header."""
    first = old.decode("utf-8-sig", "surrogateescape").partition("\n")[0]
    end = "\r\n" if first.endswith("\r") else "\n"
    delimiter = ";" if ";" in first and "," not in first else ","
    header = next(csv.reader([first.rstrip("\r")], delimiter=delimiter), [])
    row = io.StringIO(newline="")
    writer = csv.writer(
        row,
        delimiter=delimiter,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if first.lstrip().startswith('"') else csv.QUOTE_MINIMAL,
    )
    writer.writerow([cells.get(column, "") for column in header])
    start = "" if old.endswith(b"\n") else end
    return f"{start}{row.getvalue()}".encode("utf-8", "surrogateescape")


def _try(folder: Path, name: str, new: bytes) -> None:
    """Load the folder as it would be, without keeping anything."""
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place, "case")
        trial.mkdir()
        for file in [*folder.glob("*.csv"), *folder.glob("datapackage.json")]:
            if file.name != name:
                shutil.copy(file, trial)
        (trial / name).write_bytes(new)
        try:
            check(trial)
        except Refused as refused:
            raise Refused(str(folder), refused.mistakes, "nothing was added") from None
