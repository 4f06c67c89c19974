"""FollowTheMoney: what a small case becomes, and that what came from there goes back as it was.

tests/interop asks FollowTheMoney's own model and command.
"""

import csv
import json
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from hypothesis import example, given, settings
from hypothesis import strategies as st
from terminal import ask, build

from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.escapes import unsafe
from spectorcli.exchange import as_case_folder
from spectorcli.exchange.ftm import write
from spectorcli.exchange.ftm.round_trip import STATEMENT_COLUMNS, case_id, entity_id, statement_key
from spectorcli.load.load import load

# what we write

FILES = {
    "operations": "teapot,Operation Teapot,Tea Pot",
    "agencies": "fbi,Federal Bureau of Investigation",
    "countries": "DE,Germany",
    "people": 'ana.,"""Ana"""',
    "arrests": "arrests,teapot,DE",
    "events": "launch,launch,Bazaar opens,,,ana.",
    "sources": "alpha,official,A,2021-05~,Alpha,Release,https://alpha.example\na.b,blog,D,,,One\na-b,blog,D,,,Other",
    **dict.fromkeys(("markets", "seizures", "proceedings", "statements"), ""),
    "vans": "van,Van",
}
CLAIMS = """\
teapot,participants,only DE,,,alpha
teapot,agencies,fbi,,,alpha,para 1
teapot,agencies,fbi,,,alpha,para 2
teapot,not_involved,fbi,,,a.b
arrests,count,288,,,alpha,,two hundred and eighty-eight
arrests,count,281,,,a-b
ana.,status,charged,,2021-05,alpha
ana.,role,=owner,,,a-b,,,deprecated,wrong
launch,date,2019-06~,,,alpha
van,owner,ana.,,,alpha
"""
VOCABULARY = """\
kind,property,type,many,unit,claimed,description
vans,,,,,,A van
vans,name,text,,,,Its name
vans,owner,ref:people,,,yes,Who owns it
"""

WRITTEN = Path(__file__).with_name("ftm")
"""What the case becomes, in files named like the formats."""

TOLD = {
    "ftm": "spector: 2 claims left out, for another value is better supported; ftm-statements has all\n",
    "ftm-statements": "",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("teapot")
    vans = FILES["vans"]
    write_case(folder, CLAIMS, **{kind: rows for kind, rows in FILES.items() if kind != "vans"})
    (folder / "vans.csv").write_text(f"id,name\n{vans}\n", encoding="utf-8")
    (folder / "vocabulary.csv").write_text(VOCABULARY, encoding="utf-8")
    (folder / "datapackage.json").write_text('{"name": "operation-teapot", "title": "Teapot"}', encoding="utf-8")
    return build(folder, tmp_path_factory.mktemp("db") / "case.db")


@pytest.mark.parametrize("name", TOLD)
def test_a_case_is_written_as(case: str, name: str, tmp_path: Path) -> None:
    done = ask("export", name, "-o", tmp_path / name, "--db", case)
    assert (done.code, done.err) == (0, TOLD[name])
    assert (tmp_path / name).read_text(encoding="utf-8") == (WRITTEN / name).read_text(encoding="utf-8")


# ids

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1).map(
    lambda text: "".join(letter for letter in text if unsafe(letter) is None).strip() or "x"
)
"""Of letters that may stand in a case."""


@given(TEXTS | st.from_regex(r"(x-ftm\.|dataset-|file-)?[0-9A-Za-z.-]{1,5}(\.end)?", fullmatch=True))
def test_an_id_of_followthemoney_comes_back(id: str) -> None:
    assert entity_id(case_id(id)) == id


@pytest.mark.parametrize(
    ("id", "written"),
    [("ana", "ana"), ("ana.", "ana..end"), ("ana-", "ana-.end"), ("ana..end", "ana..end.end"), ("x-ftm.a.5f.b", "a_b")],
)
def test_an_id_of_a_case_is_written_as(id: str, written: str) -> None:
    assert entity_id(id) == written


