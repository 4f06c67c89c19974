"""Builds the database from a case folder: read, check, weigh, write, replace.

All in one transaction in a temporary file, so that a reader sees the old case or the new one, and a
folder with mistakes changes nothing.
"""

import csv
import hashlib
import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

from spectorcli import __version__
from spectorcli.database import replaced_database
from spectorcli.errors import Refused
from spectorcli.folder import ClaimRow, Folder, Thing, read_folder, read_value, split_list
from spectorcli.result import Result
from spectorcli.values import Span, plain_number, read_date
from spectorcli.vocabulary import BUNDLED, COLUMNS, Kind, Property, read_vocabulary
from spectorcli.weigh import Claim, Fact, Witness, weigh

SCHEMA = Path(__file__).with_name("sql") / "schema.sql"


Row = TypeVar("Row")


class Track(Protocol):
    """Shows how far a step has come while rows pass through."""

    def __call__(self, step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
        """Return the rows as they are."""


def untracked(step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
    """Show nothing."""
    return rows


def load(folder: Path, db: Path, more: Sequence[Path] = (), *, stamp: str = "", track: Track = untracked) -> Result:
    """Build the database of a case, and return how many rows of each kind it has.

    ``more`` are files like claims.csv, read after the folder's own.

    Raises:
        Refused: the folder has mistakes; an existing database is untouched.
        NotFound: there is no such folder.
        Busy: another load of the same database runs.
    """
    case = read_folder(folder, read_vocabulary(), more)
    db.parent.mkdir(parents=True, exist_ok=True)
    with replaced_database(db) as connection:
        _build(case, connection, stamp, track)
        rows = connection.execute(COUNTS).fetchall()
    return Result(f"{case.about['title']}: built {db}", ("kind", "rows"), rows)


def check(folder: Path, more: Sequence[Path] = (), *, track: Track = untracked) -> Result:
    """Do all that a load does, but keep nothing. Raises what ``load`` raises."""
    case = read_folder(folder, read_vocabulary(), more)
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        _build(case, connection, "", track)
        rows = connection.execute(COUNTS).fetchall()
    return Result(f"{case.about['title']}: no mistakes in {folder}", ("kind", "rows"), rows)


COUNTS = """
select kind, count(*) from entities group by kind
union all
select 'claims', count(*) from claims
"""


def _build(case: Folder, connection: sqlite3.Connection, stamp: str, track: Track) -> None:
    """Write a checked case into an empty database, step by step."""
    connection.execute("begin")
    _create_tables(case, connection)
    witnesses = _witnesses(case)
    claims = track("reading", case.claims(), case.claim_lines())
    _insert(connection, "claims", (_claim_row(claim, witnesses) for claim in claims))
    _find_repeated_claims(case, connection)
    if case.mistakes:
        raise Refused(str(case.path), case.messages())
    _weigh_all(case, connection, witnesses, track)
    _write_things(case, connection)
    _write_links(case, connection)
    _write_search(case, connection)
    _write_about(case, connection, stamp)
    broken = connection.execute("pragma foreign_key_check").fetchall()
    assert not broken, broken
    connection.execute("commit")
    connection.execute("analyze")


def fingerprint(folder: Path, more: Sequence[Path] = ()) -> str:
    """Return the SHA-256 over names and bytes of all files that make up a case."""
    digest = hashlib.sha256()
    for file in [*sorted([*folder.glob("*.csv"), *folder.glob("datapackage.json")]), *more]:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _create_tables(case: Folder, connection: sqlite3.Connection) -> None:
    """Create one table per kind from the vocabulary, and the fixed ones."""
    from sqlite_utils import Database

    kinds = case.kinds
    db = Database(connection)
    for kind in kinds.values():
        columns = {"id": "text", **{column: type for column, type, _ in _columns(kind)}}
        db.table(kind.name).create(columns, pk="id", strict=True)
    refs = [p for kind in kinds.values() for p in kind.columns if p.type == "ref" and not p.many]
    db.add_foreign_keys([(ref.kind, ref.name, ref.target, "id") for ref in refs])
    for statement in SCHEMA.read_text(encoding="utf-8").split(";\n"):
        connection.execute(statement)
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        _insert(connection, "vocabulary", [(*row, 0) for row in list(csv.reader(lines))[1:]])
    _insert(connection, "vocabulary", [(*(row[column] for column in COLUMNS), 1) for row in case.vocabulary])


def _columns(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Yield the columns of a kind's table after id: name, type, and the property they show."""
    for declared in kind.columns:
        yield declared.name, "text", declared.name
    for declared in kind.claimed:
        yield declared.name, "any" if declared.type == "number" else "text", declared.name
        if len(declared.units) > 1 or set(declared.units) & {"mass", "money"}:
            yield f"{declared.name}_unit", "text", declared.name


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert many rows; sqlite3 itself is five times as fast at it as sqlite-utils.

    ``table`` is one of ours or a kind of the vocabulary, never text from a case.
    """
    width = len(connection.execute(f"select * from [{table}] limit 0").description)  # noqa: S608
    connection.executemany(f"insert into [{table}] values ({', '.join('?' * width)})", rows)  # noqa: S608


def _witnesses(case: Folder) -> dict[str, Witness]:
    """Follow ``derived_from`` of each source to its roots; a circle was refused before."""
    parents = {source.id: split_list(source.cells["derived_from"]) for source in case.of_kind("sources")}
    roots: dict[str, frozenset[str]] = {}

    def find(id: str) -> frozenset[str]:
        if id not in roots:
            above = [find(parent) for parent in parents[id] if parent in parents]
            roots[id] = frozenset().union(*above) if above else frozenset({id})
        return roots[id]

    if case.mistakes:  # circles and unknown parents may be among them
        return {id: Witness(id, "F", 0, frozenset({id})) for id in parents}
    return {
        source.id: Witness(
            source.id, source.cells["reliability"], _earliest(source.cells["published"]), find(source.id)
        )
        for source in case.of_kind("sources")
    }


def _earliest(published: str) -> float:
    """Return the first day that a date allows: who published in 2020 is not newer than on a day of 2020."""
    return read_date(published).low if published else -math.inf


def _claim_row(claim: ClaimRow, witnesses: dict[str, Witness]) -> tuple[object, ...]:
    cells = claim.cells
    return (
        None,
        *(cells[column] for column in ("subject", "property", "value", "unit")),
        *_bounds(claim.reading, claim.property.type),
        cells["when"],
        cells["source"],
        "; ".join(sorted(witnesses[cells["source"]].roots)),
        *(cells[column] for column in ("at", "stated", "rank", "note")),
        "",
        "",
        None,
        claim.line,
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


def _find_repeated_claims(case: Folder, connection: sqlite3.Connection) -> None:
    repeated = connection.execute(
        """
        select line, min(line) over same as first
        from claims
        window same as (partition by subject, property, value, unit, "when", source, at)
        """
    )
    for line, first in repeated:
        if line != first:
            (file, here), (other, there) = case.place(line), case.place(first)
            where = f"line {there}" if file == other else f"{other}:{there}"
            case.wrong(file, here, f"the same claim stands in {where}; take one of them out")


def _weigh_all(case: Folder, connection: sqlite3.Connection, witnesses: dict[str, Witness], track: Track) -> None:
    """Weigh the claims property by property and keep verdicts and facts."""
    connection.execute("create index claims_subject on claims (subject, property)")
    connection.execute("create index claims_source on claims (source)")
    rows = connection.execute(
        'select subject, property, id, value, unit, "when", source, rank, at from claims order by subject, property'
    ).fetchall()
    facts: list[tuple[object, ...]] = []
    judged: list[tuple[str, str, int | None, int]] = []
    for (subject, name), group in groupby(track("weighing", rows, len(rows)), key=lambda row: (row[0], row[1])):
        declared = case.kinds[case.things[subject].kind].properties[name]
        weighed = weigh([_claim(declared, witnesses, *row[2:]) for row in group])
        main = max((one.fact for one in weighed if one.fact), key=_prominence, default=None)
        for one in weighed:
            if one.fact:
                facts.append((len(facts) + 1, *_fact_row(subject, declared, one.fact, one.fact is main)))
            fact = len(facts) if one.fact else None
            judged += [(v.grade, v.verdict, fact, v.claim.number) for v in one.verdicts]
    connection.executemany("update claims set grade = ?, verdict = ?, fact = ? where id = ?", judged)
    _insert(connection, "facts", facts)
    connection.execute("create index facts_subject on facts (subject, property)")
    connection.execute("create index claims_fact on claims (fact)")


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


def _write_things(case: Folder, connection: sqlite3.Connection) -> None:
    """Write each thing into the table of its kind, with its best values, and what it is called."""
    things = case.things.values()
    _insert(connection, "entities", ((thing.id, thing.kind, _label(case, thing)) for thing in things))
    _insert(connection, "names", (row for thing in things for row in _names(case, thing)))
    cells = ((thing.id, name, text) for thing in things for name, text in thing.cells.items() if text)
    _insert(connection, "cells", cells)
    connection.execute("create index names_key on names (key)")
    connection.execute("create index cells_entity on cells (entity)")
    for kind in case.kinds.values():
        _insert(connection, kind.name, (list(_thing_row(kind, thing, connection)) for thing in case.of_kind(kind.name)))


def _thing_row(kind: Kind, thing: Thing, connection: sqlite3.Connection) -> Iterator[object]:
    best = {
        name: (value, unit)
        for name, value, unit in connection.execute(
            "select property, value, unit from facts where subject = ? and main", (thing.id,)
        )
    }
    yield thing.id
    for column, _, name in _columns(kind):
        if name in thing.cells:
            yield thing.cells[name] or None
        else:
            yield best.get(name, (None, None))[column != name]


def _label(case: Folder, thing: Thing) -> str:
    """Return what a person would call a thing: its name, or what it is made of."""
    named = thing.cells.get("name") or thing.cells.get("title")
    if named:
        return named
    parts = []
    for column in case.kinds[thing.kind].columns:
        text = thing.cells[column.name]
        if text and column.name != "part_of" and not column.many:
            parts.append(_label(case, case.things[text]) if column.type == "ref" else text)
    return ", ".join(parts) or thing.id


def _names(case: Folder, thing: Thing) -> Iterator[tuple[str, str, str, int]]:
    proper = [thing.cells.get("name", ""), *split_list(thing.cells.get("aliases", ""))]
    for name in dict.fromkeys([*proper, thing.id, _label(case, thing)]):
        if name:
            yield thing.id, name, name.casefold(), int(name in proper)


def _write_links(case: Folder, connection: sqlite3.Connection) -> None:
    """Write which thing points to which, from columns and from accepted claims."""
    columns = (
        (thing.id, column.name, target, 0, None, None)
        for thing in case.things.values()
        for column in case.kinds[thing.kind].columns
        if column.type == "ref"
        for target in split_list(thing.cells[column.name])
    )
    _insert(connection, "links", columns)
    refs = {(kind.name, p.name) for kind in case.kinds.values() for p in kind.claimed if p.type == "ref"}
    said: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for subject, name, value, grade, source in connection.execute(
        "select subject, property, value, grade, source from claims where verdict <> 'differs'"
    ):
        if (case.things[subject].kind, name) in refs:
            for target in split_list(value.removeprefix("only ")):
                said.setdefault((subject, name, target), []).append((grade, source))
    claimed = (
        (*link, 1, min(grade for grade, _ in by), len({source for _, source in by}))
        for link, by in sorted(said.items())
    )
    _insert(connection, "links", claimed)
    connection.execute("create index links_subject on links (subject, property)")
    connection.execute("create index links_object on links (object, property)")


def _write_search(case: Folder, connection: sqlite3.Connection) -> None:
    """Index things with their names and words, and claims with theirs."""
    _insert(connection, "search", (_search_row(case, thing) for thing in case.things.values()))
    claims = connection.execute(
        """
        select
            subject,
            'claims',
            property,
            value
                || coalesce(' ' || nullif(unit, ''), '')
                || coalesce(' · ' || nullif(stated, ''), '')
                || coalesce(' · ' || nullif(note, ''), '')
        from claims
        """
    )
    _insert(connection, "search", claims.fetchall())


def _search_row(case: Folder, thing: Thing) -> tuple[str, str, str, str]:
    """Return what a thing is found by; not by addresses, whose words would count as if it spoke of them."""
    words = [thing.id, *(text for name, text in thing.cells.items() if text and name != "url")]
    return thing.id, thing.kind, _label(case, thing), " · ".join(words)


def _write_about(case: Folder, connection: sqlite3.Connection, stamp: str) -> None:
    about = {**case.about, "fingerprint": fingerprint(case.path, case.more), "version": __version__, "stamp": stamp}
    speaking = "select count(distinct source) as speaking, count(distinct subject) as subjects from claims"
    about["speaking sources"], about["subjects"] = map(str, connection.execute(speaking).fetchone())
    about.update({f"rows of {kind}": str(count) for kind, count in connection.execute(COUNTS)})
    _insert(connection, "about", about.items())
