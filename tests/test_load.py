"""The database that a load builds, and that it appears whole or not at all, whatever happens meanwhile."""

import csv
import errno
import fcntl
import gc
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cases import ROWS, write_case
from terminal import ask

from spectorcli import __version__
from spectorcli.answers.check import check as check_case
from spectorcli.case import Case
from spectorcli.database import APPLICATION_ID, LAYOUT, let_signals_in, open_database, seal
from spectorcli.errors import Busy, Damaged, EnvironmentFailed, Refused
from spectorcli.files import whole_file
from spectorcli.folder import register
from spectorcli.load.clock import Clock, Row, Track
from spectorcli.load.load import check, fingerprint, load
from spectorcli.statements import statement
from spectorcli.vocabulary import BUNDLED, read_vocabulary

CLAIMS = """\
arrests-teapot,count,288,,,alpha,para 1,288
arrests-teapot,count,288,,,copy
arrests-teapot,count,300,,,beta,,nearly 300
arrests-teapot,count,281,,,delta,,,,"Counted, wrongly"
arrests-teapot-us,count,153,,,alpha
arrests-teapot-de,count,~135,,,alpha
arrests-teapot-de,count,52,,,beta,,,deprecated,Of another year
drugs,amount,850,kg,,alpha
drugs,amount,>1500,lb,,beta
tea,amount,0.5,t,,alpha
money,amount,>50800000,EUR,,alpha
money,amount,53400000,USD,,beta
money,amount,54800000,USD,,delta
launch,date,2021-12~,,,alpha
launch,place,Under the Linden trees,,,alpha
bazaar,currencies,XMR,,,beta
bazaar,currencies,BTC,,,alpha
bazaar,operator,ana,,,delta
teapot,participants,only US; DE,,,alpha
ana,status,charged,,2022-07,alpha
ana,status,sentenced,,2023-11-08,beta
statement-ana,gist,Tea is not a drug,,,delta,,Señor Café,preferred,Naïve
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("load") / "case", CLAIMS)


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Path:
    load(folder, folder.parent / "case.db")
    return folder.parent / "case.db"


@pytest.fixture(scope="module")
def connection(loaded: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(loaded)) as connection:
        yield connection


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write_case(tmp_path / "broken", "arrests-teapot,count,many,,,alpha")


def rows(db: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(statement).fetchall()


def dump(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return list(connection.iterdump())


def sound(db: Path) -> bool:
    """Whether a database is whole and stands alone in its folder."""
    return rows(db, "pragma integrity_check") == [("ok",)] and not list(db.parent.glob(f"*{db.name}?*"))


# What is in it


def test_no_more_things_are_remembered_than_fit(
    folder: Path, loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "MOST_KNOWN", 3)
    load(folder, tmp_path / "case.db")
    assert dump(tmp_path / "case.db") == dump(loaded)


def test_header(connection: sqlite3.Connection, loaded: Path) -> None:
    pragmas = {"application_id": 0x53504354, "user_version": LAYOUT, "journal_mode": "delete", "encoding": "UTF-8"}
    for name, value in pragmas.items():
        assert connection.execute(f"pragma {name}").fetchone() == (value,)
    assert loaded.read_bytes()[68:72] == b"SPCT" == APPLICATION_ID.to_bytes(4, "big")
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert sound(loaded)


def test_all_tables_are_strict(connection: sqlite3.Connection) -> None:
    tables = connection.execute("select name, strict from pragma_table_list where schema = 'main' and type = 'table'")
    strict = {name: strict for name, strict in tables if not name.startswith("sqlite_")}
    assert set(strict) >= {*ROWS, "claims", "facts", "entities", "names", "cells", "links", "vocabulary", "about"}
    assert set(strict.values()) == {1}


def test_foreign_keys(connection: sqlite3.Connection) -> None:
    keys = 'select "from", "table", "to" from pragma_foreign_key_list(?)'
    for kind in read_vocabulary().values():
        refs = {(p.name, p.target, "id") for p in kind.properties.values() if p.type == "ref" and not p.many}
        assert set(connection.execute(keys, (kind.name,))) == refs
    assert {key[:2] for key in connection.execute(keys, ("claims",))} == {
        ("subject", "entities"),
        ("source", "sources"),
        ("fact", "facts"),
    }


def test_row_counts(folder: Path, tmp_path: Path) -> None:
    result = load(folder, tmp_path / "case.db")
    counts = {kind: len(text.splitlines()) for kind, text in ROWS.items()} | {"claims": len(CLAIMS.splitlines())}
    assert (result.title, result.names) == (f"case: built {tmp_path}/case.db", ["kind", "rows"])
    assert {row[0]: row[1] for row in result.rows} == counts
    for kind, count in counts.items():
        assert len(rows(tmp_path / "case.db", f"select * from {kind}")) == count  # noqa: S608
    assert len(rows(tmp_path / "case.db", "select * from entities")) == sum(counts.values()) - counts["claims"]


def test_about(folder: Path, tmp_path: Path) -> None:
    write_case(tmp_path / "tea")
    (tmp_path / "tea" / "datapackage.json").write_text('{"title": "Tea time", "operation": "teapot"}')
    load(tmp_path / "tea", tmp_path / "case.db", stamp="bundled")
    about = dict(rows(tmp_path / "case.db", "select key, value from about"))
    assert (about["title"], about["operation"]) == ("Tea time", "teapot")
    assert (about["version"], about["stamp"]) == (__version__, "bundled")
    assert about["fingerprint"] == fingerprint(tmp_path / "tea") != fingerprint(folder)
    assert (about["rows of claims"], about["rows of sources"]) == ("1", "4")


def test_a_table_has_the_best_values(connection: sqlite3.Connection) -> None:
    def table(statement: str) -> list[tuple[object, ...]]:
        return connection.execute(statement).fetchall()

    assert table("select id, operation, country, part_of, count, typeof(count) from arrests") == [
        ("arrests-teapot", "teapot", None, None, 288, "integer"),
        ("arrests-teapot-us", "teapot", "US", "arrests-teapot", 153, "integer"),
        ("arrests-teapot-de", "teapot", "DE", "arrests-teapot", "~135", "text"),
    ]
    assert table("select id, amount, typeof(amount), amount_unit, value, value_unit from seizures") == [
        ("drugs", 850, "integer", "kg", None, None),
        ("tea", 0.5, "real", "t", None, None),
        ("money", ">50800000", "text", "EUR", None, None),
    ]
    assert table("select name, currencies, operator, turnover from markets") == [("Bazaar", "BTC; XMR", "ana", None)]
    assert table("select date, place, market from events") == [("2021-12~", "Under the Linden trees", "bazaar")]
    assert table("select participants, led_by from operations") == [("DE; US", None)]
    assert table("select status from people") == [("sentenced",)]


@pytest.mark.parametrize("statement", ["select value from answers", "select stated_share from arrests"])
def test_a_number_is_plain_or_the_text_that_it_is(tmp_path: Path, statement: str) -> None:
    values = {
        "153": 153,
        "299.5": 299.5,
        "~300": "~300",
        ">1500": ">1500",
        "<9": "<9",
        "17.3..21": "17.3..21",
    }
    arrests = "\n".join(f"a{place},teapot" for place in range(len(values)))
    claims = "\n".join(f"a{place},stated_share,{value},,,alpha" for place, value in enumerate(values))
    load(write_case(tmp_path / "case", claims, arrests=arrests), tmp_path / "case.db")
    assert [value for (value,) in rows(tmp_path / "case.db", statement)] == list(values.values())


def test_claims(connection: sqlite3.Connection) -> None:
    statement = """
        select value, unit, source, origin, at, stated, rank, note, grade, verdict, id
        from claims where subject in ('arrests-teapot', 'arrests-teapot-de') order by id
    """
    assert connection.execute(statement).fetchall() == [
        ("288", "persons", "alpha", "alpha", "para 1", "288", "", "", "A1", "best", 2),
        ("288", "persons", "copy", "alpha", "", "", "", "", "C1", "agrees", 3),
        ("300", "persons", "beta", "beta", "", "nearly 300", "", "", "B1", "coarser", 4),
        ("281", "persons", "delta", "delta", "", "", "", "Counted, wrongly", "D5", "differs", 5),
        ("~135", "persons", "alpha", "alpha", "", "", "", "", "A2", "best", 7),
        ("52", "persons", "beta", "beta", "", "", "deprecated", "Of another year", "B6", "differs", 8),
    ]


def test_facts(connection: sqlite3.Connection) -> None:
    statement = """
        select subject, property, value, number, unit, base, base_unit, low, high, grade, sources, origins, also,
            dispute, decided_by, headline
        from facts where subject in ('arrests-teapot', 'drugs', 'tea', 'money') order by subject, unit
    """
    assert connection.execute(statement).fetchall() == [
        (
            "arrests-teapot",
            "count",
            "288",
            288,
            "persons",
            288,
            "persons",
            288,
            288,
            "A1",
            3,
            2,
            "281",
            "settled",
            "reliability",
            1,
        ),
        ("drugs", "amount", "850", 850, "kg", 850, "kg", 845, 855, "A2", 1, 1, "", "", "", 1),
        ("money", "amount", ">50800000", None, "EUR", 50.8e6, "EUR", 50.8e6, None, "A2", 1, 1, "", "", "", 1),
        (
            "money",
            "amount",
            "53400000",
            53400000,
            "USD",
            53.4e6,
            "USD",
            53.35e6,
            53.45e6,
            "B2",
            1,
            1,
            "54800000",
            "settled",
            "reliability",
            0,
        ),
        ("tea", "amount", "0.5", 0.5, "t", 500, "kg", 450, 550, "A2", 1, 1, "", "", "", 1),
    ]
    statement = (
        "select value, earliest, latest, \"when\", held_to, headline from facts where subject in ('launch', 'ana')"
    )
    assert set(connection.execute(f"{statement} and property in ('date', 'status')")) == {
        ("2021-12~", "2021-11-01", "2022-01-31", "", None, 1),
        ("charged", None, None, "2022-07", "2022-07-31", 0),
        ("sentenced", None, None, "2023-11-08", "2023-11-08", 1),
    }


def test_each_claim_belongs_to_its_fact(connection: sqlite3.Connection) -> None:
    astray = """
        select claims.id
        from claims
        left join facts on facts.id = claims.fact
        where facts.id is null or facts.subject <> claims.subject or facts.property <> claims.property
    """
    best = (
        "select count(*) from facts join claims on claims.id = facts.claim where verdict = 'best' and fact = facts.id"
    )
    assert connection.execute(astray).fetchall() == []
    assert connection.execute(best).fetchone() == connection.execute("select count(*) from facts").fetchone()


def test_only_deprecated_claims_give_no_fact(tmp_path: Path) -> None:
    load(write_case(tmp_path / "case", "arrests-teapot,count,9,,,alpha,,,deprecated,A slip"), tmp_path / "case.db")
    assert rows(tmp_path / "case.db", "select * from facts") == []
    assert rows(tmp_path / "case.db", "select grade, verdict, fact from claims") == [("A6", "differs", None)]
    assert rows(tmp_path / "case.db", "select count from arrests") == [(None,)] * 3


@pytest.mark.parametrize(
    ("parents", "origin", "origins"),
    [("", "last", 1), ("own", "last", 2), ("copy", "alpha", 1), ("beta; copy", "alpha; beta", 1), ("beta", "beta", 2)],
)
def test_origins_are_followed_to_the_roots(tmp_path: Path, parents: str, origin: str, origins: int) -> None:
    sources = f"{ROWS['sources']}\nlast,blog,E,2022,Last,Retold again,,{parents}"
    claims = "arrests-teapot,count,288,,,alpha\narrests-teapot,count,288,,,last"
    load(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    assert rows(tmp_path / "case.db", "select origin from claims where source = 'last'") == [(origin,)]
    assert rows(tmp_path / "case.db", "select sources, origins from facts") == [(2, origins)]


def test_a_claim_goes_back_to_whom_it_quotes(tmp_path: Path) -> None:
    """By ``quoting``, where that differs from what its source is derived from."""
    folder = write_case(tmp_path / "case", "arrests-teapot,count,288,,,alpha\narrests-teapot,count,288,,,beta")
    claims = (folder / "claims.csv").read_text().replace("note\n", "note,quoting\n").replace(",,,,\n", ",,,,,\n")
    for quoting, origin, origins in (("", "beta", 2), ("alpha", "alpha", 1), ("alpha; delta", "alpha; delta", 1)):
        (folder / "claims.csv").write_text(claims.replace("beta,,,,,", f"beta,,,,,{quoting}"))
        load(folder, tmp_path / "case.db")
        assert rows(tmp_path / "case.db", "select origin from claims where source = 'beta'") == [(origin,)]
        assert rows(tmp_path / "case.db", "select origins from facts") == [(origins,)]


@pytest.mark.parametrize(("kind", "own", "origins"), [("blog", "own", 2), ("blog", "", 1), ("official", "own", 2)])
def test_who_retells_may_have_one_fact_itself(tmp_path: Path, kind: str, own: str, origins: int) -> None:
    sources = f"{ROWS['sources']}\nlast,{kind},A,2022,Zeta,Retold,,alpha"
    claims = "arrests-teapot,count,288,,,alpha,,,,,\narrests-teapot,count,288,,,last,,,,," + own
    folder = write_case(tmp_path / "case", claims, sources=sources)
    file = folder / "claims.csv"
    file.write_text(file.read_text().replace("note\n", "note,quoting\n"))
    load(folder, tmp_path / "case.db")
    assert rows(tmp_path / "case.db", "select origins from facts") == [(origins,)]
    assert rows(tmp_path / "case.db", "select origin from claims where id = 3") == [("last" if own else "alpha",)]


@pytest.mark.parametrize(
    ("publisher", "kind", "origins"),
    [("ALPHA ", "court", 1), ("Álpha", "court", 1), ("Zeta", "court", 2), ("Alpha", "press", 1)],
)
def test_an_authority_does_not_confirm_itself(tmp_path: Path, publisher: str, kind: str, origins: int) -> None:
    sources = f"{ROWS['sources']}\nlast,{kind},A,2022,{publisher},Said again"
    claims = "arrests-teapot,count,288,,,alpha\narrests-teapot,count,288,,,last"
    load(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    assert rows(tmp_path / "case.db", "select sources, origins from facts") == [(2, origins)]


@pytest.mark.parametrize(("follows", "origins"), [(":authority", 2), ("", 1)])
def test_a_case_says_who_else_is_an_authority(tmp_path: Path, follows: str, origins: int) -> None:
    sources = f"{ROWS['sources']}\nlast,parliament,A,2022,Zeta,Minutes"
    case = write_case(
        tmp_path / "case", "arrests-teapot,count,288,,,alpha\narrests-teapot,count,288,,,last", sources=sources
    )
    columns = "kind,property,type,many,unit,claimed,description,terms"
    (case / "vocabulary.csv").write_text(f"{columns}\nsources,kind,,,,,,parliament{follows}\n")
    load(case, tmp_path / "case.db")
    assert rows(tmp_path / "case.db", "select sources, origins from facts") == [(2, origins)]


def test_what_a_chain_of_mixtures_goes_back_to_is_not_kept_whole(tmp_path: Path) -> None:
    """The roots of each would be the square of its length."""
    roots = [f"r{number:03},press,C,,P,T" for number in range(100)]
    mixed = [f"m{number:03},press,C,,P,T,,m{number - 1:03}; r{number:03}" for number in range(1, 100)]
    sources = "\n".join([*roots, "m000,press,C,,P,T,,r000", *mixed])
    load(write_case(tmp_path / "case", "launch,description,x,,,m099", sources=sources), tmp_path / "case.db")
    ((origin,),) = rows(tmp_path / "case.db", "select origin from claims")
    assert origin.split("; ") == [f"r{number:03}" for number in range(20)]


@pytest.mark.parametrize(
    ("published", "best"),
    [("2021-05-02", "alpha"), ("2021-05-03", "zeta"), ("2021-05", "alpha"), ("2021-06", "zeta"), ("", "alpha")],
)
def test_the_newest_publication_by_its_earliest_day(tmp_path: Path, published: str, best: str) -> None:
    sources = f"{ROWS['sources']}\nzeta,official,A,{published},Zeta,Release"
    claims = "arrests-teapot,count,288,,,alpha\narrests-teapot,count,281,,,zeta"
    load(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    best_of = "select source, dispute from facts join claims on claims.id = facts.claim"
    assert rows(tmp_path / "case.db", best_of) == [(best, "open")]


def test_links(connection: sqlite3.Connection) -> None:
    assert set(connection.execute("select subject, property, object, grade, sources from links where claimed")) == {
        ("bazaar", "operator", "ana", "D6", 1),
        ("teapot", "participants", "US", "A2", 1),
        ("teapot", "participants", "DE", "A2", 1),
    }
    columns = set(connection.execute("select subject, property, object from links where not claimed"))
    assert {("copy", "derived_from", "alpha"), ("tea", "part_of", "drugs"), ("money", "market", "bazaar")} <= columns
    assert len(columns) == 23


def test_a_claim_that_lost_links_nothing(tmp_path: Path) -> None:
    claims = "teapot,participants,only US; DE,,,alpha\nteapot,participants,AT,,,beta\nbazaar,operator,ana,,,beta"
    load(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    assert set(rows(tmp_path / "case.db", "select object from links where claimed")) == {("US",), ("DE",), ("ana",)}


def test_names(connection: sqlite3.Connection) -> None:
    names = list(connection.execute("select name, key, strength from names where entity = 'DE'"))
    assert names[:5] == [
        ("Germany", "germany", 0),
        ("Germany", "germani", 3),
        ("Deutschland", "deutschland", 0),
        ("Deutschland", "deuchland", 3),
        ("Allemagne", "allemagne", 0),
    ]
    assert ("DE", "de", 1) in names
    assert ("", "alemania", 2) in names
    labels = dict(connection.execute("select id, label from entities"))
    assert labels["ana"] == "Ana Müller"
    assert labels["launch"] == "Bazaar opens"
    assert labels["arrests-teapot-de"] == "Operation Teapot, Germany"
    assert labels["tea"] == "Operation Teapot, drugs, tea"


def test_cells(connection: sqlite3.Connection) -> None:
    assert connection.execute("select property, value from cells where entity = 'lab'").fetchall() == [
        ("name", "BKA laboratory"),
        ("country", "DE"),
        ("part_of", "bka"),
    ]


def test_vocabulary(connection: sqlite3.Connection) -> None:
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        declared = [tuple(row) for row in csv.reader(lines)][1:]
    assert connection.execute("select * from vocabulary order by rowid").fetchall() == [(*row, 0) for row in declared]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("muller", {"ana", "proceedings-ana", "statement-ana"}),
        ("MÜLLER", {"ana", "proceedings-ana", "statement-ana"}),
        ("senor cafe", {"statement-ana"}),
        ("naive", {"statement-ana"}),
        ("linden", {"launch"}),
        ("wrongly", {"arrests-teapot"}),
        ("allemagne", {"DE"}),
        ('"first release"', {"alpha"}),
        ("lind*", {"launch"}),
        ("nowhere", set()),
    ],
)
def test_search(connection: sqlite3.Connection, words: str, found: set[str]) -> None:
    assert {id for _, id, *_ in connection.execute(statement("questions/search"), {"words": words})} == found


@pytest.mark.parametrize(
    ("whole", "parts", "sums"),
    [
        ("arrests-teapot,count,288,,,alpha", ["us,count,153", "de,count,135"], ("persons", 288, 288, 2, 0)),
        ("arrests-teapot,count,288,,,alpha", ["us,count,153", "de,count,~135"], ("persons", 288, 288, 2, 1)),
        ("arrests-teapot,count,288,,,alpha", ["us,count,153"], ("persons", 288, 153, 1, 0)),
    ],
)
def test_parts(tmp_path: Path, whole: str, parts: list[str], sums: tuple[object, ...]) -> None:
    claims = [whole, *(f"arrests-teapot-{part},,,alpha" for part in parts)]
    load(write_case(tmp_path / "case", "\n".join(claims)), tmp_path / "case.db")
    assert rows(tmp_path / "case.db", "select unit, total, parts, how_many, rough from parts") == [sums]


def test_parts_of_a_mass_add_up_in_kilograms(connection: sqlite3.Connection) -> None:
    assert connection.execute(
        "select stated, unit, total, parts, base_unit from parts where whole = 'drugs'"
    ).fetchall() == [("850", "kg", 850, 500, "kg")]


def test_claims_of_another_property_change_no_answer(folder: Path, tmp_path: Path) -> None:
    more = """\
