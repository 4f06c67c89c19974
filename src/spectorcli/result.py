"""The answer to a question: the only shape that passes between floors.

A question fills it, a format writes it, and neither knows the other. Columns and the cells of sentences carry
what they show, so that drawing asks the type and never guesses from a name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

Cell = str | int | float | None
Row = Sequence[Cell]


class Shows(StrEnum):
    """What the cells of a column are: a type of the vocabulary, or what only answers have."""

    NUMBER = "number"
    """A figure as it is stated; ``of`` is its unit, if no column of the row is."""
    DATE = "date"
    """An EDTF date."""
    TERM = "term"
    """A short value, never altered and never broken."""
    TEXT = "text"
    """Words, which may be wrapped."""
    FLAG = "flag"
    """Yes or no."""
    REF = "ref"
    """The id of another thing, or several with ``;`` between. Of the whole that a thing is a part of, ``of`` is the
    column of ids, for the whole may be a row of the answer, too."""
    ID = "id"
    """The id of what the row is about."""
    NAME = "name"
    """What the thing in the column ``of`` is called."""
    ANY = "any"
    """A value of the type that the row names in its column ``of``."""
    ALSO = "also"
    """What else is said of the value in the column ``of``; without ``of``, of those in several, each under its name."""
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
    DISPUTE = "dispute"
    """Whether sources contradict each other about what has the grade in the column ``of``."""
    SENTENCE = "sentence"
    """A sentence of ours."""
    HIDDEN = "hidden"
    """What drawing needs and no format writes."""
    UNKNOWN = "unknown"
    """A cell of which nothing is known, as in the answer to a statement of the user's own."""


class Column(NamedTuple):
    """A column: its key in every format, in snake_case, and what its cells are.

    ``bars``: its figures are of one unit and of things of one kind, so that they compare and may be drawn.
    """

    name: str
    shows: Shows = Shows.UNKNOWN
    of: str = ""
    bars: bool = False


def columns(declared: str) -> tuple[Column, ...]:
    """Return columns from a declaration such as ``id id, country ref, count number persons bars``."""
    return tuple(_column(*words.split()) for words in declared.split(","))


def _column(name: str, shows: str, of: str = "", bars: str = "") -> Column:
    return Column(name, Shows(shows), of, bars == "bars")


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
    """What does not add up, under what it is; of what is frequent the first few."""
    ALL_FINDINGS = "all-findings"
    """The same, and all of it."""
    GAPS = "gaps"
    """What is not known, with what shows and mends it; in Markdown a list of what is to be done."""
    DRAFT = "draft"
    """The figures of a draft, each with its verdict and what the case says."""
    HITS = "hits"
    """Where words were found, with them marked."""
    TREE = "tree"
    """Things under the thing that they are linked to."""
    CHANGES = "changes"
    """What was added, removed and corrected."""


class Said(NamedTuple):
    """A typed cell; ``of`` is the unit of a number, the figure before a unit, or the type of what else is said.

    What else is said in several columns has the type of each: ``count=number``. It may hold sentences.
    """

    shows: Shows
    cell: "Cell | Sequence[Note]"
    of: str = ""


class Note(NamedTuple):
    """A sentence about an answer: which one it is, and its cells by name. ``words`` puts it into words."""

    sentence: str
    cells: Mapping[str, Said]


_VALUES = {one.value: one for one in (Shows.NUMBER, Shows.DATE, Shows.TERM, Shows.TEXT, Shows.FLAG, Shows.REF)}
"""What a value may be, by the type of its property."""


def by_name(columns: Sequence[Column]) -> dict[str, Column]:
    """Return columns by their names, as ``typed`` looks them up for each cell."""
    return {column.name: column for column in columns}


def typed(columns: Mapping[str, Column], record: Mapping[str, Cell], name: str) -> Said:
    """Return a cell of a record with what it shows: its own type where there are several, and its own unit."""
    shows, of = columns[name].shows, columns[name].of
    if shows == Shows.ANY:
        shows, of = _VALUES.get(str(record[of]), Shows.UNKNOWN), ""
    if shows == Shows.NUMBER:
        units = (record[one.name] for one in columns.values() if one.shows == Shows.UNIT and one.of == name)
        of = str(next(units, of) or "")
    elif shows == Shows.UNIT:
        of = str(record[of])
    elif shows == Shows.ALSO and of:
        of = typed(columns, record, of).shows
    elif shows == Shows.ALSO:
        of = " ".join(f"{one.name}={one.shows}" for one in columns.values())
    return Said(shows, record[name], of)


class Result(NamedTuple):
    """Rows under typed columns; a named tuple, for importing dataclasses costs each question 2 ms.

    ``rows`` may be read once only: machine formats stream them. ``notes`` are sentences for a person: a picture
    of the answer shows them under it, a machine format leaves them out. ``hints`` are what to ask next: only a
    picture shows them, for what is mailed has no commands. ``left_out`` are lines for stderr, which can be known only
    when the rows have been read. ``look`` is how it is drawn if no format is named.
    ``highlights`` are the words that were searched for, which drawing marks where they are found. ``exit_code``
    is 1 where the answer is no.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    notes: Sequence[Note] = ()
    hints: Sequence[Note] = ()
    left_out: Iterable[str] = ()
    look: Look = Look.TABLE
    highlights: Sequence[str] = ()
    exit_code: int = 0

    @property
    def names(self) -> list[str]:
        """The names of all columns, also of those that only drawing needs."""
        return [column.name for column in self.columns]

    def records(self) -> Iterator[dict[str, Cell]]:
        """Yield the rows by the names of their columns."""
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def shown(self) -> "Result":
        """Return the answer without what only drawing needs."""
        places = [place for place, column in enumerate(self.columns) if column.shows != Shows.HIDDEN]
        if len(places) == len(self.columns):
            return self
        rows = ([row[place] for place in places] for row in self.rows)
        return self._replace(columns=[self.columns[place] for place in places], rows=rows)
