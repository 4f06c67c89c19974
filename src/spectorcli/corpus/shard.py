"""A task of a build: loads cases, and writes the tables of a lake that they fill, all or none.

A shard of cases is one task, which loads each as ever. A case of many claims is several: they read pieces of it, weigh
a part each, and answer; what each writes is a shard like the others, with the tables that are its own filled.
"""

import csv
import json
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple, cast

from spectorcli.case import Case
from spectorcli.corpus.lake import CaseOfLake, engine
from spectorcli.corpus.tables import TABLES, Rows, in_order
from spectorcli.corpus.text import NULL, read_text
from spectorcli.database import open_database
from spectorcli.errors import EnvironmentFailed, Refused
from spectorcli.exchange import as_case_folder
from spectorcli.files import whole_folder
from spectorcli.folder.contents import case_files
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.table import Piece
from spectorcli.load.load import COUNTS, fingerprint, load
from spectorcli.load.parts import opened, read_piece, speaking, write_part
from spectorcli.statements import statement
from spectorcli.words import say

CLAIMS = "claims.csv"

CONTENTS = "cases.json"
"""The file of a shard that says which cases are in it; it is written last."""

SCRATCH = "scratch"
"""The folder in a shard that is there while it is written."""

PART = 16 << 20
"""Bytes of claims.csv that one task weighs, some 200,000 claims: half a minute, and up to half a gigabyte of memory."""

LARGE = 2 * PART
"""Bytes of claims.csv from which on a case is split."""

MOST_PARTS = 256
"""Of a case; those of a larger one are larger."""

PIECE = 4 << 20
"""Bytes of claims.csv that are read at once."""

OF_PARTS = ("claims", "conflicts", "facts", "links", "names", "things")
"""The tables that the parts of a case fill; all others are of the case as a whole."""

DATABASE = "part.db"
"""The file of a part that is there until the case is answered."""


class Task(NamedTuple):
    """A shard that is to be written: cases to load, by id, and those to carry over from files of the last time."""

    target: Path
    fresh: Mapping[str, tuple[Path, str]]
    kept: Mapping[str, CaseOfLake]
    files: Mapping[str, str]

    @property
    def about(self) -> str:
        """The cases that are loaded."""
        return ", ".join(self.fresh)


class Failed(NamedTuple):
    """A case that is not valid: its folder and its mistakes."""

    folder: str
    mistakes: list[str]


class Split(NamedTuple):
    """A case that is weighed in several parts: its id, its folder and the fingerprint of that, and where it goes."""

    id: str
    folder: Path
    stamp: str
    target: Path
    parts: int

    @property
    def about(self) -> str:
        """The case."""
        return self.id

    def targets(self) -> list[Path]:
        """Return where each part goes."""
        return [self.target.with_name(f"{self.target.name}-{part:03}") for part in range(self.parts)]


class Reading(NamedTuple):
    """A piece that is to be read, for the parts that are not written yet."""

    split: Split
    piece: Piece
    wanted: frozenset[int]

    @property
    def about(self) -> str:
        """The case."""
        return self.split.id


class Weighing(NamedTuple):
    """A part that is to be weighed, by its number."""

    split: Split
    number: int
    target: Path

    @property
    def about(self) -> str:
        """The case."""
        return self.split.id


class Wrong(NamedTuple):
    """What is wrong in a part: claims as they are read, and claims that stand twice; none if only things are."""

    read: list[Mistake]
    repeated: list[Mistake]


def parts_of(folder: Path) -> int:
    """Return into how many parts a case is split by the size of its claims; none if it is loaded as a whole."""
    files = case_files(folder) if folder.is_dir() else []
    if not all(file.is_file() for file in files):  # a load tells of it
        return 0
    size = sum(file.stat().st_size for file in files if file.name == CLAIMS)
    return min(ceil(size / PART), MOST_PARTS) if size > LARGE else 0


def write_shard(task: Task) -> list[Failed]:
    """Load the fresh cases of a shard and write its tables, all or none; return which cases are not valid."""
    try:
        with _once(task.target) as place:
            if place:
                _fill(task, place)
    except _Invalid as invalid:
        return cast(list[Failed], invalid.why)
    return []


