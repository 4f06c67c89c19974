"""Every way in which spector says no, and the exit code that goes with it.

Errors carry facts and never print: only ``main()`` writes to stderr. The codes are a contract with
scripts; docs/environment.md lists them. 0, 1, 130, 141 and 143 need no class here.
"""

from collections.abc import Collection, Iterable, Mapping

NEARLY = 0.05
"""How much less alike than the closest a word may be, of 1, to be suggested beside it."""


def did_you_mean(text: str, known: Iterable[str], told: Mapping[str, str] | None = None, alike: float = 0.6) -> str:
    """Return ``; did you mean 'this' or 'that'?``, the end of a refusal; nothing if nothing known is like the text.

    The case of letters does not count. Of what is known something else may be ``told``.
    """
    from difflib import SequenceMatcher, get_close_matches

    key, folded = text.casefold(), {one.casefold(): str(one) for one in known}
    ratios = {one: SequenceMatcher(None, one, key).ratio() for one in get_close_matches(key, folded, n=3, cutoff=alike)}
    close = [folded[one] for one, ratio in ratios.items() if ratio > max(ratios.values()) - NEARLY]
    meant = dict.fromkeys(told[one] if told else repr(one) for one in close)
    return f"; did you mean {' or '.join(meant)}?" if meant else ""


def no_such(what: str, text: str, known: Collection[str], where: str = "") -> str:
    """Return ``no style 'mla'; there are: plain, bibtex, csl``, with what may be meant where something is like it."""
    there = f"there are: {', '.join(known)}" if known else "there are none"
    return f"no {what} {text!r}{where}{did_you_mean(text, known)}; {there}"


class SpectorError(Exception):
    """Something that the user can understand and act on, said in one line."""

    code = 70


class UsageError(SpectorError):
    """The command line makes no sense."""

    code = 2


class NotFound(SpectorError):
    """The thing asked for, or a database that can be used, is not there."""

    code = 3


class Damaged(NotFound):
    """The case file is not as it was built."""


class LimitReached(SpectorError):
    """A limit of time, memory or rows was hit."""

    code = 4


class Refused(SpectorError):
    """The case folder is not valid. ``mistakes`` are lines such as ``claims.csv:41: unknown …``."""

    code = 5

    def __init__(
        self, folder: str, mistakes: list[str], so: str = "nothing was built", what: str = "a valid case"
    ) -> None:
        """Keep every mistake: they are shown all at once. ``so`` is what became of it, ``what`` it is to be."""
        self.mistakes = mistakes
        many = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes):,} mistakes"
        super().__init__(f"{folder} is not {what}: {many}; {so}")


class NameLeft(SpectorError):
    """A name is left in what is to hold none."""

    code = 5


class EnvironmentFailed(SpectorError):
    """The disk is full or read-only, or output could not be written."""

    code = 6


class Busy(SpectorError):
    """Another load of the same database runs."""

    code = 75
