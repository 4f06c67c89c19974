"""Writes a case folder: a CSV file for each kind, claims.csv, and the data package that describes them.

The package is a Frictionless tabular data package (https://specs.frictionlessdata.io/tabular-data-package/).
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from spectorcli.case import Case
from spectorcli.folder.columns import BASIC_COLUMNS, OPTIONAL_COLUMNS, OPTIONAL_OF_SOURCES
from spectorcli.result import Cell
from spectorcli.vocabulary import ANY_KIND, Kind, Property, columns_for

CLAIM_DESCRIPTIONS = {
    "subject": "The thing that is spoken of",
    "property": "What is said of it; the properties are those of its kind",
    "value": "The value claimed",
    "unit": "The unit, where the property has more than one",
    "when": "The time at which the value held, if it is one that changes",
    "source": "The source that says so",
    "at": "Where in the source",
    "stated": "The figure, name or date as the source puts it",
    "rank": "The editor's preferred, inferred (own conclusion) or deprecated",
    "note": "A remark in the editor's own words",
    "quoting": "The sources that it takes its value from, or own, where derived_from of its source says otherwise",
    "checked": "Who compared it with the source, when, and a digest of the row",
}

UNREAD = "A column of the editor's own, which is kept and not read"

ID = "Its id, unique in the case"

FileRow = Mapping[str, Cell]
"""A row of a file of a case folder; a column that is missing is empty."""


def write(case: Case, path: Path) -> Sequence[str]:
    """Write a case as the folder that it can be loaded from; nothing is left out."""
    kinds, optional, unread = case.kinds(), optional_columns(case), unread_columns(case)
    for kind, things in groupby(case.read("things"), key=lambda thing: str(thing["kind"])):
        write_table(
            path / f"{kind}.csv", [*kind_columns(kinds[kind], optional), *unread.get(kind, ())], map(thing_row, things)
        )
    own = case.read("own_vocabulary")
    write_rest(
        path, kinds, json.loads(case.metadata["package"]), own, map(with_unread, claim_rows(case)), optional, unread
    )
    return []


def thing_row(thing: FileRow) -> FileRow:
    """Return a thing as it stands in the file of its kind, with what no vocabulary knows."""
    return {**json.loads(str(thing["unread"])), "id": thing["id"], **json.loads(str(thing["cells"]))}


def unread_columns(case: Case) -> dict[str, list[str]]:
    """Return the columns that no vocabulary knows, by the file that has them."""
    found: dict[str, list[str]] = {}
    for row in case.read("unread"):
        found.setdefault(str(row["file"]), []).append(str(row["column"]))
    return found


def optional_columns(case: Case) -> list[str]:
    """Return the optional columns of claims and sources that hold something."""
    (filled,) = case.read("optional")
    return [name for name, is_filled in filled.items() if is_filled]


def claim_rows(case: Case) -> Iterator[FileRow]:
    """Yield the claims as they stand in claims.csv."""
    kinds = case.kinds()
    return ({**claim, "unit": _unit(kinds, claim)} for claim in case.read("claims"))


def with_unread(claim: FileRow) -> FileRow:
    """Return a row of claims.csv as it is written, with what no vocabulary knows: such a column may be called id."""
    return {**{column: claim[column] for column in CLAIM_DESCRIPTIONS}, **json.loads(str(claim["unread"]))}


def _unit(kinds: Mapping[str, Kind], claim: FileRow) -> Cell:
    """Leave out a unit that is the only one, as a person does."""
    declared = kinds[str(claim["kind"])].properties[str(claim["property"])]
    return "" if declared.single_unit else claim["unit"]


def write_rest(
    path: Path,
    kinds: Mapping[str, Kind],
    package: FileRow,
    own: Iterable[FileRow],
    claims: Iterable[FileRow],
    optional: Sequence[str] = (),
    unread: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Write all of a folder but the things: headers of kinds without any, vocabulary, claims and the data package.

    ``optional`` are the columns that hold something and are not among those of every case; ``unread`` are, by file,
    those that no vocabulary knows.
    """
    for kind in kinds.values():
        if not (path / f"{kind.name}.csv").exists():
            write_table(path / f"{kind.name}.csv", kind_columns(kind), [])
    own = list(own)
    if own:
        write_table(path / "vocabulary.csv", columns_for(own), own)
    columns = [*BASIC_COLUMNS, *(name for name in OPTIONAL_COLUMNS if name in optional)]
    write_table(path / "claims.csv", [*columns, *unread.get("claims", ())], claims)
    whole = {**package, "resources": list(_resources(kinds, columns, optional, unread))}
    (path / "datapackage.json").write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_table(file: Path, columns: Sequence[str], rows: Iterable[FileRow]) -> None:
    """Write one CSV file of a case folder: the columns in order, a missing cell as an empty one."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in rows)


def kind_columns(kind: Kind, optional: Sequence[str] = ()) -> list[str]:
    """Return the columns of a kind's file, those that every case has and those of the optional ones."""
    return ["id", *(column.name for column in _columns(kind, optional))]


def _columns(kind: Kind, optional: Sequence[str]) -> list[Property]:
    left_out = {*OPTIONAL_OF_SOURCES} - {*optional} if kind.name == "sources" else set()
    return [column for column in kind.columns if column.name not in left_out]


def _resources(
    kinds: Mapping[str, Kind], claims: Sequence[str], optional: Sequence[str], unread: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, Any]]:
    for kind in kinds.values():
        columns = {"id": ID, **{column.name: column.description for column in _columns(kind, optional)}}
        columns |= dict.fromkeys(unread.get(kind.name, ()), UNREAD)
        keys = [_key(column.name, "" if column.target == kind.name else column.target) for column in _refs(kind)]
        yield _resource(kind.name, columns, {"primaryKey": "id"}, keys)
    described = {column: CLAIM_DESCRIPTIONS[column] for column in claims}
    described |= dict.fromkeys(unread.get("claims", ()), UNREAD)
    yield _resource("claims", described, {}, [_key("source", "sources")])


def _refs(kind: Kind) -> Iterator[Any]:
    singles = (column for column in kind.columns if column.type == "ref" and not column.many)
    return (column for column in singles if column.target != ANY_KIND)  # a key has one file that it leads to


def _key(column: str, target: str) -> dict[str, Any]:
    """Return a foreign key; an empty target means the resource itself."""
    return {"fields": column, "reference": {"resource": target, "fields": "id"}}


def _resource(
    name: str, columns: Mapping[str, str], key: dict[str, str], foreign: list[dict[str, Any]]
) -> dict[str, Any]:
    fields = [{"name": column, "type": "string", "description": text} for column, text in columns.items()]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, **key, **({"foreignKeys": foreign} if foreign else {})},
    }
