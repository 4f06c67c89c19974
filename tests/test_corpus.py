"""A lake of many cases answers what each case answers, cell for cell, whatever died while it was built."""

import csv
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import networkx  # type: ignore[import-untyped]
import pytest
from cases import ROWS, write_case
from dying import dying, ends_at_ctrl_c
from terminal import AWKWARD, ask, seen

from spectorcli import places
from spectorcli.bundled import SEED
from spectorcli.case import Case
from spectorcli.corpus import across, build, compare, shard, spark
from spectorcli.corpus.lake import DECIDED, FORMAT, MANIFEST, Lake, fetch, parameters_of, read_lake, views
from spectorcli.corpus.out import case_file
from spectorcli.corpus.processes import Processes
from spectorcli.corpus.same import address
from spectorcli.corpus.settled import settled
from spectorcli.corpus.tables import ANSWERS, TABLES
from spectorcli.database import open_database
from spectorcli.errors import EnvironmentFailed, NotFound, Refused, UsageError
from spectorcli.load.load import load
from spectorcli.statements import statement

OTHER = "arrests-teapot,count,300,,,alpha\narrests-teapot-us,count,100,,,alpha\nteapot,participants,US,,,alpha\n"
OTHER += "teapot,continents,5,,,alpha"
"""A case that has an operation of another one, and says otherwise of it."""


