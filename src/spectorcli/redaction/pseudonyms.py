"""Puts pseudonyms where names were found: Person 1 is whom a case names first."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

from spectorcli.redaction.find import Finder, Found, Match
from spectorcli.redaction.people import Names, Person

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://(?:www\.)?|www\.)\S*\Z")

REMEMBERED = 20_000
"""How many texts are looked through once only: an id stands in many rows."""

OFTEN = 10
"""How many of the most frequent pseudonyms are told one by one."""


class Pseudonyms:
    """Who is called what from here on, and how often that was written."""

    def __init__(self, people: Collection[Person], common: Collection[str] = ()) -> None:
        """Number nobody yet: a number by the place in a file would tell who it is, where that is sorted or known."""
        self._find = lru_cache(REMEMBERED)(Finder(Names(people, common)).find)
        self._numbers: dict[Person, int] = {}
        self.written: Counter[str] = Counter()
        self.passed = 0

    def of(self, person: Person) -> str:
        """Return ``Person 4``, a new number for whom no text has named so far."""
        return f"Person {self._numbers.setdefault(person, len(self._numbers) + 1)}"

    def number(self, person: Person) -> int:
        """Return the number of who bears a pseudonym."""
        self.of(person)
        return self._numbers[person]

    def redact(self, text: str) -> str:
        """Return a text without the names of those who are hidden. An address that named somebody leads nowhere."""
        text = unicodedata.normalize("NFC", text)
        edits: dict[tuple[int, int], str] = {}
        found = self._find(text)
        self.passed += found.passed
        for match in _hidden(found):
            said = self._said(match.people)
            self.written[said] += 1
            if scheme := _SCHEME.search(text, max(0, match.start - 2000), match.start):
                edits[scheme.span(1)] = ""
            edits[match.start, match.end] = _as_written(text, match, said)
        for (start, end), put in reversed(edits.items()):
            text = text[:start] + put + text[end:]
        return text

    def left(self, texts: Iterable[str], ours: frozenset[str]) -> int:
        """Return how many names are left in texts that should hold none; ``ours`` are words that no case wrote."""
        return sum(len(_hidden(self._find(text, ours))) for text in texts)

    def told(self) -> str:
        """Return which pseudonyms were written how often, most often first."""
        times = [f"{said} {count:,} ×" for said, count in self.written.most_common(OFTEN)]
        rest = self.written.total() - sum(count for _, count in self.written.most_common(OFTEN))
        others = [f"{len(self.written) - OFTEN:,} others {rest:,} ×"] if rest else []
        return ", ".join([*times, *others]) or "no name was found"

    def _said(self, people: Collection[Person]) -> str:
        return self.of(next(iter(people))) if len(people) == 1 else "someone"


def _hidden(found: Found) -> list[Match]:
    """Return the names of whom a pseudonym hides, also where somebody else may be meant as well."""
    return [match for match in found.matches if any(person.hidden for person in match.people)]


def _as_written(text: str, match: Match, said: str) -> str:
    """Put a pseudonym as the name stood there: without blanks in an address, and apart from a figure behind it."""
    put = said.lower().replace(" ", "-") if match.address else said
    return f"{put}-" if text[match.end : match.end + 1].isdecimal() else put
