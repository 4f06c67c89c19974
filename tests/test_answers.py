"""What an answer counts, adds up and takes for what was meant: rules of single lines that nothing else would miss."""

import csv
import json
from pathlib import Path

import pytest
from cases import ROWS, write_case
from terminal import ask, build

TWO_OPERATIONS = ROWS["operations"] + "\nkettle,Operation Kettle"


def notes(folder: Path, claims: str, *asked: str, **files: str) -> list[str]:
    """Return the sentences under the answer to a question that tell of parts."""
    db = build(write_case(folder / "case", claims, **files), folder / "case.db")
    done = ask(*asked, SPECTOR_DB=db)
    assert (done.code, done.err) == (0, "")
    return [line for line in done.text.splitlines() if " of drugs " in line or " of money " in line]


@pytest.mark.parametrize(
    ("total", "unit", "sentence"),
    [
        ("850000", "g", "50 kg of 850,000 g; 800 kg"),
        ("850", "kg", "50 of 850 kg; 800 kg"),
        ("0.85", "t", "50 kg of 0.85 t; 800 kg"),
        ("1000", "lb", "50 kg of 1,000 lb; 403.592 kg"),
        ("16000", "oz", "50 kg of 16,000 oz; 403.592 kg"),
    ],
)
def test_what_parts_add_up_to_is_told_in_the_unit_in_which_it_was_added(
    tmp_path: Path, total: str, unit: str, sentence: str
) -> None:
    claims = f"drugs,amount,{total},{unit},,alpha\ntea,amount,50,kg,,alpha"
    assert notes(tmp_path, claims, "seizures") == [f"the one part of drugs is {sentence} are not itemised"]


@pytest.mark.parametrize(
    ("total", "part", "sentence"),
    [
        ("850", "50", "50 of 850 kg; 800 kg"),
        ("~850", "50", "50 of about 850 kg; about 800 kg"),
        (">850", "50", "50 of more than 850 kg; about 800 kg"),
        ("850", "~50", "about 50 of 850 kg; about 800 kg"),
    ],
)
def test_a_sum_with_what_is_not_exact_is_about(tmp_path: Path, total: str, part: str, sentence: str) -> None:
    claims = f"drugs,amount,{total},kg,,alpha\ntea,amount,{part},kg,,alpha"
    assert notes(tmp_path, claims, "seizures") == [f"the one part of drugs is {sentence} are not itemised"]


def test_sums_are_told_of_what_is_in_the_answer(tmp_path: Path) -> None:
    claims = "drugs,amount,850,kg,,alpha\ntea,amount,50,kg,,alpha\nmoney,amount,9,EUR,,alpha\ncash,amount,9,EUR,,alpha"
    seizures = ROWS["seizures"] + "\ncash,teapot,,US,money,,money"
    assert len(notes(tmp_path / "all", claims, "seizures", seizures=seizures)) == 2
    for number, narrower in enumerate(("--kind=drugs", "--country=US")):
        assert notes(tmp_path / str(number), claims, "seizures", narrower, seizures=seizures) == []


def test_agencies_of_a_country_are_those_of_the_operation(tmp_path: Path) -> None:
    claims = (
        "teapot,agencies,fbi,,,alpha\nkettle,agencies,fbi; bka,,,alpha\n"
        "teapot,participants,US; DE,,,alpha\narrests-teapot-us,count,1,,,alpha"
    )
    db = build(write_case(tmp_path / "case", claims, operations=TWO_OPERATIONS), tmp_path / "case.db")
    counted = {}
    for operation in ("teapot", "kettle", "all"):
        rows = csv.DictReader(ask("countries", "--operation", operation, "-f", "csv", SPECTOR_DB=db).text.splitlines())
        counted[operation] = {row["country"]: row["agencies"] for row in rows}
    assert counted["teapot"] == {"US": "1", "DE": "0"}
    assert counted["all"] == {"US": "1", "DE": "1", "AT": "0"}


def test_the_count_of_an_operation_is_that_of_the_whole(tmp_path: Path) -> None:
    """Its parts have a count too, and only one can be meant."""
    claims = "arrests-teapot,count,9,,,alpha\narrests-teapot-us,count,5,,,alpha\narrests-teapot-de,count,4,,,alpha"
    folder = write_case(tmp_path / "case", claims)
    (folder / "datapackage.json").write_text('{"name": "tea", "title": "Tea", "operation": "teapot"}')
    db = build(folder, tmp_path / "case.db")
    done = ask("why", "teapot", "count", SPECTOR_DB=db)
    assert (done.code, done.err) == (0, "")
    assert "(arrests-teapot)" in done.text.splitlines()[0]


