"""Finds names in a text. Parts of a name count where they are capitalised, or in an address, where nothing is.

A part that is also a common word counts only beside another part of the same name, or after a title; an alias only as
a whole. A word may go on after a name of four letters or more; where a script has no blanks, it may begin anywhere.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from spectorcli.redaction.people import (
    JOINED,
    WORD,
    Alias,
    Names,
    Person,
    inflections,
    is_capital,
    stems,
    words_of,
)
from spectorcli.redaction.plain import Plain, plain
from spectorcli.values.names import UNSPACED

INSIDE = 7
"""Letters of a whole name that is found also within a word: freejanedoe.example."""

NEAR = 8
"""Characters that may stand between two words of a name."""

TITLES = frozenset(
    "mr mrs ms miss mx dr sir herr frau monsieur madame mme mlle senor senora sr sra signor signora".split()
)

ENDINGS = frozenset(["", *"s es n en er ern e a i u y om em ow ov ova in ina".split()])
"""Behind a name in an address, where no capital tells paul-abbate from pauldavis."""

_ADDRESS = re.compile(r"://|^www\.|[@_#]|[^\W_]\.[^\W_]{2}|[^\s/]/[^\s/]|^[^A-Z]*-[^A-Z]*$")
"""What tells an address, an id or a handle from words, which are capitalised where they are names."""

_REACH = 200
"""How far an address is looked at: it may be as long as a cell, and full of names."""

_ATTACHED = "והבכלמשوفبكل"
"""Letters of words that Hebrew and Arabic write on to the next: and, the, in, as, to, from, that."""

_RUN = re.compile(rf"[{UNSPACED}](?:[ \u3000·・‧•-]{{0,2}}[{UNSPACED}])+")

_LETTER = re.compile(r"[^\W\d_]|[&%\\]")
"""What a text has in which there may be a name: letters, or such as stand for some."""

_APART = re.compile(r"[;|<>\d]")
"""What stands between the members of a list, or the cells of a table."""

_ENDS = re.compile(r"[.;:!?]")


Span = tuple[int, int, frozenset[Person]]
"""A stretch of letters, and who may be meant."""


class Match(NamedTuple):
    """A place in a text, and who may be meant there; in an address, or among words."""

    start: int
    end: int
    people: frozenset[Person]
    address: bool


class Found(NamedTuple):
    """The names in a text, in order, and how many words were left that are parts of a name, but common ones."""

    matches: list[Match]
    passed: int


class Word(NamedTuple):
    """A word of a copy, and without the digits around it where its letters are, and who may be meant, by which part."""

    token: str
    place: int
    start: int
    end: int
    people: frozenset[Person]
    part: str
    common: bool
    capital: bool
    """Or in an address, or of a name that is written without."""


class Finder:
    """Finds the names of a case."""

    def __init__(self, names: Names) -> None:
        """Remember the words that were looked up: most are said more than once."""
        self._names = names
        self._look_up = lru_cache(100_000)(self._meant)
        self._alike = words_of("alike.txt")

    def find(self, text: str, ours: frozenset[str] = frozenset()) -> Found:
        """Find the names in a text; ``ours`` are words that are common where they stand."""
        if not _LETTER.search(text):
            return Found([], 0)
        copy = plain(text)
        words = [self._word(copy, one, ours) for one in WORD.finditer(copy.letters)]
        sure = self._sure(copy, words)
        spans = [*self._aliases(copy, words), *self._wholes(copy, words, sure), *self._dense(copy)]
        found: list[Match] = []
        for start, end, people in sorted(spans, key=lambda span: (span[0], -span[1])):
            match = Match(*copy.span(start, end), people, _is_address(copy, start, end))
            if not found or match.start >= found[-1].end:
                found.append(match)
        unsure = (word for number, word in enumerate(words) if word.people and number not in sure)
        return Found(found, sum(word.common and word.capital and len(word.part) > 1 for word in unsure))

    def _word(self, copy: Plain, found: re.Match[str], ours: frozenset[str]) -> Word:
        token = found.group()
        core = token.strip("0123456789")
        start = found.start() + (token.find(core) if core else 0)
        people, part, ending = self._look_up(core)
        if not people:
            return Word(token, found.start(), start, start + len(core), people, "", False, False)
        common = len(part) == 1 or part in self._names.common or core in ours
        capital = (
            is_capital(copy.text[copy.of[start]]) or part in self._names.in_lower_case or part in self._names.joined
        )
        if not capital and _is_address(copy, start, start + len(core)):
            common = common or len(part) == 2
            capital = ending in ENDINGS
        return Word(token, found.start(), start, start + len(core), people, part, common, capital)

    def _meant(self, word: str) -> tuple[frozenset[Person], str, str]:
        """Return who may be meant by a word, by which part of the name, and how the word goes on after it."""
        names = self._names
        for part in self._joined(word):
            return frozenset(names.joined[part]), part, ""
        if word in names.parts:
            return frozenset(names.parts[word]), word, ""
        if word in names.common or word in self._alike:
            return frozenset(), "", ""
        for part in inflections(word):
            if part in names.parts and part not in names.common:
                return frozenset(names.parts[part]), part, word[len(part) :]
        for stem in stems(word):
            if stem in names.stems:
                return frozenset(names.stems[stem]), stem, "…"
        if word[:1] in _ATTACHED and len(word) > 3:
            return self._meant(word[1:])
        return frozenset(), "", ""

    def _joined(self, word: str) -> Iterator[str]:
        for length in reversed(self._names.lengths):
            for start in range(len(word) - length + 1 if length >= INSIDE else int(JOINED <= length <= len(word))):
                if (part := word[start : start + length]) in self._names.joined:
                    yield part

    def _wholes(self, copy: Plain, words: list[Word], sure: set[int]) -> Iterator[Span]:
        """Yield the stretches of letters that name somebody: what stands together is one name."""
        numbers = sorted(sure)
        group: list[int] = []
        people: frozenset[Person] = frozenset()
        for number, after in pairwise([*numbers, -1]):
            word = words[number]
            if group and people & word.people and self._goes_on(copy, words, group, number, after):
                group.append(number)
                people &= word.people
                continue
            if group:
                yield words[group[0]].start, words[group[-1]].end, people
            group, people = [number], word.people
        if group:
            yield words[group[0]].start, words[group[-1]].end, people

    def _goes_on(self, copy: Plain, words: list[Word], group: list[int], number: int, after: int) -> bool:
        """Whether a word belongs to the name before it, and not to the one ``after``: Doe, Jane, but Doe, Jane Doe."""
        parts = {words[one].part for one in group}
        part = words[number].part
        if part in parts or (parts | {part}) & self._names.joined.keys() or not _near(copy, words, group[-1], number):
            return False
        if "," not in copy.letters[words[group[-1]].end : words[number].start] or after < 0:
            return True
        between = copy.letters[words[number].end : words[after].start]
        return not (between.isspace() and words[number].people & words[after].people and words[after].part in parts)

    def _sure(self, copy: Plain, words: list[Word]) -> set[int]:
        """Return the numbers of the words that are names, by themselves or by what is beside them."""
        candidates = [number for number, word in enumerate(words) if word.people]
        sure = {
            number
            for number in candidates
            if words[number].capital and (not words[number].common or (number and words[number - 1].token in TITLES))
        }
        for one, other in pairwise(candidates):
            if self._belong(words[one], words[other]) and _near(copy, words, one, other):
                sure |= {one, other}
        return sure

    def _belong(self, one: Word, other: Word) -> bool:
        """Whether two words beside each other are a name together."""
        short, long = sorted((one.part, other.part), key=len)
        if not one.people & other.people or (len(short) == 1 and (len(long) < 3 or long[0] == short)):
            return False  # D. Doe may be an initial of Doe, and need not be Jane
        if one.part == other.part or one.capital != other.capital:
            return False
        return one.capital or not (one.common or other.common)

    def _aliases(self, copy: Plain, words: list[Word]) -> Iterator[Span]:
        for number, word in enumerate(words):
            for alias in self._names.aliases.get(word.token, ()):
                found = words[number : number + len(alias.words)]
                if self._is_alias(copy, found, alias):
                    yield word.place, found[-1].place + len(found[-1].token), frozenset([alias.person])

    def _is_alias(self, copy: Plain, words: list[Word], alias: Alias) -> bool:
        if tuple(word.token for word in words) != alias.words:
            return False
        if any(other.place - one.place - len(one.token) > NEAR for one, other in pairwise(words)):
            return False
        return all(
            not capital or is_capital(copy.text[copy.of[word.place]]) or _is_address(copy, word.place, word.end)
            for word, capital in zip(words, alias.capital, strict=True)
        )

    def _dense(self, copy: Plain) -> Iterator[Span]:
        """Yield the names in scripts without blanks, wherever they begin."""
        names = self._names
        for run in _RUN.finditer(copy.letters) if names.dense else ():
            places = [place for place in range(*run.span()) if copy.letters[place].isalpha()]
            letters = "".join(copy.letters[place] for place in places)
            start = 0
            while start < len(letters):
                wholes = names.dense_by_letter.get(letters[start], ())
                found = next((whole for whole in wholes if letters.startswith(whole, start)), "")
                if found:
                    yield places[start], places[start + len(found) - 1] + 1, frozenset(names.dense[found])
                start += len(found) or 1


def _near(copy: Plain, words: list[Word], one: int, other: int) -> bool:
    """Whether two words stand beside each other, or with an initial between."""
    between = words[one + 1 : other]
    if len(between) > 1 or any(len(word.token) > 1 for word in between):
        return False
    gap = copy.letters[words[one].end : words[other].start]
    ends = words[one].common and words[other].common and not between and _ENDS.search(gap)
    return len(gap) <= NEAR + len(between) and not ends and not _APART.search(gap)


def _is_address(copy: Plain, start: int, end: int) -> bool:
    """Whether a word stands in an address, an id or a handle."""
    first, last = copy.of[start], copy.of[end - 1] + 1
    before = re.split(r"\s", copy.text[max(0, first - _REACH) : first])[-1]
    after = re.split(r"\s", copy.text[last : last + _REACH])[0]
    return bool(_ADDRESS.search(before.lstrip("(\"'<[") + copy.text[first:last] + after.rstrip(")\"'>].,;:")))
