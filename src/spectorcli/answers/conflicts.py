"""Answers where sources disagree."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from spectorcli.case import Case
from spectorcli.result import Look, Result, Row


def conflicts(case: Case, what: str | None, coarse: bool) -> Result:
    """Return where sources disagree, open disputes first: a row for each value that is said."""
    id = None if what is None else case.meant(what)[0]
    title = f"Conflicts of {id}" if id else "Conflicts"

    def asked(only_coarse: str | None) -> Result:
        parameters = {"id": id, "all": "yes" if coarse else None, "coarse": only_coarse}
        return case.result(title, "questions/conflicts", parameters, Look.CONFLICTS)

    disputed = asked(None)
    return disputed._replace(rows=chain(disputed.rows, _later(lambda: asked("yes").rows))) if coarse else disputed


def _later(rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """Ask for rows when those before them have been read."""
    yield from rows()
