"""Answers whether what the claims state is in the saved copies of their sources."""

from pathlib import Path

from spectorcli import copies
from spectorcli.case import Case
from spectorcli.result import Result


def verify(case: Case, shelf: Path, folder: Path | None, *, record: bool, everything: bool) -> Result:
    """Return what was found of each claim among the copies in ``shelf``; ``copies.verify`` says how."""
    return copies.verify(case.stream("answers/stated", {}), shelf, folder, record=record, everything=everything)
