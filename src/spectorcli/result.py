"""The answer to a question: the only shape that passes between floors.

A question fills it, a format writes it, and neither knows the other.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

Cell = str | int | float | None
Row = Sequence[Cell]


class Shows(StrEnum):
    """What the cells of a column are: a type of the vocabulary, or what only answers have."""

    NUMBER = "number"
    """A figure as it is stated; ``of`` is its unit, or the column that has it."""
    DATE = "date"
    """An EDTF date."""
    TERM = "term"
    """A short value, never altered and never broken."""
    TEXT = "text"
    """Words, which may be wrapped."""
    FLAG = "flag"
    """Yes or no."""
    REF = "ref"
    """The id of another thing, or several with ``;`` between."""
    ID = "id"
    """The id of what the row is about."""
    ANY = "any"
    """A value of the type that the row names in its column ``of``."""
    ALSO = "also"
    """What else is said of a value, whose type is ``of``, or what the column ``of`` names."""
    UNIT = "unit"
    """The unit of the figure in the column ``of``."""
    AMOUNTS = "amounts"
    """Figures with their units, with ``;`` between."""
    COUNT = "count"
    """How many: a whole number of ours, which no source states."""
    SHARE = "share"
    """A part of a whole, from 0 to 1."""
    GRADE = "grade"
    """Letter and digit of the Admiralty code."""
    SENTENCE = "sentence"
    """A sentence of ours."""
    HIDDEN = "hidden"
    """What drawing needs and no format writes."""
    UNKNOWN = "unknown"
    """A cell of which nothing is known, as in the answer to a statement of the user's own."""


class Column(NamedTuple):
    """A column: its key in every format, in snake_case, and what its cells are."""

    name: str
    shows: Shows = Shows.UNKNOWN
    of: str = ""


def columns(declared: str) -> tuple[Column, ...]:
    """Return columns from a declaration such as ``id id, country ref, amount number unit``."""
    return tuple(_column(*words.split()) for words in declared.split(","))


def _column(name: str, shows: str, of: str = "") -> Column:
    return Column(name, Shows(shows), of)


class Severity(StrEnum):
    """Of what does not add up, worst first."""

    ERROR = "error"
    """Both cannot be true."""
    WARNING = "warning"
    """Something to be looked at, and settled or explained."""
    NOTE = "note"
    """What a reader may want to know, and may well be right."""

    @property
    def rank(self) -> int:
        """Its place in the order: 0 for the worst."""
        return list(Severity).index(self)


class Look(StrEnum):
    """How an answer is drawn for a person; a format for machines does not ask."""

    TABLE = "table"
    """A row a line, or records where that is too narrow."""
    UNFORMATTED = "unformatted"
    """A table whose cells are shown as they are, for nothing is known of them."""
    FIELDS = "fields"
    """The properties of each kind."""
    TIMELINE = "timeline"
    """Events under their years."""
    CHART = "chart"
    """Events on an axis of time."""
    SHEET = "sheet"
    """What is said about one thing."""
    CLAIMS = "claims"
    """The claims about one property of a thing, each with its verdict."""
    CONFLICTS = "conflicts"
    """What is said, under what it is said of."""
    HEADLINES = "headlines"
    """Figures, each with what it is of."""
    FINDINGS = "findings"
    """What does not add up, under its severity."""
    HITS = "hits"
    """Where words were found, with them marked."""
    TREE = "tree"
    """Things under the thing that they are linked to."""
    CHANGES = "changes"
    """What was added, removed and corrected."""


class Result(NamedTuple):
    """Rows under named columns; a named tuple, for importing dataclasses costs each question 2 ms.

    ``columns`` are the keys in every format, in snake_case. ``rows`` may be read once only: machine
    formats stream them. ``notes`` are sentences for a person: a picture of the answer shows them
    under it, a machine format leaves them out. ``look`` is how it is drawn if no format is named.
    ``highlights`` are the words that were searched for, which drawing marks where they are found.
    ``exit_code`` is 1 where the answer is no.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Row]
    notes: Sequence[str] = ()
    look: Look = Look.TABLE
    highlights: Sequence[str] = ()
    exit_code: int = 0
