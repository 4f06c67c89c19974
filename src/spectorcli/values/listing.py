"""Lists, for properties that may have several values: two values are no conflict, unless a source says ``only``."""

from typing import NamedTuple

from spectorcli.values.span import BadValue

ONLY = "only "
"""Before a list that its source calls complete: ``only BTC; XMR``."""


class Listing(NamedTuple):
    """One or more values of a list; ``complete`` if the source says that there are no others."""

    values: frozenset[str]
    complete: bool


def split(text: str) -> list[str]:
    """Return the members of a cell that holds a list: ``BTC; XMR``."""
    return [part.strip() for part in text.split(";") if part.strip()]


def members(text: str) -> list[str]:
    """Return the values that a claim lists, whether it calls them complete or not."""
    return split(text.removeprefix(ONLY))


def read(text: str) -> Listing:
    """Read a claimed list as it is compared.

    Raises:
        BadValue: it lists nothing.
    """
    values = frozenset(members(text))
    if not values:
        raise BadValue(f"{text!r} lists nothing")
    return Listing(values, text.startswith(ONLY))
