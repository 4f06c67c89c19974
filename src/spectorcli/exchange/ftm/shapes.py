"""Tells by their keys what the rows of a FollowTheMoney file are, and reads them one by one.

Entities, also nested ones and those of deltas, and statements, as lines of JSON, as a JSON array or as CSV, also behind
gzip. What else there is in that world is refused by its name. Nothing is held but the row that is read.
"""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from spectorcli.errors import Refused
from spectorcli.escapes import unsafe
from spectorcli.exchange.ftm.model import reverse
from spectorcli.exchange.ftm.round_trip import STATEMENT_COLUMNS

NEEDED = ("prop", "schema", "value", "dataset")
"""Columns of a statement, besides ``entity_id`` or ``canonical_id``."""

WHITE = str.maketrans("\n\r\t", "   ")

BINARY = {
    b"SQLite format 3\0": "a case file already, or another database; a case file is asked with --db FILE",
    b"PK\3\4": "a zip archive; unpack it first",
    b"\x28\xb5\x2f\xfd": "compressed with zstd; unpack it first",
    b"BZh": "compressed with bzip2; unpack it first",
    b"\xfd7zXZ\0": "compressed with xz; unpack it first",
    b"PAR1": "a Parquet file, which is not read",
    b"%PDF": "a PDF, which is no case",
    b"<": "HTML or XML, which is not read",
}
"""How files begin that are not read, and what they are."""

OTHER_JSON = {
    ("results",): "the answer of an API; its results are what can be loaded, an entity a line",
    ("features",): "GeoJSON, which is not read",
    ("@context",): "JSON-LD, which is not read",
    ("DATA_SOURCE", "RECORD_ID"): "a record of Senzing, which is not read; load the entities of FollowTheMoney",
    ("type", "objects"): "a STIX bundle, which is not read",
    ("datasets", "updated_at"): "a catalogue of datasets; load the entities of one",
    ("datasets", "run_time"): "a catalogue of datasets; load the entities of one",
    ("versions", "updated_at"): "the index of the deltas of a dataset; load one of them",
    ("name", "resources"): "the index of a dataset; load its entities.ftm.json or statements.csv",
}
"""Keys of what is no entity, and what it is."""

_PACK = "a pack of statements of FollowTheMoney, which is not read; write the statements as CSV or JSON"

OTHER_CSV = {
    ("id", "schema", "name", "aliases"): "a simplified table (targets.simple.csv), which does not say who says what; "
    "load the entities or the statements of the dataset",
    ("entity_id", "prop", "value"): _PACK,
}
"""The same for columns."""

_PACKED = re.compile("[A-Z][A-Za-z]*:[A-Za-z]+", re.ASCII)
"""The second cell of a pack, of which there are some without a header."""

DELETED = "DEL"
"""What a delta calls an entity that is there no longer."""

LARGEST = 1 << 26
"""Characters of one entity in an array. Of a broken one no end is found, and it would be read to that of the file."""

CHUNK = 1 << 16

Row = dict[str, Any]


class Statement(dict[str, str]):
    """One statement, by its columns; what else a row can be is an entity."""


class BadRow(ValueError):
    """An entity or a statement that cannot be read; the message says why."""


def rows(file: Path) -> Iterator[tuple[int, Row | BadRow]]:
    """Yield each entity and each statement of a file with its line, or why it cannot be read.

    An entity has ``id``, ``schema`` and ``properties``, none of which holds another entity. Of an entity that a
    delta deletes there is only its ``op``.

    Raises:
        Refused: the file is empty, or none that is read.
    """
    try:
        with _opened(file) as stream:
            start = stream.read(CHUNK)
        for magic, what in BINARY.items():
            if start.startswith(magic):
                raise Refused(str(file), [f"{file.name}:1: is {what}"])
        text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not text:
            raise Refused(str(file), [f"{file.name}:1: the file is empty; there is nothing to make a case of"])
        with _opened(file) as stream, io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="") as lines:
            if text[:1] not in {b"{", b"["}:
                yield from _table(lines)
            elif text[:1] == b"[" or not _is_whole(text.partition(b"\n")[0]):
                yield from _read(_values(lines))
            else:
                yield from _read(_lines(stream))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Refused(str(file), [f"{file.name}:1: is a damaged gzip file: {error}"]) from None


