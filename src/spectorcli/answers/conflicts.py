"""Answers where sources disagree."""

from spectorcli.case import Case
from spectorcli.result import Look, Result


def conflicts(case: Case, what: str | None, coarse: bool) -> Result:
    """Return where sources disagree, open disputes first: a row for each value that is said."""
    id = None if what is None else case.meant(what)[0]
    parameters = {"id": id, "all": "yes" if coarse else None}
    title = f"Conflicts of {id}" if id else "Conflicts"
    result = case.result(title, "questions/conflicts", parameters, Look.CONFLICTS)
    return result._replace(rows=sorted(result.rows, key=lambda row: not row[0])) if coarse else result
