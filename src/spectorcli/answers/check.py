"""Answers what does not add up in a case: one statement in ``sql/checks`` for each finding."""

from collections.abc import Callable
from typing import NamedTuple

from spectorcli.answers.exceptions import Exceptions
from spectorcli.case import Case, Record
from spectorcli.database import check_whole
from spectorcli.errors import NotFound, no_such
from spectorcli.result import Cell, Look, Note, Result, Said, Severity, Shows, by_name, columns, typed
from spectorcli.statements import columns_of, findings, gaps_known
from spectorcli.words import say

COLUMNS = columns("severity term, finding term, id id, property term, sentence sentence")


class Finding(NamedTuple):
    """Something that does not add up: which finding it is, of what, and the sentence that says so, also in words."""

    severity: Severity
    finding: str
    id: Cell
    property: Cell
    sentence: Note
    words: str


class Findings(NamedTuple):
    """What does not add up, worst first, with what is to be said of all of it; ``errors`` counts the worst."""

    shown: list[Finding]
    notes: list[Note]
    hints: list[Note]
    errors: int


def check(case: Case, finding: str | None, severity: Severity | None, strict: bool, everything: bool) -> Result:
    """Return what does not add up in rows, its sentences in words; see ``examine``.

    Formats have all of it; drawn is only the beginning of what is frequent, unless it is named or ``everything`` is.
    """
    found = examine(case, finding, severity)
    rows = [(*one[:4], one.words) for one in found.shown]
    failed = strict and found.errors > 0
    title, look = "What does not add up", Look.ALL_FINDINGS if finding or everything else Look.FINDINGS
    return Result(title, COLUMNS, rows, found.notes, found.hints, look=look, exit_code=int(failed))


def examine(
    case: Case, finding: str | None, severity: Severity | None, about: Callable[[Cell], bool] = lambda _: True
) -> Findings:
    """Return what does not add up, worst first, of what it is asked about; a statement in ``sql/checks`` a finding.

    ``severity`` is the mildest to return: warning if none is named, but all of a finding that is.

    Raises:
        NotFound: there is no such finding.
        Damaged: the file is not as it was built.
    """
    check_whole(case.path)
    names = findings()
    if finding in gaps_known():
        raise NotFound(f"{finding} is not wrong but not known; see it with: spector gaps --kind {finding}")
    if finding is not None and finding not in names:
        raise NotFound(no_such("finding", finding, names))
    mildest = severity or (Severity.NOTE if finding else Severity.WARNING)
    asked_for = (name for name in names if finding in (None, name))
    rows = [_finding(name, row) for name in asked_for for row in case.stream(f"checks/{name}", {}) if about(row["id"])]
    rows.sort(key=lambda row: (row.severity.rank, row.finding, str(row.id), str(row.property), row.words))
    exceptions = Exceptions(case)
    remaining = [row for row in rows if not exceptions.accept(row.finding, row.id)]
    asked = [row for row in remaining if row.severity.rank <= mildest.rank]
    counts = {one.value: sum(row.severity == one for row in remaining) for one in Severity}
    counts["accepted"] = len(rows) - len(remaining)
    notes = [Note("findings", {name: Said(Shows.COUNT, count) for name, count in counts.items()})]
    hidden = [one for one in Severity if one in {row.severity for row in remaining} - {row.severity for row in asked}]
    hints = [Note("milder findings", {"severity": Said(Shows.TERM, one)}) for one in hidden[-1:]]
    notes += exceptions.idle([finding] if finding else names, ((row.finding, row.id) for row in rows))
    return Findings(asked, notes, hints, counts[Severity.ERROR])


def _finding(finding: str, record: Record) -> Finding:
    """Return a finding with its sentence, which is named like it, and like its form if it has one."""
    columns = by_name(columns_of(f"checks/{finding}"))
    form = f" {record['form']}" if record.get("form") else ""
    note = Note(f"{finding}{form}", {name: typed(columns, record, name) for name in columns})
    return Finding(Severity(str(record["severity"])), finding, record["id"], record["property"], note, say(note))
