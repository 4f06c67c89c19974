"""Answers what a case is, on one screen."""

from spectorcli.case import Case
from spectorcli.result import Look, Note, Result, Said, Shows

MOST = 20
"""Figures on one screen."""


def overview(case: Case, most: int = MOST) -> Result:
    """Return the headline figures of the case's own operation and kinds, and where to go from there."""
    newest = case.records("answers/newest", {})[0]["newest"]
    counts = {
        "claims": case.metadata.get("rows of claims", 0),
        "sources": case.metadata["speaking sources"],
        "things": case.metadata["subjects"],
    }
    cells = {name: Said(Shows.COUNT, count) for name, count in counts.items()}
    cells["newest"] = Said(Shows.DATE, newest or "undated")
    hints = [_dispute(str(row["subject"]), str(row["property"])) for row in case.records("answers/open", {})]
    parameters = {"operation": case.operation, "most": str(most + 1)}
    result = case.result(case.metadata["title"], "answers/overview", parameters, Look.HEADLINES)
    rows = list(result.rows)
    if len(rows) > most:
        kind = Said(Shows.TERM, case.meant(str(rows[most][result.names.index("id")]))[1])
        hints.insert(0, Note("more figures", {"kind": kind}))
    return result._replace(rows=rows[:most], notes=[Note("case", cells)], hints=[*hints, Note("begin with", {})])


def _dispute(id: str, property: str) -> Note:
    return Note("open dispute", {"id": Said(Shows.ID, id), "property": Said(Shows.TERM, property)})
