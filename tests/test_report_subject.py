"""A dossier holds what is said of one thing and of what belongs to it, and nothing else."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pycountry
import pytest
from cases import write_case
from terminal import ask, build
from test_report import Page

from spectorcli.report.tiles import tile_map

GRID = Path(tile_map.__code__.co_filename).with_name("tiles.txt")


def write(db: str, path: Path, *words: str) -> str:
    done = ask("report", "-o", path, *words, "--db", db)
    assert (done.code, done.out, done.err) == (0, b"", "")
    return path.read_text(encoding="utf-8")


def told(db: str, statement: str, **given: str) -> list[dict[str, Any]]:
    words = [word for name, value in given.items() for word in ("-p", name, value)]
    found: list[dict[str, Any]] = json.loads(ask("sql", statement, *words, "-f", "json", "--db", db).text)
    return found


ABOUT = """
select count(*) as claims from claims where subject = :id
or subject in (select subject from links where object = :id and not claimed)
or (subject, property) in (select subject, property from links where object = :id)
"""


@pytest.mark.parametrize(
    ("what", "suffix"),
    [("milomir-desnica", "html"), ("monopoly-market", "md"), ("Germany", "md"), ("SpecTor", "html")],
)
def test_a_dossier_holds_what_is_about_its_subject(bundled: str, tmp_path: Path, what: str, suffix: str) -> None:
    text = write(bundled, tmp_path / f"case.{suffix}", "--subject", what)
    id = {"Germany": "DE", "SpecTor": "spector"}.get(what, what)
    claims = told(bundled, ABOUT, id=id)[0]["claims"]
    assert f"{claims} claims from " in text
    assert text == write(bundled, tmp_path / f"again.{suffix}", "--subject", id)
    if suffix == "md":
        every = text[text.index("## Annex C") : text.index("## Annex D")]
        assert every.count("\n| | ") == claims
        return
    page = Page(text)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(ids)
    assert set(" ".join(page.values("aria-labelledby")).split()) <= set(ids)
    assert sum(one.get("class") == "grade" for tag, one in page.tags if tag == "td") == claims


def test_a_dossier_leaves_out_what_it_has_nothing_about(bundled: str, tmp_path: Path) -> None:
    text = write(bundled, tmp_path / "case.html", "--subject", "milomir-desnica")
    assert re.findall(r'<section[^>]* aria-labelledby="(\w+)">', text) == [
        "figures", "timeline", "people", "network", "disagreements", "claims", "sources", "method",
    ]  # fmt: skip
    events = json.loads(ask("timeline", "--person", "milomir-desnica", "-f", "json", "--db", bundled).text)
    assert all(html.escape(event["title"], quote=False) in text for event in events)
    assert "Hampton" not in text


def test_who_is_not_found_gets_no_file(bundled: str, tmp_path: Path) -> None:
    done = ask("report", "-o", tmp_path / "case.html", "--subject", "Monopolly", "--db", bundled)
    assert (done.code, done.out) == (3, b"")
    assert re.fullmatch(
        "spector: nothing in this case is called 'Monopolly'; did you mean .*monopoly-market.*\n", done.err
    )
    assert not list(tmp_path.iterdir())


# The map


def test_each_tile_is_a_country() -> None:
    codes = [code for code in GRID.read_text().split() if code != ".."]
    assert len(codes) == len(set(codes))
    assert set(codes) <= {country.alpha_2 for country in pycountry.countries}
    assert len({len(line.split()) for line in GRID.read_text().splitlines()}) == 1


def test_the_map_shows_the_arrests(bundled: str, tmp_path: Path) -> None:
    text = write(bundled, tmp_path / "case.html")
    arrests = [row for row in json.loads(ask("arrests", "-f", "json", "--db", bundled).text) if row["country"]]
    label = re.search('aria-label="Countries as tiles: (.*?)"', text)
    assert label
    said = [f"{row['country_name']} {row['count']} person{'s' * (row['count'] != 1)}" for row in arrests]
    assert sorted(one.removesuffix(", disputed") for one in label[1].split("; ")) == sorted(said)
    for row in arrests:
        assert re.search(rf">{row['country']}</text><text class=\"many n[1-4]\"[^>]*>{row['count']}<", text)


def test_a_country_without_a_tile_is_told(tmp_path: Path) -> None:
    write_case(
        tmp_path / "other",
        "arrests-aq,count,1,,,alpha\narrests-us,count,2,,,alpha",
        countries="US,United States\nDE,Germany\nAQ,Antarctica",
        arrests="arrests-aq,teapot,AQ\narrests-us,teapot,US",
    )
    text = write(build(tmp_path / "other", tmp_path / "other.db"), tmp_path / "other.html")
    assert "Not on the map: Antarctica." in text
