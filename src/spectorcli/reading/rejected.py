"""Which suggestions an editor has looked at and does not want: rejected.csv, so that nobody is asked twice."""

from collections.abc import Mapping

from spectorcli.compared import digest
from spectorcli.vocabulary import REJECTED

COLUMNS = ("source", "at", "stated", "value", "unit")
"""By what a suggestion is known again: if its paragraph has moved, it is looked at anew."""


def rejection(one: Mapping[str, object]) -> dict[str, str]:
    """Return the row that rejects a suggestion, without who looked at it and when."""
    cells = {column: " ".join(str(one[column] or "").split()) for column in COLUMNS}
    return {"id": f"{REJECTED}-{cells['source']}-{digest(cells.values())}", **cells}
