"""What a cell says to a person: numbers grouped, nothing for nothing, support in a few words."""

from spectorcli.escapes import group_digits
from spectorcli.pretty.canvas import ALARM, FAINT, Marks
from spectorcli.result import Cell
from spectorcli.values.wording import count

Record = dict[str, Cell]

GROUPED = {
    **dict.fromkeys(("amount", "turnover", "vendors", "firearms", "money", "drugs"), 4),
    **dict.fromkeys(("also", "value"), 5),  # may hold a year
}
"""Columns of text in which numbers of so many digits are written with separators."""


def text_of(name: str, cell: Cell) -> str:
    """Return a cell as people read it: numbers grouped, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        digits = GROUPED.get(name)
        return group_digits(cell, digits) if digits else cell
    if name == "share":
        return f"{cell:.1%}"
    return f"{cell:,}"


def value_of(row: Record) -> str:
    """Return a value with its unit and the time at which it held."""
    parts = [text_of("value", row["value"]), text_of("unit", row["unit"]), row.get("when") and f"({row['when']})"]
    return " ".join(str(part) for part in parts if part)


def also_of(row: Record) -> str:
    """Return what else is said, and whether that is open."""
    return ("open: " if row.get("dispute") == "open" else "") + text_of("also", row["also"])


def alarm_of(row: Record) -> str:
    """Return the colour of what else is said: red while that is open."""
    return ALARM if row.get("dispute") == "open" else FAINT


def support_of(row: Record, marks: Marks) -> str:
    """Return ``A1 · 12 sources, 3 origins · id`` for one answer."""
    support = [count(row[name], name) for name in ("sources", "origins") if row.get(name)]
    parts = [text_of("grade", row.get("grade")), ", ".join(support), text_of("id", row.get("id"))]
    return f" {marks.dot} ".join(part for part in parts if part)
