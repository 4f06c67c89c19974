"""Files as spreadsheets write them: what is read all the same, what is told of it, and what is asked instead."""

import re
from pathlib import Path

import pytest
from cases import ROWS, write_case

from spectorcli.errors import Refused
from spectorcli.load.load import check
from spectorcli.values import date, rewritten, units
from spectorcli.values.figures import meant
from spectorcli.values.span import BadValue

CLAIMS = """arrests-teapot,count,288,,,alpha,,,,
tea,amount,12,kg,,alpha,page 2,,,twelve
launch,date,2021-05-02,,,beta,,,,"""

Told = tuple[list[tuple[object, object]], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", CLAIMS)


def told(folder: Path) -> str:
    """Load a folder that has three claims, and return what is said of how they were read."""
    result = check(folder)
    rows = list(result.rows)
    assert ("claims", 3) in rows
    assert ("people", 1) in rows
    return "\n".join(result.left_out)


def rewrite(folder: Path, old: str, new: str, file: str = "claims.csv") -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")


def refusals(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        check(folder)
    return refused.value.mistakes


LONG = "the row has 11 cells and the header 10; put what holds ',' in quotes"

SILENT = {
    "tabs": [(",", "\t")],
    "semicolons": [(",", ";")],
    "bars": [(",", "|")],
    "a line for Excel": [(",", ";"), ("subject;", "sep=;\nsubject;")],
    "the same, quoted": [(",", "\t"), ("subject\t", '"sep=\t"\r\nsubject\t')],
    "columns without a name": [("\n", ",,,\n")],
    "rows without a cell": [("tea,", ",,,,,,,,,\n\ntea,")],
    "headings of a person": [("subject,property,value", "Subject, PROPERTY ,Value"), (",at,", ", At,")],
    "a byte order mark": [("subject,", "\ufeffsubject,")],
}


@pytest.mark.parametrize("case", SILENT)
def test_what_changes_nothing_is_not_told(folder: Path, case: str) -> None:
    for old, new in SILENT[case]:
        rewrite(folder, old, new)
    assert told(folder) == ""


LOUD = {
    "short rows": ("alpha,,,,\n", "alpha\n", "1 short row filled up"),
    "line breaks": ("twelve", '"twelve\nkilos"', "1 row with line breaks or tabs in a cell given spaces"),
    "tabs in cells": ("page 2", "page\t2", "1 row with line breaks or tabs in a cell given spaces"),
    "flags": ("tea,amount,12,kg", "bazaar,commercial,WAHR,", "1 flag such as TRUE read as yes or no"),
    "a day with a time": ("2021-05-02", "2021-05-02 00:00:00", "1 date of a spreadsheet read as 2024-03-05"),
    "a day with slashes": ("2021-05-02", "2021/5/2", "1 date of a spreadsheet read as 2024-03-05"),
}


@pytest.mark.parametrize("case", LOUD)
def test_what_is_changed_is_counted(folder: Path, case: str) -> None:
    old, new, line = LOUD[case]
    rewrite(folder, old, new)
    assert told(folder) == f"changed to be read: claims.csv: {line}"


def test_changes_are_told_in_one_line(folder: Path) -> None:
    rewrite(folder, ",", ";")
    rewrite(folder, ";12;", ";0,5;")
    rewrite(folder, "alpha;;;;\n", "alpha\n")
    rewrite(folder, "id,name,aliases\nana,Ana Müller,", "ID,Name,aliases,Born\nana,Ana Müller,,Ulm", "people.csv")
    assert told(folder) == (
        "changed to be read: claims.csv: 1 decimal comma read as a point, 1 short row filled up; "
        "people.csv: column 'Born' kept but not read, for the vocabulary does not have it"
    )


@pytest.mark.parametrize("file", ROWS)
def test_a_file_of_any_kind_is_read_like_that(folder: Path, file: str) -> None:
    header, _, rows = (folder / f"{file}.csv").read_text(encoding="utf-8").replace(",", "\t").partition("\n")
    text = "sep=\t\r\n" + f"{header.upper()}\n{rows}".replace("\n", "\t\r\n")
    (folder / f"{file}.csv").write_text(text, encoding="utf-8-sig", newline="")
    assert told(folder) == ""


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (
            "tea,amount,12,kg",
            "tea,amount,1,2,kg",
            "claims.csv:3: the row has 11 cells and the header 10; put what holds ',' in quotes",
        ),
        ("rank,note", "rank,note,", ""),
        ("rank,note", "rank,thing", "claims.csv:1: unknown column 'thing'; is it note? else remove it"),
        ("rank,note", "rank,notes", "claims.csv:1: unknown column 'notes'; did you mean 'note'?"),
        ("unit,when", "unit,,when", "claims.csv:1: a column has no name; name it, or remove it"),
    ],
)
def test_what_is_in_doubt_is_asked(folder: Path, old: str, new: str, mistake: str) -> None:
    rewrite(folder, old, new)
    assert (refusals(folder) if mistake else [told(folder)])[0] == mistake


def test_thousands_and_decimals_are_not_confused(folder: Path) -> None:
    rewrite(folder, ",", ";")
    rewrite(folder, ";12;", ";1,200;")
    assert refusals(folder)[0].startswith("claims.csv:3: '1,200' is not a number")