RELEASE = ("https://www.police.example/2021/release?utm_source=post", "http://police.example/2021/release/#top")
"""The address of one release as two cases have it."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    place = tmp_path_factory.mktemp("cases")
    for name, folder in (("bundled", SEED), ("awkward", AWKWARD)):
        shutil.copytree(folder, place / name)
    one, other = (ROWS["sources"].replace("First release", f"First release,{url}") for url in RELEASE)
    write_case(place / "first", "arrests-teapot,count,288,,,alpha\narrests-teapot-us,count,~100,,,alpha", sources=one)
    write_case(place / "second", OTHER, sources=other)
    return sorted(place.iterdir())


@pytest.fixture(scope="module")
def lake(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Lake:
    path = tmp_path_factory.mktemp("lake") / "lake"
    build.build(folders, path, 1)
    return read_lake(path)


@pytest.fixture(scope="module")
def cases(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Case]]:
    place = tmp_path_factory.mktemp("alone")
    for folder in folders:
        load(folder, place / folder.name)
    opened = {folder.name: Case(open_database(place / folder.name)) for folder in folders}
    yield opened
    for case in opened.values():
        case.close()


@pytest.mark.parametrize("question", ANSWERS)
def test_a_lake_answers_what_its_cases_answer(lake: Lake, cases: dict[str, Case], question: str) -> None:
    ask_all = across.conflicts(lake, None) if question == "conflicts" else across.ask(lake, question, {})
    told: dict[str, list[list[object]]] = {name: [] for name in cases}
    for row in ask_all.rows:
        told[str(row[0])].append(list(row[1:]))
    for name, case in cases.items():
        everything = dict.fromkeys(re.findall(r":([a-z]+)", statement(f"questions/{question}")))
        alone = [list(row) for row in case.result("", f"questions/{question}", everything).rows]
        if question == "timeline":  # which stands side by side with the other cases'
            alone.sort(key=repr), told[name].sort(key=repr)
        assert told[name] == alone, name


@pytest.fixture(scope="module")
def engines(lake: Lake) -> Iterator[tuple[Any, sqlite3.Connection]]:
    """The lake in DuckDB and in SQLite."""
    reader = views(lake, *TABLES)
    reader.execute("insert into meant select 'id', \"case\", id from things where id = 'arrests-teapot'")
    with closing(sqlite3.connect(":memory:")) as other:
        for table in (*TABLES, *DECIDED, "meant"):
            rows = reader.table(table)
            other.execute(f"create table {table} ({', '.join(map(json.dumps, rows.columns))})")
            marks = ", ".join("?" * len(rows.columns))
            other.executemany(f"insert into {table} values ({marks})", rows.fetchall())  # noqa: S608
        other.execute(f"create view known as {statement('lake/known')}")
        yield reader, other


@pytest.mark.parametrize(
    "name", [*ANSWERS, "why", "totals-arrests", "totals-seizures", "pairs", "same", "cited", "differing"]
)
def test_another_engine_answers_the_same(engines: tuple[Any, sqlite3.Connection], name: str) -> None:
    """The statements keep to what SQLite, DuckDB and Spark have in common."""
    given = {"by": "country", "kind": "countries"} if name not in TABLES else {}
    given |= {"property": "count"} if name == "why" else {}
    reader, other = engines
    asked = {one: given.get(one) for one in parameters_of(name)}
    there = other.execute(statement(f"lake/{name}"), asked).fetchall()
    assert there
    assert [tuple(row.values()) for row in fetch(reader, name, given)] == there


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("arrests", {"country": "Germany"}),
        ("arrests", {"operation": "teapot"}),
        ("arrests", {"operation": "Operation Teapot", "country": "us"}),
        ("seizures", {"kind": "Drugs"}),
        ("agencies", {"country": "DE"}),
        ("proceedings", {"person": "Milomir Desnica"}),
        ("timeline", {"person": "desnica", "from": "2023-01", "to": "2023-12"}),
        ("sources", {"kind": "official", "reliability": "A"}),
    ],
)
def test_a_filter_restricts_as_it_does_in_a_case(lake: Lake, question: str, filters: dict[str, str]) -> None:
    rows = {name: list(across.ask(lake, question, given).rows) for name, given in (("all", {}), ("some", filters))}
    assert 0 < len(rows["some"]) < len(rows["all"])
    assert all(row in rows["all"] for row in rows["some"])


def test_a_case_is_taken_out_as_it_was_put_in(lake: Lake, cases: dict[str, Case], tmp_path: Path) -> None:
    for name, case in cases.items():
        assert case_file(lake, name).read_bytes() == case.path.read_bytes(), name
    again = case_file(lake, "first")
    assert again.is_relative_to(places.cache_folder())
    asked = ("arrests", "--lake", lake.path, "--only", "first", "-f", "csv")
    taken_out = seen(*asked, XDG_CACHE_HOME=str(tmp_path))
    assert taken_out == seen("arrests", "--db", again, "-f", "csv")


# What did not change is kept, and what died is invisible


def test_only_what_changed_is_built_again(folders: list[Path], tmp_path: Path) -> None:
    shutil.copytree(folders[2].parent, tmp_path / "cases", ignore=shutil.ignore_patterns("bundled", "awkward"))
    some, lake = sorted((tmp_path / "cases").iterdir()), tmp_path / "lake"
    assert became(some, lake) == {"first": "built", "second": "built"}
    before = shards(lake)
    assert became(some, lake) == {"first": "kept", "second": "kept"}
    assert shards(lake) == before
    write_case(some[1], OTHER.replace("300", "301"))
    assert became(some, lake) == {"first": "kept", "second": "built"}
    assert len(shards(lake)) == len(before)
    assert counts(lake) == {"first": 288, "second": 301}
    told = build.build(some[:1], lake, 1)
    assert [(note.sentence, note.cells["cases"].cell) for note in told.notes] == [("lake without", "second")]


def test_what_another_spector_loaded_is_not_carried_over(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may weigh otherwise, or have other columns."""
    some, lake = folders[2:], tmp_path / "lake"
    monkeypatch.setattr(build, "shard_of", lambda id: 7)
    build.build(some, lake, 1)
    assert became(some, lake) == {"first": "kept", "second": "kept"}
    monkeypatch.setattr(build, "BUILT_BY", "a later one")
    assert became(some, lake) == {"first": "built", "second": "built"}
    assert became(some, lake) == {"first": "kept", "second": "kept"}
    assert len(shards(lake)) == 1


def became(folders: list[Path], lake: Path) -> dict[object, object]:
    return {row["case"]: row["became"] for row in build.build(folders, lake, 1).records()}


