"""Tells of words that the vocabulary does not have where it says which there are: one line for each, up to a few."""

import sqlite3
from collections.abc import Iterator, Sequence

from spectorcli.errors import no_such
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.read import Folder
from spectorcli.load.slips import MOST_TOLD
from spectorcli.result import Note, Said, Shows
from spectorcli.statements import statement
from spectorcli.words import say


def unknown(connection: sqlite3.Connection, case: Folder) -> Iterator[Mistake]:
    """Yield what would be a mistake to a strict load, each word where it stands first."""
    for _, id, property, value, many, known, kind, claim, _ in connection.execute(statement("checks/term")):
        file, line = case.claims.locate(claim) if claim else (f"{kind}.csv", case.things[id].line)
        more = f" (and of {many - 1:,} more)" if many > 1 else ""
        which = no_such(property, value, known.split(", "), f" of {kind}{more}")
        yield Mistake(file, line, f"{which}; one of your own is declared in vocabulary.csv")


def told(found: Sequence[Mistake]) -> Iterator[str]:
    """Yield a line for each of the first words, and one for the others."""
    for one in found[:MOST_TOLD]:
        yield f"{one.file}:{one.line}: {one.sentence}"
    if len(found) > MOST_TOLD:
        yield say(Note("more terms", {"terms": Said(Shows.COUNT, len(found) - MOST_TOLD)}))
