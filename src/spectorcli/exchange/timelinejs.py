"""Writes the JSON of TimelineJS, which draws a time line in a web page.

https://timeline.knightlab.com/docs/json-format.html Its texts are HTML, so what a case says is escaped. A date has
as many parts as are known: a year stays a year.
"""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from spectorcli.case import Case
from spectorcli.escapes import web_address
from spectorcli.exchange.events import SourcedEvent, read_events
from spectorcli.values import date as dates
from spectorcli.values.wording import count


def write(case: Case, path: Path) -> Sequence[str]:
    """Write the dated events of every operation, and say how many have no date."""
    events = list(read_events(case))
    dated = [event for event in events if event.earliest or event.latest]
    package = json.loads(case.metadata["package"])
    timeline = {
        "title": {"text": {"headline": escape(case.metadata["title"]), "text": escape(package.get("description", ""))}},
        "events": [_slide(event) for event in dated],
    }
    path.write_text(json.dumps(timeline, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    undated = len(events) - len(dated)
    return [f"{count(undated, 'undated events')} left out"] if undated else []


def _slide(event: SourcedEvent) -> dict[str, Any]:
    ends = _ends(event)
    said_by = ", ".join(_link(publisher, url) for publisher, url in event.said_by)
    slide = {
        "start_date": ends[0],
        "end_date": ends[-1],
        "display_date": escape(dates.say(event.date)),
        "text": {
            "headline": escape(event.title),
            "text": f"<p>{escape(event.support)}</p><p>Said by {said_by}</p>",
        },
        "group": escape(event.operation),
        "unique_id": event.id,
        "autolink": False,
    }
    absent = {"end_date"} if len(ends) == 1 else set()
    return {name: value for name, value in slide.items() if value != "" and name not in absent}


def _ends(event: SourcedEvent) -> list[dict[str, int]]:
    """Return the known ends of a date, equal ones once: the year of a season, the first and last one of a decade."""
    ends = [dates.parts(end) or dates.parts(dates.year(end)) for end in event.date.split("/") if end not in dates.OPEN]
    if not all(ends):
        ends = [dates.parts(bound[:4]) for bound in (event.earliest, event.latest) if bound]
    return [dict(zip(("year", "month", "day"), end, strict=False)) for end in dict.fromkeys(ends)]


def _link(publisher: str, url: str) -> str:
    text = escape(publisher)
    return f'<a href="{escape(url)}">{text}</a>' if web_address(url) else text