@pytest.mark.parametrize(
    ("claims", "events", "overdue"),
    [
        ("ana,status,charged,,2021-03,alpha\ndue,date,2021-05,,,alpha", "", "2021-05"),
        ("due,date,2021-05,,,alpha\nlate,date,2022,,,alpha", "late,hearing,Put off,,,ana", "2022"),
        ("due,date,2021-05,,,alpha\nlate,date,9998,,,alpha", "late,hearing,Put off,,,ana", ""),
        ("due,date,2021-05,,,alpha", "end,sentence,Is sentenced,,,ana", ""),
        ("due,date,2021-05,,,alpha\nana,status,acquitted,,2021-06,alpha", "", ""),
        ("due,date,2021-05,,,alpha\nproceedings-ana,status,sentenced,,2021-06,alpha", "", ""),
        ("due,date,2021-05,,,alpha\nproceedings-ana,status,pleaded-guilty,,2021-06,alpha", "", "2021-05"),
    ],
)
def test_an_outcome_that_was_due_and_is_not_told(tmp_path: Path, claims: str, events: str, overdue: str) -> None:
    events = f"due,hearing,Sentencing is scheduled,,,ana\n{events}"
    db = build(write_case(tmp_path / "case", claims, events=events), tmp_path / "db")
    for question in ("people", "proceedings"):
        (row,) = json.loads(ask(question, "-f", "json", "--db", db).text)
        assert (row["overdue"] or "") == overdue


def test_a_status_without_a_date_is_told(tmp_path: Path) -> None:
    claims = "ana,status,charged,,,alpha\nproceedings-ana,status,charged,,2021-03,alpha"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "db")
    assert "1 status has no date, such as that of ana" in ask("people", "--db", db).text
    assert "no date" not in ask("proceedings", "--db", db).text


TWO = {
    "people": "ana,Ana Müller\nbo,Bo Second",
    "events": "plea,plea,Both plead,teapot,,ana; bo\ndue,hearing,Sentencing,teapot,,ana; bo",
    "proceedings": "joint,Case against both,ana; bo,teapot",
}


def test_two_people_in_one_plea(tmp_path: Path) -> None:
    claims = "plea,date,2021-03-04,,,alpha\ndue,date,2021-06,,,alpha\njoint,status,pleaded-guilty,,2021-03-04,alpha"
    db = build(write_case(tmp_path / "case", claims, **TWO), tmp_path / "db")
    for person in ("ana", "bo"):
        told = json.loads(ask("timeline", "--person", person, "-f", "json", "--db", db).text)
        assert [(row["id"], row["person"]) for row in told] == [("plea", "ana; bo"), ("due", "ana; bo")]
        (case,) = json.loads(ask("proceedings", "--person", person, "-f", "json", "--db", db).text)
        assert (case["id"], case["overdue"]) == ("joint", "2021-06")
    assert [row["overdue"] for row in json.loads(ask("people", "-f", "json", "--db", db).text)] == ["2021-06"] * 2
    found = json.loads(ask("gaps", "-f", "json", "--db", db).text)
    assert [row["gap"] for row in found if row["id"] in ("joint", "ana", "bo")] == ["outcome-overdue"]


def test_a_joint_plea_before_the_charge_of_one(tmp_path: Path) -> None:
    events = TWO["events"] + "\ncharge,charge,Bo is charged,,,bo"
    claims = "plea,date,2021-03-04,,,alpha\ncharge,date,2022,,,alpha"
    db = build(write_case(tmp_path / "case", claims, **TWO | {"events": events}), tmp_path / "db")
    found = json.loads(ask("check", "--kind", "date-order", "-f", "json", "--db", db).text)
    assert [row["id"] for row in found] == ["plea"]


