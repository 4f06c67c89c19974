"""FollowTheMoney's own library and command read what we write, and get back exactly that."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from followthemoney.dataset import Dataset
from followthemoney.dataset.util import dataset_name_check
from followthemoney.proxy import EntityProxy
from followthemoney.schema import Schema
from followthemoney.statement import StatementEntity, read_path_statements
from followthemoney.statement.serialize import CSV_COLUMNS
from followthemoney.types import registry
from ftm_model import written
from terminal import AWKWARD, build, run

from spectorcli.bundled import SEED
from spectorcli.exchange.ftm import model as model_of_ours

FTM = Path(sys.executable).with_name("ftm")

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # their reader leaves files open

Values = set[tuple[str, str, str, str]]
"""Entity, schema, property, value."""


@pytest.fixture(scope="module", params=[SEED, AWKWARD], ids=["bundled", "awkward"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(request.param, tmp_path_factory.mktemp("case") / "case.db")


@pytest.fixture(scope="module")
def entities(case: str) -> Path:
    return exported("ftm", case, "entities.ftm.json")


@pytest.fixture(scope="module")
def statements(case: str) -> Path:
    return exported("ftm-statements", case, "statements.csv")


def exported(name: str, case: str, file: str) -> Path:
    path = Path(case).with_name(file)
    done = run("export", name, "-o", path, "--db", case)
    assert done.code == 0, done.err
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def said(statements: list[dict[str, str]]) -> Values:
    """Return what statements say of properties, besides that there is an entity."""
    return {(row["entity_id"], row["schema"], row["prop"], row["value"]) for row in statements if row["prop"] != "id"}


def values(entities: list[dict[str, Any]]) -> Values:
    return {
        (one["id"], one["schema"], prop, value)
        for one in entities
        for prop, values in one["properties"].items()
        for value in values
    }


def assert_valid(found: Values) -> None:
    schemata = {entity: schema for entity, schema, _, _ in found}
    for entity, name, prop, value in found:
        schema = model.get(name)
        assert schema is not None and not schema.abstract, name
        assert registry.entity.clean(entity) == entity
        declared = schema.get(prop)
        assert declared is not None and not declared.stub, (name, prop)
        proxy = EntityProxy.from_dict({"id": entity, "schema": name, "properties": {}})
        assert declared.type.clean(value, proxy=proxy) == value, (entity, prop, value)
        assert len(value) <= declared.type.max_length, (entity, prop)
        assert prop != "topics"
        if declared.type is registry.entity:
            assert model.get(schemata[value]).is_a(declared.range), (entity, prop, value)
    for entity, name in schemata.items():
        given = {prop for one, _, prop, _ in found if one == entity}
        assert not set(model.get(name).required) - given, (entity, name)


def test_every_entity_is_valid(entities: Path) -> None:
    found = read(entities)
    assert len({one["id"] for one in found}) == len(found)
    assert_valid(values(found))
    for dataset in {dataset for one in found for dataset in one["datasets"]}:
        dataset_name_check(dataset)


def test_ftm_validate_gives_back_what_we_wrote(entities: Path, tmp_path: Path) -> None:
    out = tmp_path / "validated.json"
    subprocess.run([FTM, "validate", "-i", entities, "-o", out], check=True)
    ours, theirs = read(entities), read(out)
    assert len(theirs) == len(ours)
    assert values(theirs) == values(ours)
    assert sum(map(count, theirs)) == sum(map(count, ours))
    assert {one["id"]: set(one["datasets"]) for one in theirs} == {one["id"]: set(one["datasets"]) for one in ours}
    print(len(ours), "entities,", sum(map(count, ours)), "values;", Counter(one["schema"] for one in ours))


def count(entity: dict[str, Any]) -> int:
    return sum(map(len, entity["properties"].values()))


def test_every_statement_is_valid_and_has_their_id(statements: Path) -> None:
    ours = rows(statements)
    assert list(ours[0]) == CSV_COLUMNS
    assert_valid(said(ours))
    theirs = list(read_path_statements(statements, "csv"))
    assert len(theirs) == len(ours) == len({row["id"] for row in ours})
    for row, statement in zip(ours, theirs, strict=True):
        assert {key: value or "" for key, value in statement.to_csv_row().items()} | {"external": "f"} == row
        assert statement.generate_key() == row["id"]
    for dataset in {row["dataset"] for row in ours}:
        dataset_name_check(dataset)


def test_statements_aggregate_to_what_we_wrote(statements: Path, entities: Path, tmp_path: Path) -> None:
    out = tmp_path / "aggregated.json"
    subprocess.run([FTM, "aggregate-statements", "-i", statements, "-o", out], check=True)
    ours, theirs = rows(statements), read(out)
    assert {row["entity_id"] for row in ours} == {one["id"] for one in theirs}
    assert len(theirs) == len({one["id"] for one in theirs})
    assert values(theirs) == said(ours)
    facts = {one for one in values(read(entities)) if one[2] != "proof"}
    # in words lists are joined there, and here claims have the editor's remarks
    missing = {one for one in facts - values(theirs) if one[2] not in {"notes", "summary"}}
    assert not missing
    print(len(ours), "statements,", len(theirs), "entities,", len({row["dataset"] for row in ours}), "datasets")


def test_each_statement_keeps_who_said_it(statements: Path, case: str) -> None:
    grouped: dict[str, list[Any]] = {}
    for statement in read_path_statements(statements, "csv"):
        grouped.setdefault(statement.canonical_id, []).append(statement)
    listed = [row for row in rows(statements) if row["prop"] != "id"]
    written = {(row["entity_id"], row["prop"], row["value"], row["dataset"]) for row in listed}
    dataset = Dataset.make({"name": "whole"})
    read_back = {
        (entity.id, statement.prop, statement.value, statement.dataset)
        for entity in (StatementEntity.from_statements(dataset, group) for group in grouped.values())
        for statement in entity.statements
        if statement.prop != "id"
    }
    assert read_back == written


def test_kinds_of_a_case_s_own_are_valid_too() -> None:
    written = Path(__file__).parents[1] / "ftm"
    assert_valid(values(read(written / "ftm")))
    assert_valid(said(rows(written / "ftm-statements")))


def test_what_ftm_itself_writes_goes_through_a_case(entities: Path, tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.ftm.json", tmp_path / "ours.ftm.json"
    subprocess.run([FTM, "validate", "-i", entities, "-o", theirs], check=True)
    through_a_case(theirs, "ftm", ours)
    assert sorted(map(plain, read(ours))) == sorted(map(plain, read(theirs)))


def test_statements_of_ftm_go_through_a_case(entities: Path, tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.csv", tmp_path / "ours.csv"
    subprocess.run([FTM, "statements", "-d", "some_dataset", "-o", theirs, entities], check=True)
    db = through_a_case(theirs, "ftm-statements", ours)
    assert sorted(map(tuple, map(dict.items, rows(ours)))) == sorted(map(tuple, map(dict.items, rows(theirs))))
    aggregated, exported = tmp_path / "aggregated.json", tmp_path / "exported.ftm.json"
    subprocess.run([FTM, "aggregate-statements", "-i", theirs, "-o", aggregated], check=True)
    assert run("export", "ftm", "-o", exported, "--db", db).code == 0
    assert values(read(exported)) == values(read(aggregated))


def test_what_is_known_of_their_model_is_what_it_says() -> None:
    assert Path(model_of_ours.__file__).with_name("model.json").read_text(encoding="utf-8") == written()


FITTING = {
    **{registry.date: "2019-05-01", registry.number: "1000", registry.country: "de", registry.gender: "female"},
    **{registry.topic: "role.pep", registry.language: "deu", registry.entity: "other"},
}
"""A value of each type; of others any short text."""


def made_up(schema: Schema) -> EntityProxy:
    """Return an entity with a value for each of its properties."""
    proxy = EntityProxy(schema, {"id": f"a-{schema.name}", "schema": schema.name, "properties": {}})
    for prop in schema.properties.values():
        if not prop.stub:
            proxy.unsafe_add(prop, FITTING.get(prop.type, f"{prop.name} of {schema.name}"), cleaned=True)
    return proxy


def test_every_schema_of_theirs_answers_and_goes_back(tmp_path: Path) -> None:
    file, out = tmp_path / "all.ftm.json", tmp_path / "back.ftm.json"
    schemata = [schema for schema in model.schemata.values() if not schema.abstract]
    other = EntityProxy(model["Company"], {"id": "other", "schema": "Company", "properties": {"name": ["Other"]}})
    made = [other, *map(made_up, schemata)]
    file.write_text("".join(json.dumps(one.to_dict()) + "\n" for one in made), encoding="utf-8")
    db = build(file, tmp_path / "case.db")
    assert run("export", "ftm", "-o", out, "--db", db).code == 0
    assert values(read(out)) == values([one.to_dict() for one in made])
    dated = {row["id"] for row in answer("timeline", db)}
    linked = {row["id"] for row in answer("graph other", db)}
    for schema, proxy in zip(schemata, made[1:], strict=True):
        types = {prop.type for prop in schema.properties.values() if not prop.stub}
        assert (proxy.id in dated) == bool(
            {prop.name for prop in proxy.iterprops() if prop.type == registry.date} - UNDATED
        )
        assert (proxy.id in linked) == (registry.entity in types)
        if "alias" in schema.properties:
            assert f"({proxy.id})" in run("show", f"alias of {schema.name}", "--db", db).out.decode()


UNDATED = model_of_ours.NOT_OF_THE_THING


def answer(asked: str, db: str) -> list[dict[str, str]]:
    return list(csv.DictReader(run(*asked.split(), "-f", "csv", "--db", db).out.decode().splitlines()))


def through_a_case(file: Path, name: str, out: Path) -> str:
    db = build(file, file.with_name(f"{name}.db"))
    done = run("export", name, "-o", out, "--db", db)
    assert (done.code, done.err) == (0, "")
    return db


def plain(entity: dict[str, Any]) -> str:
    """Return an entity as a text; the order of values and datasets means nothing to FollowTheMoney."""
    properties = {prop: sorted(values) for prop, values in entity["properties"].items()}
    return json.dumps({**entity, "properties": properties, "datasets": sorted(entity["datasets"])}, sort_keys=True)
