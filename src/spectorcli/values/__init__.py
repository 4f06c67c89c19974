"""What a value is: a module for each type of ``vocabulary.csv``, one for units, one for lists.

Each type knows how to ``read`` a value for comparison, its ``base`` value, the ``relation`` of two, how to
``write`` it for machines, to ``say`` it in words and to put it ``brief`` into a table. Nothing else parses a
date, knows a unit, groups digits or forms a singular.
"""

from collections.abc import Callable
from typing import Any, Protocol

from spectorcli.values import date, flag, number, ref, term, text
from spectorcli.values.listing import Listing
from spectorcli.values.span import Relation, Span

Reading = Span | Listing | str | None
"""What is compared of a value; None for wording, which is not."""


class Type(Protocol):
    """What every type can do. A value is a text as it stands in claims.csv, a reading is what ``read`` made of it."""

    def read(self, text: str, unit: str = "", /) -> Any:
        """Return a value as it is compared; raise BadValue if it is none of the type."""

    def base(self, reading: Any, unit: str = "", /) -> tuple[float | None, str]:
        """Return the figure in the base unit, and that unit; None for what is not reckoned with."""

    def relation(self, one: Any, other: Any, /) -> Relation:
        """Return how two values stand to each other."""

    def write(self, text: str, /) -> int | float | str:
        """Return a value for machines."""

    def say(self, text: str, unit: str = "", /) -> str:
        """Return a value with its unit in words, for sentences and pages."""

    def brief(self, text: str, unit: str = "", /) -> str:
        """Return a value with its unit as it stands in a table."""


TYPES: dict[str, Type] = {"number": number, "date": date, "term": term, "text": text, "flag": flag, "ref": ref}
"""The types of the vocabulary, in the order in which refusals name them."""


def say_value(type: str, text: str, unit: str = "", name: Callable[[str], str] = str) -> str:
    """Return a value of a type with its unit in words; ``name`` tells what a thing is called that it refers to."""
    return ref.say(text, name=name) if type == "ref" else TYPES[type].say(text, unit)
