"""Draws an answer for a person.

The only user of Rich. Text from a case is ``Text``, never markup. Nothing is cut: what does not fit is
wrapped, moved under the table, or the table turns into records; ids are never broken.
"""

from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice
from typing import TextIO

from rich.text import Text

from spectorcli.errors import UsageError
from spectorcli.escapes import clean
from spectorcli.pretty.canvas import ACCENT, FAINT, Canvas, track
from spectorcli.pretty.cells import Record
from spectorcli.result import Cell, Look, Result, by_name

__all__ = ["draw", "track"]


MANY = 1000
"""Rows from which on a table in a pipe is only lines: without bars, and no part is moved under its whole."""


def draw(name: str, result: Result, out: TextIO) -> None:
    """Draw an answer as a table, as a timeline, or in the way of its own as a picture.

    Raises:
        UsageError: a timeline of something that has no dates.
    """
    if name == "svg":
        from spectorcli.pretty.svg import COLUMNS, write_svg

        picture = StringIO()
        _draw("timeline" if result.look in (Look.TIMELINE, Look.CHART) else "table", result, Canvas(picture, COLUMNS))
        write_svg(picture.getvalue(), clean(result.title), out)
    else:
        _draw(name, result, Canvas(out))


def _draw(name: str, result: Result, canvas: Canvas) -> None:
    if name == "timeline" and result.look not in (Look.TIMELINE, Look.CHART):
        raise UsageError("a timeline needs dates, and this answer has none; use another --format")
    columns = by_name(result.columns)
    rows = (Record(columns, list(map(_clean, row))) for row in result.rows)
    begin = list(islice(rows, MANY + 1))
    canvas.print(Text(clean(result.title), style=f"bold {ACCENT}"))
    if not begin:
        if not result.notes:
            canvas.print(Text("nothing found", style=FAINT))
    elif result.look in (Look.CONFLICTS, Look.HITS):
        _draw_one_by_one(result, canvas, chain(begin, rows))
    elif not canvas.is_plain or not _draw_lines(name, result, canvas, begin, rows):
        _draw_rows(name, result, canvas, [*begin, *rows])
    if notes := (*result.notes, *result.hints):
        from spectorcli.words import say  # 9 ms

        for note in notes:
            canvas.print(Text(clean(say(note)), style=FAINT))


def _draw_one_by_one(result: Result, canvas: Canvas, rows: Iterator[Record]) -> None:
    """Draw hits or disputes while they are read, for there may be any number."""
    from spectorcli.pretty.sheets import draw_conflicts, draw_hits

    if result.look == Look.HITS:
        draw_hits(canvas, rows, result.highlights)
    else:
        draw_conflicts(canvas, rows)


def _draw_lines(name: str, result: Result, canvas: Canvas, begin: list[Record], rows: Iterator[Record]) -> bool:
    """Draw a table of which nothing is known, or a long one, in little memory; return whether it is one."""
    columns = result.shown().columns
    if result.look == Look.UNFORMATTED:
        from spectorcli.pretty.long import draw_long_plain

        draw_long_plain(canvas, columns, chain(begin, rows))
        return True
    if len(begin) <= MANY or name != "table" or result.look not in (Look.TABLE, Look.TIMELINE, Look.CHART):
        return False
    from spectorcli.pretty.long import draw_long

    draw_long(canvas, result.title, columns, chain(begin, rows))
    return True


def _draw_rows(name: str, result: Result, canvas: Canvas, rows: list[Record]) -> None:
    """Draw rows in the way of their own, importing no other: all of them take 10 ms."""
    if name == "timeline" and result.look == Look.CHART:
        from spectorcli.pretty.chart import draw_chart

        draw_chart(canvas, rows)
    elif name == "timeline":
        from spectorcli.pretty.timeline import draw_timeline

        draw_timeline(canvas, rows)
    elif result.look == Look.TREE:
        from spectorcli.pretty.tree import draw_tree

        draw_tree(canvas, rows)
    elif result.look in (Look.TABLE, Look.TIMELINE, Look.CHART):
        from spectorcli.pretty.table import draw_table

        draw_table(canvas, result.title, result.shown().columns, rows)
    elif result.look == Look.UNFORMATTED:
        from spectorcli.pretty.table import draw_plain

        draw_plain(canvas, result.shown().columns, rows)
    else:
        from spectorcli.pretty import sheets

        looks = {
            Look.CHANGES: sheets.draw_changes,
            Look.CLAIMS: sheets.draw_claims,
            Look.DRAFT: sheets.draw_draft,
            Look.FIELDS: sheets.draw_fields,
            Look.ALL_FINDINGS: sheets.draw_findings,
            Look.FINDINGS: sheets.draw_some_findings,
            Look.GAPS: sheets.draw_gaps,
            Look.HEADLINES: sheets.draw_headlines,
            Look.SHEET: sheets.draw_sheet,
        }
        looks[result.look](canvas, rows)


def _clean(cell: Cell) -> Cell:
    """Clean the text of a case where it comes in: past this line it is safe to draw."""
    return clean(cell) if isinstance(cell, str) else cell
