"""Makes a case folder of a FollowTheMoney file: entities as JSON lines, or a statements CSV.

Lossless: each value becomes a claim of its dataset, and what is not a text stays in a claim of its own,
so that ``round_trip`` can write the file again. The file is read once, row by row; what must be known of
all entities (ids and names) is kept in a temporary database on disk. Mistakes name the file's own lines.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha1
from pathlib import Path
from typing import Any

from spectorcli.errors import Refused
from spectorcli.escapes import clean, unsafe
from spectorcli.exchange.folder import kind_columns, write_table
from spectorcli.exchange.ftm.round_trip import STATEMENT_COLUMNS, case_id, statement_key
from spectorcli.folder.columns import BASIC_COLUMNS
from spectorcli.values.wording import count, grouped
from spectorcli.vocabulary import REQUIRED, columns_for, declare, read_vocabulary

KINDS = {"Person": "people", "PublicBody": "agencies"}
"""The schemata that have a kind already; any other gets one that is named after it."""

MOST = 500
"""Kinds, and properties of a kind: SQLite has 2,000 columns at most. What is beyond stays JSON."""

MAX_CELL_CHARACTERS = 131_072
"""Characters in a cell of a CSV file, as Python reads it."""

NEEDED = ("prop", "schema", "value", "dataset")
"""Columns of a statement, besides ``entity_id`` or ``canonical_id``."""

_WHITE = str.maketrans("\n\r\t", "   ")

ClaimCells = dict[str, str]


class BadRow(ValueError):
    """An entity or a statement that cannot be read; the message says why."""


def to_folder(file: Path, folder: Path) -> None:
    """Write the case folder of a FollowTheMoney file.

    Raises:
        Refused: with every mistake, as ``name.ftm.json:17: …``.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        reader = _Reader(file, connection)
        write_table(folder / "claims.csv", BASIC_COLUMNS, reader.claims())
        if reader.mistakes:
            raise Refused(str(file), reader.mistakes)
        reader.write_things(folder)