def counts(lake: Path) -> dict[object, object]:
    rows = across.ask(read_lake(lake), "arrests", {}).records()
    return {row["case"]: row["count"] for row in rows if row["id"] == "arrests-teapot"}


def test_what_a_load_tells_is_told_of_each_case_that_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what could not be read as what it was in a file of another format; once, as kept cases are not loaded."""
    case = write_case(tmp_path / "case", "arrests-teapot,count,288,,,alpha,,more than 300,,")
    (case / "people.tsv").write_text("id\n")
    other = tmp_path / "other.json"
    other.write_text('{"id": "p", "schema": "Person", "properties": {"name": ["Ana"], "birthDate": ["one day"]}}')
    told = [f"{case}: not read: people.tsv; a case is read from .csv files"]  # which load draws below its table
    for one in (case, other):
        said = ask("load", one, "--db", tmp_path / "alone.db").err.splitlines()
        told += [f"{one}: {line.removeprefix('spector: ')}" for line in said]
    assert len(told) == 3
    assert build.build([case, other], tmp_path / "lake", 1).left_out == told
    assert build.build([case, other], tmp_path / "lake", 1).left_out == []
    monkeypatch.setattr(build, "MOST_TOLD", 1)
    shutil.rmtree(tmp_path / "lake")
    first, rest = build.build([case, other], tmp_path / "lake", 1).left_out
    assert (first, rest) == (told[0], f"{len(told) - 1} more lines about other cases; spector load tells those of one")


def test_cases_of_one_shard_are_carried_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "shard_of", lambda id: 7)
    some = [write_case(tmp_path / "cases" / name, f"arrests-teapot,count,{n},,,alpha") for n, name in enumerate("abc")]
    build.build(some, tmp_path / "lake", 1)
    write_case(some[1], "arrests-teapot,count,9,,,alpha")
    assert list(became(some, tmp_path / "lake").values()) == ["kept", "built", "kept"]
    assert counts(tmp_path / "lake") == {"a": 0, "b": 9, "c": 2}
    lake = read_lake(tmp_path / "lake")
    assert [case_file(lake, name).stat().st_size > 0 for name in "abc"] == [True] * 3


def test_a_build_that_dies_is_invisible_and_what_it_finished_is_used(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some, path = folders[2:], tmp_path / "lake"
    build.build(some[:1], path, 1)
    before = (path / MANIFEST).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(build, "_publish", lambda lake: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            build.build(some, path, 1)
    assert (path / MANIFEST).read_bytes() == before
    assert list(read_lake(path).cases) == ["first"]
    finished = set(shards(path))
    monkeypatch.setattr(build, "write_shard", None)  # nothing is left to write
    build.build(some, path, 1)
    assert set(shards(path)) == finished


def test_a_process_that_dies_is_followed_by_another(folders: list[Path], tmp_path: Path) -> None:
    """Its work is done by the next, and written once; one that dies every time is told."""
    some, path = folders[2:], tmp_path / "lake"
    tombstone = tmp_path / "died"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPECTOR_TEST_DIES", str(tombstone))
        patched.setattr(build, "write_shard", dying)
        assert len(list(build.build(some, path, 2).rows)) == 2
        assert tombstone.exists()
        shutil.rmtree(path)
        patched.setenv("SPECTOR_TEST_DIES", "always")
        with pytest.raises(EnvironmentFailed, match=r"a process died 3 times over .*; is memory short\?"):
            build.build(some, path, 2)
    assert not (path / MANIFEST).exists()


def test_a_task_that_two_attempts_finish_is_written_once(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine may try it again, or twice at a time."""
    fill = shard._fill

    def overtaken(task: shard.Task, place: Path) -> None:
        fill(task, place)
        shutil.copytree(place, task.target)

    task = shard.Task(tmp_path / "shards" / "07-0123456789abcdef", {"first": (folders[2], "")}, {}, {})
    monkeypatch.setattr(shard, "_fill", overtaken)
    assert shard.write_shard(task) == []
    monkeypatch.setattr(shard, "_fill", None)
    assert shard.write_shard(task) == []
    assert shards(tmp_path) == [task.target.name]


