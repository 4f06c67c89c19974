"""Reads a workbook of ours back, also one that was edited in between: its sheets become the files of a case folder.

What sources say is read from the sheet of claims. The best values beside each thing follow from them and are not read,
but one that no claim bears out is refused: whoever changed it there has changed nothing.
"""

import csv
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from spectorcli.errors import Refused
from spectorcli.exchange.xlsx import CLAIM_SHEET, OPERATION
from spectorcli.extras import extra
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.table import recognised
from spectorcli.folder.vocabulary import read_own_vocabulary
from spectorcli.vocabulary import Kind, read_vocabulary

SUFFIX = ".xlsx"

LARGEST = 1 << 31
"""Bytes that a workbook may unpack to: more than fits into the memory of most."""

WEIGHED = frozenset(CLAIM_SHEET) - frozenset(CLAIM_COLUMNS)
"""The columns of the sheet of claims that a load makes."""

Row = list[str]


def to_folder(path: Path, folder: Path) -> None:
    """Write what a workbook holds as the files of a case folder.

    Raises:
        Refused: it cannot be read, or has no sheet of claims, or a best value that nobody claims.
        EnvironmentFailed: the library that reads it is not installed.
    """
    with _opened(path) as book:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if "claims" not in sheets:
            raise Refused(str(path), ["it has no sheet claims; spector export xlsx writes one"])
        _write(folder / "claims.csv", _part(_rows(sheets.pop("claims")), CLAIM_COLUMNS, WEIGHED))
        if "vocabulary" in sheets:
            _write(folder / "vocabulary.csv", _rows(sheets.pop("vocabulary")))
        kinds = read_own_vocabulary(folder, read_vocabulary()).kinds
        said = set(_said(folder / "claims.csv"))
        unsaid: list[str] = []
        for name, sheet in sheets.items():
            rows = _rows(sheet)
            if not any(map(any, _rows(sheet))):
                continue  # a spreadsheet begins with some
            if kind := kinds.get(name):
                columns = ["id", *(one.name for one in kind.columns)]
                rows = _part(_checked(rows, kind, said, unsaid), columns, _derived(kind))
            _write(folder / f"{name}.csv", rows)
        if unsaid:
            raise Refused(str(path), unsaid)
        named = {one.name: one.value for one in book.custom_doc_props.props}
        package = {"title": book.properties.title or path.stem, "operation": str(named.get(OPERATION) or "")}
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def by_row(mistakes: Iterable[str], folder: Path) -> Iterator[str]:
    """Yield mistakes in files of the folder, each with the sheet and the row that it was written from.

    A row of a sheet is a row of its file, and several lines of it if a cell has several.
    """
    ends: dict[str, list[int]] = {}
    for one in mistakes:
        found = _LOCATED.match(one)
        if found and found[1] not in ends and (file := folder / f"{found[1]}.csv").is_file():
            with file.open(encoding="utf-8", newline="") as lines:
                reader = csv.reader(lines)
                ends[found[1]] = [reader.line_num for _ in reader]
        if found and found[1] in ends:
            row = bisect_left(ends[found[1]], int(found[2])) + 1
            yield f"sheet {found[1]}, row {row}: {one[found.end() :]}"
        else:
            yield one


_LOCATED = re.compile(r"([^:/]+)\.csv:(\d+): ")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a workbook for reading row by row; what a formula came to stands for it."""
    with extra("xlsx"):
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    try:
        with ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise Refused(str(path), [f"it unpacks to more than {LARGEST >> 30} GB"])
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:  # of XML, too
        told = "it is damaged, or not a workbook of the format xlsx; open it, and save it as one"
        raise Refused(str(path), [f"{told} ({error})"]) from None
    try:
        yield book
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Row]:
    for row in sheet.iter_rows(values_only=True):
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """Return a cell as it is written in a case: Excel knows no whole numbers, and no day without a time."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if not (cell.hour or cell.minute or cell.second):
            return cell.date().isoformat()
        case _:
            return str(cell)


def _part(rows: Iterable[Row], columns: Sequence[str], derived: frozenset[str]) -> Iterator[Row]:
    """Yield the columns of a sheet that do not follow from claims, those of a case as it calls them."""
    kept: list[int] = []
    for row in rows:
        if not kept:
            row = recognised(row, columns)
            kept = [place for place, name in enumerate(row) if name not in derived]
        yield [row[place] if place < len(row) else "" for place in kept]


def _derived(kind: Kind) -> frozenset[str]:
    """Return the columns of a kind's sheet that follow from claims."""
    return frozenset({"also", *(f"{one.name}{unit}" for one in kind.claimed for unit in ("", "_unit"))})


def _said(file: Path) -> Iterator[tuple[str, str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            subject, name, value = (str(row.get(column) or "").strip() for column in ("subject", "property", "value"))
            yield subject, name, value


def _checked(rows: Iterable[Row], kind: Kind, said: set[tuple[str, str, str]], unsaid: list[str]) -> Iterator[Row]:
    """Pass on the rows of a kind's sheet, and note best values that no claim bears out."""
    single = {one.name for one in kind.claimed if not one.many}
    header: Row = []
    for line, row in enumerate(rows, 1):
        header = header or row
        cells = dict(zip(header, row, strict=False))
        for name in single & cells.keys():
            if row is not header and cells[name] and (cells.get("id", ""), name, cells[name]) not in said:
                value = f"{cells[name]!r} of {cells.get('id')}"
                cure = "write it in the sheet claims, or empty the cell"
                unsaid.append(f"sheet {kind.name}, row {line}: {name} {value} is in no claim; {cure}")
        yield row


def _write(file: Path, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
