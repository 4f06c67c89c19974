"""A lake as it lies on the disk: the manifest, the shards it names, and an engine that reads them.

A shard holds the cases whose ids fall to it by a checksum, a Parquet file a table. Its folder is named after what is
in it and appears whole; the manifest is written last. So a build that died is invisible, and what it finished is used.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spectorcli import __version__
from spectorcli.database import LAYOUT
from spectorcli.errors import LimitReached, NotFound, did_you_mean
from spectorcli.extras import extra
from spectorcli.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MANIFEST = "manifest.json"

FORMAT = 4
"""The version of the lake's tables and manifest."""

BUILT_BY = f"{__version__} {LAYOUT}"
"""What answers depend on besides the cases: who loads them."""

SHARDS = 32
"""Enough to keep some cores busy, few enough that a question across 10,000 cases opens no thousand files."""

DECIDED: Mapping[str, tuple[str, ...]] = {
    "decided": ("case", "id", "same_as_case", "same_as_id", "same"),
    "same": ("case", "id", "one", "label"),
}
"""Tables of what was decided to be the same, of which there is one file or none: the rows, and what follows."""

BATCH = 1000
"""Rows that are fetched at once."""

MEMORY, SPILL = "1GB", "10GB"
"""What an engine may take of memory and disk: without limits a join that grows has filled a disk."""


class CaseOfLake(NamedTuple):
    """A case in a lake: what it was built from, how many rows of each kind it has, and lines that its load told.

    ``parts`` are those in which its claims were weighed, none if as a whole.
    """

    title: str
    fingerprint: str
    folder: str
    rows: Mapping[str, int]
    told: Sequence[str]
    parts: int = 0


class Lake(NamedTuple):
    """A lake that can be read: its cases by id, the names of its shards, and which spector loaded them.

    ``same`` is the name of the folder of what was decided to be the same, empty if nothing was.
    """

    path: Path
    cases: Mapping[str, CaseOfLake]
    shards: tuple[str, ...]
    built_by: str
    same: str = ""

    def files(self, table: str) -> list[str]:
        """Return the Parquet files of a table."""
        folders = [self.same] * bool(self.same) if table in DECIDED else self.shards
        return [str(self.path / "shards" / folder / f"{table}.parquet") for folder in folders]

    def case(self, id: str) -> CaseOfLake:
        """Return a case.

        Raises:
            NotFound: there is none of this id.
        """
        if id not in self.cases:
            raise NotFound(f"no case {id!r} in {self.path}{did_you_mean(id, self.cases)}")
        return self.cases[id]


def shard_of(id: str) -> int:
    """Return the number of the shard of a case."""
    return zlib.crc32(id.encode()) % SHARDS


def read_lake(path: Path) -> Lake:
    """Read the manifest of a lake.

    Raises:
        NotFound: there is none, or another version of spector built it.
    """
    file = path / MANIFEST
    if not file.is_file():
        raise NotFound(f"no lake at {path}; build it with: spector corpus build DIR... -o {path}")
    try:
        manifest = json.loads(file.read_bytes())
        if manifest["format"] != FORMAT:
            raise NotFound(f"{path} was built by another spector; build it again with: spector corpus build")
        cases = {id: CaseOfLake(**case) for id, case in manifest["cases"].items()}
        return Lake(path, cases, tuple(map(str, manifest["shards"])), str(manifest["built_by"]), manifest["same"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotFound(f"{file} is not the manifest of a lake; build it again with: spector corpus build") from None


def engine(spill: Path | None = None) -> "DuckDBPyConnection":
    """Return an engine that reads Parquet, with no network, no extensions, and limits of memory and disk.

    Raises:
        EnvironmentFailed: it is not installed.
    """
    with extra("lake"):
        import duckdb
    settings: dict[str, Any] = {"memory_limit": MEMORY, "max_temp_directory_size": SPILL}
    settings |= {"autoload_known_extensions": False, "autoinstall_known_extensions": False}
    if spill:
        settings["temp_directory"] = str(spill)
    return duckdb.connect(config=settings)


def views(lake: Lake, *tables: str) -> "DuckDBPyConnection":
    """Return an engine that has tables of a lake by their names, and with ``things`` the view ``known`` of them.

    Raises:
        NotFound: a file of the lake is missing or damaged.
    """
    reader = engine()
    with _told(lake.path):
        for table in (*tables, *DECIDED):
            if files := lake.files(table):
                reader.read_parquet(files).create_view(table)
            else:
                named = ", ".join(f'"{column}" varchar' for column in DECIDED[table])
                reader.execute(f"create table {table} ({named})")
        if "things" in tables:
            reader.sql(statement("lake/known")).create_view("known")
    reader.execute('create table meant (filter varchar, "case" varchar, id varchar)')
    return reader


def fetch(reader: "DuckDBPyConnection", name: str, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a statement of ``sql/lake``; a parameter that is not given is null.

    Raises:
        NotFound: a file of the lake is damaged.
        LimitReached: the engine needs more memory than it may have.
    """
    text = statement(f"lake/{name}")
    parameters = {one: given.get(one) for one in parameters_of(name)}
    with _told("the lake"):
        found = reader.execute(_PARAMETER.sub(r"$\1", text), parameters)  # a colon to SQLite and Spark
        names = [column[0] for column in found.description or []]
        while batch := found.fetchmany(BATCH):
            for row in batch:
                yield dict(zip(names, row, strict=True))


def parameters_of(name: str) -> tuple[str, ...]:
    """Return the names of the parameters of a statement of ``sql/lake``."""
    return tuple(dict.fromkeys(_PARAMETER.findall(statement(f"lake/{name}"))))


_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")


@contextmanager
def _told(what: object) -> Iterator[None]:
    """Say in one line what an engine could not do."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise LimitReached(f"this needs more than {MEMORY} of memory; take one case out with --only") from None
    except duckdb.Error as error:
        first = str(error).partition("\n")[0]
        raise NotFound(f"{what} cannot be read: {first}; build it again with: spector corpus build") from None
