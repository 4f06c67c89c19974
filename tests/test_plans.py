"""What is asked of one thing is found by an index: a question about it does not read all claims of a case."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import spectorcli
from spectorcli.statements import statement

SQL = Path(spectorcli.__file__).with_name("sql")
FILES = sorted(file for folder in ("answers", "questions") for file in (SQL / folder).glob("*.sql"))
PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
OF_ONE_THING = {file.stem: file.read_text() for file in FILES if "id" in PARAMETER.findall(file.read_text())}


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


def test_there_are_such_questions() -> None:
    assert {"show", "why", "properties", "cited", "graph"} <= OF_ONE_THING.keys()


@pytest.mark.parametrize("question", OF_ONE_THING)
def test_a_question_about_one_thing_reads_no_table(case: sqlite3.Connection, question: str) -> None:
    tables = {name for (name,) in case.execute("select name from sqlite_master where type = 'table'")}
    known = {"search", "vocabulary"}  # words are found in the index of the first; the second does not grow
    assert not scanned(case, OF_ONE_THING[question]) & tables - known


def test_a_name_is_looked_up_before_all_are_read(case: sqlite3.Connection) -> None:
    """What is called like this as a whole leaves nothing of the rest to be done."""
    looking_up = statement("answers/find")
    asked = {"sound": "", "unspaced": None, "kind": None}
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    case.set_progress_handler(count, 10)
    case.execute(looking_up, {**asked, "key": "europol"}).fetchall()
    known, steps = steps, 0
    case.execute(looking_up, {**asked, "key": "euro"}).fetchall()
    case.set_progress_handler(None, 0)
    assert known * 10 < steps


@pytest.mark.parametrize("chosen", [None, "yes"])
def test_disputes_come_in_the_order_of_their_index(case: sqlite3.Connection, chosen: str | None) -> None:
    """Only what is said of one fact is sorted, so that the first page need not wait for the last."""
    parameters = {"id": None, "all": chosen}
    plan = case.execute(f"explain query plan {statement('questions/conflicts')}", parameters).fetchall()
    assert [step for *_, step in plan if "ORDER BY" in step] == ["USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"]
