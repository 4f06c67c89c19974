"""By which words a text tells what it speaks of: the tables ``cues`` of a language's file in ``values/languages/``.

Kinds, properties and terms are told by beginnings of words, folded; ``$`` ends a word.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from spectorcli.values.figures.language import CODES, FOLDER
from spectorcli.values.names import fold
from spectorcli.values.span import RECENT
from spectorcli.values.wording import singular

STEM = 7
"""Letters of a word in the singular by which its other forms are known: a count is no country."""

LONGEST = 16
"""Letters of a beginning of a word."""

_MARK = re.compile(r"^\d+[.)] ?\^|^\^")

_BEGINNINGS = ("kinds", "properties", "events", "statuses", "terms")

_NOTHING = r"(?!)"

Beginnings = Mapping[str, tuple[str, ...]]
"""Beginnings of words by what they tell of."""


class Cues(NamedTuple):
    """The words of a language; en.toml says what each table is for.

    ``cases`` are patterns by the status of a case. Of each list in ``[cues.words]`` there are the ``phrases``, and a
    pattern that finds one of them, in ``said``.
    """

    code: str
    kinds: Beginnings
    properties: Beginnings
    events: Beginnings
    statuses: Beginnings
    terms: Beginnings
    demonyms: Mapping[str, str]
    cases: Mapping[str, re.Pattern[str]]
    phrases: Mapping[str, tuple[str, ...]]
    said: Mapping[str, re.Pattern[str]]

    def ends_with(self, name: str, text: str) -> bool:
        """Whether a text ends with a phrase of a list."""
        return any(one.end() == len(text.rstrip()) for one in self.said[name].finditer(text))


@cache
def read_cues(code: str) -> Cues:
    """Return the words of a language by its code, of ``figures.CODES``."""
    tables = tomllib.loads(FOLDER.joinpath(f"{code}.toml").read_text(encoding="utf-8"))["cues"]
    beginnings: dict[str, Beginnings] = {
        table: {name: tuple(words.split()) for name, words in tables[table].items()} for table in _BEGINNINGS
    }
    return Cues(
        code=code,
        **beginnings,
        demonyms={word.strip(): country for country, words in tables["demonyms"].items() for word in words.split(";")},
        cases={name: re.compile(rf"\b(?:{'|'.join(each)})", re.IGNORECASE) for name, each in tables["cases"].items()},
        phrases={name: tuple(words) for name, words in tables["words"].items()},
        said={name: any_of(words) for name, words in tables["words"].items()},
    )


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words, whatever their case; an apostrophe may stand for a space."""
    return re.compile(rf"\b(?:{alternatives(phrases)})\b", re.IGNORECASE)


def alternatives(phrases: Iterable[str]) -> str:
    """Return the part of a pattern that finds one of some phrases, the longest first; of none, nothing."""
    longest = sorted(phrases, key=len, reverse=True)
    return _NOTHING if not longest else "|".join(re.escape(one).replace(r"\ ", r"[\s'’]") for one in longest)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded; those with a hyphen or an apostrophe in their parts: all'arresto."""
    return fold(text.replace("’", " ").replace("'", " ")).replace("-", " ").translate(_STOPS).split()


_STOPS = str.maketrans(dict.fromkeys(',;:()[]{}"“”„«»!?/|—–*_#', " "))


@lru_cache(RECENT)
def stem(word: str) -> str:
    """Return what other forms of a word have, too."""
    return singular(word)[:STEM]


def begins(words: Iterable[str], cues: Iterable[str]) -> bool:
    """Whether one of some words begins as one of some cues does."""
    whole, parts = _apart(tuple(cues))
    return any(word in whole or (bool(parts) and word.startswith(parts)) for word in words)


@lru_cache(RECENT)
def _apart(cues: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the cues that are whole words, and those that are beginnings."""
    whole = frozenset(cue[:-1] for cue in cues if cue.endswith("$"))
    return whole, tuple(cue for cue in cues if not cue.endswith("$"))


@lru_cache(RECENT)
def told_by(text: str, code: str) -> frozenset[str]:
    """Return what words tell of: ``kinds.arrests``, ``properties.arrests.count``, ``terms.cocaine``, ``terms.launch``.

    Kinds of events are terms of theirs, as substances are of what was seized.
    """
    begin = _index(code)
    found: set[str] = set()
    for word in words_of(text):
        for length in range(2, min(len(word), LONGEST) + 1):
            found |= begin.get(word[:length], frozenset())
        found |= begin.get(f"{word}$", frozenset())
    return frozenset(found)


@cache
def _index(code: str) -> Mapping[str, frozenset[str]]:
    cues = read_cues(code)
    tables = {"kinds": (cues.kinds,), "properties": (cues.properties,), "terms": (cues.terms, cues.events)}
    begin: dict[str, set[str]] = {}
    for name, each in tables.items():
        for table in each:
            for of, words in table.items():
                for word in words:
                    begin.setdefault(word, set()).add(f"{name}.{of}")
    return {word: frozenset(names) for word, names in begin.items()}


def is_apart(kind: str, text: str, apart: bool) -> bool:
    """Whether a block is no text but a list of references, or stands below a heading of one, as the one before did."""
    if kind in ("heading", "title"):
        return fold(text).removesuffix(" edit") in _headings()
    return apart or _MARK.match(text) is not None


@cache
def _headings() -> frozenset[str]:
    """Return those of all languages: a text may have lists in another one than its own."""
    return frozenset(fold(one) for code in CODES for one in read_cues(code).phrases["headings"])
