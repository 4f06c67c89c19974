"""Answers what is not known in a case, worst first: one statement in ``sql/gaps`` for each gap.

What is unknown is said to be so, and never counted as none. What is wrong is told by ``check``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from spectorcli.answers.exceptions import Exceptions
from spectorcli.case import Case, Record
from spectorcli.errors import NotFound, no_such
from spectorcli.result import Cell, Look, Note, Result, Said, Shows, by_name, columns, typed
from spectorcli.statements import UNREAD_COPY, columns_of, gaps_known
from spectorcli.words import say

COLUMNS = columns("rank count, gap term, id id, property term, sentence sentence, mend text, show text")

ORDER = (
    *("outcome-overdue", "no-outcome", "no-status", "single-origin headline", "not-itemised", "untold-arrests"),
    *("open-dispute", UNREAD_COPY, "source-date", "source-origin", "no-stated", "single-origin", "unchecked"),
)
"""What an editor would ask first: what harms a person, then the figures in the headline, then how well all is kept."""

ORIGIN = "source-origin"

SHOWN_OTHERWISE = ("open-dispute", "single-origin", "unchecked", "untold-arrests")
"""What is not shown best by all that is said of a thing."""

COPY = by_name(columns("id id, property term, form hidden, copy text, missing count, figures count"))


class Gap(NamedTuple):
    """Something that is not known: which gap it is, of what, and what says so, mends it and shows it."""

    gap: str
    id: Cell
    property: Cell
    sentence: Note
    mend: Note
    show: Note


def gaps(case: Case, kind: str | None, copies: Path | None, coverage: Iterable[Record] = ()) -> Result:
    """Return what is not known in rows, worst first, each with what mends it and what shows it.

    ``kind`` is the only gap to return. With a folder of ``copies`` also those from which no claim was read, and by
    their ``coverage`` those with further figures. What is overdue is so today, or on the day of which the case is.

    Raises:
        NotFound: there is no such gap, or no such folder.
    """
    if kind is not None and kind not in gaps_known():
        raise NotFound(no_such("gap", kind, gaps_known()))
    found = [one for one in _found(case, kind, copies, coverage) if kind in (None, one.gap)]
    exceptions = Exceptions(case)
    left = [one for one in found if not exceptions.accept(one.gap, one.id)]
    rows = [
        (rank, one.gap, one.id, one.property, say(one.sentence), say(one.mend), say(one.show))
        for rank, one in enumerate(left, 1)
    ]
    counts = [
        Note("verdict", {"verdict": Said(Shows.TERM, gap), "claims": Said(Shows.COUNT, count)})
        for gap, count in Counter(one.gap for one in left).items()
    ]
    cells = {"each": Said(Shows.SENTENCE, counts), "accepted": Said(Shows.COUNT, len(found) - len(left) or None)}
    idle = exceptions.idle(gaps_known() if kind is None else [kind], ((one.gap, one.id) for one in found))
    return Result(
        "What is not known", COLUMNS, rows, [Note("gaps", cells), *idle] if rows or idle else [], look=Look.GAPS
    )


def _found(case: Case, kind: str | None, copies: Path | None, coverage: Iterable[Record]) -> list[Gap]:
    parameters = {"today": case.metadata.get("as_of"), "operation": case.operation}
    found = {name: case.records(f"gaps/{name}", parameters) for name in gaps_known() if name != UNREAD_COPY}
    overdue = {row["id"] for row in found["outcome-overdue"]}
    found["no-outcome"] = [row for row in found["no-outcome"] if row["id"] not in overdue]
    if copies and kind in (None, ORIGIN):
        found[ORIGIN] = [*_with_wording(case, found[ORIGIN], copies)]
    found[UNREAD_COPY] = [*_unread(case, copies), *_half_read(coverage)] if copies else []
    return [_gap(name, row) for place in ORDER for name, row in _placed(place, found)]


def _placed(place: str, found: dict[str, list[Record]]) -> Iterator[tuple[str, Record]]:
    """Yield the rows of a place in the order: of a gap, or of a tier of one, the worst first."""
    name, _, tier = place.partition(" ")
    rows = [row for row in found[name] if (row.get("tier") or "") == tier]
    yield from ((name, row) for row in sorted(rows, key=_worst))


def _worst(row: Record) -> tuple[object, ...]:
    """Return the key by which the worst comes first, what has no place in that order last."""
    place = row["place"]
    return place is None, place or 0, str(row["id"]), str(row["property"]), str(row.get("value"))


def _gap(name: str, row: Record) -> Gap:
    known = COPY if name == UNREAD_COPY else by_name(columns_of(f"gaps/{name}"))
    cells = {column: typed(known, row, column) for column in known}
    form = f" {row['form']}" if row.get("form") else ""
    shown_by = name if name in SHOWN_OTHERWISE else "thing" if row["id"] else "stray"
    sentence, mend, show = (Note(said, cells) for said in (f"{name}{form}", f"mend {name}{form}", f"show {shown_by}"))
    return Gap(name, row["id"], row["property"], sentence, mend, show)


def _unread(case: Case, folder: Path) -> Iterator[Record]:
    """Yield the copies from which no claim was read, and those of no source of the case."""
    from spectorcli.copies.folder import named_copies

    speaks = {str(row["id"]): row["speaks"] for row in case.records("answers/speaking", {})}
    for copy, source in named_copies(folder, speaks):
        if source is None or not speaks[source]:
            form, place = (None, 0) if source else ("stray", 1)
            counts = dict.fromkeys(("missing", "figures"))
            yield {"id": source, "property": None, "form": form, "place": place, "copy": copy, **counts}


def _with_wording(case: Case, rows: Iterable[Record], folder: Path) -> Iterator[Record]:
    """Yield sources of unknown origin with another, not younger, that has most of their wording, by the copies."""
    from spectorcli.copies.folder import read_copies
    from spectorcli.copies.wording import runs, share

    # a tilde comes behind all that a date is written with: a month is not before a day of it
    published = {str(row["id"]): f"{row['published'] or ''}~" for row in case.read("sources")}
    copies = read_copies(folder, published).copies
    said = {source: frozenset().union(*map(runs, same)) for source, same in copies.items()}
    for row in rows:
        own = str(row["id"])
        dated = published[own] != "~"
        others = [one for one in said if one != own and not (dated and published[own] < published[one])]
        shares = {one: share(said[own], said[one]) for one in sorted(others)} if own in said else {}
        alike = max(shares, key=lambda one: shares[one], default=None)
        yield {**row, "alike": alike, "share": shares[alike]} if alike and shares[alike] else row


def _half_read(coverage: Iterable[Record]) -> Iterator[Record]:
    """Yield the copies of which some figures are claimed and others are not, those with most of these first."""
    for row in coverage:
        if row["claimed"] and row["missing"]:
            place = 1 / (1 + int(str(row["missing"])))  # behind copies from which nothing was read
            yield {**row, "id": row["source"], "property": None, "form": "figures", "place": place}
