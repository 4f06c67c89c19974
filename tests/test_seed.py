"""The bundled case: what it must answer, and that its files are in order and agree with each other."""

import csv
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import COLUMNS

from spectorcli.bundled import SEED
from spectorcli.database import open_database
from spectorcli.escapes import unsafe
from spectorcli.folder.columns import CLAIM_COLUMNS, OPTIONAL_COLUMNS, OPTIONAL_OF_SOURCES
from spectorcli.vocabulary import declare, read_vocabulary


def read(kind: str) -> list[dict[str, str]]:
    with (SEED / f"{kind}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


FILES = {file.stem: read(file.stem) for file in sorted(SEED.glob("*.csv"))}
KINDS = declare(FILES.pop("vocabulary"), read_vocabulary())
CLAIMS, SOURCES = FILES["claims"], {row["id"]: row for row in FILES["sources"]}
ACCUSED = [row["person"].rpartition("-")[2] for row in FILES["proceedings"] if row["person"]]


@pytest.fixture(scope="session")
def seed(bundled: str) -> Iterator[sqlite3.Connection]:
    with closing(open_database(Path(bundled))) as connection:
        yield connection


def best(seed: sqlite3.Connection, subject: str, property: str) -> dict[str, Any]:
    """Return the best value of a property by its unit."""
    found = seed.execute("select unit, value from answers where subject = ? and property = ?", (subject, property))
    return dict(found.fetchall())


# What it answers


@pytest.mark.parametrize(
    ("country", "count"),
    {"": 288, "us": 153, "gb": 55, "de": 52, "nl": 10, "at": 9, "fr": 5, "ch": 2, "pl": 1, "br": 1}.items(),
)
def test_arrests(seed: sqlite3.Connection, country: str, count: int) -> None:
    id = "-".join(filter(None, ["arrests-spector", country]))
    asked = seed.execute("select count, country, typeof(count) from arrests where id = ?", (id,))
    assert asked.fetchall() == [(count, country.upper() or None, "integer")]


def test_arrests_are_all_and_add_up(seed: sqlite3.Connection) -> None:
    assert seed.execute("select count(*) from arrests where operation = 'spector'").fetchone() == (10,)
    parts = "select total, parts, how_many, rough from parts where whole = 'arrests-spector'"
    assert seed.execute(parts).fetchall() == [(288, 288, 9, 0)]


@pytest.mark.parametrize(
    ("subject", "property", "values"),
    [
        ("seizures-spector-drugs", "amount", {"kg": 850}),
        ("seizures-spector-firearms", "amount", {"firearms": 117}),
        ("spector", "countries", {"countries": 9}),
        ("spector", "foreign_countries", {"countries": 8}),
        ("hydra-market", "turnover", {"EUR": ">=1230000000", "USD": 5200000000}),
        ("monopoly-market", "turnover", {"EUR": "~21000000", "USD": 18000000, "BTC": "~640", "XMR": ">26000"}),
        ("desnica-indictment", "date", {"": "2022-07-26"}),
        ("desnica-arrest", "date", {"": "2022-11-02"}),
        ("desnica-charges-unsealed", "date", {"": "2023-05-25"}),
        ("desnica-extradition", "date", {"": "2023-06-23"}),
        ("desnica-plea", "date", {"": "2023-11-08"}),
        ("monopoly-market-seizure", "date", {"": "2021-12"}),
        ("spector-announcement", "date", {"": "2023-05-02"}),
        ("desnica-sentence", "date", {"": "2024-02-15"}),
        ("proceedings-desnica", "sentence", {"years": 14}),
        ("monopoly-market", "commission", {"percent": 5}),
        ("monopoly-market", "methamphetamine", {"kg": ">30"}),
        ("monopoly-market", "test_purchases", {"g": ">100"}),
        ("proceedings-hampton", "alleged_sales", {"USD": "<2000000"}),
        ("hampton-arrest", "date", {"": "2022-11-02"}),
        ("peck-sentence", "date", {"": "2022-12-01"}),
        ("spector", "us_districts", {"districts": ">30"}),
        ("spector", "us_cases", {"cases": ">100"}),
        ("disarray", "sequence", {"": 1}),
        ("arrests-sabotor", "count", {"persons": 61}),
        ("sabotor-operation", "date", {"": "2019-01-11/2019-03-12"}),
        ("disruptor", "countries", {"countries": 7}),
        ("disruptor", "duration", {"months": 9}),
        ("arrests-disruptor-us", "count", {"persons": 121}),
        ("arrests-disruptor-de", "count", {"persons": 42}),
        ("seizures-disruptor-firearms", "amount", {"firearms": 63}),
        ("seizures-disruptor-drugs-us", "amount", {"kg": 274}),
        ("arrests-dark-huntor-us", "count", {"persons": 65}),
        ("dark-huntor", "us_districts", {"districts": ">15"}),
        ("seizures-dark-huntor-money", "amount", {"EUR": ">26700000", "USD": ">31600000"}),
        ("raptor", "us_attorneys_offices", {"offices": 26}),
        ("raptor", "continents", {"continents": 4}),
        ("seizures-raptor-drugs-fentanyl", "amount", {"kg": 144}),
        ("seizures-raptor-firearms", "amount", {"firearms": ">180"}),
    ],
)
def test_headline_figures(seed: sqlite3.Connection, subject: str, property: str, values: dict[str, object]) -> None:
    assert best(seed, subject, property) == values


def test_money_has_an_answer_in_each_currency(seed: sqlite3.Connection) -> None:
    money = best(seed, "seizures-spector-money", "amount")
    assert (money["EUR"], money["USD"]) == (">50800000", 53400000)


def test_the_turnover_of_another_market_is_shown_and_never_best(seed: sqlite3.Connection) -> None:
    asked = seed.execute(
        "select base, also from answers where subject = 'monopoly-market' and property in ('turnover', 'sales')"
    )
    answers = asked.fetchall()
    assert all(number < 1e8 for number, _ in answers)
    assert any("1230000000" in also for _, also in answers)


@pytest.mark.parametrize(
    ("subject", "property", "said"),
    [
        ("arrests-spector", "count", {"281", "228"}),
        ("arrests-spector-us", "count", {"155", "55"}),
        ("arrests-spector-gb", "count", {"53", "158"}),
        ("spector", "countries", {"8", "33"}),
        ("seizures-spector-firearms", "amount", {"17"}),
        ("desnica-plea", "date", {"2024-02-21"}),
        ("disruptor", "countries", {"6"}),
        ("disruptor", "duration", {"2 years"}),
        ("seizures-disruptor-firearms", "amount", {"64"}),
        ("arrests-dark-huntor-ch", "count", {"21"}),
        ("proceedings-hampton", "alleged_sales", {">2000000"}),
    ],
)
def test_what_else_is_said_is_kept(seed: sqlite3.Connection, subject: str, property: str, said: set[str]) -> None:
    (also, dispute), *rest = seed.execute(
        "select also, dispute from answers where subject = ? and property = ?", (subject, property)
    )
    assert not rest
    assert {one.partition(" (")[0] for one in also.split(", ")} >= said
    assert dispute == "settled"


def test_the_launch_is_an_open_dispute(seed: sqlite3.Connection) -> None:
    asked = "select value, also, dispute from answers where subject = 'monopoly-market-launch' and property = 'date'"
    (value, also, dispute), *rest = seed.execute(asked)
    assert not rest
    assert {value, also.partition(" (")[0]} == {"2019-06~", "2019-11~"}
    assert dispute == "open"


def test_the_parts_of_the_drugs_are_less_than_the_whole(seed: sqlite3.Connection) -> None:
    asked = "select total, parts, rough from parts where whole = 'seizures-spector-drugs'"
    (total, parts, rough), *rest = seed.execute(asked)
    assert not rest
    assert (total, rough) == (850, 1)
    assert parts == pytest.approx(354, abs=5)


def test_the_status_of_the_accused_is_dated(seed: sqlite3.Connection) -> None:
    asked = """select value, "when" from answers where subject = 'milomir-desnica' and property = 'status'"""
    assert dict(seed.execute(asked).fetchall()) == {
        "charged": "2022-07-26",
        "arrested": "2022-11-02",
        "extradited": "2023-06-23",
        "pleaded-guilty": "2023-11-08",
        "sentenced": "2024-02-15",
    }


@pytest.mark.parametrize(
    ("operation", "districts", "partners"),
    [
        ("spector", 37, "doj hsi irs-ci fda-oci fincen cbp bk-at bka cbzc politie-nl kapo-zurich sta-zurich nca npcc"),
        ("disruptor", 22, "doj hsi cbp dod bk-at cyprus-police rcmp pj-pt polisen-se wapol-au acic-au"),
        ("dark-huntor", 16, "doj afp-au gdboc-bg gdf-it procura-brescia douane-fr kapo-zurich fedpol"),
        ("raptor", 26, "dea ofac army-cid pcpa pcsp zac-nrw pit-nl policia-nacional-es scdpo-kr"),
    ],
)
def test_who_took_part(seed: sqlite3.Connection, operation: str, districts: int, partners: str) -> None:
    asked = "select property, value from answers where subject = ? and property in ('us_districts_named', 'agencies')"
    listed = {property: value.split("; ") for property, value in seed.execute(asked, (operation,))}
    assert len(listed["us_districts_named"]) == districts
    assert {*listed["agencies"]} >= {*partners.split()}


def test_who_is_named_as_accused_and_how_it_stands(seed: sqlite3.Connection) -> None:
    asked = """
        select coalesce(proceedings.person, people.id), answers.value, answers."when" from answers
        left join proceedings on proceedings.id = answers.subject
        left join people on people.id = answers.subject
        where answers.property = 'status' and answers.headline and coalesce(proceedings.person, people.id) is not null
    """
    stands = Counter(seed.execute(asked).fetchall())
    assert {*stands.values()} == {2}  # of the person, and of the case
    assert sorted(stands) == [
        ("anton-peck", "sentenced", "2022-12-01"),
        ("behrouz-parsarad", "charged", "2025-05-22"),
        ("christopher-hampton", "charged", "2022-11-18"),
        ("kevin-fusco", "sentenced", "2022-11-04"),
        ("milomir-desnica", "sentenced", "2024-02-15"),
        ("rui-siang-lin", "pleaded-guilty", "2024-12-16"),
        ("vincent-banner", "pleaded-guilty", "2023-05-02"),
    ]


# What it is made of


def test_there_are_enough_claims() -> None:
    assert len(CLAIMS) >= 450


@pytest.mark.parametrize(
    ("source", "locators"),
    [
        ("mimikama", [f"para {number}" for number in range(1, 9)]),
        ("wikipedia-2024", [f"References, {number}" for number in range(1, 14)]),
    ],
)
def test_sources_that_were_read_through(source: str, locators: list[str]) -> None:
    said = [claim["at"] for claim in CLAIMS if claim["source"] == source]
    for locator in locators:
        assert any(re.search(rf"(^|; ){locator}$", at) for at in said), locator


def test_every_source_has_a_letter_and_a_title() -> None:
    for id, source in SOURCES.items():
        assert re.fullmatch("[A-F]", source["reliability"]), id
        assert source["kind"] in {"official", "court", "press", "encyclopedia", "blog"}, id
        assert source["title"], id
        assert source["publisher"], id
        assert re.fullmatch(r"(https?://\S+)?", source["url"]), id


def test_darknet_sites_are_cited_by_name_only() -> None:
    for name in ("livedarknet", "darknetlive", "darknetone", "darknetpages", "torhunter"):
        found = [source for id, source in SOURCES.items() if id.startswith(name)]
        assert found, name
        assert not any(source["url"] for source in found), name
    for file in SEED.iterdir():
        assert not re.search(r"\.onion\b", file.read_text(encoding="utf-8")), file.name


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_in_order(kind: str) -> None:
    if not FILES[kind]:
        assert kind == "rejected"  # of which a case that nobody reads into has none
        return
    rows, columns = FILES[kind], list(CLAIM_COLUMNS) if kind == "claims" else COLUMNS[kind]
    key = ("subject", "property", "value", "source", "at") if kind == "claims" else ("id",)
    text = (SEED / f"{kind}.csv").read_bytes().decode()
    columns = [name for name in columns if name in rows[0] or name not in {*OPTIONAL_COLUMNS, *OPTIONAL_OF_SOURCES}]
    assert list(rows[0]) == columns
    assert rows == sorted(rows, key=lambda row: [row[column] for column in key])
    assert not [column for column in columns if not any(row[column] for row in rows)], "always empty"
    assert all(cell == cell.strip() for row in rows for cell in row.values())
    assert "\r" not in text
    assert text.endswith("\n")
    assert unsafe(text.replace("\n", "")) is None


def test_every_kind_has_its_file() -> None:
    assert {*FILES} == {*KINDS, "claims"}


def test_ids_say_what_they_name() -> None:
    for id, source in SOURCES.items():
        date = re.search(r"-(\d{4}(-\d\d)*)$", id)
        assert source["published"].startswith(date[1] if date else ""), id  # a day may come to be known later
        assert bool(date) == bool(source["published"]), id
    for row in FILES["arrests"]:
        assert row["id"] == "-".join(filter(None, ["arrests", row["operation"], row["country"].lower()]))
    for row in FILES["seizures"]:
        owners = [row["operation"] or row["market"].removesuffix("-market"), *ACCUSED]
        (owner,) = [owner for owner in owners if row["id"].startswith(f"seizures-{owner}-")]
        assert {row["kind"], *row["substance"].split("-")} & {*row["id"].removeprefix(f"seizures-{owner}-").split("-")}
    for kind in ("operations", "agencies", "people", "markets", "events", "sources", "proceedings", "statements"):
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]) for row in FILES[kind])


