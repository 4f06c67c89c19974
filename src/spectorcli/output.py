"""Writes an answer in a format. stdout is the answer and nothing else goes there.

A format knows no question: rows in, text out. Machine formats stream; pictures for people are drawn by
``pretty``, which alone may import Rich. A new format is a writer and a line in ``FORMATS``.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from spectorcli.errors import UsageError, no_such
from spectorcli.escapes import clean, escape_json, escape_markdown, like_formula, spreadsheet_safe
from spectorcli.files import by_suffix, whole_file
from spectorcli.result import Cell, Look, Note, Result, Row, Said, Shows

Writer = Callable[[Result, TextIO], None]


class Format(NamedTuple):
    """A name for ``--format``, the suffixes of files that have it, and what writes it."""

    name: str
    suffixes: tuple[str, ...]
    write: Writer
    drawn: bool = False
    for_spreadsheets: bool = False


WORKBOOK = "xlsx"
"""Not among the formats below, which write text: it is a file of its own, and never goes into a pipe."""

ROWS_ON_A_TERMINAL = 1000
"""Drawing takes 2 ms a row, and nobody reads further."""

_DEFAULTS = {Look.TIMELINE: "timeline", Look.CHART: "timeline"}
"""The format of an answer that should not look like a table."""


def show(
    result: Result,
    format: str | None,
    output: Path | None,
    everything: bool = True,
    *,
    safe: bool = False,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Write an answer to stdout, or whole to a file, whose suffix then tells the format.

    ``tell`` is given one line if cells look like formulas that a spreadsheet may run (``safe`` keeps it from that, and
    has a file begin with a byte order mark, without which Excel takes it for another encoding),
    and what the answer leaves out.

    Raises:
        UsageError: there is no such format, or the suffix tells none, or it is nothing for a spreadsheet.
    """
    piped = output is None or str(output) == "-"
    if format == WORKBOOK or (format is None and output and output.suffix.lower() == f".{WORKBOOK}"):
        _put_workbook(result, output, piped, tell)
        return
    if format is not None:
        chosen = _by_name(format)
    elif output is None or piped:
        chosen = _by_name(_DEFAULTS.get(result.look, "table"))
    else:
        chosen = by_suffix(output, SUFFIXES, f", .{WORKBOOK}, or add --format")
    if safe and not chosen.for_spreadsheets:
        raise UsageError(f"--spreadsheet-safe is for csv and tsv, not for {chosen.name}")
    suspects = dict[str, int]()
    if chosen.for_spreadsheets:
        result = _as_safe(result) if safe else result._replace(rows=_watch(result, suspects))
    if piped and chosen.drawn and sys.stdout.isatty() and not everything and result.look != Look.FINDINGS:
        result = _beginning(result)
    _put(result, chosen, None if piped else output, "utf-8-sig" if safe else "utf-8")
    if suspects:
        many = sum(suspects.values())
        cells = f"{many:,} cells look" if many > 1 else "1 cell looks"
        tell(
            f"{cells} like a formula, which a spreadsheet may run (in {', '.join(suspects)}); "
            "--spreadsheet-safe puts an apostrophe before such"
        )
    for line in result.left_out:
        tell(line)


def _put_workbook(result: Result, output: Path | None, piped: bool, tell: Callable[[str], None]) -> None:
    """Write an answer as a workbook of one sheet, in which no text is a formula; say what did not fit."""
    if output is None or piped:
        raise UsageError(f"{WORKBOOK} goes into a file; name it with -o FILE.{WORKBOOK}")
    from tempfile import TemporaryDirectory

    from spectorcli.sheets import Book

    with TemporaryDirectory(prefix="spector-") as rows, whole_file(output) as temporary:
        book = Book(temporary, result.title, rows)
        book.add("answer", [column.name for column in result.columns], result.rows)
        unfit = book.close()
    for line in (*unfit, *result.left_out):
        tell(line)


def _put(result: Result, format: Format, output: Path | None, encoding: str) -> None:
    if output is None:
        if not format.drawn and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # what a machine reads does not depend on what a terminal can show
        format.write(result, sys.stdout)
        sys.stdout.flush()
    elif output.exists() and not output.is_file():
        with output.open("w", encoding="utf-8", newline="") as out:  # a device or a pipe cannot be replaced
            format.write(result, out)
    else:
        with whole_file(output) as temporary, temporary.open("w", encoding=encoding, newline="") as out:
            format.write(result, out)


def _as_safe(result: Result) -> Result:
    """Put an apostrophe before each cell that looks like a formula."""

    def safe(cells: Iterable[Cell]) -> list[Cell]:
        return [spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in cells]

    names = [column._replace(name=spreadsheet_safe(column.name)) for column in result.columns]
    return result._replace(columns=names, rows=map(safe, result.rows))


