"""The time line has the shape that TimelineJS documents, no invented day, and no markup but ours."""

import json
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from terminal import AWKWARD, ask, build

from spectorcli.bundled import SEED

DATE = {
    "type": "object",
    "required": ["year"],
    "dependentRequired": {"day": ["month"]},
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
    "additionalProperties": False,
}
SLIDE = {
    "type": "object",
    "required": ["start_date", "text"],
    "properties": {
        "start_date": DATE,
        "end_date": DATE,
        "text": TEXT,
        "group": {"type": "string"},
        "display_date": {"type": "string"},
        "autolink": {"type": "boolean"},
        "unique_id": {"type": "string"},
    },
    "additionalProperties": False,
}
SHAPE = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "title": {"type": "object", "properties": {"text": TEXT}, "additionalProperties": False},
        "events": {"type": "array", "items": SLIDE},
    },
    "additionalProperties": False,
}
"""As far as we write it: https://timeline.knightlab.com/docs/json-format.html"""


def export(folder: Path, tmp_path: Path) -> tuple[Any, str]:
    file = tmp_path / "timeline.json"
    done = ask("export", "timelinejs", "-o", file, "--db", build(folder, tmp_path / "case.db"))
    assert done.code == 0
    return json.loads(file.read_text(encoding="utf-8")), done.err


@pytest.mark.parametrize(("folder", "events", "undated"), [(SEED, 37, 0), (AWKWARD, 14, 1)], ids=["bundled", "awkward"])
def test_it_has_the_documented_shape(folder: Path, events: int, undated: int, tmp_path: Path) -> None:
    timeline, said = export(folder, tmp_path)
    Draft202012Validator(SHAPE).validate(timeline)
    assert (len(timeline["events"]), said) == (events, "spector: 1 undated event left out\n" * undated)


DATES = {
    "2019": ({"year": 2019}, None, "2019"),
    "2019-06~": ({"year": 2019, "month": 6}, None, "about June 2019"),
    "2023-05-02?": ({"year": 2023, "month": 5, "day": 2}, None, "2 May 2023 (uncertain)"),
    "2019%": ({"year": 2019}, None, "about 2019 (uncertain)"),
    "2021-10/2023": ({"year": 2021, "month": 10}, {"year": 2023}, "October 2021 to 2023"),
    "../2021-12-24": ({"year": 2021, "month": 12, "day": 24}, None, "until 24 December 2021"),
    "2021-12/..": ({"year": 2021, "month": 12}, None, "from December 2021 on"),
    "2021-24": ({"year": 2021}, None, "winter 2021"),
    "201X": ({"year": 2010}, {"year": 2019}, "2010s"),
    "2021-21/2022-23": ({"year": 2021}, {"year": 2022}, "spring 2021 to autumn 2022"),
    "2023-XX": ({"year": 2023}, None, "2023"),
}
"""How a date begins, ends and is shown."""


def test_a_date_keeps_its_precision(tmp_path: Path) -> None:
    claims = "\n".join(f"e{n},date,{date},,,alpha" for n, date in enumerate(DATES))
    events = "\n".join(f"e{n},launch,Event {n},teapot,bazaar" for n, _ in enumerate(DATES))
    timeline, said = export(write_case(tmp_path / "case", claims, events=events), tmp_path)
    slides = {slide["unique_id"]: slide for slide in timeline["events"]}
    assert said == ""
    assert {
        date: (slides[f"e{n}"]["start_date"], slides[f"e{n}"].get("end_date"), slides[f"e{n}"]["display_date"])
        for n, date in enumerate(DATES)
    } == DATES


def test_a_case_without_dates(tmp_path: Path) -> None:
    timeline, said = export(write_case(tmp_path / "case", ""), tmp_path)
    assert (timeline["events"], said) == ([], "spector: 1 undated event left out\n")


def test_what_a_case_says_is_no_markup(tmp_path: Path) -> None:
    case = write_case(
        tmp_path / "case",
        "launch,date,2021,,,alpha\nlaunch,date,2021,,,beta\nlaunch,date,2022,,,delta",
        events="launch,launch,<b>Bazaar</b> & co,teapot,bazaar",
        operations="teapot,<i>Teapot</i>",
        sources="alpha,official,A,2021-05-02,<Alpha>,First,https://example.org/?a=1&b='2'\nbeta,press,B,,B,Second,javascript:x"
        "\ndelta,blog,D,,D,Third,https://example.org/",
    )
    (case / "datapackage.json").write_text('{"title": "<u>Tea</u>", "description": "a <b>case</b> & more"}')
    timeline, _ = export(case, tmp_path)
    assert timeline["title"]["text"] == {
        "headline": "&lt;u&gt;Tea&lt;/u&gt;",
        "text": "a &lt;b&gt;case&lt;/b&gt; &amp; more",
    }
    (slide,) = timeline["events"]
    assert slide == {
        "start_date": {"year": 2021},
        "display_date": "2021",
        "text": {
            "headline": "&lt;b&gt;Bazaar&lt;/b&gt; &amp; co",
            "text": "<p>A2, 2 sources of 1 origin; also said: 2022</p>"
            '<p>Said by <a href="https://example.org/?a=1&amp;b=&#x27;2&#x27;">&lt;Alpha&gt;</a>, B</p>',
        },
        "group": "&lt;i&gt;Teapot&lt;/i&gt;",
        "unique_id": "launch",
        "autolink": False,
    }
