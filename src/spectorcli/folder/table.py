"""Reads one CSV file of a case: rows with their lines, cells in the order that is asked for."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from spectorcli.escapes import unsafe
from spectorcli.folder.folder import Folder
from spectorcli.folder.guess import did_you_mean

LONGEST_LINE = 1 << 21
"""Characters of a line in a file; ten cells of the length that ``csv`` allows are shorter."""


def read_table(
    folder: Folder, file: str, columns: Sequence[str], path: Path | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Read one CSV file (RFC 4180; a BOM, CRLF and ``;`` from a spreadsheet are accepted).

    Cells come in the order of ``columns``, whatever that of the file. Undecodable bytes come through as
    lone surrogates, so that they are found with their line.
    """
    with (path or folder.path / file).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        first = lines.readline(LONGEST_LINE)
        lines.seek(0)
        delimiter = ";" if ";" in first and "," not in first else ","
        reader = csv.reader(_short_lines(lines), delimiter=delimiter, strict=True)
        header: list[str] | None = None
        order: list[int] = []
        in_order = True
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                folder.unreadable(file, line, f"the row that begins here cannot be read: {error}; check its quotes")
                continue
            if not _clean_row(folder, file, line, cells):
                if header is None:
                    return
            elif header is None and cells:
                header = cells
                if not _check_header(folder, file, header, columns):
                    return
                order = [header.index(column) for column in columns]
                in_order = header == [*columns]
            elif header is None:
                continue
            elif cells == header:
                folder.wrong(file, line, "the header stands here again; take it out")
            elif len(cells) == len(header):
                stripped = list(map(str.strip, cells))
                yield line, stripped if in_order else [stripped[place] for place in order]
            elif cells:
                sentence = f"the row has {len(cells)} cells and the header {len(header)}; write all, empty ones too"
                folder.unreadable(file, line, sentence)
        if header is None:
            folder.unreadable(file, 1, "the file is empty; its first line names the columns")


def _short_lines(lines: TextIO) -> Iterator[str]:
    """Yield lines as long as a person may write them; one without an end would fill the memory."""
    while line := lines.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line of more than {LONGEST_LINE:,} characters")
        yield line


def _clean_row(folder: Folder, file: str, line: int, cells: list[str]) -> bool:
    bad = unsafe(" ".join(cells))
    if bad is None:
        return True
    if "U+DC80" <= bad <= "U+DCFF":
        folder.unreadable(file, line, f"byte 0x{bad[-2:]} is not UTF-8; save the file as UTF-8")
    else:
        folder.unreadable(file, line, f"the character {bad} may not stand in a case; remove it")
    return False


def _check_header(folder: Folder, file: str, header: list[str], columns: Sequence[str]) -> bool:
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    for column in extra:
        folder.unreadable(file, 1, f"unknown column {column!r}{did_you_mean(column, missing)}")
    for column in missing:
        folder.unreadable(file, 1, f"missing column {column!r}")
    for column in sorted({column for column in header if header.count(column) > 1}):
        folder.unreadable(file, 1, f"column {column!r} stands there more than once")
    return not missing and len(header) == len(columns)
