"""Mistakes that were made once: each test failed before it was mended."""

from contextlib import closing
from pathlib import Path

import pytest
from cases import write_case

from spectorcli.casefile import Case
from spectorcli.database import open_database
from spectorcli.errors import NotFound, Refused
from spectorcli.load import check, load
from spectorcli.values import BadValue, read_date


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        check(folder)
    return refused.value.mistakes


def test_a_wrong_header_of_sources_is_told_once_and_blames_no_claim(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    file = folder / "sources.csv"
    file.write_text(file.read_text().replace("reliability", "letter"))
    assert mistakes(folder) == [
        "sources.csv:1: missing column 'reliability'",
        "sources.csv:1: unknown column 'letter'",
    ]


def test_a_list_that_lists_nothing(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "bazaar,currencies,only ;,,,alpha")
    assert [line.split(": ")[1] for line in mistakes(folder)] == ["'only ;' lists nothing"]


@pytest.mark.parametrize("text", ["2021-00", "2021-00-00", "2021-05-00", "2021-10 / 2023-05"])
def test_no_month_or_day_is_numbered_zero_and_no_date_has_a_blank(text: str) -> None:
    with pytest.raises(BadValue):
        read_date(text)


def test_what_a_library_prints_is_not_our_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadValue):
        read_date("2019-1X")
    assert capsys.readouterr().out == ""


def test_a_load_overwrites_nothing_but_a_case(tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("three years of work")
    with pytest.raises(NotFound):
        load(write_case(tmp_path / "case"), thesis)
    assert thesis.read_text() == "three years of work"


def test_an_operation_of_its_own_must_be_in_the_case(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    (folder / "datapackage.json").write_text('{"operation": "nosuch"}')
    assert mistakes(folder) == ["datapackage.json:1: operation: unknown operation 'nosuch'"]


def test_two_values_in_one_cell_are_two_values(tmp_path: Path) -> None:
    claims = "bazaar,currencies,BTC; XMR,,,alpha\nbazaar,currencies,BTC,,,beta"
    load(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    with closing(Case(open_database(tmp_path / "case.db"))) as case:
        assert [row[2] for row in case.why("bazaar", None).rows] == ["BTC; XMR"]
