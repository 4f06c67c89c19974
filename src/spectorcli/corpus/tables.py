"""What of a case stands in a lake: its answers, what they rest on, and its folder, each row with the id of the case.

The answers are those of the case's own statements, run by SQLite when the lake is built: nothing is weighed or
worded a second time. Cells are text, but for ``facts.base``, for engines that have no type for ``155`` or ``>100``.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.corpus.same import address
from spectorcli.folder.contents import case_files
from spectorcli.result import Cell, Row
from spectorcli.statements import columns_of

ANSWERS = (
    *("agencies", "arrests", "conflicts", "countries", "markets", "operations", "people", "proceedings", "seizures"),
    *("sources", "statements", "timeline"),
)
"""The questions that are answered across cases, each a table of its name."""

LATER = "9999-12-31"
"""The day as of which outcomes are overdue: all that are expected, for a lake is asked later than it is built."""

PIECE = 1 << 20
"""Bytes of a file that stand in one row."""

Rows = Iterable[Sequence[Cell]]


class Table(NamedTuple):
    """A table of a lake: its columns behind ``case``, and what a case fills it with."""

    columns: tuple[str, ...]
    rows: Callable[[Case, Path], Rows]
    figures: tuple[str, ...] = ()
    """Columns that are numbers to every engine."""


def _answer(question: str) -> Table:
    names = tuple(column.name for column in columns_of(f"questions/{question}"))

    def rows(case: Case, _: Path) -> Rows:
        asked = dict.fromkeys(("operation", "country", "kind", "person", "market", "from", "to", "reliability", "id"))
        result = case.result("", f"questions/{question}", {**asked, "all": None, "coarse": None, "today": LATER})
        return in_order(result.rows)

    return Table(("position", *names), rows)


def in_order(rows: Iterable[Row]) -> Rows:
    """Yield rows with their places in front."""
    return ((position, *row) for position, row in enumerate(rows))


def _conflicts(case: Case, _: Path) -> Rows:
    """Yield what sources disagree about, each row with its place among those about one thing, which one part has."""
    id = itemgetter([column.name for column in columns_of("questions/conflicts")].index("id"))
    rows = case.result("", "questions/conflicts", {"id": None, "all": None, "coarse": None}).rows
    return (row for _, about in groupby(rows, key=id) for row in in_order(about))


def _read(statement: str, *columns: str) -> Table:
    """Return a table that a statement of ``sql/export`` reads."""

    def rows(case: Case, _: Path) -> Rows:
        return ([record[name] for name in columns] for record in case.read(statement))

    return Table(columns, rows)


def _things(case: Case, _: Path) -> Rows:
    """Yield the things of a case, and what each counts as across cases: what has one key is one if nothing is decided.

    An operation and a country by their ids, an agency by its name, a source by its address; others by nothing.
    """
    for thing in case.read("things"):
        id, kind, label = str(thing["id"]), str(thing["kind"]), str(thing["label"])
        key = {"operations": id, "countries": id, "agencies": label}.get(kind)
        if kind == "sources" and (url := json.loads(str(thing["cells"])).get("url")):
            key = address(url)
        yield id, kind, label, key


def _pieces(_: Case, folder: Path) -> Rows:
    """Yield the files that a case was built from, so that it can be taken out again as it was put in."""
    for file in case_files(folder):
        with file.open("rb") as opened:
            for place, piece in enumerate(iter(lambda: opened.read(PIECE), b"")):
                yield file.name, place, base64.b64encode(piece).decode()


TABLES: Mapping[str, Table] = {
    **{question: _answer(question) for question in ANSWERS},
    "conflicts": _answer("conflicts")._replace(rows=_conflicts),
    "things": Table(("id", "kind", "label", "key"), _things),
    "names": _read("names", "id", "key", "strength"),
    "facts": _read(
        "facts",
        *("subject", "kind", "property", "type", "value", "unit", "base", "base_unit", "when", "grade", "sources"),
        *("origins", "also", "dispute", "headline"),
    )._replace(figures=("base",)),
    "claims": _read(
        "claims",
        *("subject", "property", "type", "value", "unit", "when", "source", "origin", "at", "stated", "rank", "remark"),
        *("grade", "verdict", "standing", "fact"),
    ),
    "links": _read("links", "subject", "property", "object", "claimed", "denied", "grade", "sources"),
    "files": Table(("name", "place", "piece"), _pieces),
}
