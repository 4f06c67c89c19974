"""Tells of values that do not follow from the words that their claims state: one line for each, up to a few."""

import sqlite3
from collections.abc import Iterator
from itertools import islice

from spectorcli.folder.claims import CheckedClaim, ClaimFiles
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.mistakes import Mistake, shortened
from spectorcli.result import Cell, Note, Said, Shows, by_name, typed
from spectorcli.statements import columns_of, statement
from spectorcli.words import say

MOST_TOLD = 10
"""Lines; the others are counted, and listed by ``spector check``."""

_COLUMNS = by_name(columns_of("build/slips"))


def mistake(claim: CheckedClaim, seen: str, files: ClaimFiles) -> Mistake:
    """Return the mistake that a slip is to a strict load."""
    cells: dict[str, Cell] = dict(zip(CLAIM_COLUMNS, claim.cells, strict=True))
    differs = seen.casefold() != claim.cells[CLAIM_COLUMNS.index("stated")].casefold()
    record = {**cells, "claim": claim.id, "type": claim.declared.type, "seen": seen if differs else None}
    return Mistake(*files.locate(claim.id), _sentence(record))


def told(connection: sqlite3.Connection, files: ClaimFiles) -> Iterator[str]:
    """Yield a line for each of the first slips of a case, and one for the others."""
    for row in islice(connection.execute(statement("build/slips")), MOST_TOLD):
        file, line = files.locate(row[0])
        yield f"{file}:{line}: {_sentence(dict(zip(_COLUMNS, row, strict=True)))}"
    (slips,) = connection.execute("select count(*) from claim_slips").fetchone()
    if slips > MOST_TOLD:
        yield say(Note("more slips", {"slips": Said(Shows.COUNT, slips - MOST_TOLD)}))


def _sentence(record: dict[str, Cell]) -> str:
    return shortened(say(Note("stated", {name: typed(_COLUMNS, record, name) for name in _COLUMNS})))
