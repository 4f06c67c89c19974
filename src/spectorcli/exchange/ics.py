"""Writes an iCalendar file of the events whose days are known: https://www.rfc-editor.org/rfc/rfc5545.

A calendar has days and nothing coarser. An event of "December 2021" would stand on its first day or on all of them,
which nobody says; so it is left out, and said.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from spectorcli.case import Case
from spectorcli.exchange.events import SourcedEvent, publications, read_events
from spectorcli.extras import extra
from spectorcli.values.date import day
from spectorcli.values.wording import count


def write(case: Case, path: Path) -> Sequence[str]:
    """Write an all-day event for each event of every operation that has full dates; they take up nobody's time.

    ``DTSTAMP`` is the newest publication in the case.
    """
    with extra("ics"):
        from icalendar import Calendar
        from icalendar import Event as Entry
    name = json.loads(case.metadata["package"]).get("name") or "spector"
    stamp = datetime.combine(publications(case)[1], time(), UTC)
    calendar = Calendar({"prodid": "-//spector//spector//EN", "version": "2.0"})
    calendar.add("x-wr-calname", case.metadata["title"])
    events = list(read_events(case))
    for event, days in ((event, _days(event.date)) for event in events):
        if days:
            entry = Entry()
            for property, value in _properties(event, days, name).items():
                entry.add(property, value)
            entry.add("dtstamp", stamp)
            calendar.add_component(entry)
    path.write_bytes(calendar.to_ical())
    return _left_out(events)


def _days(text: str) -> list[date]:
    """Return the one day of a date, or the first and the last; nothing if one is missing, partial or uncertain."""
    ends = [day(end) for end in text.split("/")]
    days = [end for end in ends if end]
    return days if len(days) == len(ends) and days[-1] < date.max else []


def _properties(event: SourcedEvent, days: Sequence[date], case: str) -> dict[str, str | date | list[str]]:
    return {
        "uid": f"{event.id}@{case}",
        "dtstart": days[0],
        "dtend": days[-1] + timedelta(days=1),
        "summary": event.title,
        "description": _description(event),
        "categories": [event.kind],
        "transp": "TRANSPARENT",
    }


def _description(event: SourcedEvent) -> str:
    said_by = [f"{publisher}: {url}" if url else publisher for publisher, url in event.said_by]
    return "\n".join([event.support, "Said by", *said_by])


def _left_out(events: Sequence[SourcedEvent]) -> Sequence[str]:
    undated = sum(not event.date for event in events)
    rough = sum(not _days(event.date) for event in events) - undated
    sentences = {
        f"{count(rough, 'events')} left out whose days are not known: a calendar has no months and years": rough,
        f"{count(undated, 'undated events')} left out": undated,
    }
    return [sentence for sentence, count in sentences.items() if count]
