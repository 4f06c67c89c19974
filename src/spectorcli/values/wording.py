"""English for counts: digit groups, singulars, lists of words. The only place that makes them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

_SINGULARS = {"people": "person", "series": "series", "species": "species", "percent": "percent"}
"""What the rules for an ending in ``s`` get wrong."""


def grouped(digits: "str | float | Decimal") -> str:
    """Return a figure with separators: ``5,500,000``, ``1,234.50``; decimals stay as they are stated."""
    text = str(digits)
    if text.isdecimal():
        return f"{int(text):,}"
    from decimal import Decimal  # 1 ms that whole figures need not pay

    return f"{Decimal(text):,f}"


def singular(plural: str) -> str:
    """Return the word for one: ``country``, ``person``, ``box``; words without an ending ``s`` are their own."""
    if plural in _SINGULARS or not plural.endswith("s") or plural.endswith("ss"):
        return _SINGULARS.get(plural, plural)
    if plural.endswith("ies") and len(plural) > 4:
        return f"{plural[:-3]}y"
    return plural[:-2] if plural.endswith(("xes", "ches", "shes", "sses")) else plural[:-1]


def count(number: float | str | None, plural: str) -> str:
    """Return ``1 source`` or ``1,200 sources``."""
    figure = grouped(number or 0)
    return f"{figure} {singular(plural) if figure == '1' else plural}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
