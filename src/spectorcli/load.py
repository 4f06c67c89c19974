"""Builds the database from a case folder: read, check, weigh, write, replace.

All in one transaction in a temporary file, so that a reader sees the old case or the new one, and a
folder with mistakes changes nothing. Rows pass through in batches and groups: memory does not grow with
the case. A claim that stands alone is graded as it is read; only where several meet are they weighed here.
"""

import csv
import gc
import hashlib
import json
import math
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from graphlib import TopologicalSorter
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TypeVar

from spectorcli import __version__
from spectorcli.database import let_signals_in, replaced_database
from spectorcli.errors import Refused
from spectorcli.files import made_folder
from spectorcli.folder import CLAIM_COLUMNS, RANKS, ClaimRow, Folder, read_folder, read_value
from spectorcli.result import Result
from spectorcli.statements import statement
from spectorcli.things import Thing
from spectorcli.values import Span, plain_number, read_date
from spectorcli.vocabulary import BUNDLED, COLUMNS, Kind, Property, read_vocabulary, split_list
from spectorcli.weigh import Claim, Fact, Listing, Witness, alone, weigh

BATCH = 5000
"""Rows that are written at once."""

Row = TypeVar("Row")


class Track(Protocol):
    """Shows how far a step has come while rows pass through."""

    def __call__(self, step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
        """Return the rows as they are."""


def untracked(step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
    """Show nothing."""
    return rows


class Clock:
    """Where the time goes: seconds by step, each from the lap before to its own."""

    def __init__(self) -> None:
        """Start."""
        self.seconds = dict.fromkeys(("read", "parse", "weigh", "write", "index", "keep"), 0.0)
        self._last = perf_counter()

    def lap(self, step: str) -> None:
        """Count the time since the lap before for a step."""
        now = perf_counter()
        self.seconds[step] += now - self._last
        self._last = now

    def profile(self, title: str) -> Result:
        """Return seconds and per cent of each step."""
        total = sum(self.seconds.values())
        rows = [(step, round(took, 3), round(100 * took / total)) for step, took in self.seconds.items()]
        return Result(title, ("step", "seconds", "percent"), [*rows, ("all", round(total, 3), 100)])


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    """Keep Python from looking for circles of objects: rows have none, and looking takes a tenth of a load."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_no_search_for_circles()
def load(
    folder: Path,
    db: Path,
    more: Sequence[Path] = (),
    *,
    stamp: str = "",
    track: Track = untracked,
    clock: Clock | None = None,
) -> Result:
    """Build the database of a case, and return how many rows of each kind it has.

    ``more`` are files like claims.csv, read after the folder's own.

    Raises:
        Refused: the folder has mistakes; an existing database is untouched.
        NotFound: there is no such folder.
        Busy: another load of the same database runs.
    """
    clock = clock or Clock()
    case = read_folder(folder, read_vocabulary(), more)
    clock.lap("parse")
    with made_folder(db.parent), replaced_database(db) as connection:
        build = _Build(case, connection, track, clock, _witnesses(case))
        _build(build, stamp)
        rows = connection.execute(COUNTS).fetchall()
    clock.lap("keep")
    return Result(f"{case.about['title']}: built {db}", ("kind", "rows"), rows)


@_no_search_for_circles()
def check(folder: Path, more: Sequence[Path] = (), *, track: Track = untracked, clock: Clock | None = None) -> Result:
    """Do all that a load does, but keep nothing. Raises what ``load`` raises."""
    clock = clock or Clock()
    case = read_folder(folder, read_vocabulary(), more)
    clock.lap("parse")
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        let_signals_in(connection)
        _build(_Build(case, connection, track, clock, _witnesses(case)), "")
        rows = connection.execute(COUNTS).fetchall()
    return Result(f"{case.about['title']}: no mistakes in {folder}", ("kind", "rows"), rows)


COUNTS = """
select kind, count(*) from entities group by kind
union all
select 'claims', count(*) from claims
"""


@dataclass
class _Build:
    """What the steps of a load share."""

    case: Folder
    connection: sqlite3.Connection
    track: Track
    clock: Clock
    witnesses: dict[str, Witness]

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert many rows; sqlite3 itself is five times as fast at it as sqlite-utils.

        ``table`` is one of ours or a kind of the vocabulary, never text from a case.
        """
        width = len(self.connection.execute(f"select * from [{table}] limit 0").description)  # noqa: S608
        self.connection.executemany(f"insert into [{table}] values ({', '.join('?' * width)})", rows)  # noqa: S608

    def run(self, name: str) -> None:
        """Run a statement of ``sql/build``."""
        self.connection.execute(statement(f"build/{name}"))


def _build(build: _Build, stamp: str) -> None:
    """Write a checked case into an empty database, step by step."""
    build.connection.execute("begin")
    _create_tables(build)
    _read_claims(build)
    _weigh_claims(build)
    _write_things(build)
    _write_rest(build)
    _write_about(build, stamp)
    build.connection.execute("commit")
    build.connection.executescript("pragma analysis_limit = 1000; analyze")
    build.clock.lap("index")


def fingerprint(folder: Path, more: Sequence[Path] = ()) -> str:
    """Return the SHA-256 over names and bytes of all files that make up a case."""
    digest = hashlib.sha256()
    for file in [*sorted([*folder.glob("*.csv"), *folder.glob("datapackage.json")]), *more]:
        digest.update(b"%b\0%d\0" % (os.fsencode(file.name), file.stat().st_size))
        with file.open("rb") as opened:
            while chunk := opened.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _create_tables(build: _Build) -> None:
    """Create one table per kind from the vocabulary, and the fixed ones."""
    from sqlite_utils import Database

    db = Database(build.connection)
    made, later = set(), []
    for kind in build.case.kinds.values():
        made.add(kind.name)
        columns = {"id": "text", **{column: type for column, type, _ in _columns(kind)}}
        refs = [one for one in kind.columns if one.type == "ref" and not one.many]
        keys = [(ref.name, ref.target, "id") for ref in refs if ref.target in made]
        later += [(kind.name, ref.name, ref.target, "id") for ref in refs if ref.target not in made]
        db.table(kind.name).create(columns, pk="id", not_null={"id"}, foreign_keys=keys, strict=True)
    db.add_foreign_keys(later)  # makes a table anew, which takes longer
    for definition in statement("schema").split(";\n"):
        build.connection.execute(definition)
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        build.insert("vocabulary", [(*row, 0) for row in list(csv.reader(lines))[1:]])
    own = build.case.vocabulary
    build.insert("vocabulary", [(*(row[column] for column in COLUMNS), 1) for row in own])
    build.connection.execute("create temp table said (claim integer, object text)")  # by claims that name things
    build.connection.execute(
        "create temp table together (first integer primary key, subject, property, unique (subject, property))"
    )
    build.clock.lap("write")


def _columns(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Yield the columns of a kind's table after id: name, type, and the property they show."""
    for declared in kind.columns:
        yield declared.name, "text", declared.name
    for declared in kind.claimed:
        yield declared.name, "any" if declared.type == "number" else "text", declared.name
        if len(declared.units) > 1 or set(declared.units) & {"mass", "money"}:
            yield f"{declared.name}_unit", "text", declared.name


def _witnesses(case: Folder) -> dict[str, Witness]:
    """Follow ``derived_from`` of each source to its roots; a circle was refused before."""
    sources = {source.id: source.cells for source in case.things.of_kind("sources")}
    if case.mistakes:  # circles and unknown parents may be among them
        return {id: Witness(id, "F", 0, frozenset({id})) for id in sources}
    roots: dict[str, frozenset[str]] = {}
    parents = {
        id: [one for one in split_list(cells["derived_from"]) if one in sources] for id, cells in sources.items()
    }
    for id in TopologicalSorter(parents).static_order():
        above = [roots[parent] for parent in parents[id]]
        roots[id] = frozenset().union(*above) if above else frozenset({id})
    return {
        id: Witness(id, cells["reliability"], _earliest(cells["published"]), roots[id]) for id, cells in sources.items()
    }


def _earliest(published: str) -> float:
    """Return the first day that a date allows: who published in 2020 is not newer than on a day of 2020."""
    return read_date(published).low if published else -math.inf


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _read_claims(build: _Build) -> None:
    """Check each claim and write it as if it stood alone."""
    case, clock = build.case, build.clock
    grade = {(id, rank): alone(one, rank) for id, one in build.witnesses.items() for rank in RANKS}
    origin = {id: "; ".join(sorted(witness.roots)) for id, witness in build.witnesses.items()}
    number = 0
    clock.lap("parse")
    for batch in _batches(build.track("reading", case.claim_rows(), case.claim_lines())):
        clock.lap("read")
        rows: list[tuple[object, ...]] = []
        said: list[tuple[int, str]] = []
        for claim in filter(None, map(case.claim, batch)):
            number += 1
            rows.append(_claim_row(number, claim, origin, grade))
            if claim.declared.type == "ref":
                said += [(number, target) for target in split_list(claim.cells[VALUE].removeprefix("only "))]
        clock.lap("parse")
        build.insert("claims", rows)
        build.insert("said", said)
        clock.lap("write")


SOURCE, VALUE = CLAIM_COLUMNS.index("source"), CLAIM_COLUMNS.index("value")


def _claim_row(
    number: int, claim: ClaimRow, origin: Mapping[str, str], grade: Mapping[tuple[str, str], str]
) -> tuple[object, ...]:
    subject, property, value, unit, when, source, at, stated, rank, note = claim.cells
    reading = claim.reading
    best = rank != "deprecated"
    plain = not isinstance(reading, Listing) or reading.values == {
        value
    }  # a list of several is weighed like many claims
    return (
        number,
        subject,
        property,
        value,
        unit,
        reading.figure if isinstance(reading, Span) else None,
        *_bounds(reading, claim.declared.type),
        when,
        source,
        origin[source],
        at,
        stated,
        rank,
        note,
        grade[source, rank],
        "" if not plain else "best" if best else "differs",
        number if best else None,
        claim.place,
    )


def _bounds(reading: object, type: str) -> tuple[object, object, object, object]:
    """Return low, high, earliest, latest: numbers for a number, ISO dates for a date."""
    if not isinstance(reading, Span):
        return None, None, None, None
    if type == "number":
        return reading.low, reading.high, None, None
    return None, None, _iso(reading.low), _iso(reading.high)


def _iso(day: float) -> str | None:
    return None if math.isinf(day) else date.fromordinal(int(day)).isoformat()


WEIGHED = """
select first, claims.subject, claims.property, id, value, unit, "when", source, rank, at, line
from together
cross join claims on claims.subject = together.subject and claims.property = together.property
order by first, id
"""


def _weigh_claims(build: _Build) -> None:
    """Weigh what several claims speak of, and keep verdicts and facts.

    Raises:
        Refused: there are mistakes, these or from before; one claim may stand there twice.
    """
    case, connection = build.case, build.connection
    connection.execute("create index claims_subject on claims (subject, property)")
    connection.execute("create index claims_source on claims (source)")
    build.run("together")
    (total,) = connection.execute("select count(*) from together").fetchone()
    build.clock.lap("index")
    groups = (list(rows) for _, rows in groupby(connection.execute(WEIGHED), key=itemgetter(0)))
    for batch in _batches(build.track("weighing", groups, total)):
        for rows in batch:
            _find_repeated_claims(case, rows)
        if not case.mistakes:
            _weigh_groups(build, batch)
    if case.mistakes:
        raise Refused(str(case.path), case.messages())
    build.run("alone")
    build.clock.lap("weigh")
    connection.execute('create index facts_subject on facts (subject, property, unit, "when", value)')
    connection.execute('create index facts_dispute on facts (dispute, subject, property, unit, "when", value)')
    connection.execute("create index claims_fact on claims (fact)")
    build.clock.lap("index")


def _find_repeated_claims(case: Folder, rows: list[tuple[Any, ...]]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for _, _, _, _, *said, line in rows:
        first = seen.setdefault(tuple(said), line)
        if first != line:
            (file, here), (other, there) = case.locate(line), case.locate(first)
            where = f"line {there}" if file == other else f"{other}:{there}"
            case.wrong(file, here, f"the same claim stands in {where}; take one of them out")


def _weigh_groups(build: _Build, batch: list[list[tuple[Any, ...]]]) -> None:
    case, facts, judged = build.case, [], []
    for rows in batch:
        _, subject, name, *_ = rows[0]
        kind = case.things.kind_of(subject)
        assert kind
        declared = case.kinds[kind].properties[name]
        weighed = weigh([_claim(declared, build.witnesses, *row[3:-1]) for row in rows])
        main = max((one.fact for one in weighed if one.fact), key=_prominence, default=None)
        for one in weighed:
            fact = one.fact.best.number if one.fact else None
            if one.fact:
                facts.append((fact, *_fact_row(subject, declared, one.fact, one.fact is main)))
            judged += [(v.grade, v.verdict, fact, v.claim.number) for v in one.verdicts]
    build.clock.lap("weigh")
    build.connection.executemany("update claims set grade = ?, verdict = ?, fact = ? where id = ?", judged)
    build.insert("facts", facts)
    build.clock.lap("write")


def _claim(
    declared: Property,
    witnesses: dict[str, Witness],
    number: int,
    value: str,
    unit: str,
    when: str,
    source: str,
    rank: str,
    at: str,
) -> Claim:
    return Claim(
        number=number,
        value=value,
        unit=unit,
        reading=read_value(declared, value, unit),
        when=read_date(when) if when else None,
        period=when,
        witness=witnesses[source],
        rank=rank,
        at=at,
    )


def _prominence(fact: Fact) -> tuple[object, ...]:
    """Return the key by which one fact of a property stands for it in the table of its kind.

    The latest where values follow each other, else the best supported: a seizure stated in two
    currencies has a best value in each.
    """
    best = fact.best
    when = best.when.high if best.when else -math.inf
    return when, best.rank == "preferred", -ord(best.witness.reliability), fact.origins, fact.sources, best.unit


def _fact_row(subject: str, declared: Property, fact: Fact, main: bool) -> tuple[object, ...]:
    best = fact.best
    return (
        subject,
        declared.name,
        plain_number(fact.value) if declared.type == "number" else fact.value,
        best.unit,
        best.reading.figure if isinstance(best.reading, Span) else None,
        *_bounds(best.reading, declared.type),
        best.period,
        best.number,
        fact.grade,
        fact.sources,
        fact.origins,
        fact.also,
        fact.dispute,
        fact.decided,
        int(main),
    )


def _write_things(build: _Build) -> None:
    """Write each thing into the table of its kind, with its best values, and what it is called."""
    case = build.case

    @lru_cache(BATCH)
    def label(id: str) -> str:
        return _label(case, case.things[id], label)

    for kind in case.kinds.values():
        refs = [one.name for one in kind.columns if one.type == "ref"]
        claimed = [(column, name) for column, _, name in _columns(kind)][len(kind.columns) :]
        for things in _batches(case.things.of_kind(kind.name)):
            named = [(thing, _label(case, thing, label)) for thing in things]
            build.insert("entities", ((thing.id, thing.kind, called) for thing, called in named))
            build.insert("names", (row for thing, called in named for row in _names(thing, called)))
            build.insert("cells", ((one.id, name, text) for one in things for name, text in one.cells.items() if text))
            build.insert("links", (link for thing in things for link in _links(refs, thing)))
            best = _best_values(things, build.connection)
            build.insert(kind.name, (_thing_row(claimed, thing, best) for thing in things))
            build.insert("search", (_search_row(thing, called) for thing, called in named))
    build.clock.lap("write")


def _best_values(things: Sequence[Thing], connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[object, str]]:
    """Return value and unit of what is claimed of things, by id and property."""
    ids = json.dumps([thing.id for thing in things])
    statement = """
        select subject, property, facts.value, unit
        from json_each(?) as asked
        cross join facts on facts.subject = asked.value and main
    """
    return {(id, name): (value, unit) for id, name, value, unit in connection.execute(statement, (ids,))}


def _thing_row(
    claimed: list[tuple[str, str]], thing: Thing, best: Mapping[tuple[str, str], tuple[object, str]]
) -> list[object]:
    row: list[object] = [thing.id, *(text or None for text in thing.cells.values())]
    for column, name in claimed:
        value, unit = best.get((thing.id, name), (None, None))
        row.append(value if column == name else unit)
    return row


def _label(case: Folder, thing: Thing, label: Callable[[str], str]) -> str:
    """Return what a person would call a thing: its name, or what it is made of."""
    named = thing.cells.get("name") or thing.cells.get("title")
    if named:
        return named
    parts = []
    for column in case.kinds[thing.kind].columns:
        text = thing.cells[column.name]
        if text and column.name != "part_of" and not column.many:
            parts.append(label(text) if column.type == "ref" else text)
    return ", ".join(parts) or thing.id


def _names(thing: Thing, label: str) -> Iterator[tuple[str, str, str, int]]:
    proper = [thing.cells.get("name", ""), *split_list(thing.cells.get("aliases", ""))]
    for name in dict.fromkeys([*proper, thing.id, label]):
        if name:
            yield thing.id, name, name.casefold(), int(name in proper)


def _links(refs: Sequence[str], thing: Thing) -> Iterator[tuple[str, str, str, int, None, None]]:
    """Yield which things a thing points to in its columns."""
    for column in refs:
        for target in split_list(thing.cells[column]):
            yield thing.id, column, target, 0, None, None


def _search_row(thing: Thing, label: str) -> tuple[str, str, str, str]:
    """Return what a thing is found by; not by addresses, whose words would count as if it spoke of them."""
    words = [thing.id, *(text for name, text in thing.cells.items() if text and name != "url")]
    return thing.id, thing.kind, label, " · ".join(words)


def _write_rest(build: _Build) -> None:
    """Write what is found by way of something else: links of claims, sums of parts, words."""
    build.run("links")
    connection = build.connection
    connection.execute("create index names_key on names (key)")
    connection.execute("create index cells_entity on cells (entity)")
    connection.execute("create index links_subject on links (subject, property)")
    connection.execute("create index links_object on links (object, property)")
    build.run("parts")
    connection.execute("create index parts_whole on parts (whole)")
    build.run("search")
    build.clock.lap("index")


def _write_about(build: _Build, stamp: str) -> None:
    case, connection = build.case, build.connection
    about = {**case.about, "fingerprint": fingerprint(case.path, case.more), "version": __version__, "stamp": stamp}
    for name, column in (("speaking sources", "source"), ("subjects", "subject")):
        distinct = f"select count(*) from (select 1 from claims group by {column})"  # noqa: S608  read off an index
        about[name] = str(connection.execute(distinct).fetchone()[0])
    about.update({f"rows of {kind}": str(count) for kind, count in connection.execute(COUNTS)})
    build.insert("about", about.items())