GROWING = (
    "arrests-teapot,count,103,,,alpha\narrests-teapot-us,count,70,,2021-06,alpha\narrests-teapot-us,count,90,,2021-10,alpha\n"
    "arrests-teapot-us,count,40,,2021-06,beta\narrests-us-monday,count,30,,2021-06,alpha\narrests-teapot-de,count,20,,,alpha\n"
    "drugs,amount,3,t,2021-06,alpha\ndrugs,amount,4,t,2021-12,alpha\ntea,amount,7,t,2021-12,alpha"
)
"""Figures that grew, and a part of what was counted in one country."""


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("growing")
    arrests = ROWS["arrests"] + "\narrests-us-monday,teapot,US,arrests-teapot-us"
    return build(write_case(folder / "case", GROWING, arrests=arrests), folder / "case.db")


@pytest.mark.parametrize(
    ("asked", "id", "when"),
    [
        (["arrests"], "arrests-teapot-us", ["2021-10"]),
        (["countries", "--operation", "teapot"], "US", ["2021-10"]),
        (["seizures"], "drugs", ["2021-12", "2021-06"]),
        (["conflicts"], "arrests-teapot-us", ["2021-06", "2021-06"]),
    ],
)
def test_an_answer_says_when_its_figure_held(growing: str, asked: list[str], id: str, when: list[str]) -> None:
    rows = json.loads(ask(*asked, "-f", "json", SPECTOR_DB=growing).text)
    assert [row["when"] for row in rows if id in (row.get("id"), row.get("country"))] == when


def test_a_sum_of_figures_of_different_times_says_so_and_is_no_error(growing: str) -> None:
    told = ask("arrests", SPECTOR_DB=growing).text.splitlines()
    later = "; these are figures of different times"
    assert (
        f"the 2 parts of arrests-teapot add up to 110 persons, 7 persons more than the stated 103 persons{later}"
        in told
    )
    assert f"the one part of arrests-teapot-us is 30 of 90 persons; 60 persons are not itemised{later}" in told
    assert (
        "the one part of drugs is 7,000 kg, 3,000 kg more than the stated 4 t"
        in ask("seizures", SPECTOR_DB=growing).text
    )
    found = json.loads(ask("check", "--kind", "parts-total", "-f", "json", SPECTOR_DB=growing).text)
    assert [(row["severity"], row["id"], later in row["sentence"]) for row in found] == [
        ("error", "drugs", False),
        ("note", "arrests-teapot", True),
        ("note", "arrests-teapot-us", True),
    ]


def test_a_country_is_told_once_though_a_part_of_its_arrests_has_a_figure(growing: str) -> None:
    rows = json.loads(ask("countries", "--operation", "teapot", "-f", "json", SPECTOR_DB=growing).text)
    assert [(row["country"], row["arrests"]) for row in rows] == [("US", 90), ("DE", 20)]


def test_two_breakdowns_of_one_whole_are_two_sums(tmp_path: Path) -> None:
    seizures = (
        "drugs,teapot,,,drugs\ntea,teapot,,,drugs,tea,drugs\nchai,teapot,,DE,drugs,chai,drugs\n"
        "drugs-us,teapot,,US,drugs,,drugs\ndrugs-de,teapot,,DE,drugs,,drugs"
    )
    amounts = {"drugs": 32, "tea": 22, "chai": 11, "drugs-us": 3, "drugs-de": 5}
    claims = "\n".join(f"{id},amount,{amount},t,,alpha" for id, amount in amounts.items())
    db = build(write_case(tmp_path / "case", claims, seizures=seizures), tmp_path / "db")
    rows = json.loads(ask("seizures", "-f", "json", "--db", db).text)
    shares = {"drugs": 1, "tea": None, "chai": None, "drugs-us": 0.094, "drugs-de": 0.156}  # 33 t of 32
    assert {row["id"]: row["share"] for row in rows} == shares
    told = ask("seizures", "--db", db).text.splitlines()
    assert told[-2:] == [
        "the 2 parts of drugs by country add up to 8,000 kg of 32 t; 24,000 kg are not itemised",
        "the 2 parts of drugs by substance add up to 33,000 kg, 1,000 kg more than the stated 32 t",
    ]
    for question in ("gaps --kind not-itemised", "check --kind parts-total", "check --kind parts-source"):
        said = [row["sentence"] for row in json.loads(ask(*question.split(), "-f", "json", "--db", db).text)]
        assert any("2 parts by " in one for one in said), question
        assert not any("4 parts" in one for one in said), question
    page = ask("report", "-f", "md", "--db", db).text
    assert "by substance add up to 33,000 kg" in page and "by country add up to 8,000 kg" in page
    assert "would make" not in ask("why", "drugs-us", "amount", "--db", db).text
