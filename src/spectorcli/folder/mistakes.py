"""A mistake in a file of a case is a value; ``Mistakes`` gathers them, and says when it is enough."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from spectorcli.errors import Refused, did_you_mean
from spectorcli.folder.register import Things
from spectorcli.values import listing, wording
from spectorcli.values.names import fold
from spectorcli.values.rewritten import REWRITTEN

LONGEST_SENTENCE = 600
"""Of a mistake; what is left out is in the middle of a cell that may have megabytes."""

MOST_MISTAKES = 10_000
"""Then reading stops: nobody mends them one by one."""

GUESSES = 100
"""Of the first so many mistakes it is guessed what was meant: each guess looks at all that is known."""

MOST_GUESSED = 20_000
"""Things of a case; in a larger one nothing is guessed."""

FEW = 12
"""Ids from which one is chosen by eye: of a kind with no more, all are named."""

Right = TypeVar("Right")


class Unknown(NamedTuple):
    """An id that no thing has; ``kind`` is what it should be one of, None if any thing would do."""

    id: str
    kind: str | None


Problem = str | Unknown
"""What is wrong with a cell, in words or as the id that is not there; empty if nothing is."""


class Mistake(NamedTuple):
    """What is wrong in a line of a file, and what to do about it, in one sentence.

    With something ``unknown`` the sentence ends in it, with a guess at what was meant. ``lost`` if the row cannot be
    read: what refers to what stands in it is not to blame.
    """

    file: str
    line: int
    sentence: str
    unknown: Unknown | None = None
    lost: bool = False


def mistake(file: str, line: int, problem: Problem, before: str = "") -> Mistake:
    """Return the mistake that a problem is in its line; ``before`` begins the sentence."""
    if isinstance(problem, Unknown):
        return Mistake(file, line, before, problem)
    return Mistake(file, line, before + problem)


def shortened(sentence: str) -> str:
    """Return a sentence without the middle of a cell that has megabytes."""
    half = LONGEST_SENTENCE // 2
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[:half]} … {sentence[-half:]}"


class Mistakes:
    """The mistakes found so far in a folder; reading goes on, so that all are told at once."""

    def __init__(self, folder: Path, things: Things) -> None:
        """Begin without any. Among ``things`` it looks for what was meant."""
        self._folder = folder
        self._things = things
        self._found: list[tuple[str, int, str]] = []
        self._rewritten: Counter[str] = Counter()
        self.lost = False
        """Whether a row could not be read."""

    def __len__(self) -> int:
        """Count them."""
        return len(self._found)

    def add(self, mistake: Mistake) -> None:
        """Keep one more.

        Raises:
            Refused: there are so many that nobody reads the rest.
        """
        sentence = self.sentence(mistake)
        self.lost |= mistake.lost
        if REWRITTEN in sentence:
            self._rewritten[mistake.file] += 1
            if self._rewritten[mistake.file] > 1:
                return
        self._found.append((mistake.file, mistake.line, shortened(sentence)))
        if len(self._found) > MOST_MISTAKES:
            told = self.messages()[:MOST_MISTAKES]
            raise Refused(str(self._folder), told, "the rest was not read; nothing was built")

    def sentence(self, mistake: Mistake) -> str:
        """Return what is said of a mistake, with a guess at what was meant."""
        return mistake.sentence + (self._named(mistake.unknown) if mistake.unknown else "")

    def gather(self, found: Iterable[Mistake]) -> None:
        """Keep all of them. Raises what ``add`` raises."""
        for one in found:
            self.add(one)

    def sift(self, found: Iterable[Right | Mistake]) -> Iterator[Right]:
        """Pass on what is right, and keep the mistakes. Raises what ``add`` raises."""
        for one in found:
            if isinstance(one, Mistake):
                self.add(one)
            else:
                yield one

    def refuse(self) -> None:
        """Go on only if there are none.

        Raises:
            Refused: there are some; with all that were found.
        """
        if self._found:
            raise Refused(str(self._folder), self.messages())

    def messages(self) -> list[str]:
        """Return them as ``file:line: sentence``, in the order of files and lines."""
        return [
            f"{file}:{line}: {sentence}{self._more(file) if REWRITTEN in sentence else ''}"
            for file, line, sentence in sorted(set(self._found))
        ]

    def _more(self, file: str) -> str:
        more = self._rewritten[file] - 1
        return f"; and {wording.count(more, 'more dates')} in {file}" if more else ""

    def _named(self, unknown: Unknown) -> str:
        """Say what is not known, and for the first mistakes what may be meant."""
        id, kind = unknown
        worth, key = len(self._found) < GUESSES, fold(id)
        for known in self._things.of_kind(kind) if kind and worth else ():
            names = [known.cells.get("name", ""), *listing.split(known.cells.get("aliases", ""))]
            if key in map(fold, names):
                return f"unknown id {id!r}; did you mean {known.id!r}?"
        there = list(self._things.ids(kind)) if worth and len(self._things) < MOST_GUESSED else []
        guess = did_you_mean(id, there) or (_there_are(there) if kind not in (None, "countries") else "")
        return f"unknown {wording.singular(kind) if kind else 'subject'} {id!r}{guess}"


def _there_are(ids: Sequence[str]) -> str:
    """Say which things of a kind there are, if they are few enough to choose from."""
    return f"; there are: {', '.join(ids)}" if 0 < len(ids) <= FEW else ""
