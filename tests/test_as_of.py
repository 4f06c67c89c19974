"""A case as its sources stood on a day: a case like any other, from what was published by then, built once."""

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from terminal import ask as spector
from terminal import build

from spectorcli.answers.ask import ask
from spectorcli.answers.diff import diff
from spectorcli.answers.history import history
from spectorcli.answers.show import show
from spectorcli.answers.why import why
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import Damaged, NotFound
from spectorcli.exchange import as_of as kept
from spectorcli.exchange.as_of import as_of, left_out
from spectorcli.exchange.then import write
from spectorcli.load import load as loading
from spectorcli.load.load import load
from spectorcli.result import Result

SOURCES = """alpha,official,A,2021-05-02,Alpha,First release
retold,press,C,2021-05-03,Daily,Retold,,month
month,press,C,2021-05,Monthly,In May,,own
late,official,A,2022-01-09,Alpha,Second release
undated,press,C,,Blog,One day,,alpha
silent,press,C,2023,Silent,Says nothing"""

CLAIMS = """arrests-teapot,count,155,,,alpha
arrests-teapot,count,154,,,retold
arrests-teapot,count,153,,,month
arrests-teapot,count,152,,,late
arrests-teapot,count,155,,,undated
ana,status,charged,,2021-04,alpha
ana,status,sentenced,,2022-01,late
hearing,date,2021-06-01,,,alpha
trial,date,2022-01,,,late"""

EVENTS = """hearing,hearing,Ana is to be sentenced,teapot,,ana
trial,sentence,Ana is sentenced,teapot,bazaar,bea
bare,raid,A raid"""
PEOPLE = "ana,Ana Müller\nbea,Bea Late"
EXCEPTIONS = "one,no-outcome,bea,later\ntwo,no-outcome,ana,known\nthree,no-outcome,,all"

Env = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("whole") / "case"
    write_case(place, CLAIMS, sources=SOURCES, events=EVENTS, people=PEOPLE)
    (place / "exceptions.csv").write_text(f"id,finding,subject,reason\n{EXCEPTIONS}\n")
    return place


@pytest.fixture(scope="module")
def case(folder: Path) -> Iterator[Case]:
    load(folder, folder.parent / "case.db")
    with closing(Case(open_database(folder.parent / "case.db"))) as case:
        yield case


@pytest.fixture
def then(case: Case) -> Iterator[Case]:
    with closing(as_of(case, "2021-05-30")) as then:
        yield then


def counted(case: Case) -> tuple[object, object]:
    rows = {row["part_of"] or "": row for row in ask(case, "arrests", country=None, operation="all").records()}
    return rows[""]["count"], rows[""]["also"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-05-02", (155, "")),
        ("2021-05-03", (155, "154")),
        ("2021-05-30", (155, "154")),  # a text of May may be of its last day
        ("2021-05-31", (155, "154, 153")),
        ("2022-01-09", (152, "155, 154, 153")),
    ],
)
def test_what_was_published_by_then_is_weighed(case: Case, day: str, said: tuple[object, object]) -> None:
    with closing(as_of(case, day)) as then:
        assert counted(then) == said


def test_how_much_is_left_out_is_said(then: Case) -> None:
    of = "of 2 sources that are or may be later and of 1 without a date"
    assert left_out(then) == f"as of 30 May 2021: 5 claims are left out, {of}"


def test_what_nobody_spoke_of_yet_is_not_there_and_what_was_named_is(then: Case) -> None:
    ids = {str(row["id"]) for row in then.read("things")}
    assert {
        "ana",
        "hearing",
        "bare",
        "alpha",
        "month",
        "US",
    } <= ids  # a text that was retold by then, a raid of no claim
    assert not {"trial", "bea", "late", "undated", "silent", "one"} & ids
    assert {"two", "three"} <= ids  # exceptions, of what is there or of all
    with pytest.raises(NotFound, match="bea"):
        show(then, "bea")


def test_a_source_that_was_retold_says_nothing_yet_and_is_still_the_origin(then: Case) -> None:
    origins = {row["source"]: row["origin"] for row in why(then, "arrests-teapot", "count").records()}
    assert origins == {"alpha": "alpha", "retold": "month"}


def test_overdue_is_measured_against_that_day(case: Case) -> None:
    def overdue(day: str) -> object:
        with closing(as_of(case, day)) as then:
            return {row["id"]: row["overdue"] for row in ask(then, "people").records()}["ana"]

    assert [overdue(day) for day in ("2021-06-01", "2021-06-02", "2022-01-09")] == [None, "2021-06-01", None]