arrests-teapot,stated_share,53,percent,,delta
arrests-teapot,described_as,vendors,,,beta
drugs,value,288,EUR,,alpha
arrests-teapot-us,description,At least 288,,,alpha
"""
    before = "select subject, property, value, unit, grade, sources, origins, also, dispute, headline from facts"
    load(folder, tmp_path / "one.db")
    load(write_case(tmp_path / "case", CLAIMS + more), tmp_path / "two.db")
    assert set(rows(tmp_path / "one.db", before)) < set(rows(tmp_path / "two.db", before))


# The same folder, the same answers


def test_two_loads_build_the_same(folder: Path, loaded: Path, tmp_path: Path) -> None:
    load(folder, tmp_path / "again.db")
    assert dump(tmp_path / "again.db") == dump(loaded)


def test_the_order_of_claims_changes_no_answer(folder: Path, loaded: Path, tmp_path: Path) -> None:
    claims = "\n".join(reversed(CLAIMS.splitlines()))
    load(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    for what in (
        "select subject, property, value, unit, grade, sources, origins, also, dispute, decided_by from facts",
        "select subject, property, value, source, grade, verdict from claims",
        "select subject, property, object, grade, sources from links",
    ):
        assert sorted(map(repr, rows(tmp_path / "case.db", what))) == sorted(map(repr, rows(loaded, what)))


@pytest.mark.parametrize("file", [*(f"{kind}.csv" for kind in ROWS), "claims.csv", "datapackage.json"])
def test_the_fingerprint_changes_with_a_byte(tmp_path: Path, file: str) -> None:
    folder = write_case(tmp_path / "case")
    (folder / "datapackage.json").write_text("{}")
    before = fingerprint(folder)
    assert fingerprint(folder) == before
    text = (folder / file).read_bytes()
    (folder / file).write_bytes(text[:-1] + b"x")
    assert fingerprint(folder) != before
    (folder / file).write_bytes(text)
    assert fingerprint(folder) == before


def test_the_fingerprint_is_that_of_the_case_alone(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    before = fingerprint(folder)
    (folder / "README.md").write_text("Tea")
    assert fingerprint(folder) == fingerprint(folder.rename(tmp_path / "moved")) == before
    (tmp_path / "moved" / "markets.csv").rename(tmp_path / "moved" / "bazaars.csv")
    assert fingerprint(tmp_path / "moved") != before


def test_check_keeps_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(folder.iterdir())
    assert check(folder).title == f"case: no mistakes in {folder}"
    assert not list(tmp_path.iterdir())
    assert sorted(folder.iterdir()) == before


# Whole or not at all


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of an older state of the case."""
    load(write_case(tmp_path / "old"), tmp_path / "db" / "case.db")
    return tmp_path / "db" / "case.db"