def read(task: Reading) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a piece for each part that is wanted."""
    found = read_piece(opened(task.split.folder, task.split.stamp), task.piece, task.split.parts)
    return ((part, rows) for part, rows in found.items() if part in task.wanted)


def weigh(task: Weighing, dealt: Iterable[bytes]) -> Wrong | None:
    """Weigh what was dealt out to a part and write its tables; return what is wrong, if anything is."""
    try:
        with _once(task.target) as place:
            if place:
                known = opened(task.split.folder, task.split.stamp)
                read, repeated = write_part(known, task.number, task.split.parts, dealt, place / DATABASE)
                if read or repeated or known.case.mistakes:
                    raise _Invalid(Wrong(read, repeated))
                with _tables(place) as writers, closing(sqlite3.connect(place / DATABASE)) as part:
                    _write(Case(part), task.split.id, task.split.folder, {name: writers[name] for name in OF_PARTS})
    except _Invalid as invalid:
        return cast(Wrong, invalid.why)
    return None


def answer(split: Split) -> None:
    """Put the parts of a case together, and write what it answers.

    Raises:
        EnvironmentFailed: the case was changed since it was read.
    """
    with _once(split.target) as place:
        if place:
            files = [target / DATABASE for target in split.targets()]
            with _tables(place) as writers:
                case = _write_case(split.id, split.folder, split.stamp, place / SCRATCH / "case.db", writers, files)
            if fingerprint(split.folder) != split.stamp:
                raise EnvironmentFailed(f"{split.folder} was changed while it was read; build the lake again")
            _write_contents(place, {split.id: case._replace(parts=split.parts)})


@contextmanager
def _once(target: Path) -> Iterator[Path | None]:
    """Give a folder that becomes a shard, or nothing if it is there: what another attempt wrote holds the same."""
    target.parent.mkdir(exist_ok=True)
    if target.is_dir():
        yield None
        return
    try:
        with whole_folder(target) as place:
            yield place
    except OSError:
        if not target.is_dir():
            raise


class _Invalid(Exception):
    """Takes what was written of a shard away again."""

    def __init__(self, why: "list[Failed] | Wrong") -> None:
        self.why = why


def _fill(task: Task, place: Path) -> None:
    failed: list[Failed] = []
    cases = dict(task.kept)
    with _tables(place, task.kept, task.files) as writers:
        for id, (folder, stamp) in task.fresh.items():
            try:
                cases[id] = _write_case(id, folder, stamp, place / SCRATCH / "case.db", writers)
            except Refused as refused:
                failed.append(Failed(str(folder), refused.mistakes))
        if failed:
            raise _Invalid(failed)
    _write_contents(place, cases)


def _write_case(
    id: str, folder: Path, stamp: str, db: Path, writers: Mapping[str, Any], parts: Sequence[Path] = ()
) -> CaseOfLake:
    told: list[str] = []
    with as_case_folder(folder, told.append) as place:
        loaded = load(place, db, parts=parts)
        told += [*map(say, loaded.notes), *loaded.left_out]
        with closing(open_database(db)) as connection:
            case = Case(connection)
            if parts:
                said = speaking(parts)
                _write_rows(writers["sources"], id, _by_claims(TABLES["sources"].rows(case, place), said))
                writers = {name: writer for name, writer in writers.items() if name not in {*OF_PARTS, "sources"}}
            _write(case, id, place, writers)
            counts = {str(kind): int(count) for kind, count in connection.execute(COUNTS)}
            if parts:
                counts["claims"] = said.total()
            title = case.metadata["title"]
    db.unlink()
    return CaseOfLake(title, stamp, str(folder), counts, told)


def _write(case: Case, id: str, folder: Path, writers: Mapping[str, Any]) -> None:
    for name, writer in writers.items():
        _write_rows(writer, id, TABLES[name].rows(case, folder))


def _write_rows(writer: Any, id: str, rows: Rows) -> None:
    writer.writerows([NULL if cell is None else cell for cell in (id, *row)] for row in rows)


def _by_claims(sources: Rows, said: Mapping[str, int]) -> Rows:
    """Yield the rows of the sources of a case, whose claims lie in its parts: by how many, as the question has them."""
    id, claims = (TABLES["sources"].columns.index(name) for name in ("id", "claims"))
    counted = [(*row[:claims], said.get(str(row[id]), 0), *row[claims + 1 :]) for row in sources]
    return in_order(row[1:] for row in sorted(counted, key=lambda row: (-int(row[claims] or 0), str(row[id]))))


def _write_contents(place: Path, cases: Mapping[str, CaseOfLake]) -> None:
    said = {id: case._asdict() for id, case in sorted(cases.items())}
    (place / CONTENTS).write_text(json.dumps(said, sort_keys=True), encoding="utf-8")


def read_contents(target: Path) -> dict[str, CaseOfLake]:
    """Return the cases of a shard."""
    return {id: CaseOfLake(**case) for id, case in json.loads((target / CONTENTS).read_bytes()).items()}


@contextmanager
def _tables(
    place: Path, kept: Collection[str] = (), files: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Give what writes the rows of each table; then they become Parquet, with what is carried over of kept cases."""
    scratch = place / SCRATCH
    scratch.mkdir()
    with ExitStack() as stack:
        writers = {}
        for name, table in TABLES.items():
            text = stack.enter_context((scratch / name).open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(text, lineterminator="\n")
            writers[name].writerow(["case", *table.columns])
        yield writers
    _to_parquet(scratch, place, kept, files or {})
    shutil.rmtree(scratch)


def _to_parquet(scratch: Path, place: Path, kept: Collection[str], files: Mapping[str, str]) -> None:
    with engine(scratch / "spill") as writer:
        writer.execute("set threads = 1")  # as many tasks run as there are cores
        writer.execute("create table kept (id varchar)")
        if kept:
            writer.executemany("insert into kept values (?)", [[id] for id in kept])
        for name, table in TABLES.items():
            types = {column: "double" if column in table.figures else "varchar" for column in ("case", *table.columns)}
            rows = fresh = read_text(writer, scratch / name, types)
            if kept:
                fresh.create_view("fresh", replace=True)
                writer.read_parquet(files[name]).create_view("old", replace=True)
                rows = writer.sql(statement("lake/shard"))
            rows.write_parquet(str(place / f"{name}.parquet"), compression="zstd")
