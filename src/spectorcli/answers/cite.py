"""Answers which sources are to be cited for a thing."""

from collections.abc import Sequence

from spectorcli.case import Case, Record
from spectorcli.errors import NotFound
from spectorcli.result import Cell


def cited(case: Case, what: Sequence[str]) -> list[Record]:
    """Return the rows of sources, or of the sources of a thing's best values; of all if none is named.

    Raises:
        NotFound: nothing is called like this, or no source says anything of it.
    """
    if not what:
        return list(case.read("sources"))
    found: dict[Cell, Record] = {}
    for text in what:
        id = case.meant(text)[0]
        rows = case.records("answers/cited", {"id": id})
        if not rows:
            raise NotFound(f"no source says anything of {id}")
        found.update({row["id"]: row for row in rows})
    return list(found.values())
