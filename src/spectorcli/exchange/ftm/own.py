"""Reads a case back from the statements that ``write`` made of it: its kinds, its things and its claims are ours again.

A statement says what its property means, and of which kind a thing is; what FollowTheMoney cannot hold whole stands in
``notes`` and ``summary`` in the words that ``values`` writes: ``count (2021): ~300 persons [quoting own]``. The file is
read twice, first for kinds, sources and notes, which are kept in a temporary database.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from spectorcli.errors import Refused
from spectorcli.exchange.folder import write_table
from spectorcli.exchange.ftm.round_trip import MARK, STATEMENT_COLUMNS, THE_CASE, case_id
from spectorcli.exchange.ftm.schema import GENERIC_LINK, LINKS, TYPES, clean, sources_of
from spectorcli.exchange.ftm.shapes import BadRow, Statement, rows
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.vocabulary import read_own_vocabulary
from spectorcli.statements import statement
from spectorcli.values import listing, units
from spectorcli.values.wording import count
from spectorcli.vocabulary import COLUMNS, Kind, Property, columns_for, read_vocabulary

_NOTE = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9_]*)(?: \((?P<when>[^()]*)\))?: (?P<said>.*?)"
    r"(?: \[(?P<rank>preferred|deprecated|inferred|note): (?P<reason>.*)\])?(?: \[quoting (?P<quoting>[^\[\]]*)\])?"
)

_TABLES = (
    "create table things (id text primary key, kind text)",
    "create table datasets (name text primary key, source text)",
    "create table cells (thing text, property text, value text, whole integer, unique (thing, property, value))",
    "create table noted (thing text, property text, source text, value text, at text)",
    "create table links (entity text, place text, value text, dataset text, at text, stated text)",
)

_ENDS = {ends[0]: {ends[1]: "subject", ends[2]: "object", "role": "role"} for ends in (*LINKS.values(), GENERIC_LINK)}
"""Of each schema that ties a thing to another what its properties are for."""

Row = dict[str, str]


class Said(NamedTuple):
    """What a note says of a property, and in which words of the source."""

    declared: Property
    value: str
    unit: str
    when: str
    rank: str
    reason: str
    quoting: str
    stated: str


def is_ours(row: Mapping[str, Any]) -> bool:
    """Whether a statement says that the whole file is a case of ours."""
    return bool(row.get("prop") == "id" and row.get("origin") == MARK and row.get("value") == MARK)


def to_folder(file: Path, folder: Path, tell: Callable[[str], None]) -> None:
    """Write the folder of the case that a file of statements holds.

    Raises:
        Refused: with every row that cannot be read.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.execute("begin")
        for table in _TABLES:
            connection.execute(table)
        reader = _Reader(file, connection)
        reader.look(folder)
        write_table(folder / "claims.csv", CLAIM_COLUMNS, reader.claims())
        reader.write_things(folder)
    if reader.left_out:
        tell(f"{count(reader.left_out, 'statements')} left out, which are not as spector writes them")