def _opened(file: Path) -> BinaryIO:
    with file.open("rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    return gzip.open(file) if packed else file.open("rb")  # type: ignore[return-value]


def _is_whole(line: bytes) -> bool:
    """Whether a line is a JSON value, so that the file has one in each."""
    try:
        _parsed(line)
    except BadRow:
        return False
    return True


def _read(values: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Row | BadRow]]:
    """Yield what rows of JSON hold."""
    for number, value in values:
        try:
            if isinstance(value, BadRow):
                raise value
            found = [*_rows(value)]
            for text in _texts(value):
                _check(text)
            for row in found:
                yield number, row
        except BadRow as error:
            yield number, error
        except RecursionError:
            yield number, BadRow("is nested too deeply")


def _rows(value: Any) -> Iterator[Row]:
    """Yield what a JSON value holds by its keys: a statement, a delta, or an entity and those within it."""
    if not isinstance(value, dict):
        raise BadRow("is not an entity; each line is a JSON object with id, schema and properties")
    if {"prop", "value"} <= value.keys() and {"entity_id", "canonical_id"} & value.keys():
        yield _statement({name: _cell(name, held) for name, held in value.items()})
        return
    if "op" in value and isinstance(value.get("entity"), dict):
        if value["op"] == DELETED:
            yield {"op": DELETED}
            return
        value = value["entity"]
    for key in ("id", "schema"):
        if not isinstance(value.get(key), str) or not value[key].strip():
            what = next((what for keys, what in OTHER_JSON.items() if value.keys() >= {*keys}), "")
            raise BadRow(f"is {what}" if what else f"an entity needs its {key}, as a text")
    if not isinstance(value.get("properties", {}), dict):
        raise BadRow("properties is not a JSON object")
    yield from _flat(value)


def _flat(entity: Row) -> Iterator[Row]:
    """Yield the entities that stand in an entity's properties, and it itself with their ids in their place.

    One that stands in the other direction of a property, as an ownership does with its owner, names the entity itself.
    """
    properties: Row = {}
    within: list[Row] = []
    for prop, held in entity.get("properties", {}).items():
        nested = [one for one in held if _is_entity(one)] if isinstance(held, list) else []
        there = reverse(prop) if nested else None
        if there:
            within += [_tied(one, there[1], entity["id"]) for one in nested]
            held = [one for one in held if not _is_entity(one)]
        elif nested:
            within += nested
            held = [one["id"] if _is_entity(one) else one for one in held]
        if held or not nested:
            properties[prop] = held
    for one in within:
        yield from _flat({"datasets": entity["datasets"], **one} if "datasets" in entity else one)
    yield {**entity, "properties": properties} if within else entity


def _is_entity(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) and value[key] for key in ("id", "schema"))


def _tied(entity: Row, prop: str, id: str) -> Row:
    """Return an entity with one more value of a property, unless it has that."""
    properties = entity.get("properties")
    held = properties.get(prop, []) if isinstance(properties, dict) else None
    if not isinstance(properties, dict) or not isinstance(held, list) or id in held:
        return entity
    return {**entity, "properties": {**properties, prop: [*held, id]}}


def _cell(name: str, held: Any) -> str:
    """Return what a statement in JSON has in a column, as CSV has it."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return "t" if held else "f"
    if not isinstance(held, str):
        raise BadRow(f"{name} of a statement is not a text")
    return held


def _lines(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Yield the JSON value in each line, or why there is none."""
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                yield number, _parsed(line)
            except BadRow as error:
                yield number, error


