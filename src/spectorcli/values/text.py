"""Wording: kept as it is, shown as it is, and never compared."""

from spectorcli.values.span import Relation
from spectorcli.values.term import base, brief, say, write

__all__ = ["base", "brief", "read", "relation", "say", "write"]


def read(text: str, unit: str = "") -> None:
    """Return nothing to compare."""


def relation(one: None, other: None) -> Relation:
    """Return how two wordings stand to each other: neither speaks for or against the other."""
    return Relation.ALLOWS