class _Reader:
    """Reads one file, first to look around and then for its claims."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.left_out = 0
        self._file, self._connection = file, connection
        self._package: dict[str, str] = {}
        self._own: list[Row] = []
        self._kinds: dict[str, Kind] = {}

    def _statements(self) -> Iterator[Row]:
        for _, row in rows(self._file):
            if isinstance(row, Statement):
                yield {**dict.fromkeys(STATEMENT_COLUMNS, ""), **row}

    def look(self, folder: Path) -> None:
        """Find out what the case declares, which things and sources it has, and what notes say."""
        wrong = [f"{self._file.name}:{line}: {row}" for line, row in rows(self._file) if isinstance(row, BadRow)]
        if wrong:
            raise Refused(str(self._file), wrong)
        for row in self._statements():
            if row["entity_id"] == THE_CASE:
                self._declare(row)
            elif row["prop"] == "id":
                id = _own_id(row["entity_id"])
                self._connection.execute("insert or ignore into things values (?, ?)", (id, row["value"]))
                if row["value"] == "sources":
                    self._connection.execute("insert or ignore into datasets values (?, ?)", (row["dataset"], id))
        if self._own:
            write_table(folder / "vocabulary.csv", columns_for(self._own), self._own)
        self._kinds = read_own_vocabulary(folder, read_vocabulary()).kinds
        for row in self._statements():
            id, said = _own_id(row["entity_id"]), self._said(row)
            if said and said.declared.claimed:
                source = self._source(row["dataset"])
                noted = [(id, said.declared.name, source, one, row["origin"]) for one in _members(said)]
                self._connection.executemany("insert into noted values (?, ?, ?, ?, ?)", noted)
            elif said:
                self._cell(id, said.declared, said.value, whole=True)
        self._connection.execute("create index notes on noted (thing, property, source)")

    def _declare(self, row: Row) -> None:
        name, _, text = row["value"].partition(": ")
        self._package["name"] = row["dataset"].replace("_", "-")
        if row["prop"] == "name":
            self._package["title"] = row["original_value"] or row["value"]
        elif name == "operation":
            self._package["operation"] = text
        elif name == "vocabulary":
            cells = next(csv.reader([text]), [])
            self._own += [dict(zip(COLUMNS, cells, strict=True))] if len(cells) == len(COLUMNS) else []
            self.left_out += len(cells) != len(COLUMNS)

    def claims(self) -> Iterator[Row]:
        """Yield the claims of the case; what stands in the files of its kinds is kept for these."""
        for row in self._statements():
            id = _own_id(row["entity_id"])
            kind = self._kind(id)
            if row["prop"] == "id" or row["entity_id"] == THE_CASE:
                continue
            if kind is None:
                self._keep_link(row)
            elif said := self._said(row):
                if said.declared.claimed:
                    yield self._claim(id, row, said)
            else:
                yield from self._value(id, kind, row)
        for subject, role, object, dataset, at, stated in self._connection.execute(statement("ftm/own_ties")):
            kind = self._kind(_own_id(subject))
            declared = kind.properties.get(role.replace(" ", "_")) if kind else None
            row = {"prop": "entity", "value": object, "dataset": dataset, "origin": at, "original_value": stated}
            yield from self._placed(_own_id(subject), declared, row)

    def _value(self, id: str, kind: Kind, row: Row) -> Iterator[Row]:
        """Yield the claim that the value of a property is, if it tells from which of ours it is."""
        prop = row["prop"]
        meant = sources_of(kind, prop)
        if TYPES.get(prop) == "entity":
            other = self._kind(_own_id(row["value"]))
            meant = [one for one in meant if other and one.target == other.name]
        if len(meant) == 1:
            yield from self._placed(id, meant[0], row)
        elif not meant and prop not in _SAID_ANYWAY:
            self.left_out += 1

    def _placed(self, id: str, declared: Property | None, row: Row) -> Iterator[Row]:
        """Yield the claim that a value is, or keep it as a cell; where a note says it in full it is not said again."""
        if declared is None:
            self.left_out += 1
            return
        text, stated = _parted(declared, row)
        if not declared.claimed:
            self._cell(id, declared, text if stated == "" else stated)
            return
        here = "" if declared.type == "date" else text
        noted = {
            place
            for (at,) in self._connection.execute(
                "select at from noted where thing = ? and property = ? and source = ? and value = ?",
                (id, declared.name, self._source(row["dataset"]), here),
            )
            for place in at.split("; ")
        }
        places = [place for place in row["origin"].split("; ") if place not in noted]
        if places:
            said = Said(declared, text, "", "", "", "", "", stated)
            yield {**self._claim(id, row, said), "at": "; ".join(places)}

    def _claim(self, id: str, row: Row, said: Said) -> Row:
        return {
            **{"subject": id, "property": said.declared.name, "value": said.value, "unit": said.unit},
            **{"when": said.when, "source": self._source(row["dataset"]), "at": row["origin"]},
            **{"stated": said.stated, "rank": said.rank.removeprefix("note"), "note": said.reason},
            "quoting": said.quoting,
        }

    def _said(self, row: Row) -> Said | None:
        """Return what a note says; the case's own words for it where FollowTheMoney has had to clean them."""
        if row["prop"] not in {"notes", "summary"}:
            return None
        text, stated = _whole(row, "text")
        found = _NOTE.fullmatch(text)
        kind = self._kind(_own_id(row["entity_id"])) if found else None
        declared = kind.properties.get(found["name"]) if kind and found else None
        if not found or not declared:
            return None
        value, unit = _with_unit(declared, found["said"])
        when, rank, reason, quoting = (found[name] or "" for name in ("when", "rank", "reason", "quoting"))
        return Said(declared, value, unit, when, rank, reason, quoting, stated)

    def _kind(self, id: str) -> Kind | None:
        found = self._connection.execute("select kind from things where id = ?", (id,)).fetchone()
        return self._kinds.get(found[0]) if found else None

    def _source(self, dataset: str) -> str:
        found = self._connection.execute("select source from datasets where name = ?", (dataset,)).fetchone()
        return str(found[0]) if found else ""

    def _cell(self, id: str, declared: Property, text: str, whole: bool = False) -> None:
        cell = (id, declared.name, text, int(whole))
        self._connection.execute("insert or ignore into cells values (?, ?, ?, ?)", cell)

    def _keep_link(self, row: Row) -> None:
        place = _ENDS.get(row["schema"], {}).get(row["prop"])
        if place is None:
            self.left_out += 1
            return
        link = (row["entity_id"], place, row["value"], row["dataset"], row["origin"], row["original_value"])
        self._connection.execute("insert into links values (?, ?, ?, ?, ?, ?)", link)

    def write_things(self, folder: Path) -> None:
        """Write all of the folder but its claims."""
        (folder / "datapackage.json").write_text(json.dumps(self._package), encoding="utf-8")
        for kind, things in groupby(self._connection.execute(statement("ftm/own_things")), key=itemgetter(0)):
            declared = self._kinds.get(kind)
            if declared is None:
                self.left_out += sum(1 for _ in things)
                continue
            found = (self._thing(declared, id, json.loads(cells)) for _, id, cells in things)
            write_table(folder / f"{kind}.csv", ["id", *(one.name for one in declared.columns)], found)

    def _thing(self, kind: Kind, id: str, cells: list[tuple[str, str]]) -> Row:
        row = {"id": id}
        for name, text in cells:
            row[name] = f"{row[name]}; {text}" if kind.properties[name].many and name in row else row.get(name, text)
        return row