class _Reader:
    """Reads one file, and gathers what its case has to declare."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.mistakes: list[str] = []
        self._file = file
        self._connection = connection
        self._properties: dict[str, dict[str, str]] = {}
        """Of each kind, by their names in lower case, for SQLite does not tell Name from name."""
        self._schemata: dict[str, str] = {}
        """The schema after which a kind is named."""
        self._datasets: dict[str, tuple[str, ...]] = {}
        """Of each source."""
        connection.execute("pragma cache_size = -32000")  # KB; many entities take twice as long with the usual 2,000
        connection.execute("begin")
        connection.execute("create table entities (id text primary key, kind text, name text)")

    def claims(self) -> Iterator[ClaimCells]:
        """Yield the claims of every line that can be read; mistakes are noted."""
        statements = self._file.suffix.lower() == ".csv"
        read = self._statement if statements else self._entity
        for line, row in _statement_rows(self._file) if statements else _entity_rows(self._file):
            try:
                if isinstance(row, BadRow):
                    raise row
                at = f"{clean(self._file.name)}:{line}"
                claims = [{**claim, "at": at} for claim in read(row)]
                for text in (text for claim in claims for text in claim.values()):
                    if len(text) > MAX_CELL_CHARACTERS:
                        raise BadRow(
                            f"a text of {count(len(text), 'characters')}; {grouped(MAX_CELL_CHARACTERS)} is the most"
                        )
            except BadRow as error:
                self.mistakes.append(f"{self._file.name}:{line}: {error}")
            else:
                yield from claims

    def _entity(self, row: dict[str, Any]) -> Iterator[ClaimCells]:
        """Yield a claim for each value of an entity, and before them one with all that is not a value."""
        id, schema, properties = row.pop("id"), row["schema"], row.pop("properties", {})
        datasets: list[str] = row.pop("datasets") if _are_texts(row.get("datasets")) else []
        kind = self._kind(schema)
        named = [row.get("caption"), *(_first(properties.get(prop)) for prop in ("name", "title", "fileName"))]
        subject, kind = self._subject(id, kind, next((name for name in named if isinstance(name, str)), ""))
        source = self._source(datasets)
        values = {prop: texts for prop, texts in properties.items() if _are_values(texts) and self._declare(kind, prop)}
        if len(values) < len(properties):
            row["properties"] = {prop: held for prop, held in properties.items() if prop not in values}
        yield {"subject": subject, "property": "ftm", "value": json.dumps(row), "source": source}
        for prop, texts in values.items():
            for text in texts:
                note = {"value": text} if text != _line(text) else {}
                yield _claim(subject, f"ftm_{prop}", text, source, note)

    def _statement(self, row: dict[str, str]) -> Iterator[ClaimCells]:
        """Yield the claim that a statement is; what a claim has no cell for is in its note."""
        id = row.pop("canonical_id", "") or row["entity_id"]
        entity = row.pop("entity_id", "") or id
        prop, value, dataset = row.pop("prop"), row.pop("value"), row.pop("dataset")
        original = row.pop("original_value", "")
        subject, kind = self._subject(id, self._kind(row["schema"]), value if prop == "name" else "")
        key = statement_key(dataset, entity, prop, value, row.get("lang", ""), row.get("external", ""))
        usual = {"id": key, "external": "f"}
        note = {name: text for name, text in row.items() if text and text != usual.get(name)}
        held = {
            "entity_id": (entity, id),
            "value": (value, _line(value)),
            "original_value": (original, _line(original)),
        }
        note |= {name: text for name, (text, line) in held.items() if text != line}
        declared = self._declare(kind, prop)
        note |= {} if declared else {"prop": prop}
        source = self._source([dataset])
        yield {**_claim(subject, f"ftm_{prop}" if declared else "ftm", value, source, note), "stated": _line(original)}

    def _kind(self, schema: str) -> str:
        """Return the kind of a schema, and declare it."""
        kind = KINDS.get(schema, f"ftm_{re.sub('[^a-z0-9]+', '_', schema.lower())}")
        if kind not in self._properties and len(self._properties) >= MOST:
            kind = "ftm_"
        self._schemata.setdefault(kind, schema)
        self._properties.setdefault(kind, {})
        return kind

    def _declare(self, kind: str, prop: str) -> bool:
        """Whether a property can be one of the kind's; it is declared then."""
        known = self._properties[kind]
        possible = re.fullmatch("[A-Za-z0-9_]+(?<!_unit)", prop, re.ASCII | re.IGNORECASE) and len(known) < MOST
        return (known.setdefault(prop.lower(), prop) if possible else known.get(prop.lower())) == prop

    def _subject(self, id: str, kind: str, name: str) -> tuple[str, str]:
        """Return the id and the kind under which an entity is in the case: the kind in which it first came."""
        found = self._connection.execute(
            """
            insert into entities values (?, ?, ?)
            on conflict do update set name = coalesce(nullif(name, ''), excluded.name)
            returning id, kind
            """,
            (case_id(id), kind, _line(name)),
        ).fetchone()
        return found[0], found[1]

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
        own = list(self._vocabulary())
        kinds = declare(own, read_vocabulary())
        write_table(folder / "vocabulary.csv", columns_for(own), own)
        for kind in self._properties:
            rows = self._connection.execute("select id, name from entities where kind = ? order by rowid", (kind,))
            things = ({"id": id, "name": name or id} for id, name in rows)
            write_table(folder / f"{kind}.csv", kind_columns(kinds[kind]), things)
        write_table(folder / "sources.csv", kind_columns(kinds["sources"]), self._source_rows())
        package = {"title": clean(self._file.name)}
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    def _vocabulary(self) -> Iterator[ClaimCells]:
        """Yield the rows of the case's own vocabulary."""

        def row(kind: str, prop: str, type: str, claimed: bool, description: str) -> dict[str, str]:
            yes = "yes" if claimed else ""
            cells = (kind, prop, type, yes, "", yes, description)
            return dict(zip(REQUIRED, cells, strict=True))

        for kind, properties in self._properties.items():
            if kind not in KINDS.values():
                yield row(kind, "", "", False, f"{clean(self._schemata[kind])} of FollowTheMoney")
                yield row(kind, "name", "text", False, "Its name, or its id if it has none")
            yield row(kind, "ftm", "text", True, "What FollowTheMoney has besides values, as JSON")
            for prop in properties.values():
                yield row(kind, f"ftm_{prop}", "text", True, f"{prop} of FollowTheMoney")
        yield row("sources", "ftm_datasets", "text", False, "The datasets of FollowTheMoney, as JSON")

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


