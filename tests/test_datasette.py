"""What the metadata for Datasette names is there: tables, columns, questions; a case's own kinds come along."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from terminal import AWKWARD, ask, build

from spectorcli.bundled import SEED
from spectorcli.exchange.datasette import MEANINGS
from spectorcli.statements import questions

VOCABULARY = """kind,property,type,many,unit,claimed,description
vehicles,,,,,,A car or a van
vehicles,name,text,,,,Its make
vehicles,owner,ref:people,,,,Who owns it
vehicles,doors,number,,doors,yes,How many doors it has
"""


def write_own(folder: Path) -> Path:
    write_case(folder)
    (folder / "vocabulary.csv").write_text(VOCABULARY)
    (folder / "vehicles.csv").write_text("id,name,owner\nvan,A van,ana\n")
    return folder


def metadata(db: str, folder: Path) -> dict[str, Any]:
    """Return the metadata of the database, which has to be named like the file."""
    assert ask("export", "datasette", "-o", folder / "metadata.json", "--db", db).code == 0
    (name, told), *others = json.loads((folder / "metadata.json").read_text())["databases"].items()
    assert (name, others) == (Path(db).stem, [])
    return dict(told)


@pytest.fixture(params=["bundled", "awkward", "own"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    folder = {"bundled": SEED, "awkward": AWKWARD}.get(request.param) or write_own(tmp_path / "own")
    return build(folder, tmp_path / "a case.v2.db")


def test_every_table_and_column_is_there(db: str, tmp_path: Path) -> None:
    tables = metadata(db, tmp_path)["tables"]
    with closing(sqlite3.connect(db)) as connection:
        for name, told in tables.items():
            there = {row[1] for row in connection.execute(f'pragma table_info("{name}")')}
            named = {
                told.get("label_column", "id"),
                told.get("sort", "id"),
                *told.get("facets", []),
                *told.get("columns", []),
                *MEANINGS.get(name, {}),
            }
            assert name == "about" or named - {"id"} <= there
        kinds = {kind for (kind,) in connection.execute("select distinct kind from vocabulary")}
    assert kinds <= tables.keys()


def test_every_question_is_a_query(db: str, tmp_path: Path) -> None:
    assert set(metadata(db, tmp_path)["queries"]) == {f"spector-{name}" for name in questions()}


def test_foreign_keys_name_their_columns(db: str) -> None:
    """Datasette cannot open a table of which one does not."""
    with closing(sqlite3.connect(db)) as connection:
        tables = [name for (name,) in connection.execute("select name from pragma_table_list where type = 'table'")]
        keys = [key for name in tables for key in connection.execute(f'pragma foreign_key_list("{name}")')]
    assert len(keys) > 20
    assert all(key[4] for key in keys)


def test_search_of_entities_finds_the_entities(db: str) -> None:
    """Datasette joins on rowid, so the index has to begin with the things in their order."""
    with closing(sqlite3.connect(db)) as connection:
        found = (
            (id, set(connection.execute("select rowid from search where search match ?", (f'"{id}"',))), place)
            for place, id in connection.execute("select rowid, id from entities").fetchall()
        )
        assert [id for id, places, place in found if (place,) not in places] == []


def test_a_kind_of_ones_own(tmp_path: Path) -> None:
    db = build(write_own(tmp_path / "own"), tmp_path / "case.db")
    assert metadata(db, tmp_path)["tables"]["vehicles"] == {
        "description": "A car or a van",
        "columns": {
            "name": "Its make.",
            "owner": "Who owns it.",
            "doors": "How many doors it has. Unit: doors. The best of what is claimed.",
        },
        "label_column": "name",
        "facets": ["owner"],
    }


@pytest.mark.parametrize("path", ["javascript:alert(1)", "LICENSE.txt"])
def test_the_address_of_a_licence_is_one_of_the_web_or_left_out(path: str, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    db, out = tmp_path / "case.db", tmp_path / "metadata.json"
    for address, told in (
        ("https://example.org/cc0", ""),
        (path, f"the address of the licence left out: {path} is not on the web"),
    ):
        licence = {"name": "CC0-1.0", "path": address}
        (folder / "datapackage.json").write_text(json.dumps({"title": "T", "licenses": [licence]}))
        done = ask("export", "datasette", "-o", out, "--db", build(folder, db))
        assert done.err == (f"spector: {told}\n" if told else "")
        assert json.loads(out.read_text()).get("license_url", "") == ("" if told else address)
        assert json.loads(out.read_text())["license"] == "CC0-1.0"
