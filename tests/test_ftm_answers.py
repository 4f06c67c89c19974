"""A case from FollowTheMoney answers: what its model says of a property, a schema or a shape is asked of a case.

tests/interop loads what its own library makes, schema by schema.
"""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from terminal import ask, build

from spectorcli.exchange.ftm import model

MODEL = json.loads(Path(model.__file__).with_name("model.json").read_text(encoding="utf-8"))

OF_TYPE = {type: names.split() for type, names in MODEL["types"].items()}

DATES = sorted({*OF_TYPE["date"]} - model.NOT_OF_THE_THING)

TERMS = sorted(
    prop
    for type, props in OF_TYPE.items()
    if type not in {"date", "number", "entity"}
    for prop in props
    if prop not in model.SINGLE
)

DIGITS = "1234567"
"""What would be grouped if it were a figure."""

VALUES = {
    **dict.fromkeys(DATES, ("1988-01-07", "1978-01")),
    **dict.fromkeys(OF_TYPE["number"], ("1,000.50", "2000")),
    **dict.fromkeys(model.SINGLE, (f"a-{DIGITS}", f"b-{DIGITS}")),
}
"""Two values of each property that has one, which two datasets give it."""


def entities() -> list[dict[str, Any]]:
    """Return a person of whom two datasets say all that has one value, with all ties there are to a company."""
    found: list[dict[str, Any]] = []
    for place, dataset in enumerate(("one", "two")):
        said = {prop: [both[place]] for prop, both in VALUES.items()}
        listed = {prop: [DIGITS, f"{dataset} {prop}"] for prop in TERMS}
        names = {"name": ["Jane Roe"], **{prop: [f"The {prop}"] for prop in model.NAMES - {"name"}}}
        found.append({"id": "P1", "schema": "Person", "datasets": [dataset], "properties": {**listed, **said, **names}})
    found.append({"id": "C1", "schema": "Company", "datasets": ["one"], "properties": {"name": ["Heron Trading"]}})
    for schema, (source, target) in {one: ends.split() for one, ends in MODEL["edges"].items()}.items():
        dated = {"startDate": ["2019-05-01"], "endDate": ["2020"]}
        held = {source: ["P1"], target: ["C1"], **dated}
        found.append({"id": f"by-{schema}", "schema": schema, "datasets": ["one"], "properties": held})
    return found


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ftm") / "a.ftm.json"
    file.write_text("".join(json.dumps(one) + "\n" for one in entities()), encoding="utf-8")
    return build(file, file.with_name("case.db"))


def rows(*words: str, db: str) -> list[dict[str, str]]:
    done = ask(*words, "-f", "csv", "--db", db)
    assert done.code == 0, done.err
    return list(csv.DictReader(done.text.splitlines()))


def test_two_datasets_that_differ_on_what_has_one_value_are_in_conflict(case: str) -> None:
    found = {row["property"].removeprefix("ftm_") for row in rows("conflicts", db=case)}
    assert found == VALUES.keys()


def test_a_value_is_what_its_property_is(case: str) -> None:
    types = {row["property"].removeprefix("ftm_"): row["type"] for row in rows("fields", "people", db=case)}
    wanted = {
        **dict.fromkeys(DATES, "date"),
        **dict.fromkeys(OF_TYPE["number"], "number"),
        **dict.fromkeys([*TERMS, *model.SINGLE], "term"),
    }
    assert {prop: types[prop] for prop in wanted} == wanted


def test_a_number_is_read_as_it_is_grouped_there_and_goes_back_as_it_stood(case: str, tmp_path: Path) -> None:
    said = {row["value"] for row in rows("why", "P1", "ftm_amountEur", db=case)}
    assert said == {"1000.50", "2000"}
    assert ask("export", "ftm", "-o", tmp_path / "out", "--db", case).code == 0
    assert '"amountEur": ["1,000.50", "2000"]' in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", ["show P1", "why P1 ftm_idNumber", "conflicts P1", "search 1234567"])
def test_what_is_no_number_is_never_grouped(case: str, asked: str) -> None:
    done = ask(*asked.split(), "--db", case)
    assert DIGITS in done.text
    assert "1,234,567" not in done.text


def test_what_has_a_date_is_on_the_timeline(case: str) -> None:
    found = {(row["id"], row["kind"]) for row in rows("timeline", db=case)}
    assert found >= {("P1", f"ftm_{prop}") for prop in DATES}
    assert found >= {(f"by-{schema}", "ftm_startDate") for schema in MODEL["edges"]}
    told = ask("timeline", "--person", "P1", "--from", "2019", "--to", "2019", "--db", case)
    assert "Payment: Jane Roe, Heron Trading" in told.text


def test_every_export_of_dates_has_those_of_ftm(case: str, tmp_path: Path) -> None:
    assert ask("export", "timelinejs", "-o", tmp_path / "out", "--db", case).code == 0
    slides = json.loads((tmp_path / "out").read_text(encoding="utf-8"))["events"]
    assert len({slide["unique_id"] for slide in slides}) == len(slides) == len(rows("timeline", db=case))