def _entity_rows(file: Path) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    """Yield the entity in each line of a file, or why there is none."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, _parse(line)
                except BadRow as error:
                    yield number, error


def _parse(line: bytes) -> dict[str, Any]:
    """Read an entity: a JSON object with an id and a schema."""
    try:
        row = json.loads(line.rstrip().decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number)
        json.dumps(row, allow_nan=False)  # 1e999 is read as infinite, and could not be written
    except UnicodeDecodeError as error:
        raise BadRow(f"byte 0x{line[error.start]:02x} is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadRow(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise BadRow("is nested too deeply") from None
    except ValueError as error:
        raise BadRow(str(error)) from None
    if not isinstance(row, dict):
        raise BadRow("is not an entity; each line is a JSON object with id, schema and properties")
    for key in ("id", "schema"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise BadRow(f"an entity needs its {key}, as a text")
    if not isinstance(row.get("properties", {}), dict):
        raise BadRow("properties is not a JSON object")
    for text in _texts(row):
        _check(text)
    return row


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of pairs; a key that appears twice would lose a value in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise BadRow(f"{next(key for key in keys if keys.count(key) > 1)!r} appears twice")
    return found


def _no_number(text: str) -> None:
    raise BadRow(f"{text} is not a JSON number")


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts of a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield key
            yield from _texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from _texts(held)


def _statement_rows(file: Path) -> Iterator[tuple[int, dict[str, str] | BadRow]]:
    """Yield each statement of a CSV file, or why it cannot be read."""
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        header: list[str] = []
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
                if not header:
                    header = cells
                    _check_header(header)
                elif cells:
                    yield line, _statement(header, cells)
            except StopIteration:
                if not header:
                    yield 1, BadRow("the file is empty; its first line names the columns")
                return
            except csv.Error as error:
                yield line, BadRow(f"the row that begins here cannot be read: {error}; check its quotes")
            except BadRow as error:
                yield line, error
                if header is cells:
                    return


def _check_header(header: list[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    if not {"entity_id", "canonical_id"} & {*header}:
        missing.append("entity_id")
    if missing:
        raise BadRow(
            f"is not a statements CSV of FollowTheMoney: no column {', '.join(missing)}; "
            "further claims are loaded with their folder: spector load DIR CLAIMS"
        )
    for name in header:
        if name not in STATEMENT_COLUMNS:
            raise BadRow(f"a statement of FollowTheMoney has no column {name!r}; take it out")
        if header.count(name) > 1:
            raise BadRow(f"column {name!r} appears twice")


def _statement(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise BadRow(f"the row has {len(cells)} cells and the header {len(header)}")
    for cell in cells:
        _check(cell)
    row = dict(zip(header, cells, strict=True))
    for name in NEEDED:
        if not row[name].strip():
            raise BadRow(f"a statement needs its {name}")
    if not (row.get("canonical_id") or row.get("entity_id")):
        raise BadRow("a statement needs the id of its entity")
    return row


def _check(text: str) -> None:
    """Refuse what is not allowed in a case; line ends and tabs are, for a claim keeps them in its note."""
    bad = unsafe(text) and unsafe(text.translate(_WHITE))
    if bad and "U+DC80" <= bad <= "U+DCFF":
        raise BadRow(f"byte 0x{bad[-2:]} is not UTF-8; save the file as UTF-8")
    if bad:
        raise BadRow(f"the character {bad} is not allowed in a case; remove it")


def _claim(subject: str, property: str, text: str, source: str, note: dict[str, str]) -> ClaimCells:
    return {
        "subject": subject,
        "property": property,
        "value": _line(text),
        "source": source,
        "note": json.dumps(note) if note else "",
    }


def _line(text: str) -> str:
    """Return a text as it can stand in a cell: one line, no spaces around it."""
    return text.translate(_WHITE).strip()


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
