"""Who compared a row of claims with a copy of its source, and whether the row is still as it was then.

A signature is ``rk 2026-11-27 3f9a1c``: initials, the day, and a digest of what was compared; several are separated
by ``;``. It is never weighed.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from spectorcli.compared import COMPARED, digest
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.values.listing import split

_PLACES = [CLAIM_COLUMNS.index(column) for column in COMPARED]

_SIGNATURE = re.compile(r"([^\s;]+) (\d{4}-\d\d-\d\d)(?: ([0-9a-f]{6}))?", re.ASCII)


class Signed(StrEnum):
    """How the signatures of a row stand."""

    NOBODY = ""
    """Nobody signed it."""
    HOLDS = "holds"
    """Somebody did, and the row is as it was then; one who left no digest is believed."""
    CHANGED = "changed"
    """Somebody did, and the row was changed since."""
    UNREAD = "unread"
    """What stands there is no signature."""


class Signature(NamedTuple):
    """Who compared a row, on which day, and the digest of the row as it was; empty if none was left."""

    initials: str
    day: str
    digest: str

    def __str__(self) -> str:
        """Return it as it stands in ``checked``."""
        return " ".join(filter(None, self))


def digest_of(cells: Sequence[str]) -> str:
    """Return the digest of a row whose cells are in the order of ``CLAIM_COLUMNS``."""
    return digest(cells[place] for place in _PLACES)


def signatures(checked: str) -> list[Signature] | None:
    """Return the signatures in a cell; None if something in it is none."""
    found = [_SIGNATURE.fullmatch(one) for one in split(checked)]
    read = [Signature(one[1], one[2], one[3] or "") for one in found if one]
    return read if len(read) == len(found) else None


def signed(cells: Sequence[str]) -> Signed:
    """Say how the signatures of a row stand, whose cells are in the order of ``CLAIM_COLUMNS``."""
    checked = cells[CLAIM_COLUMNS.index("checked")]
    if not checked:
        return Signed.NOBODY
    found = signatures(checked)
    if not found:
        return Signed.UNREAD
    now = digest_of(cells)
    return Signed.HOLDS if any(one.digest in ("", now) for one in found) else Signed.CHANGED


def sign(cells: Sequence[str], initials: str, day: str) -> str:
    """Return what stands in ``checked`` once somebody has compared a row: who signed it as it is now, and they.

    Whoever has signed it as it is does not sign it twice, and what is no signature stays before them.
    """
    checked = cells[CLAIM_COLUMNS.index("checked")]
    new = Signature(initials, day, digest_of(cells))
    found = signatures(checked)
    if found is None:
        return f"{checked}; {new}"
    holding = [one for one in found if one.digest in ("", new.digest)]
    if any(one[::2] == new[::2] for one in holding):
        return checked
    return "; ".join(map(str, [*holding, new]))
