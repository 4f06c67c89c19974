"""What a cell may be meant for that holds no number: a figure as people or spreadsheets write it."""

import re

from spectorcli.values import number
from spectorcli.values.figures import Amount, figures, guess
from spectorcli.values.span import BadValue

LONGEST = 60
"""Characters of a cell of which it is guessed what number is meant."""

_SHORTENED = re.compile(r"-?\d+(\.\d+)?[eE][+-]?\d\d?", re.ASCII)
_ERROR = re.compile(r"#[A-Z/0]+[!?]?", re.ASCII)


def instead(text: str, unit: str) -> str:
    """Say of a text that is no number what to write, ``'1,200' is not a number; write 1200``; empty if nobody knows."""
    if number.parts(text):
        return ""
    if _ERROR.fullmatch(text):
        return f"{text!r} is an error of a spreadsheet; write the value"
    if _SHORTENED.fullmatch(text):
        return f"{text!r} is a number that a spreadsheet shortened; write all its digits, and format the column as text"
    found = figures(text, guess(text)) if len(text) < LONGEST else []
    amounts = [one for one in found[0].readings if isinstance(one, Amount)] if len(found) == 1 else []
    meant = {one.text: f"{one.text}, and {one.unit} as its unit" if one.unit else one.text for one in amounts}
    some = [told for value, told in meant.items() if _is_possible(value, unit)]
    return f"{text!r} is not a number; write {' or '.join(some)}" if some else ""


def _is_possible(text: str, unit: str) -> bool:
    try:
        return bool(number.read(text, unit))
    except BadValue:
        return False
