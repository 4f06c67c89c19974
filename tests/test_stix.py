"""The STIX bundle holds what the case holds, refers to nothing that is not in it, and accuses nobody."""

import json
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
import stix2
from cases import write_case
from terminal import ask, build

from spectorcli.case import Case
from spectorcli.cli.main import _run
from spectorcli.database import open_database
from spectorcli.exchange.stix import write

CLAIMS = """\
arrests-teapot,count,288,,,alpha,para 1,288
arrests-teapot,count,281,,,delta
launch,date,2019-06~,,,beta
ana,status,charged,,2021-05,alpha
teapot,not_involved,bka,,,alpha
bazaar,servers,DE,,,beta"""


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("stix")
    db = build(write_case(folder / "case", CLAIMS), folder / "case.db")
    done = ask("export", "stix", "-o", folder / "case.json", "--db", db)
    assert (done.code, done.err) == (
        0,
        "spector: 1 source with the first possible day as published; the date is in the extension\n",
    )
    found: list[dict[str, Any]] = json.loads((folder / "case.json").read_text(encoding="utf-8"))["objects"]
    return found


def named(objects: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = (one for one in objects if one.get("name") == name)
    return found


def said(one: dict[str, Any]) -> dict[str, Any]:
    (extension,) = one["extensions"].values()
    return {name: value for name, value in extension.items() if name != "extension_type"}


def test_nothing_is_lost(objects: list[dict[str, Any]]) -> None:
    assert Counter(one["type"] for one in objects) == {
        "extension-definition": 1,
        "grouping": 3,  # the operation, the proceedings and the statement
        "identity": 3 + 1 + 1,  # agencies, a person, and spector itself
        "incident": 3 + 3 + 1,
        "infrastructure": 1,
        "location": 3,
        "note": 6,
        "opinion": 1,
        "relationship": 24,
        "report": 4,
    }


def test_every_reference_is_in_the_bundle(objects: list[dict[str, Any]]) -> None:
    refs = [
        ref
        for one in objects
        for name, value in one.items()
        if name.endswith(("_ref", "_refs"))
        for ref in ([value] if isinstance(value, str) else value)
    ]
    assert set(refs) <= {one["id"] for one in objects}


def test_figures_dates_and_grades_stay_as_they_are(objects: list[dict[str, Any]]) -> None:
    assert said(named(objects, "Bazaar opens"))["facts"] == [
        {"property": "date", "value": "2019-06~", "grade": "B2", "sources": 1, "origins": 1}
    ]
    whole = named(objects, "Operation Teapot, arrests")
    assert whole["description"] == "count: 288 persons (A2; also said: 281)"
    assert said(named(objects, "Blog")) == {
        "id": "delta",
        "kind": "sources",
        "row": {"kind": "blog", "published": "2021-06", "publisher": "Delta", "reliability": "D", "title": "Blog"},
    }


def test_a_disagreement_is_an_opinion_on_the_best_claim(objects: list[dict[str, Any]]) -> None:
    (opinion,) = (one for one in objects if one["type"] == "opinion")
    (note,) = (one for one in objects if one["id"] in opinion["object_refs"])
    assert (opinion["opinion"], opinion["explanation"]) == (
        "disagree",
        "delta (D4) says 281 persons; best supported is 288 persons (A2); settled",
    )
    assert (note["content"], note["confidence"], said(note)["locator"]) == ("288 persons", 70, "para 1")


def test_nobody_is_accused_and_nothing_denied_is_linked(objects: list[dict[str, Any]]) -> None:
    assert named(objects, "Ana Müller")["type"] == "identity"
    links = {(one["relationship_type"], one["description"]) for one in objects if one["type"] == "relationship"}
    assert ("located-at", "servers") in links
    assert ("derived-from", "derived_from") in links
    assert not any(description == "not_involved" for _, description in links)


def test_no_time_but_that_of_the_sources(objects: list[dict[str, Any]]) -> None:
    stamps = {(one["created"], one["modified"]) for one in objects[2:]}
    assert stamps == {("2021-05-02T00:00:00.000Z", "2021-06-01T00:00:00.000Z")}


def test_kinds_of_a_case_s_own_come_along(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "wallet-1,owner,ana,,,alpha")
    (folder / "vocabulary.csv").write_text(
        "kind,property,type,many,unit,claimed,description\n"
        "wallets,,,,,,A wallet\nwallets,address,text,,,,Its address\nwallets,owner,ref:people,,,yes,Whose it is\n"
    )
    (folder / "wallets.csv").write_text("id,address\nwallet-1,1abc\nwallet-2,1def\n")
    done = ask("export", "stix", "-o", tmp_path / "out", "--db", build(folder, tmp_path / "case.db"))
    assert "spector: 1 of wallets left out: nothing is linked to it" in done.err
    objects = json.loads((tmp_path / "out").read_text(encoding="utf-8"))["objects"]
    wallet, ana = named(objects, "1abc"), named(objects, "Ana Müller")
    assert (wallet["type"], wallet["description"]) == ("grouping", "owner: Ana Müller (A2)")
    assert ana["id"] in wallet["object_refs"]


def test_only_an_address_of_the_web_is_one(tmp_path: Path) -> None:
    """A platform makes a link of it."""
    sources = (
        "alpha,official,A,2021-05-02,Alpha,First,javascript:alert(1)\n"
        "beta,press,B,2021-05-03,Beta,Second,https://example.org/a b"
    )
    claims = "arrests-teapot,count,288,,,alpha\narrests-teapot,count,280,,,beta"
    db = build(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    done = ask("export", "stix", "-o", tmp_path / "out.json", "--db", db)
    assert "spector: 1 address in the extension only: not on the web" in done.err.splitlines()
    found = json.loads((tmp_path / "out.json").read_text())["objects"]
    references = [one for held in found for one in held.get("external_references", [])]
    assert {one["external_id"]: one.get("url") for one in references} == {
        "alpha": None,
        "beta": "https://example.org/a%20b",
    }
    assert said(named(found, "First"))["row"]["url"] == "javascript:alert(1)"


def test_confidence_is_what_the_standard_says_of_credibility(tmp_path: Path) -> None:
    """https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html appendix A, Admiralty credibility."""
    sources = "\n".join(
        f"{id},{kind},{letter},2021-05-0{day},{id},Title,,own"
        for day, (id, kind, letter) in enumerate(
            [("first", "press", "B"), ("second", "press", "B"), ("third", "press", "C"), ("fourth", "blog", "F")], 1
        )
    )
    claims = """arrests-teapot,count,288,,,first
arrests-teapot,count,288,,,second
arrests-teapot,count,281,,,third
arrests-teapot-us,count,153,,,first
arrests-teapot-us,count,160,,,third
drugs,amount,50,kg,,third
launch,date,2021,,,fourth"""
    db = build(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    assert ask("export", "stix", "-o", tmp_path / "out.json", "--db", db).code == 0
    found = json.loads((tmp_path / "out.json").read_text())["objects"]
    notes = [one for one in found if one["type"] == "note"]
    confidence = {said(note)["grade"]: note.get("confidence") for note in notes}
    assert confidence == {"B1": 90, "B2": 70, "C3": 50, "C4": 30, "C5": 10, "F6": None}


def test_a_lack_of_memory_is_not_told_as_a_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library says that a value is invalid, whatever is raised while it looks at it."""

    def parse(one: dict[str, Any], **options: Any) -> Any:
        try:
            raise MemoryError
        except MemoryError as error:
            raise stix2.exceptions.InvalidValueError(stix2.v21.Note, "created", "") from error

    monkeypatch.setattr(stix2, "parse", parse)
    db = build(write_case(tmp_path / "case", CLAIMS), tmp_path / "case.db")
    monkeypatch.setattr(sys, "argv", ["spector", "export", "stix", "-o", str(tmp_path / "case.json"), "--db", db])
    assert (_run(), capsys.readouterr().err) == (4, "spector: out of memory\n")
    assert not (tmp_path / "case.json").exists()


def test_objects_are_checked_and_written_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes twenty times what it is made of: all at once would be more than a machine has."""
    parse, made, most = stix2.parse, [], 0

    def counted(one: dict[str, Any], **options: Any) -> Any:
        nonlocal most
        checked = parse(one, **options)
        made.append(ref(checked))
        most = max(most, sum(seen() is not None for seen in made))
        return checked

    monkeypatch.setattr(stix2, "parse", counted)
    db = build(write_case(tmp_path / "case", CLAIMS), tmp_path / "case.db")
    with closing(Case(open_database(Path(db)))) as case:
        write(case, tmp_path / "case.json")
    text = (tmp_path / "case.json").read_text(encoding="utf-8")
    assert (len(made), most <= 2) == (len(json.loads(text)["objects"]), True)
    monkeypatch.undo()
    assert text == stix2.parse(text).serialize(indent=1, ensure_ascii=False) + "\n"
