"""What a cell shows decides how it is drawn, and never the name of its column."""

import re
from io import StringIO
from pathlib import Path

import pytest
from cases import write_case
from terminal import ask, build

from spectorcli.pretty import draw
from spectorcli.pretty.cells import brief
from spectorcli.result import Cell, Look, Result, Said, Shows, by_name, columns, typed

CELLS = [
    (Said(Shows.NUMBER, ">5500000", "USD"), ">5,500,000 USD"),
    (Said(Shows.NUMBER, 1234), "1,234"),
    (Said(Shows.NUMBER, 1, "persons"), "1 person"),
    (Said(Shows.NUMBER, "17.3..21", "percent"), "17.3..21 percent"),
    (Said(Shows.DATE, "2021-12~"), "2021-12~"),
    (Said(Shows.TERM, "356938035643809"), "356938035643809"),
    (Said(Shows.TEXT, "Phone of 10115 Berlin"), "Phone of 10115 Berlin"),
    (Said(Shows.FLAG, "yes"), "yes"),
    (Said(Shows.REF, "20240307; 20240308"), "20240307; 20240308"),
    (Said(Shows.ID, "20240307"), "20240307"),
    (Said(Shows.NAME, "10115 Berlin"), "10115 Berlin"),
    (Said(Shows.UNIT, "persons", "1"), "person"),
    (Said(Shows.UNIT, "persons", "2"), "persons"),
    (Said(Shows.AMOUNTS, "53400000 USD; >50800000 EUR"), "53,400,000 USD; >50,800,000 EUR"),
    (Said(Shows.ALSO, "1500 (3 sources), 5500", Shows.NUMBER), "1,500 (3 sources), 5,500"),
    (Said(Shows.ALSO, "15000, Berlin", Shows.TERM), "15000, Berlin"),
    (Said(Shows.ALSO, "15000", Shows.UNKNOWN), "15000"),
    (Said(Shows.COUNT, 1234), "1,234"),
    (Said(Shows.SHARE, 0.531), "53.1%"),
    (Said(Shows.GRADE, "A1"), "A1"),
    (Said(Shows.DISPUTE, "open"), "open"),
    (Said(Shows.SENTENCE, "20240307 says 17 persons"), "20240307 says 17 persons"),
    (Said(Shows.HIDDEN, "number"), ""),
    (Said(Shows.UNKNOWN, 1234), "1234"),
    (Said(Shows.UNKNOWN, 0.5), "0.5"),
    (Said(Shows.NUMBER, None, "USD"), ""),
]


@pytest.mark.parametrize(("said", "drawn"), CELLS)
def test_a_cell_in_a_table(said: Said, drawn: str) -> None:
    assert brief(said) == drawn


def test_each_type_is_drawn() -> None:
    assert {said.shows for said, _ in CELLS} == set(Shows) - {Shows.ANY}


def table(declared: str, *rows: tuple[Cell, ...], title: str = "Title", look: Look = Look.TABLE) -> list[str]:
    out = StringIO()
    draw("table", Result(title, columns(declared), rows, look=look), out)
    return out.getvalue().splitlines()[1:]


def test_names_of_columns_say_nothing() -> None:
    """Each of them once told what was in it."""
    names = ("amount", "turnover", "vendors", "money", "drugs", "also", "value", "share", "arrests", "grade", "title")
    assert table(", ".join(f"{name} term" for name in names), ("12345",) * len(names)) == [
        "amount  turnover  vendors  money  drugs  also   value  share  arrests  grade  title",
        "12345   12345     12345    12345  12345  12345  12345  12345  12345    12345  12345",
    ]


def test_a_value_of_any_type_has_its_unit_with_it() -> None:
    declared = "property term, value any type, unit unit value, type hidden"
    rows = ("count", 1, "persons", "number"), ("worth", 20000, "EUR", "number"), ("imei", "356938035643809", "", "term")
    assert table(declared, *rows) == [
        "property  value",
        "count     1 person",
        "worth     20,000 EUR",
        "imei      356938035643809",
    ]


def test_what_all_rows_refer_to_is_said_once() -> None:
    declared = "id id, ship ref, port ref, port_name name port"
    rows = ("one", "maria", "HH", "Hamburg"), ("two", "maria", "HH", "Hamburg")
    assert table(declared, *rows) == ["ship maria  port HH Hamburg", "id", "one", "two"]
    assert table(declared, *rows, title="Ships (maria)")[0] == "port HH Hamburg"
    assert table(declared, *rows[:1]) == ["id   ship   port", "one  maria  HH Hamburg"]


def test_parts_stand_under_their_whole() -> None:
    rows = ("all", None, 200, 1), ("one", "all", 150, 0.75)
    assert table("id id, whole ref id, berths number, part share", *rows) == [
        "id     berths    part",
        "all       200  100.0%  ██████████████████░░░░░░",
        "  one     150   75.0%  ██████████████████",
        "░ not itemised",
    ]


