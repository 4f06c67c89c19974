"""Draws what a thing is linked to as a tree: its relations, the things under them, and what those are linked to.

Not with ``rich.tree``: that breaks an id that is wider than its line, and takes its ASCII guides from the name of an
encoding. Here a line is printed as soon as it is made, and a pipe needs no console of Rich.
"""

from itertools import groupby

from rich.text import Text

from spectorcli.pretty.canvas import ACCENT, FAINT, Canvas
from spectorcli.pretty.cells import Record
from spectorcli.values import date
from spectorcli.values.wording import count, grouped

Branches = dict[str, list[Record]]

MOST_TIMES = 3
"""Times that are told one by one; other formats than the tree have all."""


def draw_tree(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the links of a thing, several of one kind under a heading that counts them."""
    branches: Branches = {}
    for row in rows:
        branches.setdefault(str(row["parent"]), []).append(row)
    _draw_links(canvas, branches, str(rows[0]["parent"]), "")


def _draw_links(canvas: Canvas, branches: Branches, id: str, margin: str) -> None:
    links = branches.get(id, [])
    groups = [
        list(group) for _, group in groupby(links, key=lambda row: (row["direction"], row["relation"], row["kind"]))
    ]
    for group in groups:
        last = group is groups[-1]
        if len(group) == 1:
            heading = Text.assemble(_relation(group[0]), ": ", _thing(canvas, group[0]))
            _draw_thing(canvas, branches, group[0], heading, margin, last)
            continue
        nearest = group[0]["depth"] == 1  # further out, some of them may be drawn elsewhere
        all_of_them = f" ({grouped(len(group))})" if nearest else ""
        under = _draw_line(canvas, Text.assemble(_relation(group[0]), all_of_them), margin, last)
        for row in group:
            _draw_thing(canvas, branches, row, _thing(canvas, row), under, row is group[-1])


def _draw_thing(canvas: Canvas, branches: Branches, row: Record, line: Text, margin: str, last: bool) -> None:
    """Draw a thing, and its own links where it comes up first."""
    under = _draw_line(canvas, line, margin, last)
    if not row["again"]:
        _draw_links(canvas, branches, str(row["id"]), under)


def _draw_line(canvas: Canvas, line: Text, margin: str, last: bool) -> str:
    """Draw one line with its guides, and return the guides of what hangs from it."""
    marks = canvas.marks
    under = margin + ("   " if last else f"{marks.line}  ")
    start = Text(margin + (marks.corner if last else marks.fork), style=FAINT)
    canvas.print_hanging(start, line, Text(under, style=FAINT), whole=True)
    return under


def _relation(row: Record) -> Text:
    """Return ``operator``, or seen from the other end ``as operator in markets``."""
    from_here = row["direction"] == "out"
    return Text(str(row["relation"]) if from_here else f"as {row['relation']} in {row['kind']}", style=ACCENT)


def _times(row: Record) -> str:
    """Return when a relation held, how many times where that is a long list."""
    times = str(row["when"] or "").split("; ")
    return "; ".join(map(date.brief, times)) if len(times) <= MOST_TIMES else count(len(times), "times")


def _thing(canvas: Canvas, row: Record) -> Text:
    told = [row["id"], _times(row), row["grade"]]
    told += [row["sources"] and count(row["sources"], "sources"), row["again"] and "again"]
    said = f" {canvas.marks.dot} ".join(str(one) for one in told if one)
    return Text.assemble(row.brief("label"), (f"  {said}", FAINT))
