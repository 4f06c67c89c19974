"""What many cases say together: sums, who worked with whom, what may be the same, and where they differ.

Nothing is merged by itself: an operation that several cases have counts once, and what is called alike is told.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spectorcli.corpus.lake import Lake, fetch, views
from spectorcli.result import Note, Result, Row, columns
from spectorcli.values import TYPES
from spectorcli.values.span import Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BY = ("country", "operation", "year")
"""What figures are added up by."""

COUNTED = ("arrests", "seizures")

PARTNERS = ("countries", "agencies")
"""Kinds of which two take part in one operation."""

_HEDGED = Note("lake hedged", {})


def cases(lake: Lake) -> Result:
    """Return the cases of a lake."""
    each = lake.cases.items()
    rows = ((id, one.title, one.rows.get("claims", 0), one.rows.get("sources", 0), one.folder) for id, one in each)
    shown = columns("case id, title text, claims count, sources count, folder term")
    return Result(f"{lake.path}: {len(lake.cases):,} cases", shown, rows)


def totals(lake: Lake, what: str, by: str) -> Result:
    """Add up arrests or seizures by country, operation or year."""
    reader = views(lake, what, "facts", "operations")
    rows = _fetch(reader, f"totals-{what}", {"by": by})
    title = f"{what.capitalize()} by {by}, {len(lake.cases):,} cases"
    if what == "arrests":
        shown = columns(f"{by} term, operations count, arrests number persons bars, hedged count")
        numbers = ((name, int(many), _plain(sum), int(hedged)) for name, many, sum, hedged in rows)
        return Result(title, shown, numbers, [_HEDGED])
    shown = columns(
        f"{by} term, kind term, substance term, operations count, amount number, unit unit amount, hedged count"
    )
    return Result(title, shown, ((*row[:4], _plain(row[4]), row[5], int(row[6])) for row in rows), [_HEDGED])


def pairs(lake: Lake, kind: str) -> Result:
    """Return which two countries or agencies took part in one operation: how often, since when, in which."""
    reader = views(lake, "links", "things", "operations")
    rows = _fetch(reader, "pairs", {"kind": kind})

    def grouped() -> Iterator[Row]:
        for (one, other), together in groupby(rows, key=itemgetter(0, 1)):
            found = {operation: year for _, _, operation, year in together}
            yield one, other, len(found), min(filter(None, found.values()), default=None), "; ".join(sorted(found))

    ordered = sorted(grouped(), key=lambda row: (-int(row[2] or 0), str(row[0]), str(row[1])))
    shown = columns("source text, target text, operations count, since date, together text")
    return Result(f"{kind.capitalize()} that worked together, {len(lake.cases):,} cases", shown, ordered)


def same(lake: Lake) -> Result:
    """Return what is called alike in several cases, to be looked at: nothing is merged."""
    reader = views(lake, "things", "names", "sources")

    def grouped() -> Iterator[Row]:
        told = set()
        for (kind, _), alike in groupby(_fetch(reader, "same", {}), key=itemgetter(0, 1)):
            found = list(alike)
            where = "; ".join(f"{case}:{id}" for _, _, case, id, _ in found)
            if (kind, where) not in told:  # by another name of the same
                told.add((kind, where))
                yield kind, found[0][4], len({row[2] for row in found}), where

    shown = columns("kind term, name text, cases count, where text")
    return Result(f"What may be the same in {len(lake.cases):,} cases", shown, grouped())


def differing(lake: Lake) -> Result:
    """Return what several cases answer differently of things of one id, each value with its grade."""
    reader = views(lake, "facts")

    def grouped() -> Iterator[Row]:
        for _, answers in groupby(_fetch(reader, "differing", {}), key=itemgetter(0, 1, 6)):
            found = list(answers)
            if _contradict(found):
                yield from found

    shown = columns(
        "id id, property term, type hidden, case term, value any type, unit unit value, when date, grade grade"
    )
    return Result(f"What {len(lake.cases):,} cases answer differently", shown, grouped())


def _contradict(found: Sequence[Sequence[Any]]) -> bool:
    """Whether two of some answers cannot both be true."""
    read = TYPES[found[0][2]]
    readings = [read.read(row[4], row[5]) for row in found]
    return any(
        read.relation(one, other) == Relation.DIFFERS
        for place, one in enumerate(readings)
        for other in readings[:place]
    )


def _plain(sum: float) -> int | float:
    return int(sum) if sum == int(sum) else round(sum, 6)


def _fetch(reader: "DuckDBPyConnection", name: str, parameters: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row.values()) for row in fetch(reader, name, parameters))