def test_bars_are_drawn_where_an_answer_declares_them() -> None:
    assert table("id id, berths number berths bars", ("one", 10), ("two", "~5")) == [
        "id   berths",
        "one      10  ████████████████████████",
        "two      ~5  ████████████",
    ]
    assert table("id id, berths number berths", ("one", 10), ("two", "~5"))[1:] == ["one      10", "two      ~5"]


def test_a_dispute_is_marked_beside_its_own_grade() -> None:
    declared = "id id, count number, first grade, dispute dispute second, second grade, other also count"
    assert table(declared, ("one", 1500, "A1", "open", "B2", "2500")) == [
        "id   count  first  second  other",
        "one  1,500     A1    ≠ B2  open: 2,500",
    ]


def test_a_type_that_is_none_is_not_known() -> None:
    declared = by_name(columns("value any type, type hidden, also also value"))
    record = {"value": "12345", "type": "<b>", "also": "23456"}
    assert typed(declared, record, "value") == Said(Shows.UNKNOWN, "12345")
    assert typed(declared, record, "also") == Said(Shows.ALSO, "23456", Shows.UNKNOWN)


def test_a_timeline_is_headed_by_the_years_that_its_dates_name() -> None:
    """About 2019 begins in 2018, and who died by 2021 was not born in it."""
    declared = "date date, earliest date, latest date, kind term, title text, grade grade, also also date, id id"
    dates = {
        "201X": ("2010-01-01", "2019-12-31"),
        "2019~": ("2018-01-01", "2020-12-31"),
        "2019-01~": ("2018-12-01", "2019-02-28"),
        "../2021-12": (None, "2021-12-31"),
        "2022-24": ("2021-11-01", "2023-03-31"),
        None: (None, None),
    }
    rows = [(date, *days, "raid", "Raid", "A1", None, "raid") for date, days in dates.items()]
    out = StringIO()
    draw("timeline", Result("Title", columns(declared), rows, look=Look.TIMELINE), out)
    headings = [line for line in out.getvalue().splitlines()[1:] if line[0] not in "●○│"]
    assert headings == ["2010s", "2019", "2021", "2022", "no date"]


def test_a_unit_goes_without_saying_where_it_is_the_only_one_or_is_what_is_counted() -> None:
    declared = (
        "what text, property hidden, value any type, unit unit value, type hidden, own_unit hidden, when hidden, "
        "grade grade, id id"
    )
    rows = [
        ("arrests", "count", 1288, "persons", "number", "persons", None, "A1", "one"),
        ("firearms", "amount", 117, "firearms", "number", "mass firearms tablets", None, "A1", "two"),
        ("pistols", "amount", 1, "firearms", "number", "mass firearms tablets", None, "A1", "three"),
    ]
    assert table(declared, *rows, look=Look.HEADLINES) == [
        "    1,288  arrests  A1 · one",
        "      117  firearms  A1 · two",
        "1 firearm  pistols  A1 · three",
    ]


@pytest.mark.parametrize(("dispute", "mark"), [("open", "≠ open: "), ("settled", "≠ "), ("", "also ")])
def test_what_contradicts_nothing_is_not_said_to_differ(dispute: str, mark: str) -> None:
    declared = "what text, property hidden, value number persons, unit hidden, own_unit hidden, when date, id id"
    told = "dispute dispute value, grade grade, also also value"
    row = ("arrests", "count", 9, "persons", "persons", None, "arrests-teapot", dispute, "B2", ">20")
    drawn = table(f"{declared}, {told}", row, look=Look.HEADLINES)
    assert drawn[1].strip() == f"{mark}>20"


def test_only_what_contradicts_is_red(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,>12,,,alpha\narrests-teapot,count,20,,,copy\narrests-teapot,count,<9,,,delta"
    sources = (
        "alpha,official,A,2022,Alpha,Alpha,,own\ndelta,official,A,2021,Delta,Delta,,own\n"
        "copy,press,C,2021,Copy,Copy,,own"
    )
    db = build(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "db")
    red = re.compile("\x1b\\[31m([^\x1b]*)")
    for words, width in (("arrests", "80"), ("arrests", "30"), ("show arrests-teapot", "80"), ("", "80")):
        text = ask(*words.split(), "--db", db, FORCE_COLOR="1", COLUMNS=width).text
        assert "".join(red.findall(text)).split() == ["≠", "open:", "<9"], (words, width)
        assert "20" in text
    page = ask("report", "-f", "html", "--db", db).text
    assert 'open:</span> also said <span class="differs">fewer than 9</span>, 20</span>' in page
