"""Draws an answer for a person.

The only user of Rich. Text from a case is ``Text``, never markup. Nothing is cut: what does not fit is
wrapped, moved under the table, or the table turns into records; ids are never broken.
"""

from io import StringIO
from typing import TextIO

from rich.text import Text

from spectorcli.errors import UsageError
from spectorcli.escapes import clean
from spectorcli.pretty.canvas import ACCENT, FAINT, Canvas, track
from spectorcli.pretty.chart import draw_chart
from spectorcli.pretty.sheets import (
    draw_changes,
    draw_claims,
    draw_conflicts,
    draw_fields,
    draw_findings,
    draw_headlines,
    draw_hits,
    draw_sheet,
)
from spectorcli.pretty.table import draw_plain, draw_table
from spectorcli.pretty.timeline import draw_timeline
from spectorcli.pretty.tree import draw_tree
from spectorcli.result import Cell, Result

__all__ = ["draw", "track"]

_LOOKS = {
    "changes": draw_changes,
    "claims": draw_claims,
    "conflicts": draw_conflicts,
    "fields": draw_fields,
    "findings": draw_findings,
    "headlines": draw_headlines,
    "sheet": draw_sheet,
    "tree": draw_tree,
}
"""How an answer that is no plain table is drawn."""


def draw(name: str, result: Result, out: TextIO) -> None:
    """Draw an answer as a table, as a timeline, or in the way of its own as a picture.

    Raises:
        UsageError: a timeline of something that has no dates.
    """
    if name == "svg":
        from spectorcli.pretty.svg import COLUMNS, write_svg

        picture = StringIO()
        _draw("timeline" if result.look in ("timeline", "chart") else "table", result, Canvas(picture, COLUMNS))
        write_svg(picture.getvalue(), clean(result.title), out)
    else:
        _draw(name, result, Canvas(out))


def _draw(name: str, result: Result, canvas: Canvas) -> None:
    rows = [dict(zip(result.columns, map(_clean, row), strict=True)) for row in result.rows]
    if name == "timeline" and not {"date", "title"} <= set(result.columns):
        raise UsageError("a timeline needs dates, and this answer has none; use another --format")
    canvas.print(Text(clean(result.title), style=f"bold {ACCENT}"))
    if not rows:
        canvas.print(Text("nothing found", style=FAINT))
    elif name == "timeline" and result.look == "chart":
        draw_chart(canvas, rows)
    elif name == "timeline":
        draw_timeline(canvas, rows)
    elif result.look == "hits":
        draw_hits(canvas, rows, result.words)
    elif result.look == "plain":
        draw_plain(canvas, result.columns, rows)
    elif result.look in _LOOKS:
        _LOOKS[result.look](canvas, rows)
    else:
        draw_table(canvas, result.title, result.columns, rows)
    for note in result.notes:
        canvas.print(Text(clean(note), style=FAINT))


def _clean(cell: Cell) -> Cell:
    """Clean the text of a case where it comes in: past this line it is safe to draw."""
    return clean(cell) if isinstance(cell, str) else cell