@pytest.mark.parametrize(
    ("engine", "master"),
    [
        ("local[2]", "local[2,3]"),
        ("local[*]", "local[*,3]"),
        ("spark://host", "spark://host:7077"),
        ("spark://host:7078", "spark://host:7078"),
        ("spark://one:1,two:2", "spark://one:1,two:2"),
    ],
)
def test_an_engine_is_named_as_spark_names_it(engine: str, master: str) -> None:
    assert spark.master_of(engine, 3) == master


def test_an_engine_that_is_none_or_not_installed(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for engine in ("local", "yarn", "spark://", "http://host:1", "local[2]; rm"):
        with pytest.raises(UsageError, match=r"--engine takes spark://HOST:PORT or local\[N\]"):
            build.build(folders[2:3], tmp_path / "lake", 1, spark=engine)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EnvironmentFailed, match=r"pip install 'spector-cli\[spark\]'"):
        build.build(folders[2:3], tmp_path / "lake", 1, spark="local[2]")
    assert not (tmp_path / "lake" / MANIFEST).exists()
    assert ask("corpus", "build", folders[2], "-o", tmp_path / "lake", "--jobs", "2", "--engine", "local[2]").code == 2


def test_a_mistake_publishes_nothing(folders: list[Path], tmp_path: Path) -> None:
    good, path = folders[2], tmp_path / "lake"
    values = {"x": "many", "y": "-1"}
    wrong = [write_case(tmp_path / name, f"arrests-teapot,count,{value},,,alpha") for name, value in values.items()]
    with pytest.raises(Refused) as refused:
        build.build([good, *wrong], path, 1)
    assert str(refused.value) == "2 of 3 cases is not a valid case: 2 mistakes; nothing was built"
    told = sorted(line.partition(": ")[0] for line in refused.value.mistakes)
    assert told == [f"{one}/claims.csv:2" for one in wrong]
    assert not (path / MANIFEST).exists()
    assert ask("corpus", "build", good, *wrong, "-o", path).code == 5


def shards(lake: Path) -> list[str]:
    return sorted(one.name for one in (lake / "shards").iterdir())


# What many cases say together


def test_an_operation_that_several_cases_have_counts_once(lake: Lake) -> None:
    by = {row["operation"]: row for row in compare.totals(lake, "arrests", "operation").records()}
    assert [by["spector"][name] for name in ("operations", "arrests", "hedged")] == [1, 288, 0]
    assert by["teapot"]["operations"] == 1
    countries = {row["country"]: row for row in compare.totals(lake, "arrests", "country").records()}
    assert countries["US"]["operations"] == 5


def test_nothing_is_left_out_of_totals(tmp_path: Path) -> None:
    """What stands below a whole does, and no more: other figures of a case all count, and what is of no operation."""
    listed = "total,teapot\nwest,teapot,DE,total\neast,teapot,DE,total\nberlin,teapot,DE,east\nlone,,DE\nmore,,AT"
    claims = "total,count,30,,,alpha\nwest,count,9,,,alpha\neast,count,8,,,beta\nberlin,count,7,,,alpha\n"
    claims += "lone,count,2,,,alpha\nmore,count,1,,,alpha\n"
    claims += "notes,amount,5,EUR,,alpha\ncash,amount,6,USD,,alpha\ncoins,amount,4,EUR,,alpha\ngold,amount,3,EUR,,alpha"
    money = "cash,teapot,,,money\nnotes,teapot,,,money\ncoins,teapot,,,money\ngold,,,,money"
    folders = [write_case(tmp_path / name, claims, arrests=listed, seizures=money) for name in ("a", "b")]
    build.build(folders, tmp_path / "lake", 1)
    lake = read_lake(tmp_path / "lake")
    assert totals(lake) == {"teapot": 30}
    by = [tuple(row.values()) for row in compare.totals(lake, "arrests", "country").records()]
    assert by == [("DE", "Germany", 1, 9 + 8 + 2 + 2, 0), ("AT", "Austria", 0, 2, 0)]
    seized = {row["unit"]: row["amount"] for row in compare.totals(lake, "seizures", "operation").records()}
    assert seized == {"EUR": 9, "USD": 6}


