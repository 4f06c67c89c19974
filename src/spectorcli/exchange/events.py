"""What the exports that draw a time line or a calendar say of an event."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from spectorcli.answers.ask import ask
from spectorcli.case import Case
from spectorcli.result import Cell
from spectorcli.values import also
from spectorcli.values.date import first_day
from spectorcli.values.wording import count


class SourcedEvent(NamedTuple):
    """What has a date, of any operation of a case; ``date`` is EDTF text, empty if nobody says when.

    ``id`` is that of the event; of another thing, which may have several dates, with their property behind it.

    ``said_by`` are publisher and address of the sources that give the date, the address perhaps empty.
    """

    id: str
    kind: str
    title: str
    operation: str
    date: str
    earliest: str
    latest: str
    support: str
    said_by: list[tuple[str, str]]


def read_events(case: Case) -> Iterator[SourcedEvent]:
    """Yield the events as ``spector timeline --operation all`` does: by their dates, the undated ones last."""
    labels = {thing["id"]: str(thing["label"]) for thing in case.read("things") if thing["kind"] == "operations"}
    sources = {source["id"]: source for source in case.read("sources")}
    said_by: dict[tuple[Cell, Cell], dict[tuple[str, str], None]] = defaultdict(dict)
    for claim in case.read("claims"):
        if claim["type"] == "date" and claim["accepted"]:
            source = sources[claim["source"]]
            said_by[claim["subject"], claim["property"]][
                str(source["publisher"] or source["id"]), str(source["url"] or "")
            ] = None
    found = ask(
        case, "timeline", operation="all", **dict.fromkeys(("kind", "country", "person", "market", "from", "to"))
    )
    for row in found.records():
        cells = {name: "" if cell is None else str(cell) for name, cell in row.items()}
        yield SourcedEvent(
            cells["id"] if cells["property"] == "date" else f"{cells['id']}-{cells['property']}",
            cells["kind"],
            cells["title"],
            labels.get(cells["operation"], ""),
            cells["date"],
            cells["earliest"],
            cells["latest"],
            _support(cells),
            list(said_by[cells["id"], cells["property"]]),
        )


def publications(case: Case) -> tuple[date, date]:
    """Return the first days of the oldest and the newest source: the only times that an export may bear as its own."""
    days = [day for source in case.read("sources") if (day := first_day(str(source["published"] or "")))]
    return min(days, default=date(1970, 1, 1)), max(days, default=date(1970, 1, 1))


def _support(cells: dict[str, str]) -> str:
    """Return what speaks for a date: ``A1, 6 sources of 3 origins; also said: May 2023``."""
    others = f"; also said: {also.say(cells['also'], 'date')}" if cells["also"] else ""
    return f"{cells['grade']}, {count(cells['sources'], 'sources')} of {count(cells['origins'], 'origins')}{others}"
