"""Reads the rows of claims, and checks each against the things that are known."""

from collections.abc import Iterator

from spectorcli.folder.columns import CLAIM_COLUMNS, RANKS, UNIT, ClaimRow, Line
from spectorcli.folder.folder import Folder, count_lines
from spectorcli.folder.guess import did_you_mean
from spectorcli.folder.table import read_table
from spectorcli.folder.values import misread, missing, read_unit
from spectorcli.values import date
from spectorcli.values.span import BadValue
from spectorcli.vocabulary import Kind, Property


def claim_rows(folder: Folder) -> Iterator[Line]:
    """Read the rows of claims, unchecked.

    The lines of further files are counted on from those of claims.csv; ``place`` tells them apart.
    """
    before = 0
    for file in folder.claim_files:
        name = folder.name_of(file)
        for line, cells in read_table(folder, name, CLAIM_COLUMNS, file):
            yield Line(name, line, before + line, cells)
        before += count_lines(file)


def check_claim(folder: Folder, row: Line) -> ClaimRow | None:
    """Check a row; None if it has a mistake, which is noted."""
    subject, name, value, unit, when, source, _, _, rank, note = row.cells
    known = len(folder.mistakes)

    def wrong(sentence: str) -> None:
        folder.wrong(row.file, row.line, sentence)

    if not source:
        wrong("a claim needs a source; name one of sources.csv")
    elif problem := missing(folder, "sources", source):
        wrong(problem)
    if rank not in RANKS:
        wrong(f"rank is preferred, deprecated or empty, not {rank!r}")
    elif rank and not note:
        wrong(f"rank {rank!r} needs its reason in note")
    if when:
        try:
            date.read(when)
        except BadValue as error:
            wrong(f"when: {error}")
    kind = folder.things.kind_of(subject)
    if kind is None and folder.unread:
        return None
    if kind is None:
        wrong(f"unknown subject {subject!r}{folder.guess(subject, folder.things.ids())}")
        return None
    declared = _property(folder.kinds[kind], name)
    if isinstance(declared, str):
        wrong(declared)
        return None
    row.cells[UNIT], problem = read_unit(declared, unit)
    if problem:
        wrong(problem)
        return None
    reading, problem = misread(folder, declared, value, row.cells[UNIT])
    if problem:
        wrong(problem)
    complete = len(folder.mistakes) == known and folder.things.kind_of(source)
    return ClaimRow(row.place, row.cells, declared, reading) if complete else None


def _property(kind: Kind, name: str) -> Property | str:
    """Return the property that may be claimed, or why it may not."""
    declared = kind.properties.get(name)
    if declared is None:
        return f"unknown property {name!r} of {kind.name}{did_you_mean(name, [p.name for p in kind.claimed])}"
    if not declared.claimed:
        return f"property {name!r} of {kind.name} is a column of {kind.name}.csv and is not claimed"
    return declared
