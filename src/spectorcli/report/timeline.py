"""The timeline as a picture: a mark for a day, a box as wide as a partial date leaves open, never an invented day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spectorcli.answers.ask import ask
from spectorcli.case import Case
from spectorcli.report.evidence import Answer, Evidence, Record, records
from spectorcli.report.figures import TIMELINE
from spectorcli.values.date import is_approximate, is_interval

ROW = 26
"""Height of an event in the picture."""

TALL = 760
"""Height of a picture that a sheet of A4 or letter paper holds with what stands around it."""


@dataclass(frozen=True)
class Event:
    """An event; ``x`` and ``width`` in percent of the picture, None for one without a date.

    ``shape`` is day, partial (happened once, some time in it) or period (went on all the time).
    """

    number: int
    title: str
    kind: str
    operation: str
    answer: Answer | None
    shape: str
    x: float | None
    width: float
    approximate: bool

    @property
    def after(self) -> bool:
        """Whether there is more room for the title behind the mark than before it."""
        return self.x is not None and 100 - self.end >= self.x

    @property
    def end(self) -> float:
        """Where the mark ends."""
        return round((self.x or 0) + self.width, 3)

    @property
    def y(self) -> int:
        """The middle of its row."""
        return self.number * ROW + 8


@dataclass(frozen=True)
class Timeline:
    """The events by their first possible day, and the years as places in percent."""

    events: Sequence[Event]
    years: Sequence[tuple[int, float]]

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return bool(self.events)

    @property
    def operations(self) -> set[str]:
        """The operations to which they belong; an event of none has an empty one."""
        return {event.operation for event in self.events}

    @property
    def tall(self) -> bool:
        """Whether the picture and its heading fill more than a page of paper, where it is left to the table."""
        return self.height > TALL

    @property
    def height(self) -> int:
        """Height of the picture: the rows of what has a date, and one for the years."""
        return (sum(event.x is not None for event in self.events) + 1) * ROW + 8


def timeline(case: Case, evidence: Evidence) -> Timeline:
    """Return what ``spector timeline`` tells, with places."""
    asked = ask(case, "timeline", operation="all", **dict.fromkeys(TIMELINE))
    rows = evidence.concerning(records(asked))
    days = [_day(row[name]) for row in rows for name in ("earliest", "latest") if row[name]]
    if not days:
        return Timeline([_event(number, row, evidence, 0, 1) for number, row in enumerate(rows, 1)], [])
    first, last = min(days).year, max(days).year + 1
    start, end = date(first, 1, 1).toordinal(), date(last - 1, 12, 31).toordinal() + 1
    step = -(-(last - first) // 8)
    years = [(year, _percent(date(year, 1, 1).toordinal(), start, end)) for year in range(first, last, step)]
    return Timeline([_event(number, row, evidence, start, end) for number, row in enumerate(rows, 1)], years)


def _event(number: int, row: Record, evidence: Evidence, start: int, end: int) -> Event:
    answer = evidence.headline(row["id"], str(row["property"]))
    text = str(row["date"] or "")
    x, width, shape = None, 0.0, "partial"
    if row["earliest"] or row["latest"]:
        low = _day(row["earliest"]).toordinal() if row["earliest"] else start
        high = _day(row["latest"]).toordinal() + 1 if row["latest"] else end
        x, width = _percent(low, start, end), round(100 * (high - low) / (end - start), 3)
        shape = "period" if is_interval(text) else "day" if high - low == 1 else "partial"
    operation = evidence.label(row["operation"])
    approximate = is_approximate(text)
    return Event(number, str(row["title"]), str(row["kind"] or ""), operation, answer, shape, x, width, approximate)


def _percent(day: int, start: int, end: int) -> float:
    return round(100 * (day - start) / (end - start), 3)


def _day(cell: object) -> date:
    return date.fromisoformat(str(cell))
