"""Answers what a case is, on one screen."""

from spectorcli.case import Case
from spectorcli.result import Look, Note, Result, Said, Shows


def overview(case: Case) -> Result:
    """Return the headline figures of the case's own operation, and where to go from there."""
    newest = case.records("answers/newest", {})[0]["newest"]
    counts = {
        "claims": case.metadata.get("rows of claims", 0),
        "sources": case.metadata["speaking sources"],
        "things": case.metadata["subjects"],
    }
    cells = {name: Said(Shows.COUNT, count) for name, count in counts.items()}
    cells["newest"] = Said(Shows.DATE, newest or "undated")
    hints = [_dispute(str(row["subject"]), str(row["property"])) for row in case.records("answers/open", {})]
    result = case.result(case.metadata["title"], "answers/overview", {"operation": case.operation}, Look.HEADLINES)
    return result._replace(notes=[Note("case", cells)], hints=[*hints, Note("begin with", {})])


def _dispute(id: str, property: str) -> Note:
    return Note("open dispute", {"id": Said(Shows.ID, id), "property": Said(Shows.TERM, property)})