# there and back

WORDS = (
    st.sampled_from(["name", "birthDate", "birthdate", "größe", "odd-prop", "amount", "amount_Unit", "\u212a", "k"])
    | st.sampled_from(["alias", "gender", "owner", "asset", "startDate", "endDate", "amountEur", "Ownership", "a_text"])
    | TEXTS
)
VALUES = (
    st.sampled_from(["only BTC; XMR", " two\nlines\t", "a\rb", "", "{}", "Ana; Müller", '"', "=1+1"])
    | st.sampled_from(["NK-1", "a_b", "1,000.50", "1000.50", "1980-02", "1979", "female"])
    | TEXTS
)
SCHEMATA = st.sampled_from(
    ["Person", "LegalEntity", "PublicBody", "Company", "company", "Weird Schema", "ф", "Ownership", "Interval"]
)
IDS = st.sampled_from(["NK-1", "a_b", "x-", "DE", "dataset-x", "Ω"]) | TEXTS
DATASETS = st.lists(st.sampled_from(["us_ofac", "eu_fsf", "Odd; Name", " "]), unique=True)
JSON = st.recursive(st.none() | st.booleans() | st.integers() | TEXTS, lambda inner: st.lists(inner, max_size=2))

ENTITY = st.fixed_dictionaries(
    {
        "id": IDS,
        "schema": SCHEMATA,
        "properties": st.dictionaries(WORDS, st.lists(VALUES, max_size=3, unique=True) | JSON, max_size=4),
    },
    optional={"datasets": DATASETS, "caption": TEXTS, "target": st.booleans(), "referents": st.lists(IDS, max_size=2)}
    | dict.fromkeys(("prop", "value", "op"), TEXTS | st.just("DEL")),
)

STATEMENT = st.fixed_dictionaries(
    {
        "entity_id": IDS,
        "canonical_id": IDS,
        "prop": WORDS,
        "schema": SCHEMATA,
        "value": VALUES.map(lambda text: text or "x"),
        "dataset": st.sampled_from(["us_ofac", "eu_fsf", "Odd; Name", "x__y"]),
        "external": st.sampled_from(["t", "f"]),
        "original_value": VALUES,
    },
    optional=dict.fromkeys(("lang", "origin", "first_seen", "last_seen", "prop_type", "id"), TEXTS),
)

PERSON = {"schema": "Person", "external": "f", "original_value": ""}

NUMBERS = count()


def through_a_case(tmp_path: Path, name: str, text: str, writer: Any) -> str:
    """Load a file and export it again."""
    folder = tmp_path / str(next(NUMBERS))
    folder.mkdir()
    file, db = folder / name, folder / "case.db"
    file.write_text(text, encoding="utf-8", newline="")
    with as_case_folder(file) as place:
        load(place, db)
    with closing(Case(open_database(db))) as case:
        writer(case, folder / "out")
    return (folder / "out").read_bytes().decode()


def canonical(entity: dict[str, Any]) -> str:
    """Return an entity as a text that is the same for the same: the order of its datasets means nothing."""
    datasets = {"datasets": sorted(entity["datasets"])} if entity.get("datasets") else {"datasets": []}
    return json.dumps({**entity, **datasets}, sort_keys=True)


@given(st.lists(ENTITY, min_size=1, max_size=4, unique_by=lambda entity: entity["id"]))
@settings(max_examples=30)
def test_entities_go_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, entities: list[Any]) -> None:
    lines = "".join(json.dumps(entity) + "\n" for entity in entities)
    back = through_a_case(tmp_path_factory.getbasetemp(), "a.ftm.json", lines, write.write)
    assert sorted(map(canonical, map(json.loads, back.splitlines()))) == sorted(map(canonical, entities))


