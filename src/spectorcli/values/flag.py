"""Flags: yes or no."""

from spectorcli.values.span import BadValue
from spectorcli.values.term import base, brief, relation, say, write

__all__ = ["base", "brief", "read", "relation", "say", "write"]


def read(text: str, unit: str = "") -> str:
    """Return a flag as it is compared.

    Raises:
        BadValue: it is neither yes nor no.
    """
    if text not in {"yes", "no"}:
        raise BadValue(f"{text!r} is neither yes nor no")
    return text
