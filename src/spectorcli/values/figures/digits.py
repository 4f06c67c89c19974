"""Digits as a language writes them: which marks part thousands, and which decimals.

The language says, but texts do not always heed it: where only the shape could tell, both readings are given.
"""

import re
from decimal import Decimal

from spectorcli.values.figures.language import Language

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+", re.ASCII)
_NOT_DIGITS = re.compile(r"\D")

LONGEST = 18
"""Digits; what is longer is no figure."""


def read_digits(text: str, language: Language) -> tuple[tuple[Decimal, ...], str]:
    """Return what digits with marks may be, the likeliest first, and what is open; nothing if they are no number."""
    marks = [mark for mark in text if not mark.isdigit()]
    if len(text) - len(marks) > LONGEST:
        return (), ""
    if not marks:
        return ((Decimal(text),), "") if text[0] != "0" or text == "0" else ((), "")  # 007 counts nothing
    last = text.rfind(marks[-1])
    grouped = Decimal(_NOT_DIGITS.sub("", text))
    with_decimals = Decimal(f"{_NOT_DIGITS.sub('', text[:last])}.{text[last + 1 :]}")
    if len(set(marks)) > 1:
        return ((with_decimals,), "") if _has_decimals(text[:last], marks) else ((), "")
    mark = marks[0]
    if not _GROUPED.fullmatch(text):
        is_decimal = len(marks) == 1 and mark in ".,"
        return (
            ((with_decimals,), "" if mark == language.decimal else f"{mark!r} before decimals")
            if is_decimal
            else ((), "")
        )
    if len(marks) == 1 and mark == language.decimal:
        return (grouped, with_decimals), f"{mark!r} before thousands or decimals"
    return (grouped,), "a space in a number" if mark == " " and mark not in language.groups else ""


def _has_decimals(whole: str, marks: list[str]) -> bool:
    """Whether digits with two kinds of marks are groups and decimals: ``1,200.50``."""
    return _GROUPED.fullmatch(whole) is not None and marks.count(marks[-1]) == 1 and marks[-1] in ".,"