def _watch(result: Result, suspects: dict[str, int]) -> Iterator[Row]:
    """Yield the rows as they are, and count by column the cells that look like formulas."""
    names = result.names
    for row in result.rows:
        for name, cell in zip(names, row, strict=True):
            if isinstance(cell, str) and like_formula(cell):
                suspects[name] = suspects.get(name, 0) + 1
        yield row


def write(text: str, output: Path | None) -> None:
    """Write a text to stdout, or whole to a file; in UTF-8, for it may be read by a machine."""
    if output is None or str(output) == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    if output.exists() and not output.is_file():
        output.write_text(text, encoding="utf-8")  # a device or a pipe cannot be replaced
        return
    with whole_file(output) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _beginning(result: Result) -> Result:
    """Keep what a person will read; the note says what was left out and how to see it."""
    rows = iter(result.rows)
    kept = list(islice(rows, ROWS_ON_A_TERMINAL))
    left = sum(1 for _ in rows)
    hints = [Note("rows left", {"rows": Said(Shows.COUNT, left)})] if left else []
    return result._replace(rows=kept, hints=[*hints, *result.hints])


def _by_name(name: str) -> Format:
    name = name.lower()
    if name not in FORMATS:
        raise UsageError(no_such("format", name, FORMATS))
    return FORMATS[name]


def _text(cell: Cell) -> str:
    return "" if cell is None else clean(str(cell))


def _write_csv(result: Result, out: TextIO) -> None:
    """RFC 4180, but with the line ends of the system's own tools."""
    import csv  # 0.5 ms that a picture need not pay

    result = result.shown()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.names)
    writer.writerows([_text(cell) for cell in row] for row in result.rows)


def _write_tsv(result: Result, out: TextIO) -> None:
    """No quoting: a tab or a line end inside a cell is shown as an escape by ``clean``."""
    result = result.shown()
    for row in (result.names, *result.rows):
        out.write("\t".join(_text(cell) for cell in row) + "\n")


def _objects(result: Result) -> Iterable[str]:
    """Yield each row as a JSON object; unsafe characters are escaped, so a terminal may read it too."""
    import json  # 2 ms that a table or a CSV need not pay

    dump = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    for record in result.shown().records():
        yield escape_json(dump(record))


def _write_json(result: Result, out: TextIO) -> None:
    separator = "["
    for text in _objects(result):
        out.write(f"{separator}\n  {text}")
        separator = ","
    out.write("[]\n" if separator == "[" else "\n]\n")


def _write_jsonl(result: Result, out: TextIO) -> None:
    for text in _objects(result):
        out.write(text + "\n")


def _write_markdown(result: Result, out: TextIO) -> None:
    """A table as GitHub reads it, or a list where something is to be done, with the notes under it."""

    def write(cells: Iterable[str]) -> None:
        out.write(f"| {' | '.join(cells)} |\n")

    from spectorcli.words import say  # and with it all of values, which other formats do without

    result = result.shown()
    if result.look == Look.GAPS:
        out.writelines(_to_do(record) for record in result.records())
    else:
        write(name if name.isidentifier() else escape_markdown(name) for name in result.names)
        write("---" for _ in result.columns)
        for row in result.rows:
            write(escape_markdown(_text(cell)) for cell in row)
    for note in result.notes:
        out.write(f"\n{escape_markdown(clean(say(note)))}\n")


def _to_do(record: Mapping[str, Cell]) -> str:
    """Return a line of a task list as GitHub reads it: what is not known, what shows it, and what mends it."""
    cells = {name: escape_markdown(_text(cell)) for name, cell in record.items()}
    about = " ".join(filter(None, (cells["id"], cells["property"])))
    return f"- [ ] {f'**{about}** ' if about else ''}{cells['sentence']} ({cells['show']}): {cells['mend']}\n"


def _draw(name: str) -> Writer:
    def write(result: Result, out: TextIO) -> None:
        from spectorcli import pretty

        pretty.draw(name, result, out)

    return write


FORMATS = {
    format.name: format
    for format in (
        Format("table", (".txt",), _draw("table"), drawn=True),
        Format("timeline", (), _draw("timeline"), drawn=True),
        Format("csv", (".csv",), _write_csv, for_spreadsheets=True),
        Format("tsv", (".tsv", ".tab"), _write_tsv, for_spreadsheets=True),
        Format("json", (".json",), _write_json),
        Format("jsonl", (".jsonl", ".ndjson"), _write_jsonl),
        Format("md", (".md",), _write_markdown),
        Format("svg", (".svg",), _draw("svg")),
    )
}

SUFFIXES = {suffix: format for format in FORMATS.values() for suffix in format.suffixes}