def test_a_load_replaces(folder: Path, loaded: Path, old: Path) -> None:
    with closing(open_database(old)) as reader:
        before = reader.execute("select count(*) from claims").fetchone()
        load(folder, old)
        assert before == reader.execute("select count(*) from claims").fetchone() == (1,)  # a reader keeps the old one
    assert dump(old) == dump(loaded)
    assert sound(old)


def stop(where: str, error: BaseException) -> Track:
    """Return what follows a load and stops it in the midst of a step."""

    def track(step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
        for place, row in enumerate(rows):
            if step == where and place == 3:
                raise error
            yield row

    return track


@pytest.mark.parametrize("step", ["reading", "weighing"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError("disk full"), MemoryError()])
def test_a_load_that_stops_leaves_the_old_one(folder: Path, old: Path, step: str, error: BaseException) -> None:
    before = old.read_bytes()
    with pytest.raises(type(error)):
        load(folder, old, track=stop(step, error))
    assert (old.read_bytes(), list(old.parent.iterdir())) == (before, [old])


LOAD = """
import sys
from pathlib import Path
from spectorcli.load.load import load

folder, db, stop = sys.argv[1:]

def track(step, rows, total):
    for place, row in enumerate(rows):
        if step == stop and place == 3:
            print("ready", flush=True)
            sys.stdin.read()
        yield row

load(Path(folder), Path(db), track=track)
"""
TAKE = """
import fcntl, sys
from pathlib import Path
from spectorcli.errors import Busy
from spectorcli.load.load import load

folder, db = map(Path, sys.argv[1:])
lock, held = db.with_name(f".{db.name}.lock"), []

def between(event, arguments):
    if event == "fcntl.flock" and not held:
        lock.unlink()
        held.append(lock.open("w"))
        fcntl.flock(held[0], fcntl.LOCK_EX)

sys.addaudithook(between)
try:
    load(folder, db)
except Busy:
    print("busy")
"""
"""Between opening and taking the lock, its holder ends and removes it, and another load begins."""
WRITE = """
import sqlite3, sys

db, mode = sys.argv[1:]
connection = sqlite3.connect(db, isolation_level=None)
connection.execute("pragma journal_mode = " + mode)
connection.executescript("pragma cache_size = 10; begin")
for number in range(2000):
    connection.execute("insert into about values (?, ?)", ("half " + str(number), "x" * 500))
    connection.execute("update claims set note = note || ?", ("half",))
print("ready", flush=True)
sys.stdin.read()
"""


def run_and_kill(script: str, *words: str | Path) -> None:
    """Run a script in a process of its own until it says that it is ready, and kill it there."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("step", ["reading", "weighing"])
def test_a_load_that_is_killed_leaves_the_old_one(folder: Path, loaded: Path, old: Path, step: str) -> None:
    before = old.read_bytes()
    run_and_kill(LOAD, folder, old, step)
    assert old.read_bytes() == before
    assert {one.suffix for one in old.parent.iterdir()} >= {".db", ".lock", ".tmp"}
    load(folder, old)
    assert dump(old) == dump(loaded)
    assert list(old.parent.iterdir()) == [old]


def test_leftovers_of_others_are_none_of_ours(folder: Path, old: Path) -> None:
    ours = [old.with_name(name) for name in (".case.db.x1.tmp", ".case.db.lock")]
    theirs = [old.with_name(name) for name in (".case2.db.x1.tmp", ".case.db.txt", "case.db.tmp", ".other.db.lock")]
    for file in ours + theirs:
        file.write_text("left")
    load(folder, old)
    assert {*old.parent.iterdir()} == {old, *theirs}


def test_busy(folder: Path, old: Path) -> None:
    before, lock = old.read_bytes(), old.with_name(".case.db.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(
            Busy, match=r"another spector process is writing case\.db; try again when it has finished"
        ) as busy:
            load(folder, old)
        load(folder, old.with_name("other.db"))
        assert (busy.value.code, old.read_bytes(), lock.exists()) == (75, before, True)
    load(folder, old)
    assert {*old.parent.iterdir()} == {old, old.with_name("other.db")}


def test_a_lock_that_was_removed_is_no_lock(folder: Path, old: Path) -> None:
    before = old.read_bytes()
    assert subprocess.check_output([sys.executable, "-c", TAKE, folder, old]) == b"busy\n"
    assert old.read_bytes() == before


def test_many_loads_at_once(folder: Path, loaded: Path, old: Path) -> None:
    def attempt(_: int) -> bool:
        try:
            load(folder, old)
        except Busy:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert any(pool.map(attempt, range(8)))
    assert dump(old) == dump(loaded)
    assert list(old.parent.iterdir()) == [old]


def test_a_link_is_followed(folder: Path, loaded: Path, old: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(old)
    crash(old, "delete")
    with old.with_name(".case.db.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            load(folder, link)
    load(folder, link)
    assert link.readlink() == old
    assert not old.is_symlink()
    assert dump(old) == dump(loaded)
    assert list(old.parent.iterdir()) == [old]
    assert not list(tmp_path.glob(".*"))


def test_any_file_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with whole_file(tmp_path / "link") as temporary:
        temporary.write_text("tea")
    assert (tmp_path / "link").readlink() == tmp_path / "file"
    assert (tmp_path / "file").read_text() == "tea"


def test_a_disk_that_fills_up_late_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network drive tells it only with the fsync."""

    def fail(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left") as failed, whole_file(tmp_path / "file") as temporary:
        temporary.write_text("tea")
    assert failed.value.filename == str(tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_nobody_else_reads_a_file_before_it_is_whole(tmp_path: Path) -> None:
    with whole_file(tmp_path / "file") as temporary:
        assert temporary.stat().st_mode & 0o777 == 0o600


def test_what_lies_where_a_file_is_made_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever guesses the name could lead us elsewhere by a link."""
    monkeypatch.setattr(os, "urandom", bytes)
    victim = tmp_path / "victim"
    victim.write_text("tea")
    (tmp_path / f".file.{bytes(6).hex()}.tmp").symlink_to(victim)
    with pytest.raises(FileExistsError), whole_file(tmp_path / "file") as temporary:
        temporary.write_text("coffee")
    assert victim.read_text() == "tea"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_of_the_file_is_kept(folder: Path, old: Path, mode: int) -> None:
    old.chmod(mode)
    load(folder, old)
    assert old.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_mode_of_a_new_file_is_as_of_any_other(folder: Path, tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        load(folder, tmp_path / "new" / "case.db")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "new" / "case.db").stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_regular_file_is_not_replaced(folder: Path, tmp_path: Path, make: object) -> None:
    assert callable(make)
    target = tmp_path / "case.db"
    make(target)
    before = target.stat()
    with pytest.raises(EnvironmentFailed, match=r"case\.db is not a regular file; nothing was changed") as failed:
        load(folder, target)
    assert (failed.value.code, target.stat(), list(tmp_path.iterdir())) == (6, before, [target])


def crash(db: Path, mode: str) -> None:
    """Leave a database as a writer does that is killed within a transaction: half written, beside its journal."""
    run_and_kill(WRITE, db, mode)
    assert db.with_name(f"{db.name}-{'wal' if mode == 'wal' else 'journal'}").stat().st_size > 1000


@pytest.mark.parametrize("mode", ["delete", "persist", "wal"])
def test_a_database_whose_writer_was_killed_is_replaced_whole(folder: Path, loaded: Path, old: Path, mode: str) -> None:
    crash(old, mode)
    load(folder, old)
    assert dump(old) == dump(loaded)
    assert list(old.parent.iterdir()) == [old]
    assert sound(old)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_refused_folder_leaves_such_a_database_as_it_was(broken: Path, old: Path, mode: str) -> None:
    before = dump(old)
    crash(old, mode)
    with pytest.raises(Refused):
        load(broken, old)
    assert dump(old) == before


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_journal_without_a_database_harms_nothing(folder: Path, loaded: Path, old: Path, suffix: str) -> None:
    crash(old, "delete" if suffix == "-journal" else "wal")
    for file in old.parent.iterdir():
        if file.name != f"case.db{suffix}":
            file.unlink()
    load(folder, old)
    assert dump(old) == dump(loaded)
    assert list(old.parent.iterdir()) == [old]


def test_a_database_is_not_torn_from_its_writer(folder: Path, old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as writer:
        writer.executescript("begin immediate; update about set value = 'x'")
        before = old.read_bytes()
        with pytest.raises(EnvironmentFailed, match=r"could not be recovered; is another program using case\.db\?"):
            load(folder, old)
        assert old.read_bytes() == before
        writer.execute("commit")
    assert set(rows(old, "select value from about")) == {("x",)}


def test_the_profile_says_where_the_time_went(tmp_path: Path) -> None:
    clock = Clock()
    load(write_case(tmp_path / "case", ""), tmp_path / "case.db", clock=clock)
    steps, seconds, percent = zip(*clock.profile("Where the time went").rows, strict=True)
    assert steps == ("read", "parse", "weigh", "write", "index", "keep", "all")
    assert min(seconds) >= 0
    assert abs(sum(seconds[:-1]) - seconds[-1]) < 0.004
    assert 97 <= sum(percent[:-1]) <= 103
    done = ask("load", "case", "--db", "again.db", "--profile", cwd=tmp_path)
    assert [line.split()[0] for line in done.text.partition("Where the time went\n")[2].splitlines()] == [
        "step",
        *steps,
    ]


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_of_garbage_is_left_as_it_was(folder: Path, collecting: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        check(folder)
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_a_signal_gets_into_a_long_statement() -> None:
    def stop(number: int, _: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    endless = "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n"
    try:
        with closing(sqlite3.connect("")) as connection:
            let_signals_in(connection)
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            with pytest.raises(sqlite3.OperationalError, match="interrupted"):
                connection.execute(endless)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_changed_bit_is_not_answered_from(tmp_path: Path) -> None:
    """SQLite has no checksums: it answers from a damaged page as from any other."""
    load(write_case(tmp_path / "case", CLAIMS), tmp_path / "case.db")
    whole = (tmp_path / "case.db").read_bytes()
    damaged = tmp_path / "damaged.db"
    places = [*range(100, len(whole), len(whole) // 97), len(whole) - 1]
    for place in places:
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(Damaged, match="was changed or damaged since it was built; build it again with"):
            open_database(damaged)
    for cut in (whole[:-1], whole[:-4], whole[:-4096], whole + b"\0"):
        damaged.write_bytes(cut)
        with pytest.raises(Damaged):
            open_database(damaged)


def test_a_large_file_is_looked_at_by_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "case.db"
    load(write_case(tmp_path / "case", CLAIMS), db)
    seal(db)
    with closing(Case(open_database(db))) as case:
        check_case(case, None, None, False, False)
    monkeypatch.setattr("spectorcli.database.ALWAYS_CHECKED", 0)
    content = db.read_bytes()
    db.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with closing(Case(open_database(db))) as case, pytest.raises(Damaged):
        check_case(case, None, None, False, False)


def test_values_that_do_not_follow_from_their_words_are_told(tmp_path: Path) -> None:
    rows = [f"arrests-teapot,count,{n},,,alpha,para {n},34 suspects" for n in range(22, 36)]
    write_case(tmp_path / "case", "\n".join(rows))
    told = list(load(tmp_path / "case", tmp_path / "db").left_out)
    assert list(check(tmp_path / "case").left_out) == told
    assert told[0] == 'claims.csv:2: "34 suspects" by alpha does not say 22 persons, but 34'
    assert told[10:] == [
        "3 more values do not follow from the stated words; list them all with: spector check --kind stated"
    ]
    for strict in (partial(load, tmp_path / "case", tmp_path / "db"), partial(check, tmp_path / "case")):
        with pytest.raises(Refused) as refused:
            strict(strict=True)
        assert refused.value.mistakes[0] == told[0]
        assert len(refused.value.mistakes) == 13


def test_words_that_are_not_in_the_vocabulary_are_told(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,288,,,alpha\nana,status,pleaded guilty,,,alpha\nana,status,chargd,,,beta"
    events = "\n".join(["e0,arrest,Right", *(f"e{n},arest,Wrong" for n in range(1, 4)), "e4,heist,Own"])
    write_case(tmp_path / "case", claims, events=events)
    told = list(load(tmp_path / "case", tmp_path / "db").left_out)
    assert list(check(tmp_path / "case").left_out) == told
    own = "one of your own is declared in vocabulary.csv"
    assert [re.sub("; there are: .*?;", "; …;", line) for line in told] == [
        f"events.csv:3: no kind 'arest' of events (and of 2 more); did you mean 'arrest'?; …; {own}",
        f"events.csv:6: no kind 'heist' of events; …; {own}",
        f"claims.csv:4: no status 'chargd' of people; did you mean 'charged'?; …; {own}",
        f"claims.csv:3: no status 'pleaded guilty' of people; did you mean 'pleaded-guilty'?; …; {own}",
    ]
    for strict in (partial(load, tmp_path / "case", tmp_path / "db"), partial(check, tmp_path / "case")):
        with pytest.raises(Refused) as refused:
            strict(strict=True)
        assert sorted(refused.value.mistakes) == sorted(told)


@pytest.mark.parametrize("kind", ["text", "database"])
def test_what_is_no_case_is_not_written_over(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thesis.db"
    if kind == "text":
        path.write_text("Chapter 1")
    else:
        with closing(sqlite3.connect(path)) as other:
            other.execute("create table chapters (text)")
    before = path.read_bytes()
    done = ask("load", write_case(tmp_path / "case"), "--db", path)
    said = f"spector: {path} is not a case file; build one with: spector load DIR --db FILE\n"
    assert (done.code, done.err) == (3, said)
    assert path.read_bytes() == before
