"""Compares the two halves of a claim: its value, and the words of the source that it was taken from."""

from spectorcli.folder.claims import CheckedClaim
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.values.figures import Verdict, follows

SO_IN_THE_SOURCE = "so in the source"
"""What a note says where the words are at odds with themselves, or with the value, as the editor knows."""

_VALUE, _UNIT, _STATED, _RANK, _NOTE = map(CLAIM_COLUMNS.index, ("value", "unit", "stated", "rank", "note"))


def slip(claim: CheckedClaim, language: str = "") -> str:
    """Return what the words of a claim say, if its value does not follow from them; empty if it may.

    ``language`` is that of its source, where that is known. What the editor concludes follows from more than a few
    words, and what is said to be so in the source is known.
    """
    cells = claim.cells
    if not cells[_STATED] or cells[_RANK] == "inferred" or SO_IN_THE_SOURCE in cells[_NOTE].casefold():
        return ""
    fit = follows(cells[_VALUE], cells[_UNIT], claim.declared.type, cells[_STATED], language)
    return fit.seen if fit.verdict == Verdict.NO else ""
