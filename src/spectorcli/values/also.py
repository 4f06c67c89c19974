"""What else is said of a figure: the other values, the best first, each with how many sources say so.

Written ``155 (3 sources), 55``, or with units where they are mixed: ``228 kg, 1 t (2 sources)``. Numbers, dates and
references are read back; a term may hold a comma.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from spectorcli.values import TYPES, say_value
from spectorcli.values.span import BadValue, Relation
from spectorcli.values.wording import count

_SOURCES = r" \((\d+) sources\)$"


class Other(NamedTuple):
    """Another value, with its unit if that is not the same for all, and how many sources say it."""

    value: str
    unit: str
    sources: int


def write(others: Iterable[Other]) -> str:
    """Return what else is said as text for machines, which ``brief`` and ``say`` read."""
    return ", ".join(_with_sources(f"{other.value} {other.unit}".rstrip(), other.sources) for other in others)


def brief(text: str, type: str) -> str:
    """Return what else is said as it stands in a table: ``>5,500,000 (2 sources)``."""
    return ", ".join(_brief(one, type) for one in read(text, type))


def brief_each(text: str, types: Mapping[str, str]) -> str:
    """Return what else is said of several properties, ``victims: 900; ransom: 120000000 USD``, as in ``brief``.

    ``types`` are the types of the properties by their names. A time stands behind its value: ``91000000 GBP (2024)``.
    """
    names = "|".join(map(re.escape, types))
    pieces = re.split(rf"(?:^|; )({names}): ", text)
    told = zip(pieces[1::2], pieces[2::2], strict=True)
    return "; ".join(f"{name}: {_brief_timed(values, types[name])}" for name, values in told) or text


def _brief_timed(text: str, type: str) -> str:
    told = [
        re.fullmatch(r"(.*?)( \((?!\d+ sources\)).*\))?", one)
        for one in (text.split(", ") if type != "text" else [text])
    ]
    return ", ".join(brief(one[1], type) + (one[2] or "") for one in told if one)


def against(text: str, type: str, value: str, unit: str = "") -> Iterator[tuple[str, bool]]:
    """Yield what else is said of a value as in ``brief``, each with whether it contradicts the value.

    A bound that leaves room for the value does not; names and terms that are said otherwise do.
    """
    for one in read(text, type):
        yield _brief(one, type), _contradicts(one, type, value, unit)


def said_against(
    text: str, type: str, value: str, unit: str = "", name: Callable[[str], str] = str
) -> Iterator[tuple[str, bool]]:
    """Yield what ``against`` yields, in words."""
    for one in read(text, type):
        yield _say(one, type, name), _contradicts(one, type, value, unit)


def say(text: str, type: str, name: Callable[[str], str] = str) -> str:
    """Return what else is said in words: ``more than 5,500,000 (2 sources)``; ``name`` tells what a thing is called."""
    return ", ".join(_say(one, type, name) for one in read(text, type))


def read(text: str, type: str) -> list[Other]:
    """Return the other values of a type; the text as one where that type may hold a comma."""
    if type not in ("number", "date", "ref"):
        return [Other(text, "", 1)]
    return [_read(one, type) for one in text.split(", ") if one]


def _brief(other: Other, type: str) -> str:
    return _with_sources(TYPES[type].brief(other.value, other.unit), other.sources)


def _say(other: Other, type: str, name: Callable[[str], str]) -> str:
    return _with_sources(say_value(type, other.value, other.unit, name), other.sources)


def _contradicts(other: Other, type: str, value: str, unit: str) -> bool:
    if type not in ("number", "date"):
        return True
    asked = TYPES[type]
    try:
        best, else_said = asked.read(value, unit), asked.read(other.value, other.unit or unit)
    except BadValue:  # in a file that no load of ours wrote
        return True
    return asked.relation(best, else_said) is Relation.DIFFERS


def _read(text: str, type: str) -> Other:
    found = re.search(_SOURCES, text, re.ASCII)
    value, unit = text.removesuffix(found[0] if found else ""), ""
    if type == "number":
        value, _, unit = value.partition(" ")
    return Other(value, unit, int(found[1]) if found else 1)


def _with_sources(words: str, sources: int) -> str:
    return words if sources == 1 else f"{words} ({count(sources, 'sources')})"
