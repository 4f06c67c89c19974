"""Bars and the axis of time say what the rows say, and no more."""

import json
from pathlib import Path

import pytest
from cases import write_case
from terminal import ask, build, draw

from spectorcli.output import FORMATS
from spectorcli.pretty.chart import Event

SUPPORT = ",,,alpha"


def chart(tmp_path: Path, *dates: str, columns: int = 55) -> list[str]:
    """Return the chart of events on these dates, without its title."""
    events = "\n".join(f"event-{number},launch,Event {number},teapot" for number in range(len(dates)))
    claims = "\n".join(f"event-{number},date,{date}{SUPPORT}" for number, date in enumerate(dates) if date)
    folder = write_case(tmp_path / "case", claims or f"arrests-teapot,count,288{SUPPORT}", events=events)
    db = build(folder, tmp_path / "case.db")
    done = draw("timeline", "--chart", columns=columns, SPECTOR_DB=db, NO_COLOR="1")
    assert (done.code, done.err) == (0, "")
    return done.text.splitlines()[1:]


def test_events_are_not_compared_with_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """43,000 took 400 seconds."""
    compared = 0

    def counted(one: object, other: object) -> bool:
        nonlocal compared
        compared += 1
        return one is other

    monkeypatch.setattr(Event, "__eq__", counted)
    assert len(chart(tmp_path, *["2021"] * 50, *[""] * 50)) >= 102
    assert compared == 0


DAY, TIME, OPEN = "● a day", "━ some time in it, or all of it", "━ some time in it, or all of it   ◀ ▶ no end is known"


@pytest.mark.parametrize(
    ("date", "years", "drawn", "legend"),
    [
        ("2021-01-01", "2021", "●", DAY),
        ("2021-12-31", "2021", "┊" + " " * 53 + "●", DAY),
        ("2021", "2021", "━" * 55, TIME),
        ("2021-01", "2021", "━" * 5, TIME),
        ("2021-07/2021-12", "2021", "┊" + " " * 26 + "━" * 28, TIME),
        ("2020-07/2021-06", "2020" + " " * 23 + "2021", "┊" + " " * 12 + "━" * 29, TIME),
        ("../2021-06", "2021", "◀" + "━" * 27, OPEN),
        ("2021-07-02/..", "2021", "┊" + " " * 26 + "━" * 27 + "▶", OPEN),
    ],
)
def test_a_date_covers_what_it_may_mean(tmp_path: Path, date: str, years: str, drawn: str, legend: str) -> None:
    assert chart(tmp_path, date) == [years, f"{date} Event 0", drawn, legend]


def test_titles_stand_beside_the_axis_where_there_is_room(tmp_path: Path) -> None:
    assert chart(tmp_path, "2020", "2021-01-01", "", columns=64) == [
        f"2020{' ' * 17}2021",
        f"{'━' * 21}┊{' ' * 20}  2020         Event 0",
        f"┊{' ' * 20}●{' ' * 20}  2021-01-01   Event 1",
        "no date",
        "  Event 2",
        f"{DAY}   {TIME}",
    ]


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_years_are_told_apart_at_any_width(tmp_path: Path, columns: int) -> None:
    years, *_ = chart(tmp_path, "0950", "2021", columns=columns)
    assert len(years) <= columns
    assert [year for year in years.split() if len(year) != 4] == []
    assert len(years.split()) >= 2


def test_without_any_date_there_is_no_axis(tmp_path: Path) -> None:
    assert chart(tmp_path, "", "") == ["no date", "  Event 0", "  Event 1"]


@pytest.mark.parametrize("format", [format.name for format in FORMATS.values() if not format.drawn] + ["table"])
def test_a_chart_is_only_a_way_to_draw(tmp_path: Path, format: str) -> None:
    db = build(write_case(tmp_path / "case"), tmp_path / "case.db")
    asked = ask("timeline", "--chart", "-f", format, SPECTOR_DB=db)
    assert (asked == ask("timeline", "-f", format, SPECTOR_DB=db)) == (format != "svg")


SEIZED = "a,teapot,,,drugs\nb,teapot,,,drugs,tea,a\nc,teapot,,,drugs,mate,a\nd,teapot,,,drugs,pills"


def bars(tmp_path: Path, claims: str, question: str = "seizures", **files: str) -> list[str]:
    """Return the bars of an answer, as ASCII draws them."""
    db = build(write_case(tmp_path / "case", claims, **files), tmp_path / "case.db")
    done = draw(question, columns=150, SPECTOR_DB=db, NO_COLOR="1", PYTHONIOENCODING="ascii")
    assert (done.code, done.err) == (0, "")
    return [word for line in done.text.splitlines() for word in line.split() if set(word) <= {"#", "."}]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("a 100 kg, b 50000 g, c 25 kg", ["#" * 18 + "." * 6, "#" * 12, "#" * 6, "."]),  # the last is the legend
        ("a 100 kg, b 50 kg, c 50 kg", ["#" * 24, "#" * 12, "#" * 12]),
        ("a 30 kg, b 10 kg, c 10 kg", ["#" * 16 + "." * 8, "#" * 8, "#" * 8, "."]),
        ("a 100 kg, b 500 tablets, d 200 tablets", []),  # no scale holds both
        (
            "a 100 kg, a 8 tablets, b 2 tablets, c 75 kg",
            ["#" * 18 + "." * 6, "#" * 6 + "." * 18, "#" * 18, "#" * 6, "."],
        ),
        ("a 100 kg, d 50 kg", []),  # d is no part
        ("a 100 kg, b 150 kg", []),
        ("b 50 kg, c 50 kg", []),
    ],
)
def test_a_seizure_is_a_share_of_its_whole(tmp_path: Path, amounts: str, expected: list[str]) -> None:
    told = [amount.split() for amount in amounts.split(", ")]
    claims = "\n".join(f"{id},amount,{value},{unit},,alpha" for id, value, unit in told)
    assert bars(tmp_path, claims, seizures=SEIZED) == expected


def test_arrests_of_a_series_are_on_one_scale(tmp_path: Path) -> None:
    claims = f"one,count,50{SUPPORT}\ntwo,count,>200{SUPPORT}"
    series = {"operations": "teapot,Teapot\nteacup,Teacup", "arrests": "one,teapot\ntwo,teacup"}
    assert sorted(bars(tmp_path, claims, "operations", **series)) == ["#" * 6, "#" * 24]


def test_the_share_is_in_every_format(tmp_path: Path) -> None:
    claims = "a,amount,100,kg,,alpha\nb,amount,50000,g,,alpha"
    db = build(write_case(tmp_path / "case", claims, seizures=SEIZED), tmp_path / "case.db")
    rows = json.loads(ask("seizures", "-f", "json", SPECTOR_DB=db).text)
    assert [(row["id"], row["share"]) for row in rows] == [("a", 1.0), ("b", 0.5), ("c", None), ("d", None)]
