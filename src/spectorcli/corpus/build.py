"""Builds a lake: each case is loaded as ever, and what it answers is written down; a shard of cases is one task.

Tasks run in processes of their own, in any order. What did not change since the last time is carried over.
"""

import csv
import hashlib
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from spectorcli.case import Case
from spectorcli.corpus.lake import (
    BUILT_BY,
    FORMAT,
    MANIFEST,
    CaseOfLake,
    Lake,
    engine,
    read_lake,
    shard_of,
)
from spectorcli.corpus.settled import settled
from spectorcli.corpus.tables import TABLES
from spectorcli.corpus.text import NULL, read_text
from spectorcli.database import open_database
from spectorcli.errors import EnvironmentFailed, NotFound, Refused, UsageError
from spectorcli.exchange import as_case_folder
from spectorcli.files import lock, whole_file, whole_folder
from spectorcli.load.load import COUNTS, fingerprint, load
from spectorcli.result import Note, Result, Said, Shows, columns
from spectorcli.statements import statement
from spectorcli.words import say

MOST_TOLD = 50
"""Lines of loads that are told; nobody reads those of a thousand cases."""

ATTEMPTS = 3
"""How often a task is given to processes that die over it."""

CONTENTS = "cases.json"
"""The file of a shard that says which cases are in it; it is written last."""

LOG = "spark.log"
"""The file beside the manifest in which Spark tells why it gave up."""

SHARD = re.compile(
    r"\d\d-[0-9a-f]{16}|\.\d\d-[0-9a-f]{16}\.[0-9a-f]{12}\.tmp|same-[0-9a-f]{16}|\.same-[0-9a-f]{16}\.[0-9a-f]{12}\.tmp"
)
"""How the folder of a shard is called, also while it is written."""


class Task(NamedTuple):
    """A shard that is to be written: cases to load, by id, and those to carry over from files of the last time."""

    target: Path
    fresh: Mapping[str, tuple[Path, str]]
    kept: Mapping[str, CaseOfLake]
    files: Mapping[str, str]


class Failed(NamedTuple):
    """A case that is not valid: its folder and its mistakes."""

    folder: str
    mistakes: list[str]


def build(
    folders: Sequence[Path], lake: Path, jobs: int, same: Sequence[Path] = (), spark: str | None = None
) -> Result:
    """Build a lake of the cases in some folders, and return what became of each.

    A case is called by the name of its folder, or of its file without the suffix. ``same`` are files that say what is
    the same in several cases. It is built by some processes of ours, or by a Spark at an address.

    Raises:
        UsageError: two cases have one name, or the engine is none.
        NotFound: there is no such folder or file.
        Refused: a case, or what says what is the same, has mistakes; nothing is published.
        Busy: another build of the same lake runs.
    """
    named = _named(folders)
    for file in same:
        if not file.is_file():
            raise NotFound(f"{file}: there is no such file")
    lake.mkdir(parents=True, exist_ok=True)
    with lock(lake / MANIFEST):
        before = _before(lake)
        prints = {id: _print(folder) for id, folder in named.items()}
        tasks = list(_tasks(lake.resolve(), before, named, prints))
        _remove(lake, {task.target.name for task in tasks} | {*before.shards, before.same})
        todo = [one for one in tasks if not one.target.is_dir()]
        done = _run_on(spark, todo, lake) if spark is not None else _run(todo, jobs)
        mistakes = [one for failed in done for one in failed]
        if mistakes:
            told = [f"{folder}/{line}" for folder, lines in mistakes for line in lines]
            raise Refused(f"{len(mistakes)} of {len(named)} cases" if len(named) > 1 else mistakes[0][0], told)
        cases = dict(sorted(one for task in tasks for one in _read_shard(task.target).items()))
        shards = tuple(sorted(task.target.name for task in tasks))
        after, elsewhere = settled(Lake(lake, cases, shards, BUILT_BY), same)
        _publish(after)
        _remove(lake, {*shards, after.same})
    kept = {id for task in tasks for id in task.kept}
    return _told(after, kept, list(_notes(before, after, same, elsewhere)))


