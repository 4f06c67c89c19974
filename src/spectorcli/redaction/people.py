"""Whose names are searched for, and how each of them may be written."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from spectorcli.redaction.plain import plain
from spectorcli.values.names import UNSPACED, fold_letter

INFLECTED = 4
"""Letters from which on a word may go on after a name: Müllers, Desnicas, Doegate is too short."""

JOINED = 6
"""Letters of a whole name that is found without blanks, as in an address: janedoe."""

WORD = re.compile(rf"[^\W_{UNSPACED}]+")

_DIGITS = re.compile(r"^\d+|\d+$")
_ARTICLES = frozenset("the a an der die das le la les el il lo los".split())
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa"})
_VOWELS = frozenset("aeiouyаеиоуыэюяієαειηουωσ")


class Person(NamedTuple):
    """A person by id; ``names`` beginning with the proper one, and whether they are to be replaced."""

    id: str
    names: tuple[str, ...]
    hidden: bool


class Alias(NamedTuple):
    """A name that counts only as a whole: its words, and of each whether it must be capitalised."""

    words: tuple[str, ...]
    capital: tuple[bool, ...]
    person: Person


@cache
def words_of(file: str) -> frozenset[str]:
    """Return the words of a list beside this module."""
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


class Names:
    """Everything that stands for somebody, ready to be looked up word by word.

    ``common`` are further words that are no name on their own, such as those of countries.
    """

    def __init__(self, people: Collection[Person], common: Collection[str] = ()) -> None:
        """Take the names of all people apart, also of those who keep them: a family shares a name."""
        self.common = words_of("common.txt") | {word for text in common for word in words(text)}
        self.parts: dict[str, set[Person]] = defaultdict(set)
        self.stems: dict[str, set[Person]] = defaultdict(set)
        self.joined: dict[str, set[Person]] = defaultdict(set)
        self.dense: dict[str, set[Person]] = defaultdict(set)
        self.aliases: dict[str, list[Alias]] = defaultdict(list)
        self.in_lower_case: set[str] = set()
        for person in people:
            self.in_lower_case.update(word for word in WORD.findall(person.names[0]) if word.islower())
            proper = [person.names[0], person.id]
            known = {word for name in proper for word in words(name)} - self.common
            for alias in person.names[1:]:
                if known & set(words(alias)):  # another spelling
                    proper.append(alias)
                else:
                    self._add_alias(alias, person)
            for name in proper:
                self._add_name(name, person)
        self.lengths = sorted({len(one) for one in self.joined})
        self.dense_by_letter: dict[str, list[str]] = defaultdict(list)
        for whole in sorted(self.dense, key=len, reverse=True):
            self.dense_by_letter[whole[0]].append(whole)

    def _add_name(self, name: str, person: Person) -> None:
        self._add_dense(name, person)
        for spelling in {name, name.translate(_UMLAUTS)}:
            parts = list(words(spelling))
            for part in parts:
                self.parts[part[0]].add(person)  # an initial
                for written in _written(part):
                    self.parts[written].add(person)
                    if stem := _stem(written):
                        self.stems[stem].add(person)
            for order in (parts, parts[::-1]):
                if len(order) > 1 and len("".join(order)) >= JOINED:
                    self.joined["".join(order)].add(person)

    def _add_alias(self, alias: str, person: Person) -> None:
        self._add_dense(alias, person)
        copy = plain(alias)
        found = [(one.group(), copy.text[copy.of[one.start()]]) for one in WORD.finditer(copy.letters)]
        if len(found) > 1 and found[0][0] in _ARTICLES and not {word for word, _ in found[1:]} <= self.common:
            found = found[1:]
        kept = {word for word, _ in found} - self.common
        strict = len(found) == 1 or not kept
        capital = [
            strict and is_capital(letter) and not (number == 0 and word in _ARTICLES and len(found) > 1)
            for number, (word, letter) in enumerate(found)
        ]
        if len("".join(word for word, _ in found)) > 1:  # a letter alone is a grade, or an initial
            self.aliases[found[0][0]].append(Alias(tuple(word for word, _ in found), tuple(capital), person))
        whole = "".join(word for word, _ in found)
        if len(found) > 1 and len(whole) >= JOINED:
            self.joined[whole].add(person)

    def _add_dense(self, name: str, person: Person) -> None:
        """Add a name, and each part of it that is more than one character, in a script without blanks."""
        parts = re.findall(f"[{UNSPACED}]+", "".join(map(fold_letter, name)))
        for part in [*parts, "".join(parts), "".join(parts[::-1])]:
            if len(unicodedata.normalize("NFC", part)) > 1:  # Hangul is folded into its letters
                self.dense[part].add(person)


def words(text: str) -> Iterator[str]:
    """Return the words of a text as they are compared, but for those in scripts without blanks."""
    return filter(None, (_DIGITS.sub("", word) for word in WORD.findall(plain(text).letters)))


def is_capital(letter: str) -> bool:
    """Whether a letter is a capital, or of a script that has none."""
    return letter.isupper() or letter.istitle() or letter.upper() == letter.lower()


def inflections(word: str) -> Iterator[str]:
    """Yield the beginnings of a word that may be a name, the longest first."""
    return (word[:length] for length in range(len(word) - 1, INFLECTED - 1, -1))


def stems(word: str) -> Iterator[str]:
    """Yield what a name may have been before its ending changed: Wałęsy is of Wałęsa."""
    for length in range(max(2, len(word) - 3), len(word)):
        if word[length] in _VOWELS:
            yield word[:length]


def _written(part: str) -> set[str]:
    """Return a part of a name also without its digraphs: Mueller is Müller, and that is muller."""
    return {part, re.sub("([aou])e", r"\1", part)} if len(part) > INFLECTED else {part}


def _stem(part: str) -> str:
    """Return a name without the vowels at its end, if what is left is still one; a Latin one needs four letters."""
    least = INFLECTED if part.isascii() else INFLECTED - 1
    stem = part
    while stem[-1:] in _VOWELS and len(part) - len(stem) < 2 and len(stem) > least:
        stem = stem[:-1]
    return stem if stem != part else ""
