"""What had to be changed to read a file: where nothing is in doubt it is read all the same, and told in one line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from spectorcli.escapes import clean
from spectorcli.values import wording


class Change(NamedTuple):
    """What was changed, in the plural, and how."""

    what: str
    how: str


SHORT = Change("short rows", "filled up")
LINE_BREAK = Change("rows", "with line breaks or tabs in a cell given spaces")
COMMA = Change("decimal commas", "read as a point")
FLAG = Change("flags", "such as TRUE read as yes or no")
UNIT = Change("units", "such as grams read as g")
DATE = Change("dates", "of a spreadsheet read as 2024-03-05")


def unread(column: str) -> Change:
    """Say that a column is not read but carried along, because no vocabulary knows it."""
    return Change("", f"column {column!r} kept but not read, for the vocabulary does not have it")


def unfit(key: str, why: str) -> Change:
    """Say that an entry of the data package was left out, for it is of another type than it should be."""
    return Change("", f"{key} left out, for it {why}")


class Changes:
    """How often what was changed in which file."""

    def __init__(self) -> None:
        """Begin without any."""
        self._found: Counter[tuple[str, Change]] = Counter()

    def add(self, file: str, changes: Iterable[Change]) -> None:
        """Count some more."""
        self._found.update((file, change) for change in changes)

    def told(self) -> Iterator[str]:
        """Yield one line that tells all of them; nothing if there are none."""
        files = [
            f"{clean(file)}: {', '.join(_say(change, self._found[_, change]) for _, change in group)}"
            for file, group in groupby(sorted(self._found), key=lambda one: one[0])
        ]
        if files:
            yield f"changed to be read: {'; '.join(files)}"


def _say(change: Change, number: int) -> str:
    return f"{wording.count(number, change.what)} {change.how}" if change.what else change.how