@pytest.mark.parametrize(
    ("kind", "ids"),
    {
        "operations": "spector disarray sabotor disruptor dark-huntor raptor",
        "markets": "monopoly-market hydra-market wall-street-market",
        "people": "milomir-desnica",
        "agencies": "europol fbi bka zki-oldenburg",
        "countries": "US GB DE NL AT FR CH PL BR",
        "sources": "europol-2023-05-02 doj-2023-05-02",
    }.items(),
)
def test_ids_that_others_rely_on(kind: str, ids: str) -> None:
    assert {row["id"] for row in FILES[kind]} >= set(ids.split())


def test_a_part_belongs_to_the_operation_of_its_whole() -> None:
    for kind in ("arrests", "seizures"):
        things = {row["id"]: row for row in FILES[kind]}
        for row in filter(lambda row: row["part_of"], things.values()):
            assert row["operation"] == things[row["part_of"]]["operation"], row["id"]


def test_an_editor_gives_reasons() -> None:
    assert all(claim["note"] for claim in CLAIMS if claim["rank"])
    assert sum(bool(claim["rank"]) for claim in CLAIMS) < len(CLAIMS) / 50  # used as rarely as possible
    assert all(claim["at"] for claim in CLAIMS)


def test_texts_that_were_read_in_full_are_quoted_in_a_few_words() -> None:
    full = {id for id, source in SOURCES.items() if source["note"].startswith("Read in full")}
    silent = [claim for claim in CLAIMS if claim["source"] in full and not claim["stated"]]
    assert len(full) > 20
    assert {claim["source"] for claim in silent} == {"europol-2021-10-26"}  # read before, through a copy
    assert len(silent) == 3
    assert all(len(claim["stated"].split()) <= 15 for claim in CLAIMS)


