"""What is known of a case folder while it is read, and the mistakes found so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spectorcli.errors import Refused
from spectorcli.folder.guess import did_you_mean
from spectorcli.folder.register import Things
from spectorcli.vocabulary import Kind

LONGEST_SENTENCE = 600
"""Of a mistake; what is left out is in the middle of a cell that may have megabytes."""

MOST_MISTAKES = 10_000
"""Then reading stops: nobody mends them one by one."""

GUESSES = 100
"""Of the first so many mistakes it is guessed what was meant: each guess looks at all that is known."""

MOST_GUESSED = 20_000
"""Things of a case; in a larger one nothing is guessed."""


@dataclass
class Folder:
    """A case folder: its things by id, its title, and the mistakes found so far."""

    path: Path
    kinds: dict[str, Kind]
    more: Sequence[Path] = ()
    """Further files of claims, which are read after its own."""
    things: Things = field(init=False)
    metadata: dict[str, str] = field(default_factory=dict)
    vocabulary: list[dict[str, str]] = field(default_factory=list)
    """The rows of the case's own vocabulary.csv."""
    mistakes: list[tuple[str, int, str]] = field(default_factory=list)
    unread: bool = False
    """A file of things could not be read: what refers to them is not blamed."""

    def __post_init__(self) -> None:
        """Begin without things."""
        self.things = Things(self.kinds)

    def wrong(self, file: str, line: int, sentence: str) -> None:
        """Note a mistake; reading goes on, so that all are told at once.

        Raises:
            Refused: there are so many that nobody reads the rest.
        """
        if len(sentence) > LONGEST_SENTENCE:
            sentence = f"{sentence[: LONGEST_SENTENCE // 2]} … {sentence[-LONGEST_SENTENCE // 2 :]}"
        self.mistakes.append((file, line, sentence))
        if len(self.mistakes) > MOST_MISTAKES:
            raise Refused(str(self.path), self.messages()[:MOST_MISTAKES], "the rest was not read; nothing was built")

    def unreadable(self, file: str, line: int, sentence: str) -> None:
        """Note a row that could not be read; what refers to it is not blamed."""
        self.wrong(file, line, sentence)
        self.unread |= file not in map(self.name_of, self.claim_files)

    def messages(self) -> list[str]:
        """Return the mistakes as ``file:line: sentence``, in the order of the files."""
        return [f"{file}:{line}: {sentence}" for file, line, sentence in sorted(set(self.mistakes))]

    def guess(self, word: str, known: Iterable[str]) -> str:
        """Return what may be meant, as ``did_you_mean`` does, while that is worth the look at all that is known."""
        worth = len(self.mistakes) < GUESSES and len(self.things) < MOST_GUESSED
        return did_you_mean(word, known) if worth else ""

    @property
    def claim_files(self) -> list[Path]:
        """Where the claims stand: claims.csv first."""
        return [self.path / "claims.csv", *self.more]

    def claim_lines(self) -> int:
        """Count the lines of claims, to know how far reading has come."""
        return sum(map(count_lines, self.claim_files))

    def locate(self, place: int) -> tuple[str, int]:
        """Return the file of a claim and its line there."""
        *own, last = self.claim_files
        for file in own:
            if place <= count_lines(file):
                return self.name_of(file), place
            place -= count_lines(file)
        return self.name_of(last), place

    def name_of(self, file: Path) -> str:
        """Return the name of a file of claims, or its path where another has the same name."""
        names = [one.name for one in self.claim_files]
        return file.name if names.count(file.name) == 1 else str(file)


def count_lines(file: Path) -> int:
    """Count the lines of a file, also a last one without an end."""
    with file.open("rb") as lines:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(1 << 20), b"")) + 1
