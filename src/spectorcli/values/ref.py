"""References: the ids of things, compared as they are; people are told what the things are called."""

from collections.abc import Callable

from spectorcli.values.listing import ONLY, members
from spectorcli.values.term import base, brief, read, relation, write

__all__ = ["base", "brief", "read", "relation", "say", "write"]


def say(text: str, unit: str = "", name: Callable[[str], str] = str) -> str:
    """Return what is referred to in words, one or a list; ``name`` tells what a thing is called."""
    called = "; ".join(map(name, members(text)))
    return f"{ONLY}{called}" if text.startswith(ONLY) else called
