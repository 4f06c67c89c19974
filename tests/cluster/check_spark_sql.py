"""Spark SQL answers each statement of a lake as DuckDB does, from the same Parquet."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import ROWS, write_case
from terminal import AWKWARD

from spectorcli.bundled import SEED
from spectorcli.corpus import build
from spectorcli.corpus.lake import DECIDED, Lake, fetch, parameters_of, read_lake, views
from spectorcli.corpus.tables import TABLES
from spectorcli.statements import statement

pytest.importorskip("pyspark", reason="no pyspark here; make cluster installs it")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("no Java here; on Debian: apt-get install default-jre-headless", allow_module_level=True)

STATEMENTS = sorted(
    path.stem for path in Path(build.__file__).parents[1].glob("sql/lake/*.sql") if path.stem != "shard"
)
"""All but the one by which a lake is built."""

OTHER = "arrests-teapot,count,300,,,alpha\narrests-teapot-us,count,100,,,alpha\nteapot,participants,US,,,alpha\n"

GIVEN: dict[str, dict[str, str]] = {
    "folder": {"id": "bundled"},
    "ids": {"id": "first"},
    "meant": {"id": "teapot", "key": "teapot"},
    "pairs": {"kind": "countries"},
    "totals-arrests": {"by": "country"},
    "totals-seizures": {"by": "operation"},
    "why": {"property": "count"},
}
"""What parameters are, where a statement answers nothing without them."""

FILTERS = [
    ("arrests", {"operation": "teapot"}),
    ("conflicts", {"id": "arrests-teapot"}),
    ("seizures", {"kind": "Drugs"}),
    ("sources", {"kind": "official", "reliability": "A"}),
    ("timeline", {"person": "Milomir Desnica", "from": "2021", "to": "2023-12"}),
]


MEANT = """
select 'id', "case", id from things where id = 'arrests-teapot'
union all
select 'operation', "case", id from things where id = 'teapot'
union all
select 'person', "case", id from things where id = 'milomir-desnica'
"""
"""Rows of what a filter means."""


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake of several cases, one of them in parts, and of what was decided to be the same."""
    place = tmp_path_factory.mktemp("cases")
    shutil.copytree(SEED, place / "bundled")
    shutil.copytree(AWKWARD, place / "awkward")
    sources = ROWS["sources"].replace("First release", "First release,https://police.example/2021/release")
    write_case(
        place / "first", "arrests-teapot,count,288,,,alpha\narrests-teapot-us,count,~100,,,alpha", sources=sources
    )
    write_case(place / "second", OTHER, sources=sources)
    same = place.parent / "same.csv"
    same.write_text("case,id,same_as_case,same_as_id,same\nsecond,ana,first,ana,yes\nsecond,bazaar,first,bazaar,no\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "parts_of", lambda folder: 3 if folder.name == "bundled" else 0)
        build.build(sorted(place.iterdir()), place.parent / "lake", 1, [same])
    return read_lake(place.parent / "lake")


@pytest.fixture(scope="module")
def engines(lake: Lake) -> Iterator[tuple[Any, Any]]:
    """The lake in DuckDB and in Spark."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.master": "local[2]",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    }
    session = SparkSession.builder.config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    reader = views(lake, *TABLES)
    for table in (*TABLES, *DECIDED):
        session.read.parquet(*lake.files(table)).createOrReplaceTempView(table)
    session.sql(statement("lake/known")).createOrReplaceTempView("known")
    for table, columns, rows in (
        ("meant", 'filter, "case", id', MEANT),
        ("sought", '"case", id, word', "select \"case\", id, 'teapot' from things where id = 'arrests-teapot'"),
    ):
        made = f"select * from ({rows}) as named ({columns})"  # noqa: S608
        reader.execute(f"create or replace table {table} as {made}")
        session.sql(made).createOrReplaceTempView(table)
    yield reader, session
    session.stop()


@pytest.mark.parametrize(("name", "given"), [*((name, GIVEN.get(name, {})) for name in STATEMENTS), *FILTERS])
def test_spark_sql_answers_as_duckdb_does(engines: tuple[Any, Any], name: str, given: dict[str, str]) -> None:
    """In each cell, and in the same order where the statement has one."""
    reader, session = engines
    parameters = {one: given.get(one) for one in parameters_of(name)}
    there = [tuple(row) for row in session.sql(statement(f"lake/{name}"), args=parameters).collect()]
    here = [tuple(row.values()) for row in fetch(reader, name, given)]
    assert there
    ordered = "order by" in statement(f"lake/{name}").rpartition(")")[2]
    assert there == here if ordered else sorted(there, key=repr) == sorted(here, key=repr)
