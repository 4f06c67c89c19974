"""What changed between two cases is told in the terms of the case."""

import json
from pathlib import Path

import pytest
from cases import write_case
from terminal import ask, build, stored

OLD = "arrests-teapot,count,155,,,alpha\narrests-teapot,count,155,,,beta\nana,role,Operator,,,alpha"


def changes(before: Path | str, after: Path | str) -> list[str]:
    done = ask("diff", before, after, "-f", "json")
    assert (done.code, done.err) == (0, "")
    return [f"{row['change']} {row['sentence']}" for row in json.loads(done.text)]


@pytest.mark.parametrize(
    ("claims", "files", "told"),
    [
        (OLD, {}, []),
        (
            OLD.replace("155,,,alpha", "153,,,alpha"),
            {},
            ["changed arrests-teapot count: best value from 155 persons to 153 persons; 1 claim changed"],
        ),
        (
            f"{OLD}\narrests-teapot,count,153,,,alpha,page 2,,preferred,Their own correction\n"
            "arrests-teapot,count,153,,,delta",
            {},
            ["changed arrests-teapot count: best value from 155 persons to 153 persons; 2 claims added"],
        ),
        (
            "ana,role,Operator,,,alpha",
            {},
            ["removed arrests-teapot count: best value from 155 persons to nothing; 2 claims removed"],
        ),
        (
            OLD.replace("155,,,beta", "155,,,copy"),
            {},
            ["changed arrests-teapot count: grade from A1 to A2; 1 claim added; 1 claim removed"],
        ),
        (
            f"{OLD}\narrests-teapot-us,count,>100,,2021,alpha",
            {},
            ["added arrests-teapot-us count: best value from nothing to more than 100 persons (2021); 1 claim added"],
        ),
        (OLD, {"markets": "bazaar,Bazaar,Bazar\nsouk,Souk"}, ["added souk: added Souk"]),
        (
            OLD,
            {"markets": "bazaar,Great Bazaar"},
            ["changed bazaar aliases: from Bazar to nothing", "changed bazaar name: from Bazaar to Great Bazaar"],
        ),
        (
            OLD,
            {
                "sources": "alpha,official,B,2021-05-02,Alpha,First release\n"
                "beta,press,B,2021-05-03,Beta,Own report,,own"
            },
            [
                "removed copy: removed Retold",
                "removed delta: removed Blog",
                "changed alpha reliability: from A to B",
                "changed arrests-teapot count: grade from A1 to B1",
                "changed ana role: grade from A2 to B2",
            ],
        ),
    ],
)
def test_changes(tmp_path: Path, claims: str, files: dict[str, str], told: list[str]) -> None:
    before = write_case(tmp_path / "before", OLD)
    after = write_case(tmp_path / "after", claims, **files)
    assert changes(before, after) == told


def test_folders_and_files_compare_alike(tmp_path: Path) -> None:
    before = write_case(tmp_path / "before", OLD)
    after = write_case(tmp_path / "after", OLD.replace("155", "153"))
    told = ["changed arrests-teapot count: best value from 155 persons to 153 persons; 2 claims changed"]
    db = build(before, tmp_path / "before.db")
    assert changes(db, after) == changes(before, after) == told
    assert stored(db, "select count(*) from claims") == [(3,)]


def test_no_difference_is_an_answer(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    done = ask("diff", case, case)
    assert (done.code, done.text) == (0, "From case to case\nno differences\n")


def test_what_is_no_case(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    done = ask("diff", case, tmp_path / "missing")
    assert (done.code, done.out) == (3, b"")
    assert done.err.startswith(f"spector: no case file at {tmp_path / 'missing'}")
