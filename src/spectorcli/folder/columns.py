"""The columns of claims.csv, and one row of it before and after it was checked."""

from typing import NamedTuple

from spectorcli.values import Reading
from spectorcli.vocabulary import Property

CLAIM_COLUMNS = ("subject", "property", "value", "unit", "when", "source", "at", "stated", "rank", "note")

RANKS = ("", "preferred", "deprecated")

UNIT = CLAIM_COLUMNS.index("unit")


class Line(NamedTuple):
    """One row of a CSV file, its cells in the order of ``CLAIM_COLUMNS``; ``place`` counts on over all files."""

    file: str
    line: int
    place: int
    cells: list[str]


class ClaimRow(NamedTuple):
    """One checked row of claims.csv, its cells in the order of ``CLAIM_COLUMNS``, with its value as compared."""

    place: int
    cells: list[str]
    declared: Property
    reading: Reading