def test_what_cases_answer_differently_is_found(lake: Lake) -> None:
    found = list(compare.differing(lake).records())
    assert {"first", "second"} <= {row["case"] for row in found if row["id"] == "arrests-teapot"}
    assert "arrests-teapot-us" not in {row["id"] for row in found if row["case"] == "first"}  # ~100 and 100 agree


def test_what_is_called_alike_is_told_and_not_merged(lake: Lake) -> None:
    alike = {(row["kind"], row["name"]): row for row in compare.same(lake).records()}
    ana, teapot = alike["people", "Ana Müller"], alike["operations", "Operation Teapot"]
    assert (ana["case"], ana["same_as_case"], ana["counted"]) == ("second", "first", "apart")
    assert teapot["counted"] == "as one"


def test_one_release_of_two_cases_is_one_source(lake: Lake) -> None:
    [release] = [row for row in compare.sources(lake).records() if row["title"] == "First release"]
    assert (release["cases"], release["where"]) == (2, "first:alpha; second:alpha")
    why = across.why(lake, "arrests-teapot", "count")
    cells = {name: said.cell for note in why.notes for name, said in note.cells.items()}
    rows = list(why.records())
    assert cells["claims"] == len(rows)
    assert cells["sources"] == len({(row["case"], row["source"]) for row in rows}) - 1


@pytest.mark.parametrize(
    ("url", "left"),
    [
        *((url, "police.example/2021/release") for url in RELEASE),
        (
            "https://web.archive.org/web/20210502id_/https://police.example:443/a?b=1&fbclid=2&c=3",
            "police.example/a?b=1&c=3",
        ),
        ("HTTPS://Police.Example/A", "police.example/A"),
        ("https://police.example/", "police.example"),
        ("a court's file", "a court's file"),
    ],
)
def test_of_an_address_counts_what_leads_to_the_page(url: str, left: str) -> None:
    assert address(url) == left


@pytest.fixture
def three(folders: list[Path], tmp_path: Path) -> list[Path]:
    """Two cases of one operation by one id, and one that has it by another."""
    kettle = {"operations": "kettle,Operation Teapot", "arrests": "arrests-kettle,kettle\narrests-kettle-us,kettle,US"}
    kettle |= {"seizures": "tea,kettle,,,drugs", "events": "launch,launch,Bazaar opens,kettle,bazaar"}
    kettle |= {"proceedings": "proceedings-ana,Case,ana,kettle", "statements": "statement-ana,ana,,kettle"}
    claims = "arrests-kettle,count,7,,,alpha\nkettle,participants,AT,,,alpha\nkettle,continents,9,,,alpha"
    third = write_case(tmp_path / "third", claims, **kettle)
    return [*folders[2:], third]


def test_what_an_editor_decides_to_be_one_counts_as_one(three: list[Path], tmp_path: Path) -> None:
    path, file = tmp_path / "lake", tmp_path / "same.csv"
    build.build(three, path, 1)
    lake = read_lake(path)
    asked = list(csv.DictReader(seen("corpus", "same", path, "-f", "csv").splitlines()))
    assert totals(lake) == {"teapot": 288, "kettle": 7}
    decided = [{**row, "same": "no" if row["id"] == "ana" else "yes"} for row in asked]
    with file.open("w", newline="") as out:
        table = csv.DictWriter(out, asked[0])
        table.writeheader()
        table.writerows(decided)
    build.build(three, path, 1, [file])
    lake = read_lake(path)
    assert totals(lake) == {"teapot": 288}
    [left] = compare.same(lake).records()  # two that are not the first may be one
    assert (left["kind"], left["case"], left["same_as_case"]) == ("people", "third", "second")
    assert [row["id"] for row in compare.differing(lake).records() if row["property"] == "continents"] == [
        "teapot",
        "kettle",
    ]
    [pair] = [row for row in compare.pairs(lake, "countries").records() if row["source"] == "Austria"]
    assert (pair["target"], pair["together"]) == ("United States", "teapot")
    alike = {row["case"] for row in across.ask(lake, "arrests", {"operation": "teapot"}).records()}
    assert alike == {"first", "second", "third"}
    told = build.build(three, path, 1)
    assert [note.sentence for note in told.notes] == ["lake undecided"]
    assert totals(read_lake(path)) == {"teapot": 288, "kettle": 7}


