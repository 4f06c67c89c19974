"""By which words a draft tells what a figure is of, from ``cues.toml``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from spectorcli.values.names import fold
from spectorcli.values.span import RECENT
from spectorcli.values.wording import singular

STEM = 7
"""Letters of a word in the singular by which its other forms are known: a count is no country."""


class Cues(NamedTuple):
    """The tables of ``cues.toml``; ``begin`` are beginnings of words by what they tell of."""

    begin: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, re.Pattern[str]]
    present: re.Pattern[str]
    apart: Mapping[str, re.Pattern[str]]
    speech: re.Pattern[str]
    pronouns: Mapping[str, re.Pattern[str]]
    compared: re.Pattern[str]
    sites: re.Pattern[str]
    demonyms: Mapping[str, str]


@cache
def read_cues() -> Cues:
    """Return what stands in ``cues.toml``."""
    tables = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    return Cues(
        {name: tuple(words.split()) for name, words in tables["properties"].items()},
        {name: tuple(words.split()) for name, words in tables["terms"].items()},
        {name: re.compile(rf"\b(?:{'|'.join(each)})", re.IGNORECASE) for name, each in tables["statuses"].items()},
        any_of(tables["present"]["words"]),
        {name: any_of(words) for name, words in tables["apart"].items()},
        any_of(tables["speech"]["words"]),
        {name: any_of(words) for name, words in tables["pronouns"].items()},
        re.compile(rf"{any_of(tables['pronouns']['compared']).pattern}\W*(?:\w+\W+)?$", re.IGNORECASE),
        any_of(tables["pronouns"]["sites"]),
        {word.strip(): code for code, words in tables["demonyms"].items() for word in words.split(";")},
    )


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words, whatever their case."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded; those with a hyphen also in their parts."""
    return fold(text).replace("-", " ").translate(_STOPS).split()


_STOPS = str.maketrans(dict.fromkeys(',;:()[]{}"“”„«»!?/|—–*_#', " "))


@lru_cache(RECENT)
def stem(word: str) -> str:
    """Return what other forms of a word have, too."""
    return singular(word)[:STEM]


def begins(words: Iterable[str], cues: Iterable[str]) -> bool:
    """Whether one of some words begins as one of some cues does; ``$`` ends a word."""
    whole = {cue[:-1] for cue in cues if cue.endswith("$")}
    parts = tuple(cue for cue in cues if not cue.endswith("$"))
    return any(word in whole or (bool(parts) and word.startswith(parts)) for word in words)
