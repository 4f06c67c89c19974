"""Reads a CSV file of a case, as RFC 4180 has it and as spreadsheets write it.

A BOM, CRLF and CR, another delimiter and a line that names it, empty rows and columns at the end, headings in capitals:
where nothing is in doubt it is read, and what is changed is said. Whoever reads or writes a file of a case learns from
``read_header`` how it is written.
"""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from spectorcli.errors import did_you_mean
from spectorcli.escapes import unsafe
from spectorcli.folder.changes import LINE_BREAK, SHORT, Change, unread
from spectorcli.folder.columns import CONFLICT, OPTIONAL_COLUMNS, OPTIONAL_OF_SOURCES
from spectorcli.folder.mistakes import Mistake
from spectorcli.values.wording import joined

if TYPE_CHECKING:
    from _csv import Writer

LONGEST_LINE = 1 << 21
"""Characters of a line in a file; ten cells of the length that ``csv`` allows are shorter."""


DELIMITERS = ",;\t|"

_SEP = re.compile(r"\"?sep=(.)\"?", re.IGNORECASE)
"""With which a file tells Excel its delimiter."""

ALIKE = 0.75
"""How alike a heading must be to one that is missing, of 1, to be taken for it."""

_BREAK = re.compile(r"[\t\n\r]")


class Raw(NamedTuple):
    """One row as it is written: cells in the order that was asked for, without the blanks around them.

    ``number`` is its line, counted on over all files that are read as one.
    """

    file: str
    line: int
    number: int
    cells: list[str]
    changes: tuple[Change, ...] = ()
    """What had to be changed to read it."""
    decimal_comma: bool = False
    """Whether its file is of a spreadsheet that may write 0,5."""
    unread: tuple[tuple[str, str], ...] = ()
    """What stands in columns that no vocabulary knows, by their names."""


class Header(NamedTuple):
    """The first row that is not empty, and how it is written: so is the rest of the file."""

    line: int
    columns: list[str]
    """Without what a spreadsheet leaves behind the last of them: nameless ones."""
    width: int
    """How many cells a row may have, also under no heading."""
    delimiter: str
    end: str
    """What ends a line."""
    quoted: bool
    """Whether also cells that need no quotes have them."""


class Piece(NamedTuple):
    """Rows of a file that stand together: where their bytes start and end, and how many lines come before."""

    start: int
    end: int
    lines: int