@pytest.mark.parametrize(("before", "after"), [("apart", "yes,"), (",,", ",apart in court papers")])
def test_what_an_editor_wrote_is_not_overwritten(three: list[Path], tmp_path: Path, before: str, after: str) -> None:
    path, file = tmp_path / "lake", tmp_path / "same.csv"
    build.build(three, path, 1)
    assert seen("corpus", "same", path, "-o", file) == seen("corpus", "same", path, "-o", file) == ""
    offered = file.read_text()
    header, first, *rest = offered.splitlines()
    assert first.endswith(",,")
    file.write_text("\n".join([header, first.removesuffix(",") + after, *rest]) + "\n")
    decided = file.read_bytes()
    done = ask("corpus", "same", path, "-o", file)
    assert (done.code, file.read_bytes()) == (2, decided)
    assert (
        done.err == f"spector: an editor wrote in 1 row of {file}; write to another file, and build --same takes both\n"
    )


def test_what_an_editor_decides_to_be_two_counts_twice(three: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "lake"
    rows = "second,teapot,first,teapot,no\nthird,kettle,second,teapot,yes\nsecond,alpha,first,alpha,no\n"
    build.build(three, path, 1, [same(tmp_path, rows + "elsewhere,teapot,first,teapot,yes\n")])
    lake = read_lake(path)
    assert totals(lake) == {"first:teapot": 288, "second:teapot": 300}
    assert "First release" not in {row["title"] for row in compare.sources(lake).records()}
    assert ("second", "first") not in {
        (row["case"], row["same_as_case"]) for row in compare.same(lake).records() if row["kind"] == "operations"
    }


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("first,ana,second,anna,yes", "2: the case 'second' has no 'anna'; did you mean 'ana'?"),
        ("first,ana,second,bazaar,no", "2: 'ana' is of people, and 'bazaar' of markets"),
        ("first,ana,first,bazaar,yes", "2: both are of the case 'first'; mend that case itself"),
        ("first,ana,second,ana,maybe", "2: same is yes, no or empty, not 'maybe'"),
        ("first,ana,second,ana,yes\nfirst,ana,second,ana,no", "3: other rows make these two the same"),
    ],
)
def test_a_wrong_decision_publishes_nothing(lake: Lake, tmp_path: Path, rows: str, told: str) -> None:
    file = same(tmp_path, rows + "\nfirst,ana,second,ana,\n")
    with pytest.raises(Refused, match="is not a valid list of what is the same: 1 mistake") as refused:
        settled(lake, [file])
    assert refused.value.mistakes == [f"{file}:{told}"]


def same(place: Path, rows: str) -> Path:
    file = place / "same.csv"
    file.write_text(f"case,id,same_as_case,same_as_id,same\n{rows}")
    return file


def totals(lake: Lake) -> dict[object, object]:
    return {row["operation"]: row["arrests"] for row in compare.totals(lake, "arrests", "operation").records()}


def test_who_worked_together(lake: Lake) -> None:
    first = next(iter(compare.pairs(lake, "countries").records()))
    assert str(first["source"]) < str(first["target"])
    assert first["operations"] == len(str(first["together"]).split("; "))
    assert first["since"] == "2020"


