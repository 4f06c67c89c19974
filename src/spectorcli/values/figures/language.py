"""What a language says of figures: a file in ``languages/`` for each, read when it is first needed.

Another language is another file. In its tables stands what each of them means, and the words for it; letter case and
hyphens do not matter.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spectorcli.values import units
from spectorcli.values.units import Measure

FOLDER = Path(__file__).parents[1] / "languages"

CODES = tuple(sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda code: (code != "en", code)))
"""A language for each file, English first: where nothing speaks for another one, it is this."""

WORDS = re.compile(r"[^\W\d_]+")

Phrases = dict[str, tuple[str, ...]]
"""What a phrase may mean; a phrase is words in lower case with a space between."""


class Part(NamedTuple):
    """What a word adds to a number, or by what it multiplies what stands before it."""

    value: Decimal
    multiplies: bool = False


class Language(NamedTuple):
    """The words of a language, each table by the phrase; en.toml says what they are for."""

    code: str
    decimal: str
    groups: str
    glue: frozenset[str]
    connectors: frozenset[str]
    articles: frozenset[str]
    ones: frozenset[str]
    of: frozenset[str]
    common: frozenset[str]
    capital_months: bool
    numbers: Mapping[str, Part]
    inside: Mapping[str, Part]
    approximate: Mapping[str, Decimal]
    ordinals: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    hedges: Phrases
    hedges_after: Phrases
    halves: Phrases
    units: Phrases
    date_parts: Phrases
    year_cues: Phrases
    counted: Phrases
    sets: Mapping[str, frozenset[str]]
    starts: frozenset[str]
    vocabulary: frozenset[str]

    def speaks(self, text: str) -> bool:
        """Whether a text may be in this language: it has a word of it, or none but units and currencies."""
        words = {
            word for word in WORDS.findall(text) if word not in units.UNITS and not (word.isupper() and len(word) < 5)
        }
        return not words or any(word.casefold() in self.vocabulary for word in words)

    def has(self, table: str, phrase: str) -> bool:
        """Whether a phrase is one of a set, such as ``vague.words``."""
        return phrase in self.sets[table]


@lru_cache
def read_language(code: str) -> Language:
    """Return a language by its code, of ``CODES``."""
    tables = tomllib.loads(FOLDER.joinpath(f"{code}.toml").read_text(encoding="utf-8"))
    words = {name: _inverted(tables[name]) for name in _PHRASES}
    words["units"] = {**_common_units(), **{word: _units(names) for word, names in words["units"].items()}}
    numbers = {**_parts(words["numbers"]), **_parts(words["multipliers"], multiplies=True)}
    sets = {f"{name}.{key}": frozenset(map(phrase, tables[name][key])) for name in _SETS for key in tables[name]}
    lists = {name: frozenset(map(phrase, tables[name])) for name in _LISTS}
    begin = [*numbers, *words["ordinals"], *words["halves"], *sets["vague.words"], *sets["vague.none"]]
    known = [*lists["common"], *tables["typical"], *(one for some in (*words.values(), *sets.values()) for one in some)]
    return Language(
        code=code,
        decimal=tables["decimal"],
        groups=tables["groups"],
        glue=lists["glue"],
        connectors=lists["connectors"],
        articles=lists["articles"],
        ones=lists["ones"],
        of=lists["of"],
        common=lists["common"],
        capital_months=tables["capital_months"],
        numbers=numbers,
        inside={**numbers, **_parts(_inverted(tables["parts"]))} if tables["glue"] or tables["parts"] else {},
        approximate={word: part.value for word, part in _parts(words["approximate"]).items()},
        ordinals=_numbered(words["ordinals"]),
        months=_numbered(words["months"]),
        weekdays=_numbered(words["weekdays"]),
        hedges=words["hedges"],
        hedges_after=words["hedges_after"],
        halves=words["halves"],
        units=words["units"],
        date_parts=words["date_parts"],
        year_cues=words["year_cues"],
        counted=_inverted(tables["counted"]),
        sets=sets,
        starts=lists["articles"].union(one.split()[0] for one in begin),
        vocabulary=frozenset(word for one in known for word in one.split()),
    )


def guess(text: str) -> Language:
    """Return the language whose words most words of a text are; English if none has more."""
    words = {word.casefold() for word in WORDS.findall(text)}
    english = read_language(CODES[0])
    if words <= english.vocabulary:
        return english
    return max(map(read_language, CODES), key=lambda one: (len(words & one.vocabulary), one is english))


def phrase(text: str) -> str:
    """Return words as the tables have them."""
    return " ".join(text.casefold().replace("-", " ").replace("'", " ").split())


_PHRASES = (
    *("numbers", "multipliers", "approximate", "halves", "ordinals", "hedges", "hedges_after", "units", "months"),
    *("weekdays", "year_cues", "date_parts"),
)
_SETS = ("fillers", "unsure", "ranges", "unsure_units", "vague", "not_counts", "ages", "day_marks")
_LISTS = ("glue", "connectors", "articles", "ones", "of", "common")


def _common_units() -> Phrases:
    """Return what people write for what is measured in any language; ``units`` knows it."""
    measured = {unit: words for unit, words in units.SYNONYMS.items() if units.measure(unit) != Measure.COUNT}
    each = ((word, unit) for unit, words in measured.items() for word in (unit, *words.split(", ")))
    return {phrase(word): (unit,) for word, unit in each if len(word) > 2}


def _units(names: Iterable[str]) -> tuple[str, ...]:
    """Return units, each for itself: a symbol may stand for several, as the dollar does."""
    return tuple(dict.fromkeys(unit for name in names for unit in units.SYMBOLS.get(name, (name,))))


def _inverted(table: Mapping[str, Iterable[str]]) -> Phrases:
    found: dict[str, tuple[str, ...]] = {}
    for meaning, words in table.items():
        for word in map(phrase, words):
            found[word] = (*found.get(word, ()), meaning)
    return found


def _parts(table: Phrases, multiplies: bool = False) -> dict[str, Part]:
    return {word: Part(Decimal(meanings[0]), multiplies) for word, meanings in table.items()}


def _numbered(table: Phrases) -> dict[str, int]:
    return {word: int(meanings[0]) for word, meanings in table.items()}