def _parsed(line: bytes) -> Any:
    with _said():
        try:
            return _DECODER.decode(line.strip().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise BadRow(f"byte 0x{line.strip()[error.start]:02x} is not UTF-8; save the file as UTF-8") from None


@contextmanager
def _said() -> Iterator[None]:
    """Say what is wrong with JSON."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise BadRow(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise BadRow("is nested too deeply") from None
    except BadRow:
        raise
    except ValueError as error:  # an integer of more digits than Python reads
        raise BadRow(str(error)) from None


def _values(text: TextIO) -> Iterator[tuple[int, Any]]:
    """Yield the members of a JSON array, or JSON values of several lines each, or why the rest cannot be read."""
    held, line, ended = "", 1, False
    while True:
        start = len(held) - len(held.lstrip(" \t\r\n,[]"))
        line, held = line + held.count("\n", 0, start), held[start:]
        if held:
            try:
                with _said():
                    value, end = _DECODER.raw_decode(held)
            except BadRow as error:
                if ended or len(held) > LARGEST:
                    yield line, error
                    return
            else:
                yield line, value
                line, held = line + held.count("\n", 0, end), held[end:]
                continue
        elif ended:
            return
        more = text.read(
            max(CHUNK, len(held))
        )  # twice as much each time, or a long entity takes the square of its length
        ended, held = not more, held + more


def _object(pairs: list[tuple[str, Any]]) -> Row:
    """Make an object of pairs; a key that appears twice would lose a value in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise BadRow(f"{next(key for key in keys if keys.count(key) > 1)!r} appears twice")
    return found


def _number(text: str) -> float:
    """Read a number; 1e999 is read as infinite, and could not be written."""
    if not isfinite(float(text)):
        raise BadRow(f"{text} is not a JSON number")
    return float(text)


def _no_number(text: str) -> None:
    raise BadRow(f"{text} is not a JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_no_number)


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


def _table(lines: TextIO) -> Iterator[tuple[int, Row | BadRow]]:
    """Yield each statement of a CSV file, or why it cannot be read."""
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
                if len(cells) != len(header):
                    raise BadRow(f"the row has {len(cells)} cells and the header {len(header)}")
                yield line, _statement(dict(zip(header, cells, strict=True)))
        except StopIteration:
            return
        except csv.Error as error:
            yield line, BadRow(f"the row that begins here cannot be read: {error}; check its quotes")
        except BadRow as error:
            yield line, error
            if header is cells:
                return


def _check_header(header: list[str]) -> None:
    if len(header) > 1 and _PACKED.fullmatch(header[1]):
        raise BadRow(f"is {_PACK}")
    missing = [name for name in NEEDED if name not in header]
    if not {"entity_id", "canonical_id"} & {*header}:
        missing.append("entity_id")
    if missing:
        for columns, what in OTHER_CSV.items():
            if {*columns} <= {*header}:
                raise BadRow(f"is {what}")
        raise BadRow(
            f"is not a statements CSV of FollowTheMoney: no column {', '.join(missing)}; "
            "further claims are loaded with their folder: spector load DIR CLAIMS"
        )
    for name in header:
        if header.count(name) > 1:
            raise BadRow(f"column {name!r} appears twice")
        _check_column(name)


def _check_column(name: str) -> None:
    if name not in STATEMENT_COLUMNS:
        raise BadRow(f"a statement of FollowTheMoney has no column {name!r}; take it out")


def _statement(row: dict[str, str]) -> Statement:
    for name, cell in row.items():
        _check_column(name)
        _check(cell)
    for name in NEEDED:
        if not row.get(name, "").strip():
            raise BadRow(f"a statement needs its {name}")
    if not (row.get("canonical_id") or row.get("entity_id")):
        raise BadRow("a statement needs the id of its entity")
    return Statement(row)


def _check(text: str) -> None:
    """Refuse what is not allowed in a case; line ends and tabs are, for a claim keeps them in its note."""
    bad = unsafe(text) and unsafe(text.translate(WHITE))
    if bad and "U+DC80" <= bad <= "U+DCFF":
        raise BadRow(f"byte 0x{bad[-2:]} is not UTF-8; save the file as UTF-8")
    if bad:
        raise BadRow(f"the character {bad} is not allowed in a case; remove it")