def test_who_worked_together_is_a_network(lake: Lake, tmp_path: Path) -> None:
    rows = list(csv.DictReader(seen("corpus", "pairs", "countries", lake.path, "-f", "csv").splitlines()))
    expected = {
        frozenset((row["source"], row["target"])): (int(row["operations"]), row["since"], row["together"])
        for row in rows
    }
    for suffix, read in ((".gexf", networkx.read_gexf), (".graphml", networkx.read_graphml)):
        file = tmp_path / f"pairs{suffix}"
        assert seen("corpus", "pairs", "countries", lake.path, "-o", file) == ""
        graph = read(file)
        called = dict(graph.nodes(data="label"))
        found = {
            frozenset((called[one], called[other])): (said["weight"], said.get("since", ""), said["operations"])
            for one, other, said in graph.edges(data=True)
        }
        assert found == expected
        assert not graph.is_directed()
    assert seen("corpus", "pairs", "countries", lake.path, "-o", tmp_path / "pairs.DOT") == ""
    drawn = (tmp_path / "pairs.DOT").read_text()
    assert drawn.count(" -- ") == len(rows)
    assert all(f'"{id}" [label="{label}"];\n' in drawn for id, label in called.items())
    assert ask("corpus", "pairs", "countries", lake.path, "-o", tmp_path / "no" / "pairs.gexf").code == 6
    assert ask("corpus", "pairs", "countries", lake.path, "-o", tmp_path / "pairs.png").code == 2


# What is refused


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["show", "teapot"], 2, "this is answered of one case; name it with --only"),
        (["why", "teapot"], 2, "this is answered of one case; name it with --only"),
        (["arrests", "--country", "Germny"], 3, "no case of the lake has 'Germny'; did you mean 'Germany'?"),
        (["people", "--only", "frist"], 3, "no case 'frist' in LAKE; did you mean 'first'?"),
        (["list", "people"], 2, "this is answered of one case; name it with --only"),
    ],
)
def test_what_a_lake_cannot_answer(lake: Lake, words: list[str], code: int, says: str) -> None:
    done = ask(*words, "--lake", lake.path)
    assert (done.code, done.out, done.err) == (code, b"", f"spector: {says}\n".replace("LAKE", str(lake.path)))


def test_a_lake_that_is_none(tmp_path: Path, folders: list[Path]) -> None:
    for text in ("{}", "[]", "no", f'{{"format": {FORMAT}, "cases": {{"a": 1}}}}'):
        (tmp_path / MANIFEST).write_text(text)
        with pytest.raises(NotFound, match="is not the manifest of a lake"):
            read_lake(tmp_path)
    assert ask("arrests", "--lake", tmp_path / "nowhere").code == 3
    assert ask("arrests", "--only", "first").code == 2
    shutil.copytree(folders[2], tmp_path / "again" / "first")
    with pytest.raises(UsageError, match="would both be the case 'first'"):
        build.build([folders[2], tmp_path / "again" / "first"], tmp_path / "lake", 1)


def test_a_damaged_file_is_told(folders: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "lake"
    build.build(folders[2:3], path, 1)
    [file] = path.glob("shards/*/arrests.parquet")
    file.write_bytes(file.read_bytes()[:-20])
    done = ask("arrests", "--lake", path)
    assert (done.code, done.out) == (3, b"")
    assert done.err.endswith("build it again with: spector corpus build\n")
    assert done.err.count("\n") == 1


def test_text_of_a_case_is_data_in_a_lake(lake: Lake, tmp_path: Path) -> None:
    """Quotes, line ends and what looks like nothing come back as they were."""
    rows = json.loads(seen("sources", "--lake", lake.path, "-f", "json"))
    alone = json.loads(
        seen("sources", "--lake", lake.path, "--only", "awkward", "-f", "json", XDG_CACHE_HOME=str(tmp_path))
    )
    assert [row for row in rows if row["case"] == "awkward"] == [{"case": "awkward", **row} for row in alone]


def test_at_ctrl_c_no_process_tells_of_itself(tmp_path: Path) -> None:
    with Processes(2, tmp_path / "room") as processes:
        assert all(processes.map(ends_at_ctrl_c, [1, 2]))  # type: ignore[type-var]  # work that is about nothing
