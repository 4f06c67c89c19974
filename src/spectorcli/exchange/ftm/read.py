"""Makes a case folder of a FollowTheMoney file: entities or statements, in each shape that ``shapes`` tells.

What a property means there it means here: dates, numbers, references, terms, names. Lossless all the same: each value
becomes a claim of its dataset as it stands there, what is not a value stays in the note of a claim, and ``round_trip``
writes the file again. The file is read once, row by row; what must be known of all entities (ids, names, what they
refer to) is kept in a temporary database on disk. Mistakes name the file's own lines.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha1
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from spectorcli.errors import Refused
from spectorcli.escapes import clean
from spectorcli.exchange.folder import kind_columns, write_table
from spectorcli.exchange.ftm import model, own
from spectorcli.exchange.ftm.kinds import REFERS, SCHEMA, Kinds
from spectorcli.exchange.ftm.round_trip import case_id, statement_key
from spectorcli.exchange.ftm.shapes import DELETED, WHITE, BadRow, Statement, rows
from spectorcli.folder.columns import BASIC_COLUMNS
from spectorcli.statements import statement
from spectorcli.values.date import read as read_date
from spectorcli.values.span import BadValue
from spectorcli.values.wording import count, grouped
from spectorcli.vocabulary import columns_for, declare, read_vocabulary

MAX_CELL_CHARACTERS = 131_072
"""Characters in a cell of a CSV file, as Python reads it."""

MAX_ALIASES = 100_000
"""Characters of the aliases of one thing: they share a cell. What is beyond is only among its claims."""

DATES = ("startDate", "endDate", "date")
"""When a tie between two things held, or was made."""

ClaimCells = dict[str, str]


def to_folder(file: Path, folder: Path, tell: Callable[[str], None]) -> None:
    """Write the case folder of a FollowTheMoney file, and tell what could not be read as what it is there.

    Raises:
        Refused: with every mistake, as ``name.ftm.json:17: …``.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        reader = _Reader(file, connection)
        try:
            write_table(folder / "claims.csv", BASIC_COLUMNS, reader.claims())
        except _OwnCase:
            own.to_folder(file, folder, tell)
            return
        if reader.mistakes:
            raise Refused(str(file), reader.mistakes)
        reader.write_things(folder)
    for sentence in reader.left_out():
        tell(sentence)


class _OwnCase(Exception):
    """The file is a case of ours, which ``own`` reads."""


