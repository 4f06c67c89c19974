"""Answers what a case is, on one screen."""

from spectorcli.case import Case
from spectorcli.escapes import count
from spectorcli.result import Look, Result


def overview(case: Case) -> Result:
    """Return the headline figures of the case's own operation, and where to go from there."""
    newest = case.records("answers/newest", {})[0]["newest"]
    opened = case.records("answers/open", {})
    notes = [
        f"{count(_count(case, 'claims'), 'claim')} from {count(int(case.metadata['speaking sources']), 'source')} "
        f"about {count(int(case.metadata['subjects']), 'thing')}; "
        f"newest source {newest or 'undated'}",
        *(f"open dispute: spector why {row['subject']} {row['property']}" for row in opened),
        "next: spector timeline, spector arrests, spector conflicts",
    ]
    return case.result(
        case.metadata["title"], "answers/overview", {"operation": case.operation}, Look.HEADLINES
    )._replace(notes=notes)


def _count(case: Case, kind: str) -> int:
    return int(case.metadata.get(f"rows of {kind}", 0))
