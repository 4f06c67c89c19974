"""Grade, sources, origins and what else is said are the same in every question and in ``why``.

``why`` shows claims; the support of a value is counted here anew from them.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from terminal import ask, build

from spectorcli.answers.why import why
from spectorcli.case import Case
from spectorcli.database import open_database

FIGURES = {
    "arrests": ("count", "count"),
    "seizures": ("amount", "amount"),
    "timeline": ("date", "date"),
}
"""The questions with one figure a row: its column, and the property that it is."""


def rows(*words: str) -> list[dict[str, Any]]:
    done = ask(*words, "-f", "json")
    assert done.code == 0, done.err
    answer: list[dict[str, Any]] = json.loads(done.text)
    return answer


@pytest.fixture(scope="module")
def opened(bundled: str) -> Iterator[Case]:
    with closing(Case(open_database(Path(bundled)))) as case:
        yield case


def claims_of(opened: Case, id: str, property: str) -> list[dict[str, Any]]:
    """Ask why, 200 times in this process."""
    answer = why(opened, id, property)
    return [dict(zip(answer.names, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize("question", FIGURES)
def test_a_question_says_what_why_says(bundled: str, opened: Case, question: str) -> None:
    column, name = FIGURES[question]
    answered = [row for row in rows(question, "--operation", "all", "--db", bundled) if row["grade"]]
    assert len(answered) > 20
    for row in answered:
        claims = claims_of(opened, row["id"], name)
        told = [
            claim
            for claim in claims
            if claim["verdict"] == "best" and claim["unit"] == (row.get("unit") or claim["unit"])
        ]
        fact = next(claim["fact"] for claim in told if str(row[column]) in {claim["value"], str(float_of(claim))})
        weighed = [claim for claim in claims if claim["fact"] == fact]
        (best,) = (claim for claim in weighed if claim["verdict"] == "best")
        agreeing = {one["source"] for one in weighed if one["verdict"] in {"best", "agrees"} and one["rank"] == ""}
        assert row["grade"] == best["grade"], row["id"]
        assert row["sources"] >= len(agreeing), row["id"]
        assert (row["origins"] > 1) is row["grade"].endswith("1"), row["id"]
        beside = {claim["value"] for claim in weighed if claim["verdict"] in {"allows", "differs"}}
        assert {value for value in beside if value not in row["also"]} == set(), row["id"]
        coarser = {claim["value"] for claim in weighed if claim["verdict"] == "coarser"}
        assert bool(row["also"]) == bool(beside) or any(value in row["also"] for value in coarser), row["id"]


def float_of(claim: dict[str, Any]) -> float | None:
    try:
        return float(claim["value"])
    except ValueError:
        return None


@pytest.mark.parametrize("operation", ["spector", "all"])
def test_shown_is_what_is_asked(bundled: str, operation: str) -> None:
    for row in rows("arrests", "--operation", operation, "--db", bundled):
        shown = [
            one for one in rows("show", row["id"], "--db", bundled) if one["property"] == "count" and not one["link"]
        ]
        assert [(one["grade"], one["sources"], one["origins"]) for one in shown] == [
            (row["grade"], row["sources"], row["origins"])
        ]


# Traps


def figure(tmp_path: Path, claims: str, **files: str) -> tuple[Any, str, str]:
    """Return the count of arrests in a case, its grade, and whether it is disputed."""
    db = build(write_case(tmp_path / "case", claims, **files), tmp_path / "case.db")
    (row,) = (row for row in rows("arrests", "--operation", "all", "--db", db) if row["id"] == "arrests-teapot")
    return row["count"], row["grade"], row["dispute"]


CORRECTION = (
    "first,official,A,2023-05-02,Police,First release\n"
    "later,official,A,2023-06-01,Police,Corrected release{}\n"
    "paper,press,C,2023-05-03,Paper,Retold,,first"
)


@pytest.mark.parametrize(
    ("derived", "rank", "told"),
    [
        ("", ",,", (153, "A2", "open")),
        ("", ",deprecated,Corrected by Police on 2023-06-01", (153, "A2", "settled")),
        (",,first", ",,", (153, "A2", "open")),
    ],
)
def test_a_later_correction_comes_first_and_the_editor_settles_it(
    tmp_path: Path, derived: str, rank: str, told: tuple[Any, str, str]
) -> None:
    claims = f"arrests-teapot,count,155,,,first,,{rank}\narrests-teapot,count,153,,,later"
    assert figure(tmp_path, claims, sources=CORRECTION.format(derived)) == told


def test_what_was_retold_before_the_correction_is_one_origin_with_it(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,155,,,first\narrests-teapot,count,155,,,paper\narrests-teapot,count,153,,,later"
    assert figure(tmp_path, claims, sources=CORRECTION.format("")) == (153, "A2", "open")


def test_two_equally_good_sources_stay_open(tmp_path: Path) -> None:
    sources = "one,official,A,2023-05-02,One,One\ntwo,official,A,2023-05-02,Two,Two"
    claims = "arrests-teapot,count,155,,,two\narrests-teapot,count,153,,,one"
    assert figure(tmp_path, claims, sources=sources) == (153, "A2", "open")


def test_a_circle_through_two_hops_is_refused(tmp_path: Path) -> None:
    sources = "a,press,B,2023,A,A,,b\nb,press,B,2023,B,B,,c\nc,press,B,2023,C,C,,a"
    case = write_case(tmp_path / "case", "arrests-teapot,count,1,,,a", sources=sources)
    done = ask("load", "--check", case)
    assert (done.code, done.err.splitlines()[0]) == (
        5,
        "sources.csv:2: derived_from goes in a circle: a -> b -> c -> a; remove one of them",
    )


def test_two_hops_lead_to_one_origin(tmp_path: Path) -> None:
    sources = "a,official,A,2023,A,A\nb,press,C,2023,B,B,,a\nc,press,C,2023,C,C,,b"
    claims = "\n".join(f"arrests-teapot,count,153,,,{source}" for source in "abc")
    assert figure(tmp_path, claims, sources=sources) == (153, "A2", "")


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("~150", "153", ("~150", "A1", "")),  # coarse but better: it agrees, and confirms
        ("~150", "228", ("~150", "A2", "settled")),
        ("100..153", "153..200", ("100..153", "A1", "")),  # ranges that touch at one end
        ("100..153", "154..200", ("100..153", "A2", "settled")),
    ],
)
def test_coarse_but_better_against_precise_but_worse(
    tmp_path: Path, good: str, bad: str, told: tuple[Any, str, str]
) -> None:
    sources = "good,official,A,2023,A,A\nbad,blog,D,2024,B,B,,own"
    claims = f"arrests-teapot,count,{good},,,good\narrests-teapot,count,{bad},,,bad"
    assert figure(tmp_path, claims, sources=sources) == told
