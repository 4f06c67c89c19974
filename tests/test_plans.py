"""What is asked of one thing is found by an index: a question about it does not read all claims of a case."""

import csv
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from terminal import build

import spectorcli
from spectorcli.statements import statement

SQL = Path(spectorcli.__file__).with_name("sql")
FILES = sorted(file for folder in ("answers", "questions") for file in (SQL / folder).glob("*.sql"))
PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
OF_ONE_THING = {file.stem: file.read_text() for file in FILES if "id" in PARAMETER.findall(file.read_text())}

WHOLE = sorted(
    f"{folder}/{file.stem}"
    for folder in ("questions", "checks", "gaps", "export")
    for file in (SQL / folder).glob("*.sql")
)


@pytest.fixture(scope="module")
def case(bundled: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(bundled)) as connection:
        yield connection


def scanned(case: sqlite3.Connection, statement: str) -> set[str]:
    """Return the tables that a statement reads from end to end."""
    parameters = dict.fromkeys(PARAMETER.findall(statement), "")
    plan = case.execute(f"explain query plan {statement}", parameters).fetchall()
    names: dict[str, str] = {
        alias: table for table, alias in re.findall(r"\b(?:from|join) (\w+)(?: as (\w+))?", statement)
    }
    read: list[str] = [found[1] for *_, step in plan if (found := re.match(r"SCAN (\w+)", step))]
    return {names.get(name, name) for name in read} - {"CONSTANT"}