def test_only_the_first_question_of_a_day_waits(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    as_of(case, "2021-07-01").close()
    monkeypatch.setattr(loading, "load", None)
    as_of(case, "2021-07-01").close()


def test_what_was_kept_and_is_damaged_is_built_again(case: Case) -> None:
    with closing(as_of(case, "2021-07-02")) as then:
        path = then.path
    path.write_bytes(path.read_bytes()[:-4] + b"gone")
    with closing(as_of(case, "2021-07-02")) as then:
        assert counted(then)


def test_no_more_days_are_kept_than_a_few(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "KEPT", 2)
    for day in ("2021-08-01", "2021-08-02", "2021-08-03"):
        with closing(as_of(case, day)) as then:
            folder = then.path.parent
    assert len([*folder.glob("*.db")]) == 2


def test_who_may_not_read_the_case_may_not_read_what_it_was(folder: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(folder.parent / "case.db", tmp_path / "case.db"))
    file.chmod(0o600)
    with closing(Case(open_database(file))) as case, closing(as_of(case, "2021-09-01")) as then:
        assert then.path.stat().st_mode & 0o777 == 0o600


def test_a_case_that_no_load_wrote_is_refused(case: Case, folder: Path, tmp_path: Path) -> None:
    import sqlite3

    from spectorcli.database import seal

    file = Path(shutil.copy(folder.parent / "case.db", tmp_path / "case.db"))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update sources set published = 'some day' where id = 'late'")
        connection.execute("update about set value = 'another' where key = 'fingerprint'")
    seal(file)
    with closing(Case(open_database(file))) as spoilt, pytest.raises(Damaged, match="holds what no load writes"):
        as_of(spoilt, "2021-05-30")


def changes(result: Result) -> list[object]:
    return [row["sentence"] for row in result.records()]


DAYS = ["", "2021", "2021-05", "2021-05-02", "2021-06-01", "2021-05-02/2021-06-01"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(DAYS), min_size=4, max_size=4), st.sampled_from(["2021-05-02", "2021-06-01", "2021-12-31"])
)
def test_it_is_the_case_that_its_claims_make(
    tmp_path_factory: pytest.TempPathFactory, dates: list[str], day: str
) -> None:
    """The same as a folder from which the later claims were taken by hand, whatever the dates of its sources are."""
    place, ends = tmp_path_factory.mktemp("law"), {"2021": "2021-12-31", "2021-05": "2021-05-31", "": "9999"}
    rows = [f"s{one},press,C,{date},P{one},T" for one, date in enumerate(dates)]
    said = [f"arrests-teapot,count,15{one},,,s{one}" for one in range(4)]
    there = [one for one, date in enumerate(dates) if ends.get(date, date[-10:]) <= day]
    load(write_case(place / "whole", "\n".join(said), sources="\n".join(rows)), place / "whole.db")
    with closing(Case(open_database(place / "whole.db"))) as whole:
        (place / "then").mkdir()
        write(whole, place / "then", day)
        load(place / "then", place / "then.db")
    with (place / "then" / "claims.csv").open(newline="") as lines:
        assert [row["source"] for row in csv.DictReader(lines)] == [f"s{one}" for one in there]
    by_hand = "\n".join(said[one] for one in there)
    load(write_case(place / "hand", by_hand, sources="\n".join(rows)), place / "hand.db")
    assert not [one for one in changes(diff(place / "then.db", place / "hand.db")) if " count: " in str(one)]


