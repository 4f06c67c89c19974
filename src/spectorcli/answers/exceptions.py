"""What the editor of a case accepts, by exceptions.csv: of a finding or a gap, everywhere or of one thing."""

from collections.abc import Collection, Iterable

from spectorcli.case import Case
from spectorcli.result import Cell, Note, Said, Shows


class Exceptions:
    """The rows of exceptions.csv."""

    def __init__(self, case: Case) -> None:
        """Read them."""
        self._rows: list[tuple[str, str, str | None]] = case.rows("answers/exceptions", {})
        self._accepted = {(name, subject) for _, name, subject in self._rows}

    def accept(self, name: str, id: Cell) -> bool:
        """Whether a finding or a gap of a thing is accepted."""
        return not self._accepted.isdisjoint({(name, id), (name, None)})

    def idle(self, asked: Collection[str], found: Iterable[tuple[str, Cell]]) -> list[Note]:
        """Return a note for each row that accepts nothing any more, of the findings or gaps that are asked for.

        ``found`` are names and ids of all that was found.
        """
        needed = {(name, one) for name, id in found for one in (id, None)}
        return [
            Note("idle exception", {"id": Said(Shows.TERM, id)})
            for id, name, subject in self._rows
            if name in asked and (name, subject) not in needed
        ]
