"""The files between what is read row by row and Parquet: CSV in which nothing and an empty text are two things."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NULL = "\x7f"
"""What stands for nothing in the files between SQLite and Parquet: a character that no case may hold."""

LONGEST_LINE = 1 << 30
"""Bytes of a row between SQLite and Parquet."""


def read_text(writer: "DuckDBPyConnection", file: Path, types: Mapping[str, str]) -> Any:
    """Return the rows of a file between SQLite and Parquet."""
    return writer.read_csv(
        str(file),
        auto_detect=False,  # a guess at what is known can only be wrong
        header=True,
        na_values=NULL,
        columns=types,
        delimiter=",",
        quotechar='"',
        escapechar='"',
        max_line_size=LONGEST_LINE,
    )
