"""Builds a lake: what each case answers is written down; a shard of cases is one task, and a large case several.

Tasks run in processes of their own, in any order. What did not change since the last time is carried over.
"""

import hashlib
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spectorcli.corpus.lake import BUILT_BY, FORMAT, MANIFEST, Lake, engine, read_lake, shard_of
from spectorcli.corpus.processes import ATTEMPTS, Processes
from spectorcli.corpus.settled import settled
from spectorcli.corpus.shard import (
    CLAIMS,
    DATABASE,
    PIECE,
    Failed,
    Reading,
    Split,
    Task,
    Weighing,
    Wrong,
    answer,
    parts_of,
    read,
    read_contents,
    weigh,
    write_shard,
)
from spectorcli.corpus.spark import Spark, master_of, running
from spectorcli.corpus.tables import TABLES
from spectorcli.errors import EnvironmentFailed, NotFound, Refused, UsageError
from spectorcli.files import lock, whole_file
from spectorcli.folder.pieces import pieces
from spectorcli.folder.read import read_folder
from spectorcli.load.load import fingerprint
from spectorcli.load.parts import opened
from spectorcli.result import Note, Result, Said, Shows, columns
from spectorcli.vocabulary import read_vocabulary

MOST_TOLD = 50
"""Lines of loads that are told; nobody reads those of a thousand cases."""

LOG = "spark.log"
"""The file beside the manifest in which Spark tells why it gave up."""

SHUFFLED = ".shuffled"
"""The folder among the shards in which one process leaves rows to another."""

_NAMES = r"\d\d-[0-9a-f]{16}|same-[0-9a-f]{16}|case-[0-9a-f]{16}(?:-\d{3})?"

SHARD = re.compile(rf"(?:{_NAMES})|\.(?:{_NAMES})\.[0-9a-f]{{12}}\.tmp|{re.escape(SHUFFLED)}")
"""How the folder of a shard is called, also while it is written."""


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
        parts = {id: parts_of(folder) for id, folder in named.items()}
        tasks = list(_tasks(lake.resolve(), before, {id: named[id] for id in named if not parts[id]}, prints))
        splits = [_split(lake.resolve(), id, named[id], prints[id], parts[id]) for id in sorted(named) if parts[id]]
        shards: list[Task | Split] = [*tasks, *splits]
        targets = [one.target for one in shards] + [target for one in splits for target in one.targets()]
        names = {target.name for target in targets}
        _remove(lake, names | {*before.shards, before.same})
        mistakes = _write(tasks, splits, lake, jobs, spark)
        if mistakes:
            told = [f"{folder}/{line}" for folder, lines in mistakes for line in lines]
            raise Refused(f"{len(mistakes)} of {len(named)} cases" if len(named) > 1 else mistakes[0][0], told)
        cases = dict(sorted(one for shard in shards for one in read_contents(shard.target).items()))
        after, elsewhere = settled(Lake(lake, cases, tuple(sorted(names)), BUILT_BY), same)
        _publish(after)
        _remove(lake, {*names, after.same})
    kept = {id for task in tasks for id in task.kept} | {one.id for one in splits if one.target.name in before.shards}
    return _told(after, kept, list(_notes(before, after, same, elsewhere)))


def _write(tasks: Sequence[Task], splits: Sequence[Split], lake: Path, jobs: int, spark: str | None) -> list[Failed]:
    """Write the shards that are not there yet, and return the cases that are not valid."""
    if spark is not None:
        master_of(spark, ATTEMPTS)
    todo = [one for one in tasks if not one.target.is_dir()]
    undone = [one for one in splits if not one.target.is_dir()]
    if not todo and not undone:
        return []
    with engine():  # says what is missing before anything is loaded
        pass
    local = Processes(jobs, lake / "shards" / SHUFFLED)
    with local if spark is None else running(spark, ATTEMPTS, lake / LOG) as runs:
        failed = [one for found in runs.map(write_shard, todo) for one in found]
        for split in undone:
            failed += _divide(runs, split)
    if not failed:
        _see(one.target for one in todo)
        _see(one.target for one in undone)
    return failed


def _divide(runs: Processes | Spark, split: Split) -> list[Failed]:
    """Have a case weighed in parts, and answered; return it if it is not valid."""
    targets = split.targets()
    missing = frozenset(part for part, target in enumerate(targets) if not (target / DATABASE).is_file())
    for part in missing:
        shutil.rmtree(targets[part], ignore_errors=True)  # of which another build took the database
    wrong: list[Wrong] = []
    if missing:
        reading = [Reading(split, piece, missing) for piece in pieces(split.folder / CLAIMS, PIECE)]
        weighing = [Weighing(split, part, target) for part, target in enumerate(targets)]
        wrong = [one for one in runs.shuffle(read, reading, weigh, weighing) if one]
    failed = [_failed(split, wrong)] if wrong else []
    if not failed:
        _see(targets)
        list(runs.map(answer, [split]))
    opened.cache_clear()
    for target in targets:
        (target / DATABASE).unlink(missing_ok=True)
        if failed:
            shutil.rmtree(target, ignore_errors=True)
    return failed


def _failed(split: Split, wrong: Sequence[Wrong]) -> Failed:
    """Return the mistakes of a case, in the order in which one load finds them."""
    case = read_folder(split.folder, read_vocabulary())
    try:
        case.mistakes.gather(mistake for one in wrong for mistake in one.read)
        repeated = [mistake for one in wrong for mistake in one.repeated]
        case.mistakes.gather(sorted(repeated, key=lambda mistake: mistake.line))
        case.mistakes.refuse()
    except Refused as refused:
        return Failed(str(split.folder), refused.mistakes)
    raise EnvironmentFailed(f"{split.folder} was changed while it was read; build the lake again")


def _see(targets: Iterable[Path]) -> None:
    for target in (one for one in targets if not one.is_dir()):
        raise EnvironmentFailed(f"the engine wrote no {target} that is seen here; use a folder that all share")


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
    old = {int(shard[:2]): shard for shard in before.shards if shard[:2].isdigit()}
    for number, ids in sorted(members.items()):
        stamp = json.dumps([FORMAT, BUILT_BY, [[id, prints[id]] for id in ids]])
        target = lake / "shards" / f"{number:02}-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}"
        loaded = before.cases if before.built_by == BUILT_BY else {}
        same = {id for id in ids if id in loaded and (loaded[id].fingerprint, loaded[id].parts) == (prints[id], 0)}
        files = {table: str(lake / "shards" / old[number] / f"{table}.parquet") for table in TABLES if same}
        fresh = {id: (named[id], prints[id]) for id in ids if id not in same}
        yield Task(target, fresh, {id: before.cases[id] for id in same}, files)


def _split(lake: Path, id: str, folder: Path, stamp: str, parts: int) -> Split:
    name = hashlib.sha256(json.dumps([FORMAT, BUILT_BY, id, stamp, parts]).encode()).hexdigest()[:16]
    return Split(id, folder, stamp, lake / "shards" / f"case-{name}", parts)


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
