"""Draws an answer for a person: tables, records, the timeline, the sheet of one thing.

The only user of Rich. Text from a case is ``Text``, never markup. Nothing is cut: what does not fit is
wrapped, moved under the table, or the table turns into records; ids are never broken.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from time import monotonic
from typing import TextIO, TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from spectorcli.errors import UsageError
from spectorcli.plain import clean
from spectorcli.result import Cell, Result

ACCENT = "cyan"
FAINT = "dim"
ALARM = "red"
"""Only for disputes."""

UNBOUNDED = 100_000
"""The width of a pipe or a file: no line is wrapped there."""

GAP = 2
"""Blanks between columns."""

WORDS = 16
"""Columns of words may be wrapped down to this width, others not at all."""

_HEADERS = {"sources": "src", "origins": "orig"}

_WORDY = frozenset(
    {
        "title",
        "name",
        "label",
        "what",
        "gist",
        "also",
        "charges",
        "role",
        "publisher",
        "goods",
        "court",
        "operations",
        "money",
    }
)
"""Columns that may be wrapped."""

_GROUPED = {
    **dict.fromkeys(("amount", "turnover", "vendors", "firearms", "money", "drugs"), 4),
    **dict.fromkeys(("also", "value"), 5),  # may hold a year
}
"""Columns of text in which numbers of so many digits are written with separators."""

_CONTEXT = frozenset({"operation", "person", "market", "agency"})
"""Columns that are said once above the table when all rows have the same."""

KIND_COLOURS = {
    **dict.fromkeys(("arrest", "charge", "extradition", "plea", "sentence"), "magenta"),
    **dict.fromkeys(("seizure", "shutdown"), "yellow"),
    "launch": "green",
    "announcement": "blue",
}
"""In the timeline: courts and police in magenta, the life of markets in green and yellow."""


Item = TypeVar("Item")


@dataclass(frozen=True)
class Marks:
    """What is drawn besides letters."""

    day: str = "●"
    span: str = "○"
    line: str = "│"
    differs: str = "≠"
    dot: str = "·"
    blocks: str = " ▏▎▍▌▋▊▉█"

    def bar(self, share: Cell, longest: int) -> str:
        """Draw a share of 1 as a bar, as finely as the blocks allow."""
        steps = len(self.blocks) - 1
        filled = round(float(share or 0) * longest * steps)
        return self.blocks[-1] * (filled // steps) + self.blocks[filled % steps].strip()


ASCII = Marks(day="*", span="o", line="|", differs="!=", dot="-", blocks=" #")


@dataclass(frozen=True)
class Column:
    """A column as it is drawn."""

    name: str
    cells: list[Text]
    header: str
    right: bool = False

    @property
    def wraps(self) -> bool:
        """Whether its text may go over several lines."""
        return self.name in _WORDY

    @property
    def least(self) -> int:
        """The narrowest that it can be drawn without losing anything."""
        widest = max(cell_len(self.header), *(cell.cell_len for cell in self.cells))
        return min(widest, WORDS) if self.wraps else widest


class Canvas:
    """A console that knows its width, its colours and which marks it can show."""

    def __init__(self, out: TextIO) -> None:
        """Ask the stream and the environment (https://no-color.org, and ``FORCE_COLOR``)."""
        terminal = out.isatty()
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self.coloured = coloured = not plain and (terminal or bool(os.environ.get("FORCE_COLOR")))
        self.console = Console(
            file=out,
            width=None if terminal else UNBOUNDED,
            force_terminal=coloured,
            color_system="auto" if coloured else None,
            no_color=not coloured,
            markup=False,
            emoji=False,
            highlight=False,
        )
        self.width = self.console.width
        try:
            "".join(vars(Marks()).values()).encode(getattr(out, "encoding", None) or "utf-8")
            self.marks = Marks()
        except UnicodeEncodeError:
            self.marks = ASCII

    def print(self, thing: Text | Table, *, whole: bool = False) -> None:
        """Print without the blanks that pad the ends of lines; ``whole`` never breaks a line."""
        if isinstance(thing, Text) and not self.coloured and thing.cell_len <= self.width:
            self.console.file.write(thing.plain.rstrip() + "\n")  # what Rich would do, 5 times as fast
            return
        with self.console.capture() as captured:
            self.console.print(thing, crop=False, no_wrap=whole, overflow="ignore" if whole else "fold")
        for line in captured.get().split("\n")[:-1]:
            self.console.file.write(line.rstrip() + "\n")

    def print_hanging(self, start: Text, rest: Text, indent: Text | None = None, *, whole: bool = False) -> None:
        """Print ``start`` and then ``rest``, whose further lines begin under its first.

        ``whole`` keeps words longer than a line in one piece: ids and addresses are there to be copied.
        """
        indent = indent or Text(" " * start.cell_len)
        room = max(self.width - start.cell_len, WORDS, *map(cell_len, rest.plain.split() if whole else ()))
        for number, line in enumerate([rest] if rest.cell_len <= room else rest.wrap(self.console, room)):
            line.rstrip()
            self.print(Text.assemble(indent if number else start, line), whole=True)


def track(step: str, rows: Iterable[Item], total: int) -> Iterator[Item]:
    """Pass rows through, with a progress bar on stderr once it takes longer than a second."""
    from rich.progress import Progress

    start = monotonic()
    passing = iter(rows)
    done = 0
    for row in passing:
        yield row
        done += 1
        if done % 1000 == 0 and monotonic() - start > 1:
            break
    else:
        return
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(step, total=total, completed=done)
        for row in passing:
            yield row
            bar.advance(task)


def draw(name: str, result: Result, out: TextIO) -> None:
    """Draw an answer as a table or as a timeline.

    Raises:
        UsageError: a timeline of something that has no dates.
    """
    canvas = Canvas(out)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if name == "timeline" and not {"date", "title"} <= set(result.columns):
        raise UsageError("a timeline needs dates, and this answer has none; use another --format")
    canvas.print(Text(clean(result.title), style=f"bold {ACCENT}"))
    if not rows:
        canvas.print(Text("nothing found", style=FAINT))
    elif name == "timeline":
        _draw_timeline(canvas, rows)
    elif result.look == "hits":
        _draw_hits(canvas, rows, result.words)
    elif result.look in _LOOKS:
        _LOOKS[result.look](canvas, rows)
    else:
        _draw_table(canvas, result.title, result.columns, rows)
    for note in result.notes:
        canvas.print(Text(_group_digits(clean(note), 5), style=FAINT))


Record = dict[str, Cell]


def _text(name: str, cell: Cell) -> str:
    """Return a cell as people read it: numbers grouped, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        digits = _GROUPED.get(name)
        return _group_digits(clean(cell), digits) if digits else clean(cell)
    if name == "share":
        return f"{cell:.1%}"
    return f"{cell:,}"


def _group_digits(text: str, least: int) -> str:
    number = rf"(?<![\w.:/-])\d{{{least},}}(?![\w/-])"
    return re.sub(number, lambda found: f"{int(found.group()):,}", text)


def _draw_table(canvas: Canvas, title: str, names: Sequence[str], rows: list[Record]) -> None:
    """Draw a table; where it does not fit, what else is said goes under it; else draw records."""
    same = [name for name in names if name in _CONTEXT and len({row[name] for row in rows}) == 1]
    once = [name for name in same if len(rows) > 1 or f"({rows[0][name]})" in title]
    untold = [f"{name} {_text(name, rows[0][name])}" for name in once if f"({rows[0][name] or ''})" not in title]
    untold = [said for said in untold if not said.endswith(" ")]
    if untold:
        canvas.print(Text("  ".join(untold), style=FAINT))
    names = [name for name in names if name not in once]
    columns = list(_columns(canvas, names, rows))
    narrow = [column for column in columns if column.name != "also"]
    for chosen in (columns, narrow):
        room = canvas.width - sum(column.least for column in chosen) - GAP * (len(chosen) - 1)
        if room >= 0:
            canvas.print(_table(_with_bars(canvas, chosen, rows, room)))
            if len(chosen) < len(columns):
                for row in rows:
                    _print_also(canvas, row, _text("id", row.get("id") or row.get("country")))
            return
    _draw_records(canvas, names, rows)


def _columns(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> Iterator[Column]:
    """Yield the columns that have something in them, as they are drawn."""
    ids = {row.get("id") for row in rows}
    nested = {row.get("part_of") for row in rows} - {None} <= ids
    for name in names:
        absorbed = (
            name == "dispute" or (name == "country_name" and "country" in names) or (name == "part_of" and nested)
        )
        if absorbed or all(row[name] in (None, "") for row in rows):
            continue
        numeric = all(isinstance(row[name], int | float | None) or name in _GROUPED.keys() - _WORDY for row in rows)
        cells = [_cell(canvas, name, row, nested) for row in rows]
        yield Column(name, cells, _HEADERS.get(name, name), right=numeric or name == "grade")


def _cell(canvas: Canvas, name: str, row: Record, nested: bool) -> Text:
    """Return a cell as it is drawn; some say what a neighbouring column of the answer holds."""
    text = _text(name, row[name])
    if name == "grade" and row.get("dispute"):
        mark = (f"{canvas.marks.differs} ", ALARM if row["dispute"] == "open" else FAINT)
        return Text.assemble(mark, text)
    if name == "country" and "country_name" in row:
        whole = "total" if row.get("share") == 1 else ""
        return Text(f"{text} {_text(name, row['country_name'])}".strip() or whole)
    if name == "id" and nested and row.get("part_of"):
        text = f"  {text}"
    if name == "also" and text:
        text = _also(row)
    return Text(text, style=FAINT if name in {"id", "part_of", "source"} else ALARM if name == "also" else "")


def _with_bars(canvas: Canvas, columns: list[Column], rows: list[Record], room: int) -> list[Column]:
    """Add a bar behind the share, as long as the terminal allows."""
    longest = min(room - GAP, 24)
    place = next((i for i, column in enumerate(columns, 1) if column.name == "share"), None)
    if place is None or longest < 4:
        return columns
    bars = Column("bar", [Text(canvas.marks.bar(row["share"], longest), style=ACCENT) for row in rows], "")
    return [*columns[:place], bars, *columns[place:]]


def _table(columns: list[Column]) -> Table:
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(
            Text(column.header),
            justify="right" if column.right else "left",
            no_wrap=not column.wraps,
            min_width=column.least,
            overflow="fold",
        )
    for cells in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*cells)
    return table


def _print_also(canvas: Canvas, row: Record, label: str) -> None:
    """Print what else is said of a row, if anything is."""
    if row.get("also"):
        start = Text.assemble((f"{canvas.marks.differs} ", ALARM), (f"{label}  ", FAINT))
        canvas.print_hanging(start, Text(_also(row), style=ALARM))


def _also(row: Record) -> str:
    return ("open: " if row.get("dispute") == "open" else "") + _text("also", row["also"])


def _draw_records(canvas: Canvas, names: Sequence[str], rows: list[Record]) -> None:
    """Draw each row as a heading and, under it, its names and values one after the other."""
    heading, *others = (name for name in names if name not in {"also", "dispute"})
    for row in rows:
        canvas.print_hanging(Text(""), Text(_text(heading, row[heading]) or "-", style="bold"), whole=True)
        told = {name: _text(name, row[name]) for name in others if row[name] not in (None, "")}
        long = {name for name, text in told.items() if max(map(cell_len, text.split()), default=0) > canvas.width - 2}
        pairs = [Text.assemble((f"{name} ", FAINT), text) for name, text in told.items() if name not in long]
        canvas.print_hanging(Text("  "), Text(f" {canvas.marks.dot} ", style=FAINT).join(pairs), whole=True)
        for name in told.keys() & long:
            canvas.print_hanging(Text(f"  {name} ", style=FAINT), Text(told[name]), whole=True)
        if row.get("also"):
            canvas.print_hanging(Text(f"  {canvas.marks.differs} ", style=ALARM), Text(_also(row), style=ALARM))


def _draw_timeline(canvas: Canvas, rows: list[Record]) -> None:
    """Draw a vertical line, years as headings; a filled mark is a day, an open one a longer time."""
    dates = max(cell_len(_text("date", row["date"])) for row in rows)
    kinds = max(cell_len(_text("kind", row["kind"])) for row in rows)
    for year, group in groupby(rows, key=lambda row: str(row["earliest"] or row["latest"] or "")[:4]):
        canvas.print(Text(year or "no date", style="bold"))
        for row in group:
            _draw_event(canvas, row, dates, kinds)


def _draw_event(canvas: Canvas, row: Record, dates: int, kinds: int) -> None:
    marks = canvas.marks
    one_day = row["earliest"] is not None and row["earliest"] == row["latest"]
    kind = _text("kind", row["kind"])
    start = Text.assemble(
        (f"{marks.day if one_day else marks.span} ", ACCENT),
        _text("date", row["date"]).ljust(dates + 2),
        (kind.ljust(kinds + 2), KIND_COLOURS.get(kind, "")),
    )
    indent = Text.assemble((marks.line, FAINT), " " * (start.cell_len - 1))
    canvas.print_hanging(start, Text(_text("title", row["title"])), indent)
    if row["also"]:
        canvas.print_hanging(indent, Text(f"{marks.differs} {_also(row)}", style=ALARM), indent)
    canvas.print_hanging(indent, Text(_evidence(row, marks), style=FAINT), indent, whole=True)


def _evidence(row: Record, marks: Marks) -> str:
    """Return ``A1 · 12 sources, 3 origins · id`` for one answer."""
    support = [_count(row.get("sources"), "source"), _count(row.get("origins"), "origin")]
    parts = [_text("grade", row.get("grade")), ", ".join(filter(None, support)), _text("id", row.get("id"))]
    return f" {marks.dot} ".join(part for part in parts if part)


def _count(number: Cell, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""


def _draw_sheet(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what is said about one thing, then what points to it."""
    own = [row for row in rows if not row["link"]]
    _draw_facts(canvas, own, [_text("property", row["property"]) for row in own])
    for link, group in groupby((row for row in rows if row["link"]), key=lambda row: row["link"]):
        canvas.print(Text(""))
        canvas.print(Text("says" if link == "says" else f"as {link} in", style="bold"))
        pointing = list(group)
        _draw_facts(canvas, pointing, [f"{row['id']} {row['property'] or ''}".strip() for row in pointing])


def _draw_facts(canvas: Canvas, rows: list[Record], labels: list[str]) -> None:
    indent = min(max(map(cell_len, labels), default=0) + 2, max(canvas.width // 2, WORDS))
    for row, label in zip(rows, labels, strict=True):
        value = " ".join(filter(None, (_text("value", row["value"]), _text("unit", row["unit"]))))
        when = f" ({_text('when', row['when'])})" if row["when"] else ""
        evidence = _evidence({**row, "id": None}, canvas.marks)
        line = Text.assemble(value, when, (f"  {evidence}" if evidence else "", FAINT))
        start = Text(label.ljust(indent), style=FAINT)
        if start.cell_len > indent:
            canvas.print(start)
            start = Text(" " * indent)
        canvas.print_hanging(start, line, whole=True)
        if row["also"]:
            canvas.print_hanging(Text(" " * indent), Text(f"{canvas.marks.differs} {_also(row)}", style=ALARM))


def _draw_claims(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the claims about one property: grade, verdict, value, and who says so where."""
    verdicts = max(cell_len(str(row["verdict"])) for row in rows)
    values = min(max(cell_len(_value(row)) for row in rows), 30)
    for row in rows:
        style = {"best": f"bold {ACCENT}", "differs": ALARM}.get(str(row["verdict"]), "")
        value = _value(row)
        start = Text.assemble(
            f"{row['grade']}  ", (str(row["verdict"]).ljust(verdicts + GAP), style), value.ljust(values + GAP)
        )
        if cell_len(value) > values:
            canvas.print(start)
            start = Text(" " * (verdicts + values + 2 * GAP + 4))
        told = [row["source"], row["origin"] and row["origin"] != row["source"] and f"from {row['origin']}"]
        told += [row["published"], row["at"], row["rank"], row["note"]]
        said = f" {canvas.marks.dot} ".join(clean(str(one)) for one in told if one)
        canvas.print_hanging(start, Text(said, style=FAINT), whole=True)


def _value(row: Record) -> str:
    parts = [_text("value", row["value"]), _text("unit", row["unit"]), row.get("when") and f"({row['when']})"]
    return " ".join(str(part) for part in parts if part)


def _draw_conflicts(canvas: Canvas, rows: list[Record]) -> None:
    """Draw each dispute with its values side by side."""
    for fact, group in groupby(rows, key=lambda row: row["fact"]):
        values = list(group)
        first = values[0]
        if fact != rows[0]["fact"]:
            canvas.print(Text(""))
        style = ALARM if first["dispute"] == "open" else FAINT
        heading = Text.assemble(
            (f"{canvas.marks.differs} {first['dispute'] or 'rounded'}  ", style),
            (f"{_text('label', first['label'])}, {first['property']}  ", "bold"),
            (f"{first['id']} {first['property']}", FAINT),
        )
        canvas.print_hanging(Text(""), heading, whole=True)
        wide = max(cell_len(_value(row)) for row in values)
        for row in values:
            start = Text(f"  {row['grade']}  {str(row['verdict']).ljust(8)} {_value(row).rjust(wide)}  ")
            said = f"{_count(row['sources'], 'source')}: {str(row['said_by']).replace(',', ', ')}"
            canvas.print_hanging(start, Text(clean(said), style=FAINT), whole=True)


def _draw_headlines(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the figures of a case, one a line, with what else is said under it."""
    values = [_text("value", row["value"]) + ("" if row["unit"] in _PLAIN_UNITS else f" {row['unit']}") for row in rows]
    wide = max(map(cell_len, values))
    for row, value in zip(rows, values, strict=True):
        evidence = _evidence(row, canvas.marks)
        start = Text.assemble((value.rjust(wide), f"bold {ACCENT}"), "  ")
        canvas.print_hanging(start, Text.assemble(_text("what", row["what"]), (f"  {evidence}", FAINT)), whole=True)
        if row["also"]:
            mark = Text(f"{canvas.marks.differs} {_also(row)}", style=ALARM)
            canvas.print_hanging(Text(" " * (wide + 2)), mark)


_PLAIN_UNITS = frozenset({"", "persons", "countries", "firearms"})
"""Units that go without saying: 288 arrests are persons."""


def _draw_hits(canvas: Canvas, rows: list[Record], words: Sequence[str]) -> None:
    """Draw what was found, the words marked, with the command that shows more."""
    pattern = "|".join(rf"\b{re.escape(word)}\w*" for word in words)
    for row in rows:
        heading = Text.assemble((_text("label", row["label"]), "bold"), f"  {row['property'] or ''}")
        text = Text(_text("text", row["text"]))
        for part in (heading, text):
            if pattern:
                part.highlight_regex(f"(?i){pattern}", ACCENT)
        canvas.print_hanging(Text.assemble((f"{row['kind']}  ", FAINT)), heading)
        canvas.print_hanging(Text("  "), text)
        canvas.print_hanging(Text("  "), Text(clean(str(row["command"])), style=FAINT), whole=True)


def _draw_findings(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what does not add up, a sentence each."""
    wide = max(cell_len(str(row["severity"])) for row in rows)
    for row in rows:
        style = {"error": f"bold {ALARM}", "warning": "bold"}.get(str(row["severity"]), FAINT)
        start = Text.assemble((str(row["severity"]).ljust(wide + GAP), style))
        about = " ".join(_text(name, row[name]) for name in ("id", "property") if row[name])
        canvas.print_hanging(start, Text.assemble((f"{about}  ", ACCENT), (str(row["finding"]), FAINT)), whole=True)
        canvas.print_hanging(Text(" " * start.cell_len), Text(_group_digits(_text("sentence", row["sentence"]), 5)))


_LOOKS = {
    "findings": _draw_findings,
    "headlines": _draw_headlines,
    "sheet": _draw_sheet,
    "claims": _draw_claims,
    "conflicts": _draw_conflicts,
}
"""How an answer that is no plain table is drawn."""