def test_every_edge_ties_its_ends_to_each_other(case: str) -> None:
    found = {(row["relation"], row["when"]) for row in rows("graph", "P1", db=case) if row["id"] == "C1"}
    assert found == {(f"ftm_{schema}", "2019-05-01/2020") for schema in MODEL["edges"]}
    times = {row["when"] for row in rows("why", "P1", "ftm_Ownership", db=case)}
    assert times == {"2019-05-01/2020"}


@pytest.mark.parametrize(("number", "told"), [(1, "2001"), (3, "2001; 2002; 2003"), (4, "4 times")])
def test_a_graph_says_when_two_things_were_tied(number: int, told: str, tmp_path: Path) -> None:
    paid = {"payer": ["P1"], "beneficiary": ["C1"]}
    payments = [
        {"id": f"Y{year}", "schema": "Payment", "properties": {**paid, "date": [f"200{year}"]}}
        for year in range(1, number + 1)
    ]
    file = tmp_path / "a.json"
    file.write_text(lines([PERSON, COMPANY, *payments]), encoding="utf-8")
    db = build(file, tmp_path / "case.db")
    assert f"ftm_Payment: Heron  C1 · {told} · F6" in ask("graph", "P1", "--db", db).text
    all_of_them = "; ".join(f"200{year}" for year in range(1, number + 1))
    assert {row["when"] for row in rows("graph", "P1", db=db) if row["id"] == "C1"} == {all_of_them}
    assert ask("export", "graphml", "-o", tmp_path / "out", "--db", db).code == 0
    assert f">{all_of_them}<" in (tmp_path / "out").read_text(encoding="utf-8")


def test_a_name_of_any_sort_leads_to_its_thing(case: str) -> None:
    for prop in model.NAMES - {"name"}:
        done = ask("show", f"the {prop}", "--db", case)
        assert done.text.startswith("Jane Roe, person (P1)"), done.err


def test_what_is_only_for_going_back_is_not_shown(case: str) -> None:
    for asked in ("show P1", "show by-Payment", "why P1 ftm", "search schema", "conflicts", "timeline"):
        assert "{" not in ask(*asked.split(), "--db", case).text
    page = ask("report", "-o", "-", "-f", "md", "--db", case)
    assert '{"schema"' not in page.text


# shapes

PERSON = {"id": "P1", "schema": "Person", "properties": {"name": ["Jane Roe"]}, "datasets": ["d"]}
COMPANY = {"id": "C1", "schema": "Company", "properties": {"name": ["Heron"]}, "datasets": ["d"]}
OWNERSHIP = {"id": "O1", "schema": "Ownership", "properties": {"owner": ["P1"], "asset": ["C1"]}, "datasets": ["d"]}
THREE = [PERSON, COMPANY, OWNERSHIP]
NESTED = {
    **PERSON,
    "properties": {
        "name": ["Jane Roe"],
        "ownershipOwner": [{"id": "O1", "schema": "Ownership", "properties": {"asset": [COMPANY]}}],
    },
}
BACK = json.loads(json.dumps(NESTED).replace('"asset":', '"owner": ["P1"], "asset":'))
STATEMENTS = [
    {"entity_id": one["id"], "prop": prop, "schema": one["schema"], "value": value, "dataset": "d", "lang": None}
    for one in THREE
    for prop, values in one["properties"].items()  # type: ignore[attr-defined]
    for value in values
]


