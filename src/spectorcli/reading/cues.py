"""By which words a kind, a property or a term of the case is known: its own, and those of ``cues.toml``."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spectorcli.values.names import fold
from spectorcli.values.span import RECENT

STEM = 6
"""Letters of a word by which its other forms are known: operators, operated; countries are not counterfeits."""

LONGEST = 16
"""Letters of a beginning of a word."""

_MARK = re.compile(r"^\d+[.)] ?\^|^\^")


class _Words(NamedTuple):
    """What beginnings of words tell of, and headings below which nothing is read."""

    begin: Mapping[str, frozenset[str]]
    headings: frozenset[str]


@lru_cache(RECENT)
def stem(word: str) -> str:
    """Return the beginning of a word, folded."""
    return fold(word)[:STEM]


@lru_cache(RECENT)
def told_by(words: str) -> frozenset[str]:
    """Return what words tell of: their stems, and ``kinds.arrests``, ``properties.count``, ``terms.cocaine``."""
    begin, found = _read().begin, set()
    for word in fold(words).replace("-", " ").split():
        found.add(word[:STEM])
        for length in range(3, min(len(word), LONGEST) + 1):
            found |= begin.get(word[:length], frozenset())
        found |= begin.get(f"{word}$", frozenset())
    return frozenset(found)


def is_apart(kind: str, text: str, apart: bool) -> bool:
    """Whether a block is no text but a list of references, or stands below a heading of one, as the one before did."""
    if kind in ("heading", "title"):
        return fold(text).removesuffix(" edit") in _read().headings
    return apart or _MARK.match(text) is not None


@lru_cache
def _read() -> _Words:
    tables = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    begin: dict[str, set[str]] = {}
    for table in ("kinds", "properties", "terms"):
        for name, words in tables[table].items():
            for word in words.split():
                begin.setdefault(word, set()).add(f"{table}.{name}")
    headings = frozenset(fold(one) for one in tables["apart"]["headings"])
    return _Words({word: frozenset(names) for word, names in begin.items()}, headings)