class _Reader:
    """Reads one file, and gathers what its case has to declare."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.mistakes: list[str] = []
        self._file = file
        self._connection = connection
        self._kinds = Kinds()
        self._datasets: dict[str, tuple[str, ...]] = {}
        """Of each source."""
        self._unread: Counter[str] = Counter()
        """How many values stay wording that should be a date, a number or a short value, by their property."""
        self._astray = self._deleted = self._read = 0
        connection.execute("pragma cache_size = -32000")  # KB; many entities take twice as long with the usual 2,000
        connection.execute("begin")
        for table in _TABLES:
            connection.execute(table)
        connection.executemany("insert into edges values (?, ?, ?)", model.edges())

    def claims(self) -> Iterator[ClaimCells]:
        """Yield the claims of every row that can be read, and then those that refer to things; mistakes are noted."""
        before, behind = 0, 0
        for line, row in rows(self._file):
            behind = behind + 1 if line == before else 0  # several entities in a line are told apart
            before = line
            at = f"{clean(self._file.name)}:{line}{f'.{behind + 1}' if behind else ''}"
            try:
                if isinstance(row, BadRow):
                    raise row
                claims = [{**claim, "at": at} for claim in self._claims(row, at)]
                for text in (text for claim in claims for text in claim.values()):
                    if len(text) > MAX_CELL_CHARACTERS:
                        raise BadRow(
                            f"a text of {count(len(text), 'characters')}; {grouped(MAX_CELL_CHARACTERS)} is the most"
                        )
            except BadRow as error:
                self.mistakes.append(f"{self._file.name}:{line}: {error}")
            else:
                yield from claims
        if not self._read and not self.mistakes:
            self.mistakes.append(f"{self._file.name}:1: holds no entity; there is nothing to make a case of")
        if not self.mistakes:
            self._connection.execute("create index waits on waiting (subject, prop)")
            self._connection.execute("create index spanned on spans (entity)")
            yield from self._references()
            yield from self._ties()

    def _claims(self, row: dict[str, Any], at: str) -> Iterator[ClaimCells]:
        if row.get("op") == DELETED and "id" not in row:
            self._deleted += 1
            return iter(())
        self._read += 1
        if isinstance(row, Statement) and own.is_ours(row):
            raise _OwnCase
        return self._statement(row, at) if isinstance(row, Statement) else self._entity(row, at)

    def _entity(self, row: dict[str, Any], at: str) -> Iterator[ClaimCells]:
        """Yield a claim for each value of an entity, and before them that of its schema with all that is no value."""
        id, schema, properties = row.pop("id"), row["schema"], row.pop("properties", {})
        datasets: list[str] = row.pop("datasets") if _are_texts(row.get("datasets")) else []
        named = [row.get("caption"), *(_first(properties.get(prop)) for prop in ("name", "title", "fileName"))]
        subject, kind = self._subject(id, schema, next((name for name in named if isinstance(name, str)), ""))
        source = self._source(datasets)
        values = {
            prop: texts for prop, texts in properties.items() if _are_values(texts) and self._kinds.declares(kind, prop)
        }
        if len(values) < len(properties):
            row["properties"] = {prop: held for prop, held in properties.items() if prop not in values}
        yield {
            **{"subject": subject, "property": SCHEMA, "value": _line(schema), "source": source},
            "note": json.dumps(row),
        }
        for prop, texts in values.items():
            said: set[str] = set()
            for text in texts:
                note = {"value": text} if text != _line(text) else {}
                yield from self._value(_claim(subject, "", text, source, note), kind, prop, at, said)

    def _statement(self, row: dict[str, str], at: str) -> Iterator[ClaimCells]:
        """Yield the claim that a statement is; what a claim has no cell for is in its note."""
        id = row.pop("canonical_id", "") or row["entity_id"]
        entity = row.pop("entity_id", "") or id
        prop, value, dataset = row.pop("prop"), row.pop("value"), row.pop("dataset")
        original = row.pop("original_value", "")
        subject, kind = self._subject(id, row["schema"], value if prop == "name" else "")
        key = statement_key(dataset, entity, prop, value, row.get("lang", ""), row.get("external", ""))
        usual = {"id": key, "external": "f"}
        note = {name: text for name, text in row.items() if text and text != usual.get(name)}
        held = {
            "entity_id": (entity, id),
            "value": (value, _line(value)),
            "original_value": (original, _line(original)),
        }
        note |= {name: text for name, (text, line) in held.items() if text != line}
        claim = {**_claim(subject, "", value, self._source([dataset]), note), "stated": _line(original)}
        if self._kinds.declares(kind, prop):
            yield from self._value(claim, kind, prop, at, set())
        else:
            yield {**claim, "property": self._kinds.other(kind), "note": json.dumps({**note, "prop": prop})}

    def _value(self, claim: ClaimCells, kind: str, prop: str, at: str, said: set[str]) -> Iterator[ClaimCells]:
        """Yield the claim of a value, as what it is or else as wording; one that refers to a thing waits for it.

        ``said`` are the values that the row has of the property already.
        """
        subject, text, source = claim["subject"], claim["value"], claim["source"]
        if prop in model.NAMES:
            self._connection.execute("insert or ignore into aliases values (?, ?)", (subject, text))
        if self._kinds.type_of(kind, prop) == REFERS:
            waiting = (subject, prop, case_id(text), text, source, at, claim.get("stated", ""), claim["note"])
            self._connection.execute("insert into waiting values (?, ?, ?, ?, ?, ?, ?, ?)", waiting)
            return
        name, value = self._kinds.placed(kind, prop, text)
        if value in said or not value:
            name, value = self._kinds.wording(kind, prop), text
        said.add(value)
        if name != f"ftm_{prop}":
            self._unread[prop] += 1
        elif prop in DATES:
            self._connection.execute("insert into spans values (?, ?, ?, ?)", (subject, source, prop, value))
        yield _placed(claim, name, value, prop)

    def _references(self) -> Iterator[ClaimCells]:
        """Yield the claims that name another entity; where that is not in the file its id stays wording."""
        for subject, prop, target, text, source, at, stated, note, kind, there in self._rows("references"):
            claim = {"subject": subject, "value": text, "source": source, "at": at, "stated": stated, "note": note}
            self._astray += not there
            name = f"ftm_{prop}" if there else self._kinds.wording(kind, prop)
            yield _placed(claim, name, target if there else text, prop)

    def _ties(self) -> Iterator[ClaimCells]:
        """Yield a claim for each two things that an edge ties to each other, with its time: its own ends name both."""
        for subject, kind, schema, edge, target, source, at, *dates in self._rows("ties"):
            if self._kinds.declares_tie(kind, schema):
                yield {
                    **{"subject": subject, "property": f"ftm_{schema}", "value": target, "source": source, "at": at},
                    **{"when": _time(*dates), "note": edge},
                }

    def _rows(self, name: str) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(statement(f"ftm/{name}")))

    def _subject(self, id: str, schema: str, name: str) -> tuple[str, str]:
        """Return the id and the kind of an entity in the case: that of the narrowest schema that it had so far."""
        found = self._connection.execute(
            """
            insert into entities values (?, ?, ?, ?)
            on conflict do update set name = coalesce(nullif(name, ''), excluded.name)
            returning id, schema, kind
            """,
            (case_id(id), schema, self._kinds.kind(schema), _line(name)),
        ).fetchone()
        subject, before, kind = str(found[0]), str(found[1]), str(found[2])
        if before != schema and model.is_a(schema, before) and self._kinds.narrow(kind, self._kinds.kind(schema)):
            kind = self._kinds.kind(schema)
            self._connection.execute("update entities set schema = ?, kind = ? where id = ?", (schema, kind, subject))
        return subject, kind

    def _source(self, datasets: list[str]) -> str:
        """Return the source that stands for datasets: nobody knows which of several has said a thing."""
        names = tuple(sorted(set(datasets)))
        if len(names) == 1:
            regular = re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", names[0], re.ASCII)
            id = f"dataset-{names[0].replace('_', '-')}" if regular else f"dataset-.{_digest(names)}"
        elif names:
            id = f"datasets-{_digest(names)}"
            for name in names:
                self._source([name])
        else:
            id = f"file-{re.sub('[^0-9A-Za-z.]+', '-', self._file.name)}"
        self._datasets[id] = names
        return id

    def write_things(self, folder: Path) -> None:
        """Write all of the folder but its claims."""
        own = list(self._kinds.vocabulary())
        kinds = declare(own, read_vocabulary())
        write_table(folder / "vocabulary.csv", columns_for(own), own)
        for kind, things in groupby(self._rows("things"), key=itemgetter(0)):
            columns = kind_columns(kinds[kind])
            write_table(folder / f"{kind}.csv", columns, (self._thing(kind, columns, *thing[1:]) for thing in things))
        write_table(folder / "sources.csv", kind_columns(kinds["sources"]), self._source_rows())
        package = {"title": clean(self._file.name)}
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    def _thing(
        self, kind: str, columns: list[str], id: str, schema: str, name: str, aliases: str, tied: str
    ) -> ClaimCells:
        """Return the row of a thing; one that can have no name is called by what it ties together."""
        others = json.loads(aliases)
        called = name or next(iter(others), "")
        if "name" not in columns:
            ends = ", ".join(json.loads(tied))
            return {"id": id, "caption": f"{_line(schema)}: {ends}" if ends else called or _line(schema)}
        length, kept = 0, []
        for alias in others:
            length += len(alias) + 2
            if alias != called and length < MAX_ALIASES:
                kept.append(alias)
        return {"id": id, "name": called or id, "aliases": "; ".join(kept)}

    def left_out(self) -> Iterator[str]:
        """Yield what was not read as what it is there."""
        if self._unread:
            which = ", ".join(f"{clean(prop)} {grouped(number)}" for prop, number in self._unread.most_common(5))
            more = " and others" if len(self._unread) > 5 else ""
            values = count(self._unread.total(), "values")
            yield f"{values} kept as wording, not of the type of the property: {which}{more}"
        if self._astray:
            yield f"{count(self._astray, 'references')} kept as wording, for what they name is not in the file"
        if self._deleted:
            yield f"{count(self._deleted, 'deletions')} of a delta left out"

    def _source_rows(self) -> Iterator[dict[str, str]]:
        for id, names in self._datasets.items():
            yield {
                "id": id,
                "kind": "dataset",
                "reliability": "F",
                "title": clean(", ".join(names)).strip() or clean(self._file.name),
                "derived_from": "; ".join(self._source([name]) for name in names) if len(names) > 1 else "",
                "ftm_datasets": json.dumps(names),
            }


_TABLES = (
    "create table entities (id text primary key, schema text, kind text, name text)",
    "create table aliases (entity text, name text, primary key (entity, name)) without rowid",
    "create table waiting (subject text, prop text, target text, value text, source text, at text, stated text, note)",
    "create table spans (entity text, source text, prop text, value text)",
    "create table edges (schema text primary key, source text, target text)",
)


def _time(start: str | None, end: str | None, day: str | None) -> str:
    """Return the time of a tie as EDTF: from its beginning to its end, of which one may not be known."""
    when = f"{start or ''}/{end or ''}" if start or end else day or ""
    try:
        if when:
            read_date(when)
    except BadValue:  # it ends before it begins; both dates stand with the tie itself
        return ""
    return when


def _claim(subject: str, property: str, text: str, source: str, note: dict[str, str]) -> ClaimCells:
    return {
        "subject": subject,
        "property": property,
        "value": _line(text),
        "source": source,
        "note": json.dumps(note) if note else "",
    }


def _placed(claim: ClaimCells, name: str, value: str, prop: str) -> ClaimCells:
    """Return a claim under the name of a property; its note keeps what that name and the value do not tell."""
    note = json.loads(claim["note"]) if claim["note"] else {}
    if value != claim["value"]:
        note.setdefault("value", claim["value"])
    if name != f"ftm_{prop}":
        note["prop"] = prop
    return {**claim, "property": name, "value": value, "note": json.dumps(note) if note else ""}


def _line(text: str) -> str:
    """Return a text as it can stand in a cell: one line, no spaces around it."""
    return text.translate(WHITE).strip()


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_values(value: Any) -> bool:
    """Whether each member of a list can be a claim, and none would be the claim of another."""
    if not value or not _are_texts(value):
        return False
    lines = {_line(text) for text in value}
    return "" not in lines and len(lines) == len(value)


def _first(values: Any) -> Any:
    return values[0] if isinstance(values, list) and values else values


def _digest(names: tuple[str, ...]) -> str:
    return sha1(json.dumps(names).encode()).hexdigest()[:12]
