"""Reads a CSV file of a case (RFC 4180; a BOM, CRLF, CR and ``;`` from a spreadsheet are accepted).

Whoever reads or writes a file of a case learns from ``read_header`` how it is written.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from spectorcli.errors import did_you_mean
from spectorcli.escapes import unsafe
from spectorcli.folder.mistakes import Mistake

LONGEST_LINE = 1 << 21
"""Characters of a line in a file; ten cells of the length that ``csv`` allows are shorter."""


class Raw(NamedTuple):
    """One row as it is written: cells in the order that was asked for, without the blanks around them.

    ``number`` is its line, counted on over all files that are read as one.
    """

    file: str
    line: int
    number: int
    cells: list[str]


class Header(NamedTuple):
    """The first row that is not empty, and how it is written: so is the rest of the file."""

    line: int
    columns: list[str]
    delimiter: str
    end: str
    """What ends a line."""
    quoted: bool
    """Whether also cells that need no quotes have them."""


def open_table(path: Path) -> TextIO:
    """Open a file so that bytes that are not UTF-8 come through as lone surrogates and are found with their line."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def decoded(content: bytes) -> TextIO:
    """Return the bytes of a file as ``open_table`` opens it."""
    return io.StringIO(content.decode("utf-8-sig", "surrogateescape"), newline="")


def read_table(
    path: Path, columns: Sequence[str], name: str = "", before: int = 0, optional: Collection[str] = ()
) -> Iterator[Raw | Mistake]:
    """Read the rows of a file, whatever the order of its columns; with a header that is wrong, only its mistakes.

    ``name`` is what mistakes call the file; ``before`` counts the lines of files that are read as one with it.
    Of a column that is ``optional`` and not there each cell is empty.
    """
    name = name or path.name
    with open_table(path) as lines:
        header = read_header(lines, name)
        if isinstance(header, Mistake):
            yield header
            return
        wrong = _misnamed(header, columns, optional, name)
        yield from wrong
        if wrong:
            return
        left_out = len(header.columns)  # where an empty cell is put behind each row
        order = [header.columns.index(column) if column in header.columns else left_out for column in columns]
        rows = read_rows(lines, header, name, before)
        yield from rows if header.columns == [*columns] else _reordered(rows, order)


def _reordered(rows: Iterable[Raw | Mistake], order: Sequence[int]) -> Iterator[Raw | Mistake]:
    for row in rows:
        if not isinstance(row, Mistake):
            cells = [*row.cells, ""]
            row = row._replace(cells=[cells[place] for place in order])
        yield row


def read_header(lines: TextIO, name: str) -> Header | Mistake:
    """Read the header of a file, and leave the file at the row after it."""
    line = 1
    try:
        for line, first in enumerate(_short_lines(lines), 1):
            text = first.rstrip("\r\n")
            if text:
                delimiter = ";" if ";" in text and "," not in text else ","
                (columns,) = csv.reader([text], delimiter=delimiter, strict=True)
                if problem := _illegible(columns):
                    return Mistake(name, line, problem, lost=True)
                return Header(line, columns, delimiter, first[len(text) :] or "\n", text.startswith('"'))
    except csv.Error as error:
        return Mistake(name, line, _torn(error), lost=True)
    return Mistake(name, 1, "the file is empty; its first line names the columns", lost=True)


def read_rows(lines: TextIO, header: Header, name: str, before: int = 0) -> Iterator[Raw | Mistake]:
    """Read each row after the header that is not empty, its cells in the order of the file."""
    reader = csv.reader(_short_lines(lines), delimiter=header.delimiter, strict=True)
    while True:
        line = header.line + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Mistake(name, line, _torn(error), lost=True)
            continue
        if problem := _illegible(cells):
            yield Mistake(name, line, problem, lost=True)
        elif cells == header.columns:
            yield Mistake(name, line, "the header appears again; remove it")
        elif len(cells) == len(header.columns):
            yield Raw(name, line, before + line, list(map(str.strip, cells)))
        elif cells:
            count = f"the row has {len(cells)} cells and the header {len(header.columns)}"
            yield Mistake(name, line, f"{count}; write every cell, also the empty ones", lost=True)


def _short_lines(lines: TextIO) -> Iterator[str]:
    """Yield lines as long as a person may write them; one without an end would fill the memory."""
    while line := lines.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line of more than {LONGEST_LINE:,} characters")
        yield line


def count_lines(path: Path) -> int:
    """Count the lines of a file as its reader does, also a last one without an end."""
    count, last = 1, b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            count += chunk.count(b"\n") + chunk.count(b"\r") - chunk.count(b"\r\n")
            count -= last == b"\r" and chunk.startswith(b"\n")
            last = chunk[-1:]
    return count


def _torn(error: csv.Error) -> str:
    return f"the row that begins here cannot be read: {error}; check its quotes"


def _illegible(cells: list[str]) -> str:
    """Say which character of a row is not allowed in a case; empty if all are."""
    bad = unsafe(" ".join(cells))
    if bad is None:
        return ""
    if "U+DC80" <= bad <= "U+DCFF":
        return f"byte 0x{bad[-2:]} is not UTF-8; save the file as UTF-8"
    return f"the character {bad} is not allowed in a case; remove it"


def _misnamed(header: Header, columns: Sequence[str], optional: Collection[str], name: str) -> list[Mistake]:
    """Find what is wrong with the names of the columns."""
    there = header.columns
    missing = [column for column in columns if column not in {*there, *optional}]
    extra = [column for column in there if column not in columns]
    sentences = [
        *(f"unknown column {column!r}{did_you_mean(column, missing)}" for column in extra),
        *(f"missing column {column!r}" for column in missing),
        *(f"column {column!r} appears twice" for column in {*there} if there.count(column) > 1),
    ]
    return [Mistake(name, header.line, sentence, lost=True) for sentence in sentences]
