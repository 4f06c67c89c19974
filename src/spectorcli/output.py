"""Writes an answer in a format. stdout is the answer and nothing else goes there.

A format knows no question: rows in, text out. Machine formats stream; pictures for people are drawn by
``pretty``, which alone may import Rich. A new format is a writer and a line in ``FORMATS``.
"""

import csv
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from spectorcli.errors import EnvironmentFailed, UsageError
from spectorcli.files import whole_file
from spectorcli.plain import clean, escape_json, escape_markdown
from spectorcli.result import Cell, Result

Writer = Callable[[Result, TextIO], None]


class Format(NamedTuple):
    """A name for ``--format``, the suffixes of files that have it, and what writes it."""

    name: str
    suffixes: tuple[str, ...]
    write: Writer
    drawn: bool = False


ROWS_ON_A_TERMINAL = 1000
"""Drawing takes 2 ms a row, and nobody reads further."""

_DEFAULTS = {"timeline": "timeline", "chart": "timeline"}
"""The format of an answer that should not look like a table."""


def show(result: Result, format: str | None, output: Path | None, everything: bool) -> None:
    """Write an answer to stdout, or whole to a file, whose suffix then tells the format.

    Raises:
        UsageError: there is no such format, or the suffix tells none.
    """
    if output is None or str(output) == "-":
        if sys.stdout is None:
            raise EnvironmentFailed("there is no stdout to write to; use --output FILE")
        chosen = _by_name(_DEFAULTS.get(result.look, "table") if format is None else format)
        if not chosen.drawn and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # what a machine reads does not depend on what a terminal can show
        if chosen.drawn and sys.stdout.isatty() and not everything:
            result = _beginning(result)
        chosen.write(result, sys.stdout)
        sys.stdout.flush()
        return
    chosen = _by_suffix(output) if format is None else _by_name(format)
    if output.exists() and not output.is_file():
        with output.open("w", encoding="utf-8", newline="") as out:  # a device or a pipe cannot be replaced
            chosen.write(result, out)
        return
    with whole_file(output) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
        chosen.write(result, out)


def write(text: str, output: Path | None) -> None:
    """Write a text to stdout, or whole to a file; in UTF-8, for it may be read by a machine."""
    if output is None or str(output) == "-":
        if sys.stdout is None:
            raise EnvironmentFailed("there is no stdout to write to; use --output FILE")
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
    note = f"{left:,} more rows are not shown; see them with --all, or write them with --output FILE.csv"
    return result._replace(rows=kept, notes=[*result.notes, *([note] if left else [])])


def _by_name(name: str) -> Format:
    name = name.lower()
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def _by_suffix(output: Path) -> Format:
    for format in FORMATS.values():
        if output.suffix.lower() in format.suffixes:
            return format
    known = ", ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)
    raise UsageError(f"the suffix of {output.name} tells no format; use one of {known}, or add --format")


def _text(cell: Cell) -> str:
    return "" if cell is None else clean(str(cell))


def _write_csv(result: Result, out: TextIO) -> None:
    """RFC 4180, but with the line ends of the system's own tools."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([_text(cell) for cell in row] for row in result.rows)


def _write_tsv(result: Result, out: TextIO) -> None:
    """No quoting: a tab or a line end inside a cell is shown as an escape by ``clean``."""
    for row in (result.columns, *result.rows):
        out.write("\t".join(_text(cell) for cell in row) + "\n")


def _objects(result: Result) -> Iterable[str]:
    """Yield each row as a JSON object; unsafe characters are escaped, so a terminal may read it too."""
    import json  # 2 ms that a table or a CSV need not pay

    dump = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    for row in result.rows:
        yield escape_json(dump(dict(zip(result.columns, row, strict=True))))


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
    """A table as GitHub reads it, with the notes under it."""

    def write(cells: Iterable[str]) -> None:
        out.write(f"| {' | '.join(cells)} |\n")

    write(name if name.isidentifier() else escape_markdown(name) for name in result.columns)
    write("---" for _ in result.columns)
    for row in result.rows:
        write(escape_markdown(_text(cell)) for cell in row)
    for note in result.notes:
        out.write(f"\n{escape_markdown(clean(note))}\n")


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
        Format("csv", (".csv",), _write_csv),
        Format("tsv", (".tsv", ".tab"), _write_tsv),
        Format("json", (".json",), _write_json),
        Format("jsonl", (".jsonl", ".ndjson"), _write_jsonl),
        Format("md", (".md",), _write_markdown),
        Format("svg", (".svg",), _draw("svg")),
    )
}