def _named(folders: Sequence[Path]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for folder in folders:
        place = folder.resolve()
        id = place.name if place.is_dir() else place.stem
        if not place.exists():
            raise NotFound(f"{folder}: there is no such folder")
        if named.setdefault(id, place) != place:
            raise UsageError(f"{named[id]} and {place} would both be the case {id!r}; rename one of the folders")
    return named


def _before(path: Path) -> Lake:
    try:
        return read_lake(path)
    except NotFound:
        return Lake(path, {}, (), BUILT_BY)


def _print(folder: Path) -> str:
    """Return the fingerprint of a case as it lies there."""
    if folder.is_dir():
        return fingerprint(folder)
    with folder.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _tasks(lake: Path, before: Lake, named: Mapping[str, Path], prints: Mapping[str, str]) -> Iterator[Task]:
    members = defaultdict(list)
    for id in sorted(named):
        members[shard_of(id)].append(id)
    old = {shard_of_name(shard): shard for shard in before.shards}
    for number, ids in sorted(members.items()):
        stamp = json.dumps([FORMAT, BUILT_BY, [[id, prints[id]] for id in ids]])
        target = lake / "shards" / f"{number:02}-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}"
        loaded = before.cases if before.built_by == BUILT_BY else {}
        same = {id for id in ids if id in loaded and loaded[id].fingerprint == prints[id]}
        files = {table: str(lake / "shards" / old[number] / f"{table}.parquet") for table in TABLES if same}
        fresh = {id: (named[id], prints[id]) for id in ids if id not in same}
        yield Task(target, fresh, {id: before.cases[id] for id in same}, files)


def shard_of_name(name: str) -> int:
    """Return the number of a shard, by the name of its folder."""
    return int(name.partition("-")[0])


def _run(tasks: list[Task], jobs: int) -> Iterator[list[Failed]]:
    """Run tasks, and yield what of each is not valid.

    Raises:
        EnvironmentFailed: a process died over a task again and again, as it does where memory is short.
    """
    with engine():  # says what is missing before anything is loaded
        pass
    jobs = min(jobs, len(tasks))
    if jobs < 2:
        yield from map(write_shard, tasks)
        return
    for _ in range(ATTEMPTS):
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            running = {pool.submit(write_shard, task): task for task in tasks}
            with suppress(BrokenProcessPool):  # one died: the others of this pool go with it
                for done in as_completed(running):
                    failed = done.result()
                    tasks.remove(running[done])
                    yield failed
        if not tasks:
            return
    raise EnvironmentFailed(f"a process died {ATTEMPTS} times over {', '.join(tasks[0].fresh)}; is memory short?")


def _run_on(spark: str, tasks: list[Task], lake: Path) -> list[list[Failed]]:
    """Have Spark run tasks, and return what of each is not valid.

    Raises:
        EnvironmentFailed: it gave up, or wrote where this machine does not see it.
    """
    from spectorcli.corpus.spark import master_of, run

    master_of(spark, ATTEMPTS)
    if not tasks:
        return []
    found = run(write_shard, tasks, spark, ATTEMPTS, lake / LOG)
    for task, failed in zip(tasks, found, strict=True):
        if not failed and not task.target.is_dir():
            raise EnvironmentFailed(f"the engine wrote no {task.target} that is seen here; use a folder that all share")
    return found


def write_shard(task: Task) -> list[Failed]:
    """Load the fresh cases of a shard and write its tables, all or none; return which cases are not valid.

    Where another attempt at the same task has written it, that stands: it holds the same.
    """
    task.target.parent.mkdir(exist_ok=True)
    try:
        if not task.target.is_dir():
            with whole_folder(task.target) as place:
                _fill(task, place)
    except _Invalid as invalid:
        return invalid.failed
    except OSError:
        if not task.target.is_dir():
            raise
    return []


class _Invalid(Exception):
    """Takes what was written of a shard away again."""

    def __init__(self, failed: list[Failed]) -> None:
        self.failed = failed


def _fill(task: Task, place: Path) -> None:
    scratch = place / "scratch"
    scratch.mkdir()
    failed: list[Failed] = []
    cases = dict(task.kept)
    with ExitStack() as stack:
        writers = {}
        for name, table in TABLES.items():
            text = stack.enter_context((scratch / name).open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(text, lineterminator="\n")
            writers[name].writerow(["case", *table.columns])
        for id, (folder, stamp) in task.fresh.items():
            try:
                cases[id] = _write_case(id, folder, stamp, scratch / "case.db", writers)
            except Refused as refused:
                failed.append(Failed(str(folder), refused.mistakes))
    if failed:
        raise _Invalid(failed)
    _to_parquet(scratch, place, task)
    shutil.rmtree(scratch)
    said = {id: case._asdict() for id, case in sorted(cases.items())}
    (place / CONTENTS).write_text(json.dumps(said, sort_keys=True), encoding="utf-8")


def _write_case(id: str, folder: Path, stamp: str, db: Path, writers: Mapping[str, Any]) -> CaseOfLake:
    told: list[str] = []
    with as_case_folder(folder, told.append) as place:
        loaded = load(place, db)
        told += [*map(say, loaded.notes), *loaded.left_out]
        with closing(open_database(db)) as connection:
            case = Case(connection)
            for name, table in TABLES.items():
                rows = ([NULL if cell is None else cell for cell in (id, *row)] for row in table.rows(case, place))
                writers[name].writerows(rows)
            counts = {str(kind): int(count) for kind, count in connection.execute(COUNTS)}
            title = case.metadata["title"]
    db.unlink()
    return CaseOfLake(title, stamp, str(folder), counts, told)


def _to_parquet(scratch: Path, place: Path, task: Task) -> None:
    """Write the tables of a shard: what was loaded, and what is carried over."""
    with engine(scratch / "spill") as writer:
        writer.execute("set threads = 1")  # as many tasks run as there are cores
        writer.execute("create table kept (id varchar)")
        if task.kept:
            writer.executemany("insert into kept values (?)", [[id] for id in task.kept])
        for name, table in TABLES.items():
            types = {column: "double" if column in table.figures else "varchar" for column in ("case", *table.columns)}
            rows = fresh = read_text(writer, scratch / name, types)
            if task.kept:
                fresh.create_view("fresh", replace=True)
                writer.read_parquet(task.files[name]).create_view("old", replace=True)
                rows = writer.sql(statement("lake/shard"))
            rows.write_parquet(str(place / f"{name}.parquet"), compression="zstd")


def _read_shard(target: Path) -> dict[str, CaseOfLake]:
    return {id: CaseOfLake(**case) for id, case in json.loads((target / CONTENTS).read_bytes()).items()}


def _publish(lake: Lake) -> None:
    cases = {id: case._asdict() for id, case in lake.cases.items()}
    manifest = {"format": FORMAT, "built_by": lake.built_by, "cases": cases, "shards": lake.shards, "same": lake.same}
    with whole_file(lake.path / MANIFEST) as temporary:
        temporary.write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")


def _remove(lake: Path, used: set[str]) -> None:
    """Take away the shards that no manifest names, and what a build that died left behind."""
    for folder in (lake / "shards").glob("*"):
        if folder.name not in used and SHARD.fullmatch(folder.name):
            shutil.rmtree(folder)


def _told(lake: Lake, kept: Collection[str], notes: Sequence[Note]) -> Result:
    became = {id: "kept" if id in kept else "built" for id in lake.cases}
    rows = [(id, case.title, became[id], case.rows.get("claims", 0)) for id, case in lake.cases.items()]
    title = f"{lake.path}: {len(rows):,} cases" if len(rows) != 1 else f"{lake.path}: 1 case"
    told = [f"{case.folder}: {line}" for id, case in lake.cases.items() if id not in kept for line in case.told]
    if len(told) > MOST_TOLD:
        more = len(told) - MOST_TOLD
        told[MOST_TOLD:] = [f"{more:,} more lines about other cases; spector load tells those of one"]
    return Result(title, columns("case id, title text, became term, claims count"), rows, notes, left_out=told)


def _notes(before: Lake, after: Lake, same: Sequence[Path], elsewhere: int) -> Iterator[Note]:
    """Say what the lake does not hold that it held, or that it was given."""
    if gone := sorted(set(before.cases) - set(after.cases)):
        yield Note("lake without", {"cases": Said(Shows.TEXT, ", ".join(gone))})
    if before.same and not same:
        yield Note("lake undecided", {})
    if elsewhere:
        files = Said(Shows.TEXT, ", ".join(map(str, same)))
        yield Note("lake elsewhere", {"decisions": Said(Shows.COUNT, elsewhere), "files": files})
