"""Mistakes that were made once: each test failed before it was mended."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cases import write_case
from terminal import Done, ask, build, run

from spectorcli.answers.why import why
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import NotFound, Refused
from spectorcli.load.load import check, load
from spectorcli.values import number
from spectorcli.values.date import read as read_date
from spectorcli.values.span import BadValue


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        check(folder)
    return refused.value.mistakes


def test_a_wrong_header_of_sources_is_told_once_and_blames_no_claim(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    file = folder / "sources.csv"
    file.write_text(file.read_text().replace("reliability", "letter"))
    assert mistakes(folder) == [
        "sources.csv:1: unknown column 'letter'; is it reliability? else remove it",
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
    assert mistakes(folder) == ["datapackage.json:1: operation: unknown operation 'nosuch'; there are: teapot"]


def test_two_values_in_one_cell_are_two_values(tmp_path: Path) -> None:
    claims = "bazaar,currencies,BTC; XMR,,,alpha\nbazaar,currencies,BTC,,,beta"
    load(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    with closing(Case(open_database(tmp_path / "case.db"))) as case:
        assert [row[2] for row in why(case, "bazaar", None).rows] == ["BTC; XMR"]


def test_an_argument_that_is_no_text(bundled: str) -> None:
    """As the system hands it over; test_arguments has every argument."""
    done = run("show", os.fsdecode(b"caf\xe9"), SPECTOR_DB=bundled)
    assert (done.code, done.out, done.err) == (2, b"", "spector: the argument b'caf\\xe9' is not UTF-8\n")


def in_ascii(*words: str, case: str) -> Done:
    """Run spector where the locale knows ASCII only."""
    return run(*words, SPECTOR_DB=case, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="")


def test_what_is_typed_in_utf8_is_found_in_an_ascii_locale(bundled: str) -> None:
    done = in_ascii("search", "Österreich", "-f", "csv", case=bundled)
    assert (done.code, done.err) == (0, "")
    assert done == run("search", "Österreich", "-f", "csv", SPECTOR_DB=bundled)
    assert "Austria" in done.text
    cited = in_ascii("cite", "krone-2023-06", "--style", "csl", case=bundled)
    assert json.loads(cited.out)[0]["id"] == "krone-2023-06"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("spector", "agencies"), "agencies (spector)"),
        (("spector", "COUNTRIES"), "countries (spector)"),
        (("UK", "arrests"), "count (arrests-spector-gb)"),
    ],
)
def test_a_property_comes_before_a_kind_of_its_name(bundled: str, asked: tuple[str, str], said: str) -> None:
    assert ask("why", *asked, SPECTOR_DB=bundled).text.splitlines()[0].endswith(said)


def test_nobody_s_digits_are_changed_in_a_sentence(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,28800,,,alpha\narrests-teapot,count,5,,,delta,,,,Docket 0012345 of 20230502"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    lines = ask("why", "arrests-teapot", "count", SPECTOR_DB=db).text.splitlines()
    assert lines[-3].startswith("28,800 persons is best supported")
    assert lines[-2] == "5 persons is said by delta, reliability D (Docket 0012345 of 20230502)"
    assert ask("search", "0099345", SPECTOR_DB=db).text.splitlines()[-1] == "nothing holds 0099345"


def test_a_figure_is_found_as_it_is_shown(bundled: str) -> None:
    lines = ask("search", "53,400,000", SPECTOR_DB=bundled).text.splitlines()
    assert "seizures-spector-money" in lines[3]
    assert lines[-1] == "nothing holds 53,400,000; this is what holds '53400000'"


def test_the_opening_screen_counts_who_speaks_and_of_what(bundled: str) -> None:
    with closing(sqlite3.connect(bundled)) as connection:
        counts = connection.execute("select count(*), count(distinct source), count(distinct subject) from claims")
        claims, sources, subjects = counts.fetchone()
    assert f"\n{claims:,} claims from {sources} sources about {subjects} things; " in ask(SPECTOR_DB=bundled).text


def test_a_thing_is_cited_with_the_sources_of_all_its_best_values(tmp_path: Path) -> None:
    claims = "bazaar,vendors,5,,,alpha\nbazaar,listings,7,,,beta\nbazaar,listings,9,,,delta"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    cited = json.loads(ask("cite", "bazaar", "--style", "csl", SPECTOR_DB=db).text)
    assert [one["id"] for one in cited] == ["alpha", "beta"]


@pytest.mark.parametrize(("suffix", "start"), [("bib", "@"), ("json", "["), ("txt", "Alpha")])
def test_the_suffix_tells_the_style_of_a_reference(tmp_path: Path, suffix: str, start: str) -> None:
    db = build(write_case(tmp_path / "case"), tmp_path / "case.db")
    assert ask("cite", "alpha", "-o", tmp_path / f"out.{suffix}", SPECTOR_DB=db).code == 0
    assert (tmp_path / f"out.{suffix}").read_text().startswith(start)


def test_a_reference_is_not_written_over_a_folder(bundled: str, tmp_path: Path) -> None:
    done = ask("cite", "europol-2023-05-02", "-o", tmp_path, SPECTOR_DB=bundled)
    assert (done.code, done.err) == (6, f"spector: {tmp_path}: Is a directory\n")


def test_a_long_search_ends(bundled: str) -> None:
    assert ask("search", "arrest " * 8000, SPECTOR_DB=bundled).code == 0
    done = ask("search", " ".join(map(str, range(100))), SPECTOR_DB=bundled)
    assert (done.code, done.err) == (2, "spector: 100 words are too many to search for; give 50 at most\n")


def test_nothing_is_no_thing(bundled: str) -> None:
    done = ask("conflicts", "", SPECTOR_DB=bundled)
    assert (done.code, done.err) == (3, "spector: nothing in this case is called ''\n")


def test_the_same_claims_are_not_read_twice(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    done = ask("load", "--check", case, case / "claims.csv")
    assert (done.code, done.err) == (2, "spector: the same file of claims is given twice\n")


def test_an_empty_copy_is_not_searched_in_vain(tmp_path: Path) -> None:
    db = build(write_case(tmp_path / "case", "arrests-teapot,count,288,,,alpha,,288,,"), tmp_path / "case.db")
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "alpha.txt").write_text("\n")
    done = ask("verify", "--copies", tmp_path / "copies", "-f", "json", SPECTOR_DB=db)
    assert [(row["verdict"], row["remark"]) for row in json.loads(done.text)] == [("unreadable", "holds no text")]


@pytest.mark.parametrize(("value", "said"), [("155", True), (">300", False), ("160..200", False)])
def test_only_a_plain_figure_is_added_up(tmp_path: Path, value: str, said: bool) -> None:
    claims = (
        "arrests-teapot,count,288,,,alpha\narrests-teapot-us,count,153,,,alpha\narrests-teapot-de,count,135,,,alpha\n"
        f"arrests-teapot-us,count,{value},,,delta"
    )
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    text = ask("why", "arrests-teapot-us", "count", SPECTOR_DB=db).text
    assert ("it would make the parts of arrests-teapot 290, not 288" in text) is said
    assert ("would make" in text) is said


def test_a_source_that_contradicts_itself(tmp_path: Path) -> None:
    db = build(
        write_case(tmp_path / "case", "arrests-teapot,count,5,,,alpha\narrests-teapot,count,7,,,alpha"),
        tmp_path / "case.db",
    )
    last = ask("why", "arrests-teapot", "count", SPECTOR_DB=db).text.splitlines()[-1]
    assert last.startswith("alpha contradicts itself, so this is open; 5 persons only comes first by ")


def test_all_who_are_equally_reliable_are_named(tmp_path: Path) -> None:
    sources = "one,official,A,2023,P,T\ntwo,official,A,2023,P,T\nthree,official,A,2023,P,T"
    claims = "\n".join(
        f"bazaar,vendors,{value},,,{source}" for value, source in (("5", "one"), ("7", "two"), ("9", "three"))
    )
    db = build(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    last = ask("why", "bazaar", "vendors", SPECTOR_DB=db).text.splitlines()[-1]
    assert last.startswith("this is open between one, three and two, all of reliability A; 5 accounts only comes first")


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("12345", "12,345"),
        ("9" * 18, ",".join(["999"] * 6)),
        ("9" * 19, "9" * 19),
        ("9" * 5000, "9" * 5000),
        ("1२३४५", "1२३४५"),
    ],
)
def test_only_what_may_be_a_figure_is_grouped(text: str, grouped: str) -> None:
    """Python refuses to read a number of 5,000 digits, and reads those of any script."""
    assert number.brief(text) == grouped