def test_dates_that_a_spreadsheet_rewrote_are_told_once(folder: Path) -> None:
    rewrite(folder, "2021-05-02", "02.05.2021")
    rewrite(folder, "count,288,,,", "count,288,,5/13/2021,")
    cure = "a spreadsheet rewrote it; write {}, and format the column as text before you save"
    assert refusals(folder) == [
        f"claims.csv:2: when: '5/13/2021' is not a date: {cure.format('2021-05-13')}; and 1 more date in claims.csv"
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5/3/2024", ["2024-05-03", "2024-03-05"]),
        ("31/12/24", ["2024-12-31"]),
        ("05.03.2024", ["2024-03-05"]),
        ("45356", ["2024-03-05"]),
        ("45356.5", ["2024-03-05"]),
        ("'2024-03-05", ["2024-03-05"]),
        ("03/2024", ["2024-03"]),
        ("3.2024", ["2024-03"]),
        ("Mar-24", ["2024-03"]),
        ("24-Mar", []),
        ("5-Mrz-24", ["2024-03-05"]),
        ("Dez 99", ["1999-12"]),
        ("Foo-24", []),
        ("2024", []),
        ("32.13.2024", []),
    ],
)
def test_what_a_date_may_have_been(text: str, meant: list[str]) -> None:
    assert rewritten.guess(text) == meant
    if len(text) != 4:
        with pytest.raises(BadValue):
            date.read(text)


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("claims (1).csv", "claims"),
        ("claims - Copy.csv", "claims"),
        ("claims copy 2.csv", "claims"),
        ("people_2.csv", "people"),
        ("Kopie von people.csv", "people"),
    ],
)
def test_a_copy_is_called_one(folder: Path, name: str, stands_for: str) -> None:
    (folder / name).write_bytes((folder / f"{stands_for}.csv").read_bytes())
    more = ", or read it as well: spector load DIR FILE" if stands_for == "claims" else ""
    assert refusals(folder) == [f"{name}:1: looks like a copy of {stands_for}.csv; move it elsewhere{more}"]


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        *[("grams", "g"), ("Kilos", "kg"), ("KG", "kg"), ("kgs.", "kg"), ("lbs", "lb"), ("tonnes", "t"), ("mcg", "µg")],
        *[("μg", "µg"), ("MG", "mg"), ("litres", "l"), ("L", "l"), ("mL", "ml"), ("€", "EUR"), ("eur", "EUR")],
        *[("bitcoin", "BTC"), ("Tablet", "tablets"), ("DEM", "DEM"), ("ETH", "ETH"), ("plants", "plants")],
    ],
)
def test_a_unit_is_read_as_people_write_it(folder: Path, word: str, unit: str) -> None:
    rewrite(folder, "12,kg", f"12,{word}")
    assert told(folder) == ("" if word == unit else "changed to be read: claims.csv: 1 unit such as grams read as g")
    assert units.meant(word) == unit


@pytest.mark.parametrize("word", ["pounds", "tons", "units", "G", "M", "$", "", "all", "try"])
def test_a_word_that_may_be_several_units_is_none(word: str) -> None:
    assert units.meant(word) == word


def test_a_source_without_a_real_date_is_refused(folder: Path) -> None:
    rewrite(folder, "2021-05-02", "yesterday", "sources.csv")
    (mistake,) = refusals(folder)
    assert mistake.startswith("sources.csv:2: published of alpha: 'yesterday' is not a date; write an EDTF date: ")


@pytest.mark.parametrize(
    ("cell", "unit", "cure"),
    [
        *(("1,200", "persons", "write 1200"), ("1 200", "persons", "write 1200"), ("１２", "persons", "write 12")),
        *(("≥12", "persons", "write >=12"), ("12+", "persons", "write >=12"), ("12–14", "persons", "write 12..14")),
        *(("twelve", "persons", "write 12"), ("2 million", "USD", "write 2000000"), ("0,5", "kg", "write 0.5")),
        ("€5", "USD", "write 5, and EUR as its unit"),
    ],
)
def test_a_number_that_people_write_is_told_as_a_case_has_it(cell: str, unit: str, cure: str) -> None:
    assert meant.instead(cell, unit) == f"{cell!r} is not a number; {cure}"


@pytest.mark.parametrize("cell", ["0,5", "many", "x" * 99, "12", "1.5", "-3"])
def test_a_number_that_nobody_knows_is_not_guessed(cell: str) -> None:
    assert meant.instead(cell, "persons") == ""


@pytest.mark.parametrize("cell", ["1.2E+05", "1e3", "#N/A", "#DIV/0!"])
def test_a_number_that_a_spreadsheet_lost_is_not_guessed(cell: str) -> None:
    told = r"'.*' is (a number that a spreadsheet shortened; write all|an error of a spreadsheet; write the value)"
    assert re.match(told, meant.instead(cell, "persons"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04\x14\x00", "is a workbook or another archive, not CSV; save the sheet as CSV in UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old workbook, not CSV; save the sheet as CSV in UTF-8"),
        (b"<!DOCTYPE html><html>", "is a web page, not CSV; download the file itself"),
        (b"a;b\n", "the first row names no column; it is to be id,name,aliases"),
    ],
)
def test_what_is_no_table_is_told_once(folder: Path, content: bytes, what: str) -> None:
    (folder / "people.csv").write_bytes(content)
    assert refusals(folder) == [f"people.csv:1: {what}"]


def test_what_a_merge_left_is_named(folder: Path) -> None:
    rewrite(folder, "tea,amount", "<<<<<<< mine\ntea,amount")
    assert refusals(folder) == ["claims.csv:3: a merge left this mark; settle what stands around it, and remove it"]


def test_a_file_that_differs_in_capitals_alone_is_to_be_renamed(folder: Path) -> None:
    (folder / "people.csv").rename(folder / "People.csv")
    assert refusals(folder)[0] == "People.csv:1: a file by this name is not read; rename it to people.csv"