@given(st.lists(STATEMENT, min_size=1, max_size=5))
@example([{**dict.fromkeys(("entity_id", "canonical_id", "dataset", "prop", "value"), "x\ry"), **PERSON}])
@settings(max_examples=30)
def test_statements_go_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> None:
    for row in rows:
        key = [row.get(name, "") for name in ("dataset", "entity_id", "prop", "value", "lang", "external")]
        row.setdefault("id", statement_key(*key))
    wanted = [[row.get(column, "") for column in STATEMENT_COLUMNS] for row in rows]
    file = tmp_path_factory.getbasetemp() / "rows.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([STATEMENT_COLUMNS, *wanted])
    text = file.read_bytes().decode()
    back = through_a_case(tmp_path_factory.getbasetemp(), "a.csv", text, write.write_statements)
    assert sorted(list(csv.reader(back.splitlines(keepends=True)))[1:]) == sorted(wanted)


# what is read

FRAGMENTS = """\
{"id": "a_b", "schema": "Person", "properties": {"name": ["Ana"]}, "datasets": ["us_ofac", "eu_fsf"]}

{"id": "c", "schema": "Company", "properties": {"country": ["de"]}, "datasets": ["us_ofac"]}
{"id": "a_b", "schema": "Person", "properties": {"alias": ["A; B"]}, "datasets": ["us_ofac"]}
"""


@pytest.fixture
def fragments(tmp_path: Path) -> str:
    (tmp_path / "a.ftm.json").write_text(FRAGMENTS, encoding="utf-8")
    return build(tmp_path / "a.ftm.json", tmp_path / "case.db")


def test_fragments_of_an_entity_are_put_together(fragments: str, tmp_path: Path) -> None:
    assert ask("export", "ftm", "-o", tmp_path / "out", "--db", fragments).err == ""
    assert list(map(json.loads, (tmp_path / "out").read_text().splitlines())) == [
        {
            "id": "a_b",
            "schema": "Person",
            "properties": {"name": ["Ana"], "alias": ["A; B"]},
            "datasets": ["eu_fsf", "us_ofac"],
        },
        {"id": "c", "schema": "Company", "properties": {"country": ["de"]}, "datasets": ["us_ofac"]},
    ]


def test_several_datasets_are_one_source_derived_from_each(fragments: str) -> None:
    done = ask("sources", "-f", "csv", "--db", fragments)
    rows = list(csv.DictReader(done.text.splitlines()))
    assert sorted((row["id"], row["reliability"], row["derived_from"], row["claims"]) for row in rows) == [
        ("dataset-eu-fsf", "F", "", "0"),
        ("dataset-us-ofac", "F", "", "4"),
        ("datasets-290c8f1fb03c", "F", "dataset-eu-fsf; dataset-us-ofac", "2"),
    ]


def test_what_is_added_to_the_case_is_exported_too(fragments: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert ask("export", "folder", "-o", folder, "--db", fragments).code == 0
    for file, rows in {
        "agencies.csv": "fbi,FBI,,,\n",
        "sources.csv": "alpha,,A,,,Release,,,,\n",
        "claims.csv": "x-ftm.a.5f.b,status,charged,,2021,dataset-us-ofac,,,,\nx-ftm.a.5f.b,agency,fbi,,,alpha,,,,\n",
    }.items():
        with (folder / file).open("a") as out:
            out.write(rows)
    db = build(folder, tmp_path / "again.db")
    assert ask("export", "ftm", "-o", tmp_path / "out", "--db", db).err == ""
    entities = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]
    ours = [(one["id"][:5], one["schema"], one["properties"], one["datasets"]) for one in entities]
    assert ours == [
        ("fbi", "PublicBody", {"name": ["FBI"]}, ["a_ftm_json"]),
        ("a_b", "Person", {"name": ["Ana"], "alias": ["A; B"]}, ["eu_fsf", "us_ofac"]),
        ("link-", "UnknownLink", {"subject": ["a_b"], "object": ["fbi"], "role": ["agency"]}, ["alpha"]),
        ("a_b", "Person", {"notes": ["status (2021): charged"], "proof": ["alpha"]}, ["alpha", "us_ofac"]),
        ("alpha", "Article", {"name": ["Release"], "notes": ["reliability: A"], "title": ["Release"]}, ["a_ftm_json"]),
        ("c", "Company", {"country": ["de"]}, ["us_ofac"]),
    ]