def lines(values: list[Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in values)


def table(values: list[dict[str, Any]]) -> str:
    return "".join(",".join(map(str, one)) + "\n" for one in [[*values[0]][:-1], *([*v.values()][:-1] for v in values)])


SHAPES: dict[str, str] = {
    "lines": lines(THREE),
    "array": json.dumps(THREE),
    "array, laid out": "\ufeff" + json.dumps(THREE, indent=2),
    "laid out in another way": json.dumps(THREE[0]).replace(", ", ",\n") + lines(THREE[1:]),
    "one after the other, laid out": "\n".join(json.dumps(one, indent=2) for one in THREE),
    "long": json.dumps([{**PERSON, "caption": "x" * 100_000}, COMPANY, OWNERSHIP]),
    "nested": lines([NESTED]),
    "nested, pointing back": lines([BACK]),
    "delta": lines([{"op": op, "entity": one} for op, one in zip(("ADD", "MOD", "ADD"), THREE, strict=True)]),
    "statements": lines(STATEMENTS),
    "statements in an array": json.dumps(STATEMENTS),
    "statements as a table": table(STATEMENTS),
}
"""One case in each shape that is read."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["a.json", "a.ijson", "a.ndjson.gz", "a"])
def test_a_shape_is_told_by_its_keys_and_not_by_its_suffix(shape: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    text = SHAPES[shape].encode()
    file.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    db = build(file, tmp_path / "case.db")
    assert {(row["relation"], row["id"]) for row in rows("graph", "Jane Roe", db=db)} == {
        ("ftm_Ownership", "C1"),
        ("ftm_owner", "O1"),
    }
    assert ask("show", "heron", "--db", db).text.startswith("Heron, ftm_company (C1)")


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty; there is nothing to make a case of"),
    "blank": (b"\xef\xbb\xbf \n\n", "the file is empty; there is nothing to make a case of"),
    "an empty array": (b"[]", "holds no entity; there is nothing to make a case of"),
    "only deletions": (b'{"op": "DEL", "entity": {"id": "a"}}', "holds no entity; there is nothing to make a case of"),
    "an answer": (b'{"results": [], "total": {}}', "is the answer of an API;"),
    "GeoJSON": (b'{"type": "FeatureCollection", "features": []}', "is GeoJSON, which is not read"),
    "STIX": (b'{"type": "bundle", "id": "bundle--1", "objects": []}', "is a STIX bundle, which is not read"),
    "Senzing": (b'{"DATA_SOURCE": "d", "RECORD_ID": "1"}', "is a record of Senzing, which is not read;"),
    "a catalogue": (b'{"datasets": [\n"\xe2\x80\x8b"], "updated_at": "2024"}', "is a catalogue of datasets;"),
    "an index of deltas": (b'{"versions":\n{}, "updated_at": "2024"}', "is the index of the deltas of a dataset;"),
    "a simplified table": (b"id,schema,name,aliases\n", "is a simplified table (targets.simple.csv),"),
    "a pack": (b"entity_id,prop,value,dataset\n", "is a pack of statements of FollowTheMoney, which is not read;"),
    "an old pack": (b"a,Person:name,Jane Roe,d,,,,,,", "is a pack of statements of FollowTheMoney, which is not read;"),
    "HTML": (b"<!doctype html>", "is HTML or XML, which is not read"),
    "a case file": (b"SQLite format 3\0", "is a case file already, or another database;"),
    "a zip": (b"PK\3\4", "is a zip archive; unpack it first"),
    "half a gzip": (gzip.compress(b'{"id": "a"}')[:-9], "is a damaged gzip file:"),
    "half an array": (b'[{"id": "a", "schema": "Person"}, {"id"', "is not JSON:"),
    "a statement of figures": (b'{"entity_id": "a", "prop": "name", "value": 1}', "value of a statement is not a text"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_read_is_refused_by_its_name(what: str, tmp_path: Path) -> None:
    text, sentence = REFUSED[what]
    file = tmp_path / "a.json"
    file.write_bytes(text)
    done = ask("load", file, "--db", tmp_path / "case.db")
    assert (done.code, done.text) == (5, "")
    assert f"a.json:1: {sentence}" in done.err
    assert not (tmp_path / "case.db").exists()


# what cannot be read

ODD = [
    {**PERSON, "properties": {"name": ["Jane Roe"], "birthDate": ["around 1980"], "alias": ["A; B"], "topics": ["x"]}},
    {**OWNERSHIP, "properties": {"owner": ["P1"], "asset": ["gone"], "startDate": ["2020"], "endDate": ["2019"]}},
    {"id": "Y1", "schema": "Payment", "properties": {"amount": ["5 USD"]}, "datasets": ["d"]},
    {"op": "DEL", "entity": {"id": "X"}},
]


def test_what_cannot_be_read_stays_wording_and_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(lines(ODD), encoding="utf-8")
    db = tmp_path / "case.db"
    done = ask("load", file, "--db", db)
    assert done.err.splitlines() == [
        "spector: 3 values kept as wording, not of the type of the property: birthDate 1, alias 1, amount 1",
        "spector: 1 reference kept as wording, for what they name is not in the file",
        "spector: 1 deletion of a delta left out",
    ]
    assert "around 1980" in ask("show", "P1", "--db", db).text
    assert ask("export", "ftm", "-o", tmp_path / "out", "--db", db).code == 0
    back = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert sorted(back, key=str) == sorted(ODD[:-1], key=str)


def test_a_thing_is_of_the_narrowest_schema_that_it_has(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    wide = {**PERSON, "schema": "LegalEntity", "datasets": ["e"]}
    file.write_text(lines([wide, PERSON, {**wide, "properties": {"country": ["de"]}}]), encoding="utf-8")
    db = build(file, tmp_path / "case.db")
    assert [row["id"] for row in rows("people", db=db)] == ["P1"]
    assert "de" in ask("show", "P1", "--db", db).text


@pytest.mark.parametrize("order", [list, reversed])
def test_what_is_named_may_stand_before_or_behind(order: Callable[[Any], Any], tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(lines([*order(THREE)]), encoding="utf-8")
    db = build(file, tmp_path / "case.db")
    assert "C1" in {row["id"] for row in rows("graph", "P1", db=db)}
