"""Signs the rows of a case that somebody compared with the copies of their sources, as ``verify`` found them there."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from spectorcli.add import content_of, put, tried, widened
from spectorcli.case import Case
from spectorcli.compared import COMPARED
from spectorcli.errors import NotFound, UsageError
from spectorcli.files import lock
from spectorcli.folder.claims import CheckedClaim, check_claims
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.read import read_folder
from spectorcli.folder.signed import sign
from spectorcli.folder.table import decoded, read_header, with_cells
from spectorcli.result import Note, Result, Said, Shows
from spectorcli.vocabulary import read_vocabulary

FILE = "claims.csv"

BORNE_OUT = ("found", "anywhere")
"""The verdicts that are signed: what is stated stands where the claim says, if that names a place in the copy."""

_INITIALS = re.compile(r"[^\W\d_][\w.-]{0,19}")

_UNDONE = "nothing was signed"


def signed(case: Case, found: Result, folder: Path, initials: str) -> Result:
    """Sign the claims of which ``verify`` found that their copies bear them out; the answer says how many.

    A row that was changed since the case was built is not what was compared, and stays as it is.

    Raises:
        UsageError: these are no initials.
        NotFound: there is no such case folder.
        Refused: with what is to be signed the folder would not load; nothing was written.
        Busy: another program adds to the file, or has changed it since it was read.
    """
    refuse_unless_initials(initials)
    compared = set(_compared(case, found))
    file = folder / FILE
    if not file.is_file():
        raise NotFound(f"{folder} is not a case folder: it has no {FILE}")
    with lock(file):
        old = content_of(file)
        assert old is not None, file
        there = [row for row in _rows(folder) if _cells(row) in compared]
        today = str(datetime.date.today())
        cells = {row.id: sign(row.cells, initials, today) for row in there}
        new = {row.id: cells[row.id] for row in there if row.cells[CLAIM_COLUMNS.index("checked")] != cells[row.id]}
        if new:
            content = widened(folder, FILE, old, CLAIM_COLUMNS, {"checked": initials}, _UNDONE)
            header = read_header(decoded(content), FILE)
            assert not isinstance(header, Mistake), header
            content = with_cells(content, header, "checked", new)
            tried(folder, FILE, content, _UNDONE)
            put(file, old, content, _UNDONE)
    counts = {"claims": len(new), "already": len(there) - len(new), "elsewhere": len(compared - {*map(_cells, there)})}
    said = {name: Said(Shows.COUNT, count or (None if name != "claims" else 0)) for name, count in counts.items()}
    note = Note("signed", {**said, "file": Said(Shows.TEXT, str(file)), "initials": Said(Shows.TEXT, initials)})
    return found._replace(notes=[*found.notes, note])


def refuse_unless_initials(text: str) -> None:
    """Go on only with what may stand for a person in a signature.

    Raises:
        UsageError: these are no initials.
    """
    if not _INITIALS.fullmatch(text):
        raise UsageError(f"--sign takes initials, such as rk, not {text!r}")


def _compared(case: Case, found: Result) -> Iterator[tuple[str, ...]]:
    """Yield what was compared of each claim that its copy bears out."""
    verdict, line = found.names.index("verdict"), found.names.index("line")
    borne_out = {row[line] for row in found.rows if row[verdict] in BORNE_OUT}
    for claim in case.records("answers/stated", {}):
        if claim["line"] in borne_out:
            yield tuple(str(claim[column] or "") for column in COMPARED)


def _rows(folder: Path) -> Iterator[CheckedClaim]:
    """Yield the claims of a folder that can be read; ``tried`` tells of the others."""
    case = read_folder(folder, read_vocabulary())
    for row in check_claims(case.claims.rows(), case.known):
        if isinstance(row, CheckedClaim) and case.claims.locate(row.id)[0] == FILE:
            yield row


def _cells(row: CheckedClaim) -> tuple[str, ...]:
    return tuple(row.cells[CLAIM_COLUMNS.index(column)] for column in COMPARED)
