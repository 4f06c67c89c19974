"""Answers across the cases of a lake: the rows that each case answers, one below the other, with the case in front.

Nothing is merged: the same operation in two cases is two rows, and ``spector corpus check`` says where they differ.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from spectorcli.case import THINGS
from spectorcli.corpus.lake import Lake, fetch, parameters_of, views
from spectorcli.corpus.tables import ANSWERS
from spectorcli.errors import NotFound, UsageError, did_you_mean
from spectorcli.result import Cell, Column, Note, Result, Row, Said, Shows, columns
from spectorcli.statements import columns_of
from spectorcli.values import countries, date, number
from spectorcli.values.names import fold

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CASE = Column("case", Shows.TERM)


def ask(lake: Lake, question: str, filters: Mapping[str, str | None]) -> Result:
    """Answer a question of all cases.

    Without an operation it is of all; a filter names what is called so in any case.

    Raises:
        UsageError: the question, or a filter, is not answered across cases.
        NotFound: no case has what a filter names.
    """
    if question not in ANSWERS:
        raise UsageError(f"{question} is answered of one case; name it with --only")
    given = {name: text for name, text in filters.items() if text is not None and (name, text) != ("operation", "all")}
    known = parameters_of(question)
    for name in given:
        if name not in known:
            raise UsageError(f"{question} of a lake takes no --{name}; take one case out with --only")
    reader = views(lake, question, "names", "things")
    titles = [f"{question.capitalize()} of {len(lake.cases):,} cases"]
    titles += [_mean(reader, name, text) for name, text in given.items() if name in THINGS]
    shown = (CASE, *columns_of(f"questions/{question}"))
    return Result(", ".join(titles), shown, _rows(reader, question, given, shown))


def conflicts(lake: Lake, what: str | None) -> Result:
    """Return where the sources of one case disagree, in all cases, or about what is called so in any.

    Raises:
        NotFound: no case has such a thing.
    """
    reader = views(lake, "conflicts", "names", "things")
    about = [_mean(reader, "id", what)] if what is not None else []
    shown = (CASE, *columns_of("questions/conflicts"))
    title = ", ".join([f"Conflicts in {len(lake.cases):,} cases", *about])
    return Result(title, shown, _rows(reader, "conflicts", {"id": what}, shown))


def why(lake: Lake, what: str, name: str) -> Result:
    """Return each claim about one property of what is called so, in all cases.

    Raises:
        NotFound: no case has such a thing.
    """
    reader = views(lake, "claims", "sources", "names", "things")
    title = f"{_mean(reader, 'id', what)}, {name}, in {len(lake.cases):,} cases"
    shown = (CASE, *(one for one in columns_of("questions/why") if one.name in _WHY))
    found = list(fetch(reader, "why", {"property": name}))
    cells = {"claims": Said(Shows.COUNT, len(found)), "sources": Said(Shows.COUNT, len({row["one"] for row in found}))}
    rows = [[_cell(row[column.name], column) for column in shown] for row in found]
    return Result(title, shown, rows, [Note("lake sources", cells)] if found else [])


_WHOLE = ("fact", "place")
"""Columns of whole numbers that are no figures."""

_WHY = frozenset(
    "id property value unit type when stated grade verdict source published kind origin at rank note".split()
)


def search(lake: Lake, text: str) -> Result:
    """Return the things and claims in which all words of a text stand."""
    reader = views(lake, "claims", "things")
    reader.execute("create table sought (word varchar)")
    words = text.lower().split()
    if words:
        reader.executemany("insert into sought values (?)", [[word] for word in words])
    shown = columns("case term, kind term, id id, label text, property term, text text")
    return Result(f"{text} in {len(lake.cases):,} cases", shown, _rows(reader, "search", {}, shown), highlights=words)


def _mean(reader: "DuckDBPyConnection", name: str, text: str) -> str:
    """Keep which things of which cases a filter means, and return what it is called."""
    kind = THINGS.get(name)
    code = countries.meant(text) if kind in (None, "countries") else None
    found = list(fetch(reader, "meant", {"id": code or text, "key": fold(text), "kind": kind}))
    if not found:
        labels = [str(row["label"]) for row in fetch(reader, "labels", {"kind": kind})]
        raise NotFound(f"no case of the lake has {text!r}{did_you_mean(text, labels)}")
    reader.executemany("insert into meant values (?, ?, ?)", [[name, row["case"], row["id"]] for row in found])
    return str(found[0]["label"])


def _rows(
    reader: "DuckDBPyConnection", name: str, given: Mapping[str, Any], shown: tuple[Column, ...]
) -> Iterator[Row]:
    return ([_cell(row[column.name], column) for column in shown] for row in fetch(reader, name, given))


def _cell(text: str | None, column: Column) -> Cell:
    """Return a cell as the statement of a case has it."""
    if text is None or text == "":
        return text
    if column.shows == Shows.COUNT:
        return int(text)
    if column.shows == Shows.SHARE:
        return float(text)
    if column.shows == Shows.NUMBER:
        return number.write(text)
    if column.name in _WHOLE:
        return int(text)
    if column.name == "overdue":  # as of the day on which it is asked
        return text if (date.iso(date.read(text).high) or "9999") < str(datetime.date.today()) else None
    return text