MISTAKES = {
    '{"id": "a", "schema": "Person", "properties": {"name": ["x\\u202ey"]}}': "the character U+202E is not allowed in "
    "a case; remove it",
    '{"id": "a"': "is not JSON: Expecting ',' delimiter at character 11",
    "[]": "is not an entity; each line is a JSON object with id, schema and properties",
    '{"id": "", "schema": "Person"}': "an entity needs its id, as a text",
    '{"id": "a", "schema": 1}': "an entity needs its schema, as a text",
    '{"id": "a", "schema": "Person", "id": "b"}': "'id' appears twice",
    '{"id": "a", "schema": "Person", "x": NaN}': "NaN is not a JSON number",
    '{"id": "a", "schema": "Person", "x": 1e999}': "1e999 is not a JSON number",
    '{"id": "a", "schema": "Person", "properties": []}': "properties is not a JSON object",
    "[" * 100_000: "is nested too deeply",
    json.dumps({"id": "a", "schema": "P", "properties": {"name": ["x" * 131_073]}}): "a text of 131,073 characters; "
    "131,072 is the most",
}


def test_every_line_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file, good = tmp_path / "a.ftm.json", '{"id": "good", "schema": "Person"}'
    file.write_text("\n".join([good, *MISTAKES, good]), encoding="utf-8")
    done = ask("load", file, "--db", tmp_path / "case.db")
    told = [f"a.ftm.json:{line}: {sentence}" for line, sentence in enumerate(MISTAKES.values(), 2)]
    assert done.code == 5
    assert done.err.splitlines() == [
        *told,
        f"spector: {file} is not a valid case: {len(told)} mistakes; nothing was built",
    ]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "1: the file is empty; there is nothing to make a case of"),
        ("entity_id,prop,schema,value,dataset\n", "1: holds no entity; there is nothing to make a case of"),
        (
            "id,name\n",
            "1: is not a statements CSV of FollowTheMoney: no column prop, schema, value, dataset, entity_id; "
            "further claims are loaded with their folder: spector load DIR CLAIMS",
        ),
        (
            "entity_id,prop,schema,value,dataset,colour\n",
            "1: a statement of FollowTheMoney has no column 'colour'; take it out",
        ),
        ("entity_id,prop,schema,value,dataset\na,name,Person,x\n", "2: the row has 4 cells and the header 5"),
        ("entity_id,prop,schema,value,dataset\na,name,Person,,d\n", "2: a statement needs its value"),
        ("entity_id,prop,schema,value,dataset\n,name,Person,x,d\n", "2: a statement needs the id of its entity"),
        (
            'entity_id,prop,schema,value,dataset\n"a,b\n',
            "2: the row that begins here cannot be read: unexpected end of data; check its quotes",
        ),
        (
            "entity_id,prop,schema,value,dataset\na,name,Person,\udcff,d\n",
            "2: byte 0xFF is not UTF-8; save the file as UTF-8",
        ),
    ],
)
def test_a_statement_that_cannot_be_read_is_told(text: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    done = ask("load", file, "--check")
    told = f"a.csv:{sentence}\nspector: {file} is not a valid case: 1 mistake; nothing was built\n"
    assert (done.code, done.err) == (5, told)


def test_a_check_names_the_file(fragments: str, tmp_path: Path) -> None:
    done = ask("load", tmp_path / "a.ftm.json", "--check")
    assert (done.code, done.err) == (0, "spector: 1 value kept as wording, not of the type of the property: alias 1\n")
    assert done.text.splitlines()[0] == f"a.ftm.json: no mistakes in {tmp_path / 'a.ftm.json'}"
