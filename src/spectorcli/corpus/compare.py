"""What many cases say together: sums, who worked with whom, what may be the same, and where they differ.

Nothing is merged: an operation that several cases have counts once, and what is called alike is told until an editor
decides whether it is one.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spectorcli.corpus.lake import Lake, fetch, views
from spectorcli.corpus.same import Named, offered
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
    reader = views(lake, what, "facts", "operations", "things")
    rows = _fetch(reader, f"totals-{what}", {"by": by})
    title = f"{what.capitalize()} by {by}, {len(lake.cases):,} cases"
    named = "country ref, country_name name country" if by == "country" else f"{by} term, called hidden"
    if what == "arrests":
        shown = columns(f"{named}, operations count, arrests number persons bars, hedged count")
        numbers = ((*row[:3], _plain(row[3]), int(row[4])) for row in rows)
        return Result(title, shown, numbers, [_HEDGED])
    shown = columns(
        f"{named}, kind term, substance term, operations count, amount number, unit unit amount, hedged count"
    )
    return Result(title, shown, ((*row[:5], _plain(row[5]), row[6], int(row[7])) for row in rows), [_HEDGED])


def pairs(lake: Lake, kind: str) -> Result:
    """Return which two countries or agencies took part in one operation: how often, since when, in which.

    ``one`` and ``other`` tell those apart that are called alike and are not one.
    """
    reader = views(lake, "links", "things", "operations")
    rows = _fetch(reader, "pairs", {"kind": kind})

    def grouped() -> Iterator[Row]:
        for (one, other, *ids), together in groupby(rows, key=itemgetter(0, 1, 4, 5)):
            found = {operation: year for _, _, operation, year, _, _ in together}
            since = min(filter(None, found.values()), default=None)
            yield one, other, len(found), since, "; ".join(sorted(found)), *ids

    ordered = sorted(grouped(), key=lambda row: (-int(row[2] or 0), str(row[0]), str(row[1])))
    shown = columns("source text, target text, operations count, since date, together text, one hidden, other hidden")
    return Result(f"{kind.capitalize()} that worked together, {len(lake.cases):,} cases", shown, ordered)


def same(lake: Lake) -> Result:
    """Return pairs of what is called alike in several cases and is not decided yet, as rows of ``same.csv``.

    ``counted`` says how such a pair counts as long as nobody decides: as one, or apart.
    """
    reader = views(lake, "things", "names", "sources")
    decided = [((one, id), (other, of), said == "yes") for one, id, other, of, said in _fetch(reader, "decided", {})]
    known: dict[Named, tuple[str, str, str]] = {}

    def alike() -> Iterator[list[Named]]:
        for (kind, _), things in groupby(_fetch(reader, "same", {}), key=itemgetter(0, 1)):
            found = {(case, id): (kind, label, one) for _, _, case, id, label, one in things}
            known.update(found)
            yield list(found)

    def rows() -> Iterator[Row]:
        for one, other in offered(alike(), decided):
            kind, label, counts_as = known[one]
            counted = "as one" if counts_as == known[other][2] else "apart"
            yield label, kind, counted, *one, *other, None, None

    declared = "name text, kind term, counted text, case term, id term, same_as_case term, same_as_id term"
    shown = columns(f"{declared}, same term, note text")
    return Result(f"What may be the same in {len(lake.cases):,} cases", shown, rows())


def sources(lake: Lake) -> Result:
    """Return the sources on which several cases rest: of one address, or decided to be one."""
    reader = views(lake, "things", "sources")

    def grouped() -> Iterator[Row]:
        for _, each in groupby(_fetch(reader, "cited", {}), key=itemgetter(0)):
            found = list(each)
            _, title, published, publisher, kind, *_ = found[0]
            where = "; ".join(f"{case}:{id}" for *_, case, id, _ in found)
            cases = len({case for *_, case, _, _ in found})
            yield title, published, publisher, kind, cases, sum(int(row[-1]) for row in found), where

    ordered = sorted(grouped(), key=lambda row: (-int(row[4] or 0), -int(row[5] or 0), str(row[6])))
    shown = columns("title text, published date, publisher text, kind term, cases count, claims count, where text")
    return Result(f"Sources of several of {len(lake.cases):,} cases", shown, ordered)


def differing(lake: Lake) -> Result:
    """Return what several cases answer differently of what has one id, or is decided to be one, with grades."""
    reader = views(lake, "facts")

    def grouped() -> Iterator[Row]:
        for _, answers in groupby(_fetch(reader, "differing", {}), key=itemgetter(8, 1, 6)):
            found = list(answers)
            if _contradict(found):
                yield from (row[:8] for row in found)

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