def test_a_mailed_case_file_needs_no_folder(tmp_path: Path, folder: Path) -> None:
    build(folder, tmp_path / "case.db")
    env: Env = {"SPECTOR_DB": str(tmp_path / "case.db"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = spector("arrests", "--as-of", "2021-05", "-f", "csv", **env)
    assert (done.code, "155" in done.text, "152" in done.text) == (0, True, False)
    assert done.err.startswith("spector: as of 31 May 2021: 4 claims are left out")
    for words in (("--as-of", "2021-05", "arrests", "-f", "csv"), ("arrests", "-f", "csv")):
        day: Env = {} if "--as-of" in words else {"SPECTOR_AS_OF": "2021-05"}
        assert spector(*words, **env, **day).text == done.text
    assert spector("--as-of", "2021-05", **env).text.startswith("case, as of 31 May 2021\n")


def test_a_report_an_export_and_references_are_of_that_day(tmp_path: Path, case: Case) -> None:
    env: Env = {"SPECTOR_DB": str(case.path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "SPECTOR_AS_OF": "2021-05-30"}
    assert spector("report", "-o", tmp_path / "case.md", **env).code == 0
    page = (tmp_path / "case.md").read_text()
    assert ", as of 30 May 2021" in page.splitlines()[0]
    assert "Second release" not in page
    assert spector("export", "folder", "-o", tmp_path / "then", **env).code == 0
    package = json.loads((tmp_path / "then" / "datapackage.json").read_text())
    assert (package["as_of"], package["left_out"]) == ("2021-05-30", {"claims": 5, "later": 2, "undated": 1})
    load(tmp_path / "then", tmp_path / "then.db")
    with closing(Case(open_database(tmp_path / "then.db"))) as again:
        assert again.metadata["title"].count("as of") == 1
        assert counted(again) == (155, "154")
    assert "Second release" not in spector("cite", "arrests-teapot", **env).text


def test_a_cache_that_cannot_be_written_is_told(case: Case) -> None:
    done = spector("arrests", "--as-of", "2021-05-30", SPECTOR_DB=str(case.path), XDG_CACHE_HOME="/dev/null")
    told = "the case as of 2021-05-30 cannot be kept in /dev/null/spector; name another folder in XDG_CACHE_HOME"
    assert (done.code, done.err) == (6, f"spector: {told}\n")


def test_what_was_corrected_later_is_not_yet_deprecated(tmp_path: Path) -> None:
    """The editor settled it when the second release came; a claim that nobody corrected is deprecated on every day."""
    sources = "first,official,A,2021-05-02,Alpha,F\nsecond,official,A,2021-05-10,Alpha,S\nother,press,C,2021-05-01,C,C"
    said = ("155,,,first,,,deprecated,Corrected", "153,,,second", "9,,,other,,,deprecated,Slip")
    claims = "\n".join(f"arrests-teapot,count,{one}" for one in said)
    load(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    with closing(Case(open_database(tmp_path / "case.db"))) as case:
        for day, count, also in (("2021-05-09", 155, "9"), ("2021-05-10", 153, "155, 9")):
            with closing(as_of(case, day)) as then:
                assert counted(then) == (count, also)
        steps = [tuple(row[3:]) for row in history(case, "arrests-teapot", "count").shown().rows]
    assert steps == [
        ("other", "deprecated", ""),
        ("first", "best", ""),
        ("second", "best", ""),
        ("first", "corrected", "second"),
    ]


@pytest.mark.parametrize("day", ["May", "2021-13", "2021-05-02T10:00", "20210502"])
def test_what_is_no_date_is_told(case: Case, day: str) -> None:
    done = spector("arrests", "--as-of", day, SPECTOR_DB=str(case.path))
    assert (done.code, done.out) == (2, b"")
    assert "--as-of takes a date such as" in done.err


def test_a_day_that_is_none_in_a_package_is_a_mistake(tmp_path: Path) -> None:
    write_case(tmp_path / "case")
    (tmp_path / "case" / "datapackage.json").write_text('{"as_of": "some day"}')
    done = spector("load", tmp_path / "case", "--check")
    assert (done.code, "datapackage.json:1: as_of is not a day" in done.err) == (5, True)


def test_what_changed_from_a_day_to_another(tmp_path: Path, case: Case, folder: Path) -> None:
    env: Env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for whole in (folder, case.path):
        done = spector("diff", whole, "--from", "2021-05-02", "--to", "2021-05-03", "-f", "md", **env)
        assert "arrests-teapot count: 1 claim added" in done.text
    since = spector("diff", "--from", "2021-05", SPECTOR_DB=str(case.path), **env)
    assert since.text.startswith("From 2021-05 to now\n")
    assert "best value from 155 persons to 152 persons; 2 claims added" in since.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--to", "2021"), "--to needs --from"),
        ((), "name a case to compare with, or --from DATE"),
        (("a", "b", "--from", "2021"), "leave out B and --as-of"),
        (("--from", "2021", "--as-of", "2021"), "leave out B and --as-of"),
        (("--from", "May"), "--from takes a date"),
    ],
)
def test_days_that_cannot_be_compared_are_told(case: Case, words: tuple[str, ...], told: str) -> None:
    done = spector("diff", *words, SPECTOR_DB=str(case.path))
    assert (done.code, told in done.err) == (2, True), done.err


@pytest.fixture(scope="module")
def spector_case(bundled: str) -> Iterator[Case]:
    with closing(Case(open_database(Path(bundled)))) as case:
        yield case


@pytest.mark.parametrize(
    ("day", "status", "turnover", "open"),
    [
        ("2023-05-03", None, {"EUR", "BTC", "XMR"}, set()),  # nobody had named him, and the FBI's story has no day
        (
            "2023-06-26",
            "extradited",
            {"EUR", "BTC", "XMR", "USD"},
            {"monopoly-market-launch", "seizures-spector-drugs-fentanyl"},
        ),
        (
            "2024-03-01",
            "sentenced",
            {"EUR", "BTC", "XMR", "USD"},
            {"monopoly-market-launch", "seizures-spector-drugs-fentanyl"},
        ),
    ],
)
def test_the_bundled_case_on_days_that_were_read_by_eye(
    spector_case: Case, day: str, status: str | None, turnover: set[str], open: set[str]
) -> None:
    with closing(as_of(spector_case, day)) as then:
        people = {row["id"]: row["status"] for row in ask(then, "people").records()}
        units = {row["unit"] for row in ask(then, "markets").records() if row["id"] == "monopoly-market"}
        assert counted(then)[0] in (153, 288)
        assert (people.get("milomir-desnica"), units) == (status, turnover)
        assert {row["subject"] for row in then.records("answers/open", {})} == open