def steps_of(case: sqlite3.Connection, name: str, parameters: Mapping[str, str | None]) -> int:
    """Return how many tens of steps SQLite's machine takes for a statement, which do not depend on the real one."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    case.set_progress_handler(count, 10)
    for _ in case.execute(statement(name), parameters):
        pass
    case.set_progress_handler(None, 0)
    return steps


def test_there_are_such_questions() -> None:
    assert {"show", "why", "properties", "cited", "graph"} <= OF_ONE_THING.keys()


@pytest.mark.parametrize("question", OF_ONE_THING)
def test_a_question_about_one_thing_reads_no_table(case: sqlite3.Connection, question: str) -> None:
    tables = {name for (name,) in case.execute("select name from sqlite_master where type = 'table'")}
    known = {"search", "vocabulary"}  # words are found in the index of the first; the second does not grow
    assert not scanned(case, OF_ONE_THING[question]) & tables - known


def test_a_name_is_looked_up_before_all_are_read(case: sqlite3.Connection) -> None:
    """What is called like this as a whole leaves nothing of the rest to be done."""
    asked = {"sound": "", "unspaced": None, "kind": None}
    known, begun = (steps_of(case, "answers/find", {**asked, "key": key}) for key in ("europol", "euro"))
    assert known * 10 < begun


@pytest.mark.parametrize("chosen", [None, "yes"])
@pytest.mark.parametrize("coarse", [None, "yes"])
def test_disputes_come_in_the_order_of_their_index(
    case: sqlite3.Connection, chosen: str | None, coarse: str | None
) -> None:
    """Only what is said of one fact is sorted, so that the first page need not wait for the last."""
    parameters = {"id": None, "all": chosen, "coarse": coarse}
    plan = case.execute(f"explain query plan {statement('questions/conflicts')}", parameters).fetchall()
    assert [step for *_, step in plan if "ORDER BY" in step] == ["USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"]


def crowded(folder: Path, size: int) -> str:
    """Build a case of which one thing of each kind has all that the others have: people, claims, publishers, links."""
    folder.mkdir()
    steps = "charge sentence plea announcement hearing arrest extradition launch seizure shutdown".split()
    things: dict[str, list[tuple[object, ...]]] = {
        "operations": [("id", "name"), *((f"op{n}", f"Operation {n}") for n in range(size))],
        "agencies": [("id", "name"), *((f"ag{n}", f"Office {n}") for n in range(size))],
        "countries": [("id", "name"), ("DE", "Germany")],
        "people": [("id", "name"), ("ana", "Ana"), *((f"p{n}", f"Name {n}") for n in range(size))],
        "markets": [("id", "name"), *((f"m{n}", f"Market {n}") for n in range(size))],
        "arrests": [
            ("id", "operation", "part_of"),
            ("a0", "op0", ""),
            *((f"a{n}", f"op{n}", "a0") for n in range(1, size)),
        ],
        "seizures": [("id", "operation", "kind"), *((f"s{n}", f"op{n}", "drugs") for n in range(size))],
        "events": [
            ("id", "kind", "title", "operation", "market", "person", "country"),
            *((f"e{n}", steps[n % 10], f"T {n}", f"op{n}", "m0", "ana", "DE") for n in range(size)),
        ],
        "proceedings": [("id", "title", "person"), *((f"pr{n}", f"Case {n}", "ana") for n in range(size))],
        "statements": [("id", "person", "operation"), *((f"st{n}", "ana", f"op{n}") for n in range(size))],
        "sources": [
            ("id", "kind", "reliability", "published", "publisher", "title"),
            *((f"q{n}", "official" if n % 2 else "press", "A", day(n), f"Office of {n}", "T") for n in range(size)),
        ],
        "claims": [
            ("subject", "property", "value", "unit", "when", "source", "at"),
            *((f"op{n}", "participants", "DE", "", "", f"q{n}", "3") for n in range(size)),
            *((f"op{n}", "agencies", f"ag{n}", "", "", f"q{n}", "3") for n in range(size)),
            *(("a0", "count", 5000 + 7 * n, "", "", f"q{n}", "1") for n in range(size)),
            *(("s0", "amount", 5000 + 7 * n, "kg" if n else "EUR", "", f"q{n}", "1") for n in range(size)),
            *((f"a{n}", "count", 100 + n, "", "", f"q{n}", "2") for n in range(1, size)),
            *((f"e{n}", "date", day(7 * n), "", "", f"q{n}", "1") for n in range(size)),
            *(("m0", "seized_by", f"{'only ' if n % 3 else ''}ag{n}", "", "", f"q{n}", "1") for n in range(size)),
            *(("ana", "status", "sentenced" if n % 2 else "charged", "", day(n), f"q{n}", "1") for n in range(size)),
        ],
    }
    for kind, rows in things.items():
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return build(folder, folder.parent / f"{folder.name}.db")


def day(number: int) -> str:
    return f"20{10 + number // 324 % 14}-{1 + number // 27 % 12:02}-{1 + number % 27:02}"


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[sqlite3.Connection]]:
    room = tmp_path_factory.mktemp("crowds")
    with (
        closing(sqlite3.connect(crowded(room / "some", 200))) as some,
        closing(sqlite3.connect(crowded(room / "more", 400))) as more,
    ):
        yield [some, more]


@pytest.mark.parametrize("name", WHOLE)
def test_no_statement_takes_the_square_of_what_one_thing_has(crowds: list[sqlite3.Connection], name: str) -> None:
    """Counted in steps of SQLite's machine, which do not depend on the real one; twice as many take twice as long."""
    asked = dict.fromkeys(PARAMETER.findall(statement(name)), "")
    took = [steps_of(case, name, asked) for case in crowds]
    assert took[1] < 3 * took[0] + 2000  # tens of steps: to prepare takes some


@pytest.mark.parametrize("part", sorted(file.stem for file in (SQL / "diff").glob("*.sql")))
@pytest.mark.parametrize("changed", [False, True])
def test_what_changed_takes_no_square_either(
    crowds: list[sqlite3.Connection], part: str, changed: bool, tmp_path: Path
) -> None:
    """A case against itself, and against one of which each claim, each fact and each cell is another."""
    took = []
    for number, case in enumerate(crowds):
        (file,) = (path for _, name, path in case.execute("pragma database_list") if name == "main")
        after = tmp_path / f"{number}.db"
        shutil.copy(file, after)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as both:
            both.execute("attach ? as before", (file,))
            both.execute("attach ? as after", (str(after),))
            for table in ("claims", "facts", "cells") if changed else ():
                both.execute(f"update after.{table} set value = value || '1'")  # noqa: S608
            took.append(steps_of(both, f"diff/{part}", {}))
    assert took[1] < 3 * took[0] + 2000