def test_readme_counts_right() -> None:
    text = (SEED / "README.md").read_text(encoding="utf-8")
    told = re.search(r"holds (\d+) claims from (\d+) of (\d+) sources, about (\d+)\s", text)
    assert told
    speaking, spoken_of = ({claim[column] for claim in CLAIMS} for column in ("source", "subject"))
    assert [int(number) for number in told.groups()] == [len(CLAIMS), len(speaking), len(SOURCES), len(spoken_of)]
    letters = {letter: int(count) for letter, count in re.findall(r"^\| ([A-F]) \|.*\| (\d+) \|$", text, re.MULTILINE)}
    assert letters == Counter(source["reliability"] for source in SOURCES.values())


# datapackage.json


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    text = (SEED / "datapackage.json").read_text(encoding="utf-8")
    package: dict[str, Any] = json.loads(text)
    assert text == json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    return package


def test_the_package_says_what_it_is(package: dict[str, Any]) -> None:
    assert package["operation"] in {row["id"] for row in FILES["operations"]}
    assert package["title"]
    assert [licence["name"] for licence in package["licenses"]] == ["CC0-1.0"]


def test_the_package_lists_each_file(package: dict[str, Any]) -> None:
    assert [resource["name"] for resource in package["resources"]] == [*KINDS, "claims"]
    for resource in package["resources"]:
        assert resource["path"] == f"{resource['name']}.csv"
        assert (SEED / resource["path"]).is_file()


@pytest.mark.parametrize("kind", [*KINDS, "claims"])
def test_the_package_agrees_with_files_and_vocabulary(package: dict[str, Any], kind: str) -> None:
    (schema,) = (resource["schema"] for resource in package["resources"] if resource["name"] == kind)
    fields = {field["name"]: field["description"] for field in schema["fields"]}
    keys = {key["fields"]: key["reference"] for key in schema.get("foreignKeys", [])}
    assert list(fields) == (SEED / f"{kind}.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert all(fields.values())
    assert {field["type"] for field in schema["fields"]} == {"string"}
    if kind == "claims":
        assert "primaryKey" not in schema
        assert keys == {"source": {"resource": "sources", "fields": "id"}}
        return
    columns = [column for column in KINDS[kind].columns if column.name in fields]
    refs = {column.name: column.target for column in columns if column.type == "ref" and not column.many}
    assert schema["primaryKey"] == "id"
    assert {name: text for name, text in fields.items() if name != "id"} == {c.name: c.description for c in columns}
    # an empty name means the resource itself
    assert keys == {
        name: {"resource": "" if target == kind else target, "fields": "id"} for name, target in refs.items()
    }