def open_table(path: Path) -> TextIO:
    """Open a file so that bytes that are not UTF-8 come through as lone surrogates and are found with their line."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def mark_of(content: bytes) -> bytes:
    """Return the byte order mark with which a file begins; empty if it has none."""
    return BOM_UTF8 if content.startswith(BOM_UTF8) else b""


def writer_like(header: Header, out: TextIO) -> "Writer":
    """Return what writes rows as a file with this header does."""
    return csv.writer(
        out,
        delimiter=header.delimiter,
        lineterminator=header.end,
        quoting=csv.QUOTE_ALL if header.quoted else csv.QUOTE_MINIMAL,
    )


def with_cells(content: bytes, header: Header, column: str, cells: Mapping[int, str]) -> bytes:
    """Return a file with other cells in one of its columns, by the line at which their rows begin.

    All other lines stay as they are, byte for byte.
    """
    lines = decoded(content).readlines()
    rows = csv.reader(lines, delimiter=header.delimiter)
    place, begin = recognised(header.columns, [column]).index(column), 0
    changed: list[str] = []
    for row in rows:
        as_written = lines[begin : rows.line_num]
        if begin + 1 in cells:
            row += [""] * (len(header.columns) - len(row))
            row[place] = cells[begin + 1]
            out = io.StringIO(newline="")
            quoted = header.quoted or any(map(_BREAK.search, row))  # csv sees no line break but its own
            writer_like(header._replace(quoted=quoted), out).writerow(row)
            last = as_written[-1]
            as_written = [out.getvalue().removesuffix(header.end), last[len(last.rstrip("\r\n")) :]]
        changed += as_written
        begin = rows.line_num
    return mark_of(content) + "".join(changed).encode("utf-8", "surrogateescape")


def decoded(content: bytes) -> TextIO:
    """Return the bytes of a file as ``open_table`` opens it."""
    return io.StringIO(content.decode("utf-8-sig", "surrogateescape"), newline="")


def read_table(
    path: Path,
    columns: Sequence[str],
    name: str = "",
    before: int = 0,
    optional: Collection[str] = (),
    elsewhere: Collection[str] = (),
    piece: Piece | None = None,
) -> Iterator[Raw | Mistake]:
    """Read the rows of a file, or of one piece, whatever the order of its columns.

    With a header that is wrong, only its mistakes.

    ``name`` is what mistakes call the file; ``before`` counts the lines of files that are read as one with it.
    Of a column that is ``optional`` and not there each cell is empty. A column that nothing knows is told with the
    first row, if it can be none of those that are not there; one that belongs ``elsewhere`` is a mistake.
    """
    name = name or path.name
    with open_table(path) as lines:
        header = read_header(lines, name)
        if isinstance(header, Mistake):
            yield header
            return
        there = recognised(header.columns, columns)
        wrong = [*_misnamed(there, columns, optional), *_misplaced(there, elsewhere)]
        if CONFLICT in there:
            wrong = [f"two hands changed the same rows: keep one of each, and remove the column {CONFLICT}"]
        first = piece is None or piece.lines <= header.line
        if wrong:
            told = dict.fromkeys(wrong) if first else ()
            yield from (Mistake(name, header.line, sentence, lost=True) for sentence in told)
            return
        left_out = len(there)  # where an empty cell is put behind each row
        order = [there.index(column) if column in there else left_out for column in columns]
        extra = tuple(unread(column) for column in there if column not in columns and first)
        unknown = [(place, column) for place, column in enumerate(there) if column not in columns]
        if piece and piece.lines >= header.line:
            lines, header = _text_of(path, piece), header._replace(line=piece.lines)
        yield from read_rows(lines, header, name, before, [] if there == [*columns] else order, extra, unknown)


def _text_of(path: Path, piece: Piece) -> TextIO:
    """Return the rows of a piece as ``open_table`` opens a file."""
    with path.open("rb") as opened:
        opened.seek(piece.start)
        content = opened.read(piece.end - piece.start)
    return io.StringIO(content.decode("utf-8", "surrogateescape"), newline="")


def recognised(there: Iterable[str], columns: Collection[str]) -> list[str]:
    """Return the names of columns as they are declared, if they are written otherwise: ``Part Of`` for ``part_of``."""
    known = {_plain(column): column for column in columns}
    return [column if column in columns else known.get(_plain(column), column) for column in there]


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "_", column.strip().casefold())


def read_header(lines: TextIO, name: str) -> Header | Mistake:
    """Read the header of a file, and leave the file at the row after it."""
    line, delimiter = 1, ""
    try:
        for line, first in enumerate(short_lines(lines), 1):
            text = first.rstrip("\r\n")
            if line == 1 and (told := _SEP.fullmatch(text)):
                delimiter = told[1]
                continue
            if not text.strip(DELIMITERS + " "):
                continue
            if other := _other_format(text):
                return Mistake(name, line, other, lost=True)
            delimiter = delimiter or max(DELIMITERS, key=text.count)
            (columns,) = csv.reader([text], delimiter=delimiter, strict=True)
            width = len(columns)
            while columns and not columns[-1].strip():
                columns.pop()
            if problem := illegible(columns):
                return Mistake(name, line, problem, lost=True)
            return Header(line, columns, width, delimiter, first[len(text) :] or "\n", text.startswith('"'))
    except csv.Error as error:
        return Mistake(name, line, _torn(error), lost=True)
    return Mistake(name, 1, "the file is empty; its first line names the columns", lost=True)


def read_rows(
    lines: TextIO,
    header: Header,
    name: str,
    before: int = 0,
    order: Sequence[int] = (),
    extra: tuple[Change, ...] = (),
    unknown: Sequence[tuple[int, str]] = (),
) -> Iterator[Raw | Mistake]:
    """Read each row after the header that is not empty.

    Its cells are those at the places of ``order``, the one behind the last being empty, or else all as they stand. What
    had to be changed in the whole file, ``extra``, is told with the first. What stands in ``unknown`` columns, by their
    places, goes along.
    """
    reader = csv.reader(short_lines(lines), delimiter=header.delimiter, strict=True)
    width, comma = len(header.columns), header.delimiter != ","
    while True:
        line = header.line + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Mistake(name, line, _torn(error), lost=True)
            continue
        changes: tuple[Change, ...] = ()
        if len(cells) != width or (problem := illegible(cells)):
            cells, changes = _mended(cells, width, header.width)
            problem = illegible(cells)
        if problem:
            yield Mistake(name, line, problem, lost=True)
        elif cells[0].startswith(_MERGE_MARKS) and not any(cells[1:]):
            yield Mistake(name, line, "a merge left this mark; settle what stands around it, and remove it", lost=True)
        elif cells == header.columns:
            yield Mistake(name, line, "the header appears again; remove it")
        elif len(cells) == width:
            cells = list(map(str.strip, cells))
            if any(cells):
                unread = tuple((column, cells[place]) for place, column in unknown if cells[place]) if unknown else ()
                if order:
                    cells.append("")
                    cells = [cells[place] for place in order]
                yield Raw(name, line, before + line, cells, changes + extra, comma, unread)
                extra = ()
        else:
            told = f"the row has {len(cells)} cells and the header {width}"
            yield Mistake(name, line, f"{told}; put what holds {header.delimiter!r} in quotes", lost=True)


def _mended(cells: list[str], width: int, widest: int) -> tuple[list[str], tuple[Change, ...]]:
    """Return a row as wide as the header if no cell is lost by it, without line breaks, and what was changed."""
    changes = []
    one_line = [" ".join(cell.split()) if _BREAK.search(cell) else cell for cell in cells]
    if one_line != cells:
        changes.append(LINE_BREAK)
    if width < len(one_line) <= widest and not any(one_line[width:]):
        one_line = one_line[:width]
    if len(one_line) < width and any(one_line):
        one_line += [""] * (width - len(one_line))
        changes.append(SHORT)
    return one_line if any(one_line) else [""] * width, tuple(changes)


def short_lines(lines: TextIO) -> Iterator[str]:
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


_UTF16 = "is UTF-16 or UTF-32, not UTF-8; save it as CSV in UTF-8"

_OTHER_FORMATS = {
    b"pk\x03\x04": "is a workbook or another archive, not CSV; save the sheet as CSV in UTF-8",
    b"\xd0\xcf\x11\xe0": "is an old workbook, not CSV; save the sheet as CSV in UTF-8",
    b"\xff\xfe": _UTF16,
    b"\xfe\xff": _UTF16,
    b"<!doctype": "is a web page, not CSV; download the file itself",
    b"<html": "is a web page, not CSV; download the file itself",
}
"""How files begin, in lower case, that have only the name of a CSV."""

_MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def _other_format(first: str) -> str:
    """Say what a file is that is no CSV by its first line; empty if it may be one."""
    start = first[:9].encode(errors="surrogateescape").lower()
    told = next((told for mark, told in _OTHER_FORMATS.items() if start.startswith(mark)), "")
    return told or (_UTF16 if "\0" in first else "")


def illegible(cells: Sequence[str]) -> str:
    """Say which character of a row is not allowed in a case; empty if all are."""
    bad = unsafe(" ".join(cells))
    if bad is None:
        return ""
    if "U+DC80" <= bad <= "U+DCFF":
        return f"byte 0x{bad[-2:]} is not UTF-8; save the file as UTF-8"
    return f"the character {bad} is not allowed in a case; remove it"


def _misnamed(there: Sequence[str], columns: Sequence[str], optional: Collection[str]) -> Iterator[str]:
    """Say what is wrong with the names of the columns: what is missing, and what may be meant for it."""
    missing = [column for column in columns if column not in {*there, *optional}]
    absent = [column for column in columns if column not in there]
    expected = [column for column in absent if column not in {*OPTIONAL_COLUMNS, *OPTIONAL_OF_SOURCES}]
    if not {*there} & {*columns}:
        yield f"the first row names no column; it is to be {','.join(expected)}"
        return
    for column in there:
        if not column:
            yield "a column has no name; name it, or remove it"
        elif there.count(column) > 1:
            yield f"column {column!r} appears twice"
        elif column not in columns and (meant := did_you_mean(column, absent, alike=ALIKE)):
            yield f"unknown column {column!r}{meant}"
        elif column not in columns and expected:
            yield f"unknown column {column!r}; is it {joined(expected, 'or')}? else remove it"
    yield from (f"missing column {column!r}" for column in missing)


def _misplaced(there: Sequence[str], elsewhere: Collection[str]) -> Iterator[str]:
    for column in there:
        if column in elsewhere:
            yield f"column {column!r} is a property that needs a source; write it in claims.csv"
