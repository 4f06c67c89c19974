"""Each statement that answers declares its columns, and each sentence finds the cells that it names."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cases import write_case

from spectorcli.bundled import SEED
from spectorcli.load.load import load
from spectorcli.result import Shows
from spectorcli.statements import UNREAD_COPY, columns_of, findings, gaps_known, questions, statement
from spectorcli.values import TYPES
from spectorcli.vocabulary import bundled_rows
from spectorcli.words import SENTENCES

ANSWERING = [
    *(f"questions/{name}" for name in questions()),
    *(f"checks/{name}" for name in findings()),
    *(f"gaps/{name}" for name in gaps_known() if name != UNREAD_COPY),
    *("answers/overview", "answers/properties"),
]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    db = tmp_path_factory.mktemp("case") / "case.db"
    load(SEED, db)
    with closing(sqlite3.connect(db)) as connection:
        yield connection


@pytest.mark.parametrize("name", ANSWERING)
def test_a_statement_declares_its_columns(case: sqlite3.Connection, name: str) -> None:
    text = statement(name)
    cursor = case.execute(text, dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", text), ""))
    declared = columns_of(name)
    assert [column.name for column in declared] == [column[0] for column in cursor.description]
    names = {column.name for column in declared}
    for column in declared:
        if column.shows in (Shows.ANY, Shows.UNIT, Shows.ALSO):
            assert column.of in names, column


def test_no_row_of_the_vocabulary_has_more_cells_than_columns() -> None:
    """A comma in a description that is not quoted makes one."""
    assert not [row for row in bundled_rows() if None in row or None in row.values()]


def test_what_a_type_of_the_vocabulary_is_called_is_what_a_column_shows() -> None:
    assert set(TYPES) <= {str(shows) for shows in Shows}


@pytest.mark.parametrize("finding", findings())
def test_a_finding_has_its_sentence(finding: str) -> None:
    forms = [name for name in SENTENCES if name == finding or name.startswith(f"{finding} ")]
    assert finding in forms
    names = {column.name for column in columns_of(f"checks/{finding}")}
    for form in forms:
        assert set(re.findall(r"\{(\w+)", SENTENCES[form])) <= names, form
        said = form.removeprefix(finding).strip()
        assert not said or f"'{said}'" in statement(f"checks/{finding}")


@pytest.mark.parametrize("gap", [gap for gap in gaps_known() if gap != UNREAD_COPY])
def test_a_gap_has_its_sentence_and_what_mends_and_shows_it(gap: str) -> None:
    forms = [name for name in SENTENCES if name == gap or name.startswith(f"{gap} ")]
    assert gap in forms
    names = {column.name for column in columns_of(f"gaps/{gap}")}
    for form in forms:
        assert set(re.findall(r"\{(\w+)", SENTENCES[form] + SENTENCES[f"mend {form}"])) <= names, form
        said = form.removeprefix(gap).strip()
        assert not said or f"'{said}'" in statement(f"gaps/{gap}")


# What denies a relation is no relation of that kind

DENIED = "teapot,led_by,fbi,,,alpha\nteapot,not_involved,bka,,,alpha\nteapot,participants,US,,,alpha"


def test_who_is_said_not_to_have_taken_part_is_not_counted(tmp_path: Path) -> None:
    load(write_case(tmp_path / "case", DENIED), tmp_path / "case.db")
    with closing(sqlite3.connect(tmp_path / "case.db")) as connection:
        links = "select object, denied from links where claimed and object in ('fbi', 'bka') order by object"
        assert connection.execute(links).fetchall() == [("bka", 1), ("fbi", 0)]
        asked = dict.fromkeys(("country", "operation"))
        counts = connection.execute(statement("questions/countries"), asked).fetchall()
        assert {row[0]: row[4] for row in counts} == {"US": 1, "DE": 0, "AT": 0}
        agencies = connection.execute(statement("questions/agencies"), asked).fetchall()
        told = {row[0]: row[5:] for row in agencies}
        assert (told["fbi"], told["bka"]) == (("teapot (led_by A2)", None), (None, "teapot (not_involved A2)"))


@pytest.mark.parametrize(
    ("denies", "problem"),
    [("agencies", ""), ("", ""), ("agenties", "'rivals' denies 'agenties', which is not a relation of operations")],
)
def test_a_case_says_itself_what_denies_what(tmp_path: Path, denies: str, problem: str) -> None:
    folder = write_case(tmp_path / "case", "teapot,rivals,bka,,,alpha")
    header = "kind,property,type,many,unit,claimed,description,denies"
    row = f"operations,rivals,ref:agencies,yes,,yes,Agencies that worked against it,{denies}"
    (folder / "vocabulary.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    if problem:
        with pytest.raises(Exception, match="not a valid case") as refused:
            load(folder, tmp_path / "case.db")
        assert f"vocabulary.csv:2: {problem}" in refused.value.mistakes  # type: ignore[attr-defined]
        return
    load(folder, tmp_path / "case.db")
    with closing(sqlite3.connect(tmp_path / "case.db")) as connection:
        assert connection.execute("select denied from links where object = 'bka' and claimed").fetchall() == [
            (int(bool(denies)),)
        ]
