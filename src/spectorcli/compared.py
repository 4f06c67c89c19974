"""What of a claim is compared with a copy of its source, and a digest by which a later change of it is seen."""

import hashlib
from collections.abc import Iterable

COMPARED = ("subject", "property", "value", "unit", "when", "source", "at", "stated")
"""The columns of a claim: what an editor makes of it (rank, note) is not among them."""


def digest(cells: Iterable[str]) -> str:
    """Return six hexadecimal digits of the SHA-256 of cells in the order of ``COMPARED``, as ``load`` reads them."""
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:6]
