"""How a figure stood in print: each day is weighed by the rule; who corrected a figure is told, and who never did."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cases import write_case
from hypothesis import given
from hypothesis import strategies as st
from test_weigh import said

from spectorcli.answers.history import history
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import NotFound
from spectorcli.load.load import load
from spectorcli.values import date
from spectorcli.verdicts import Standing
from spectorcli.weigh import weigh
from spectorcli.weigh.steps import steps

SOURCES = """first,official,A,2021-05-02,Police,First release
retold,press,C,2021-05-03,Daily,Retold,,first
second,official,A,2021-05-10,Police,Second release
late,press,C,2021-05-12,Weekly,Late,,first
mended,press,C,2021-05-04,Herald,Retold,,first
mended-2,press,C,2021-05-11,Herald,Set right,,second
month,press,C,2021-05,Monthly,In May,,first
undated,press,C,,Blog,One day,,first"""

COUNTED = """arrests-teapot,count,155,,,first
arrests-teapot,count,155,,,retold
arrests-teapot,count,153,,,second
arrests-teapot,count,155,,,late
arrests-teapot,count,155,,,mended
arrests-teapot,count,153,,,mended-2
arrests-teapot,count,155,,,month
arrests-teapot,count,155,,,undated"""


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("history")
    load(write_case(folder / "case", COUNTED, sources=SOURCES), folder / "case.db")
    with closing(Case(open_database(folder / "case.db"))) as case:
        yield case


def test_who_corrected_a_figure_and_who_still_says_the_old_one(corrected: Case) -> None:
    result = history(corrected, "arrests-teapot", "count")
    assert [column.name for column in result.shown().columns] == ["date", "value", "unit", "source", "standing", "by"]
    told = [(row[0], row[1], row[3], row[4], row[5]) for row in result.shown().rows]
    assert told == [
        ("2021-05-02", "155", "first", "best", ""),
        ("2021-05-03", "155", "retold", "agrees", ""),
        ("2021-05-04", "155", "mended", "agrees", ""),
        ("2021-05-10", "153", "second", "best", ""),  # the text that it corrects is no party to a dispute
        ("2021-05-10", "155", "first", "corrected", "second"),
        ("2021-05-10", "155", "retold", "still-said", "second"),
        ("2021-05-11", "153", "mended-2", "agrees", ""),
        ("2021-05-11", "155", "mended", "corrected", "mended-2"),
        ("2021-05-12", "155", "late", "still-said", "second"),
        ("2021-05", "155", "month", "still-said", "second"),  # which may be of the last day of May
        ("", "155", "undated", "still-said", "second"),
    ]


def test_what_has_no_date_is_told(corrected: Case) -> None:
    (note,) = history(corrected, "arrests-teapot", "count").notes
    assert (note.sentence, note.cells["sources"].cell) == ("undated last", 1)


def test_a_thing_alone_has_the_history_of_each_property(case: str) -> None:
    with closing(Case(open_database(Path(case)))) as awkward:
        result = history(awkward, "bazaar", None).shown()
        rows = list(result.records())
    assert [*rows[0]] == ["date", "value", "unit", "source", "standing", "by", "property"]
    properties = list(dict.fromkeys(row["property"] for row in rows))
    assert {"turnover", "currencies"} <= {*properties}
    assert "description" not in properties  # wording is never compared


def test_what_is_not_claimed_is_told(corrected: Case) -> None:
    with pytest.raises(NotFound, match="nothing is claimed of 'described_as' of arrests-teapot; there is: count"):
        history(corrected, "arrests-teapot", "described_as")


def test_a_dispute_is_told_from_both_sides_and_a_deprecated_claim_is_no_party(tmp_path: Path) -> None:
    official = "a,official,A,2021-05-02,Alpha,A\nb,official,A,2021-05-03,Beta,B"
    sources = f"{official}\nc,press,C,2021-05-03,C,C\nd,press,C,2021-05-01,D,D"
    claims = "\n".join(
        f"arrests-teapot,count,{count},,,{source},,,{rank}"
        for count, source, rank in (
            ("155", "a", ""),
            ("153", "b", ""),
            ("153", "c", ""),
            ("9", "d", "deprecated,wrong"),
        )
    )
    load(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    with closing(Case(open_database(tmp_path / "case.db"))) as case:
        rows = [tuple(row[3:]) for row in history(case, "arrests-teapot", "count").shown().rows]
    assert rows == [
        ("d", "deprecated", ""),
        ("a", "best", ""),
        ("b", "disputed", "a"),
        ("c", "disputed", "a"),
    ]


def standings(folder: Path, *texts: tuple[str, str, str]) -> list[tuple[object, ...]]:
    """Return source, standing and by of what publishers say, each with its day: ``("Police", "2021-05-02", "155")``."""
    sources = "\n".join(f"s{place},official,A,{day},{who},T" for place, (who, day, _) in enumerate(texts))
    claims = "\n".join(f"arrests-teapot,count,{count},,,s{place}" for place, (_, _, count) in enumerate(texts))
    load(write_case(folder / "case", claims, sources=sources), folder / "case.db")
    with closing(Case(open_database(folder / "case.db"))) as case:
        return [tuple(row[3:]) for row in history(case, "arrests-teapot", "count").shown().rows]


def test_of_a_text_of_may_and_one_of_a_day_of_may_nobody_knows_which_corrects_the_other(tmp_path: Path) -> None:
    told = standings(tmp_path, ("Police", "2021-05-06", "155"), ("Police", "2021-05", "153"))
    assert told == [("s0", "best", ""), ("s1", "disputed", "s0")]


def test_who_returns_to_the_old_figure_corrects_the_new_one(tmp_path: Path) -> None:
    days = (("2021-05-02", "155"), ("2021-05-10", "153"), ("2021-05-20", "155"))
    told = standings(tmp_path, *(("Police", day, count) for day, count in days))
    assert told == [
        ("s0", "best", ""),
        ("s1", "best", ""),
        ("s0", "corrected", "s1"),
        ("s2", "best", ""),
        ("s1", "corrected", "s2"),
    ]


FIGURES = st.tuples(st.sampled_from(["1", "2", "~2", ">1", "3"]), st.sampled_from("ABC"), st.integers(1, 5))


@given(st.lists(FIGURES, max_size=8))
def test_each_claim_is_told_once_on_its_day_and_stands_by_the_rule(figures: list[tuple[str, str, int]]) -> None:
    claims, published = [], {}
    for place, (value, letter, day) in enumerate(figures):
        one = said(value, f"{letter}{place}", published=f"2021-05-0{day}")
        claims.append(one._replace(id=place, witness=replace(one.witness, publisher=f"p{place % 3}")))
        published[one.witness.id] = date.read(f"2021-05-0{day}")
    told = list(steps(claims, published))
    assert [step.day for step in told] == sorted(step.day for step in told)
    assert all(step.claim.witness.id not in step.by for step in told)
    own = [one for one in told if one.day == published[one.claim.witness.id].high and one.standing != "corrected"]
    assert sorted(step.claim.id for step in own) == list(range(len(claims)))
    for step in own:
        until = [one for one in claims if published[one.witness.id].high <= step.day]
        (judged,) = [one for group in weigh(until) for one in group.judged if one.claim.id == step.claim.id]
        differs = step.standing in (Standing.DISPUTED, Standing.STILL_SAID)
        assert step.standing == str(judged.verdict) or (differs and judged.verdict in ("best", "agrees", "differs"))
