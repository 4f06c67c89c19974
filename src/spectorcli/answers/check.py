"""Answers what does not add up in a case: one statement in ``sql/checks`` for each finding."""

from spectorcli.case import Case
from spectorcli.database import check_whole
from spectorcli.errors import NotFound, no_such
from spectorcli.result import Look, Result, Severity
from spectorcli.statements import findings


def check(case: Case, finding: str | None, severity: Severity | None, strict: bool) -> Result:
    """Return what does not add up, worst first; one statement in ``sql/checks`` for each finding.

    ``severity`` is the mildest to return: warning if none is named, but all of a finding that is.

    Raises:
        NotFound: there is no such finding.
        Damaged: the file is not as it was built.
    """
    check_whole(case.path)
    names = findings()
    if finding is not None and finding not in names:
        raise NotFound(no_such("finding", finding, names))
    mildest = severity or (Severity.NOTE if finding else Severity.WARNING)
    rows = [
        (Severity(str(row["severity"])), name, row["id"], row["property"], str(row["sentence"]))
        for name in names
        if finding in (None, name)
        for row in case.records(f"checks/{name}", {})
    ]
    rows.sort(key=lambda row: (row[0].rank, row[1], *map(str, row[2:])))
    exceptions = case.rows("answers/exceptions", {})
    accepted = {key[1:] for key in exceptions}
    remaining = [row for row in rows if accepted.isdisjoint({(row[1], row[2]), (row[1], None)})]
    asked = [row for row in remaining if row[0].rank <= mildest.rank]
    counts = [f"{one}: {sum(row[0] == one for row in remaining):,}" for one in Severity]
    notes = [f"{', '.join(counts)}, accepted in exceptions.csv: {len(rows) - len(remaining):,}"]
    hidden = [one for one in Severity if one in {row[0] for row in remaining} - {row[0] for row in asked}]
    if hidden:
        notes.append(f"see the {hidden[-1]}s with --severity {hidden[-1]}")
    needed = {(row[1], id) for row in rows for id in (row[2], None)}
    notes += [
        f"{id} in exceptions.csv accepts nothing any more"
        for id, name, subject in exceptions
        if finding in (None, name) and (name, subject) not in needed
    ]
    columns = ("severity", "finding", "id", "property", "sentence")
    failed = strict and any(row[0] is Severity.ERROR for row in remaining)
    return Result("What does not add up", columns, asked, notes, Look.FINDINGS, exit_code=int(failed))