_SAID_ANYWAY = frozenset({"name", "country", "startDate", "endDate", "keywords", "involved", "entity"})
"""What a thing has there for others to read: of ours it is nothing, or a note says it, too."""


def _own_id(entity: str) -> str:
    """Return the id of a thing for that of its entity, as ``entity_id`` made it."""
    return entity.removesuffix(".end") if entity.endswith(".end") else case_id(entity)


def _members(said: Said) -> list[str]:
    """Return the values that a note says; of a date there may stand another beside it, which is a part of it."""
    if said.declared.type == "date":
        return [""]
    return listing.members(said.value) if said.declared.many else [said.value]


def _with_unit(declared: Property, text: str) -> tuple[str, str]:
    """Part a number from its unit, which stands in the singular behind 1."""
    value, _, said = text.partition(" ") if declared.type == "number" and declared.units else (text, "", "")
    known = (unit for unit in units.allowed(declared.units) if units.say(unit, value) == said)
    return value, next(known, said)


def _parted(declared: Property, row: Row) -> tuple[str, str]:
    """Return a value as it stands in a case, and the words of the source: both are told in the same place."""
    value, original, type = row["value"], row["original_value"], TYPES.get(row["prop"], "")
    if type == "country":
        return value.upper(), original if original.lower() != value else ""
    if type == "entity":
        return _own_id(value), original if original != _own_id(value) else ""
    return _whole(row, type)


def _whole(row: Row, type: str) -> tuple[str, str]:
    """Return a text as it stands in a case, which FollowTheMoney may have had to clean, and the words of the source."""
    value, original = row["value"], row["original_value"]
    return (original, "") if original and clean(type, original) == value else (value, original)
