"""Answers what is said about one thing, or which things may be meant."""

from spectorcli.answers.listing import listing
from spectorcli.case import SINGULAR, Case
from spectorcli.errors import NotFound
from spectorcli.result import Look, Note, Result, columns


def show(case: Case, what: str) -> Result:
    """Return everything said about one thing, or the things that may be meant, or all of a kind.

    Raises:
        NotFound: nothing in the case is called like this.
    """
    found = case.find(what)
    if not found and f"rows of {what}" in case.metadata:
        return listing(case, what)
    if len(found) > 1:
        return Result(
            f"{what!r} may mean", columns("id id, kind term, label text"), found, hints=[Note("several match", {})]
        )
    if not found:
        raise NotFound(f"nothing in this case is called {what!r}{case.suggest(what, None)}")
    id, kind, label = case.one(what, found)
    title = f"{label}, {SINGULAR.get(kind, kind)} ({id})"
    return case.result(title, "questions/show", {"id": id}, Look.SHEET)
