"""What a cell says to a person, by what it shows: the only place where a typed cell gets into a table."""

from collections.abc import Mapping
from typing import cast

from spectorcli.pretty.canvas import ALARM, FAINT, Marks
from spectorcli.result import Cell, Column, Row, Said, Shows, typed
from spectorcli.values import TYPES, also, amounts, units
from spectorcli.values.wording import count, grouped
from spectorcli.verdicts import Dispute


class Record(dict[str, Cell]):
    """A row by the names of its columns, which knows what its cells show."""

    def __init__(self, columns: Mapping[str, Column], row: Row) -> None:
        """Take a row under its columns."""
        super().__init__(zip(columns, row, strict=True))
        self._columns = columns

    def brief(self, name: str) -> str:
        """Return a cell as it stands in a line, a figure with its unit."""
        return brief(typed(self._columns, self, name))

    def plain(self, name: str) -> str:
        """Return a cell as it stands in its column, where the unit of a figure has its own or goes without saying."""
        said = typed(self._columns, self, name)
        return brief(said._replace(of="") if said.shows == Shows.NUMBER else said)

    def shows(self, name: str) -> Shows:
        """Return what a cell shows, in a column where that differs from row to row."""
        return typed(self._columns, self, name).shows

    def first(self, shows: Shows) -> Cell:
        """Return the cell of the first column that shows this; None if none does."""
        return next((self[column.name] for column in self._columns.values() if column.shows == shows), None)

    @property
    def whole(self) -> Cell:
        """The id of what this is a part of, of those that may be in the answer."""
        refs = (column for column in self._columns.values() if column.shows == Shows.REF and column.of)
        return next((self[column.name] for column in refs), None)

    @property
    def is_open(self) -> bool:
        """Whether sources that are as reliable contradict the best one."""
        return self.first(Shows.DISPUTE) == Dispute.OPEN

    def mark(self, grade: str) -> str:
        """Return the colour of the mark beside a grade; nothing if what has the grade is not in dispute."""
        disputes = (
            self[column.name]
            for column in self._columns.values()
            if (column.shows, column.of) == (Shows.DISPUTE, grade)
        )
        return self.alarm if any(disputes) else ""

    @property
    def also(self) -> str:
        """What else is said, and whether that is open; nothing if nothing is."""
        name = next((column.name for column in self._columns.values() if column.shows == Shows.ALSO), None)
        told = self.brief(name) if name else ""
        return f"open: {told}" if told and self.is_open else told

    @property
    def others(self) -> list[tuple[str, str]]:
        """What else is said in pieces, each with its colour: red is only what contradicts, while that is open."""
        column = next((column for column in self._columns.values() if column.shows == Shows.ALSO), None)
        told = self.also
        type = typed(self._columns, self, column.name).of if column else ""
        if not column or not told or not self.is_open:
            return [(told, self.alarm)]
        if type not in TYPES:  # of several values, of which some may not be in dispute
            return [("open: ", ALARM), (told.removeprefix("open: "), FAINT)]
        best = typed(self._columns, self, column.of)
        each = also.against(str(self[column.name]), type, str(best.cell), best.of)
        told_apart = [[(", ", FAINT), (text, ALARM if contradicts else FAINT)] for text, contradicts in each]
        return [("open: ", ALARM), *[piece for pieces in told_apart for piece in pieces][1:]]

    def beside(self, marks: Marks) -> str:
        """Return the mark before what else is said: of what contradicts nothing, only that it is said as well."""
        return marks.differs if self.first(Shows.DISPUTE) else "also"

    @property
    def alarm(self) -> str:
        """The colour of what else is said: red while that is open."""
        return ALARM if self.is_open else FAINT


def brief(said: Said) -> str:
    """Return a cell as it stands in a table; what is hidden is nothing, and what nothing is known of as it is."""
    if said.cell is None or said.shows == Shows.HIDDEN:
        return ""
    text = str(said.cell)
    match said.shows:
        case Shows.NUMBER | Shows.DATE | Shows.TERM | Shows.TEXT | Shows.FLAG:
            return TYPES[said.shows].brief(text, said.of)
        case Shows.UNIT:
            return units.say(text, said.of)
        case Shows.AMOUNTS:
            return amounts.brief(text)
        case Shows.ALSO if said.of in TYPES:
            return also.brief(text, said.of)
        case Shows.ALSO if "=" in said.of:
            return also.brief_each(text, dict(one.split("=") for one in said.of.split()))
        case Shows.COUNT if not isinstance(said.cell, str):
            return grouped(text)
        case Shows.SHARE if not isinstance(said.cell, str):
            return f"{cast(float, said.cell):.1%}"
    return text


def value_of(row: Record) -> str:
    """Return a value with its unit and the time at which it held."""
    when = row.brief("when") if row.get("when") else ""
    return f"{row.brief('value')} ({when})" if when else row.brief("value")


def support_of(row: Record, marks: Marks, id: str = "") -> str:
    """Return ``A1 · 12 sources, 3 origins · id`` for one answer."""
    support = [count(cast(int, row[name]), name) for name in ("sources", "origins") if row.get(name)]
    return f" {marks.dot} ".join(filter(None, (row.brief("grade"), ", ".join(support), id)))
