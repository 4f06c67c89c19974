"""The calendar is read back by the library of the standard, and has no day that no source gives."""

from datetime import date
from pathlib import Path

import pytest
from cases import write_case
from icalendar import Calendar, Component
from terminal import ask, build

from spectorcli.exchange import ics
from spectorcli.exchange.events import SourcedEvent


def export(folder: Path, tmp_path: Path) -> tuple[list[Component], bytes, str]:
    file = tmp_path / "case.ics"
    done = ask("export", "ics", "-o", file, "--db", build(folder, tmp_path / "case.db"))
    assert done.code == 0, done.err
    raw = file.read_bytes()
    return Calendar.from_ical(raw).walk("VEVENT"), raw, done.err


@pytest.mark.parametrize(
    ("when", "first", "after"),
    [
        ("2023-05-02", date(2023, 5, 2), date(2023, 5, 3)),
        ("2019-01-11/2019-02-28", date(2019, 1, 11), date(2019, 3, 1)),
        ("2023-12-31", date(2023, 12, 31), date(2024, 1, 1)),
    ],
)
def test_a_day_is_an_all_day_event(when: str, first: date, after: date, tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", f"launch,date,{when},,,alpha")
    ((event,), _, said) = export(case, tmp_path)
    assert (event.decoded("dtstart"), event.decoded("dtend"), said) == (first, after, "")
    assert event["transp"] == "TRANSPARENT"  # it takes up nobody's time
    assert event.decoded("dtstamp").isoformat() == "2021-06-01T00:00:00+00:00"  # of delta, the newest source


def test_what_is_no_day_is_left_out(tmp_path: Path) -> None:
    dates = "2023 2023-05 2023-05-02~ 2023-05-02? 2023-05/2023-06-01 2023-05-02/.. 2023-22 202X 9999-12-31".split()
    claims = "\n".join(f"e{n},date,{when},,,alpha" for n, when in enumerate(dates))
    titles = "\n".join(f"e{n},launch,Event {n}" for n, _ in enumerate(dates))
    events, _, said = export(write_case(tmp_path / "case", claims, events=titles), tmp_path)
    assert (events, said) == (
        [],
        "spector: 9 events left out whose days are not known: a calendar has no months and years\n",
    )


def test_one_event_is_told_as_one() -> None:
    rough, undated = (SourcedEvent("e", "launch", "Event", "", when, "", "", "", []) for when in ("2023", ""))
    assert ics._left_out([rough, undated]) == [
        "1 event left out whose days are not known: a calendar has no months and years",
        "1 undated event left out",
    ]


def test_text_is_text(tmp_path: Path) -> None:
    title = "A; b, c \\n \\ é" + "é" * 60
    case = write_case(
        tmp_path / "case",
        "launch,date,2023-05-02,,,alpha\nlaunch,date,2023-05-03,,,beta",
        events=f'launch,"a,b","{title}",teapot,bazaar',
    )
    ((event,), raw, _) = export(case, tmp_path)
    assert str(event["summary"]) == title
    assert str(event["description"]) == "A2, 1 source of 1 origin; also said: 3 May 2023\nSaid by\nAlpha"
    assert event["uid"] == "launch@spector"
    assert b"\r\nCATEGORIES:a\\,b\r\n" in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
