"""What a shell may complete the beginning of a word to: names of things, properties, kinds, and words of our own.

Nothing here is asked but by a shell, and without a case there is nothing to offer.
"""

import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NoReturn

import typer

from spectorcli.bundled import default_path, open_case
from spectorcli.case import Case
from spectorcli.cli.stderr import tell
from spectorcli.errors import SpectorError
from spectorcli.escapes import clean
from spectorcli.output import write

Offer = Callable[..., Iterable[str | tuple[str, str]]]
"""What the last word may be completed to, each with what it means."""

ASKING = os.environ.get("_SPECTOR_COMPLETE", "")
"""Set by the shell's own completion. Typer inspects every completer at every start, which costs a question 5 ms."""

MOST_OFFERED = 1000


def ids_of(kind: str | None) -> Offer:
    """Offer the things of a kind, or of all, by the beginning of an id or of a word of a name.

    A shell keeps what was typed, in whatever letters that is, and is offered the rest of the name.
    """

    def offer(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
        for case in _case(context):
            offered: dict[str, str] = {}
            for id, label, name in case.names(kind, incomplete):
                if name == id:
                    offered.setdefault(id, label)
                elif incomplete and id not in offered and (rest := _rest(name, incomplete)):
                    offered.setdefault(f"{incomplete}{_quoted(rest)}", f"{label} ({id})")
            yield from map(_shown, [*offered.items()][:MOST_OFFERED])

    return offer


def properties(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the properties that are claimed of what was named before."""
    for case in _case(context):
        id, _, _ = case.meant(str(context.params.get("what") or ""))
        for name, description in case.rows("answers/spoken_of", {"id": id}):
            if name.startswith(incomplete):
                yield _shown((name, description))


def kinds(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the kinds of things that this case has."""
    for case in _case(context):
        for name, kind in case.kinds().items():
            if name.startswith(incomplete):
                yield _shown((name, kind.description))


def words_for_kind(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Offer what stands in the column ``kind`` of the answer to this question."""
    from spectorcli.statements import statement

    question = f"questions/{context.info_name}"
    for case in _case(context):
        everything = case.stream(question, dict.fromkeys(re.findall(r":(\w+)", statement(question))))
        words = sorted({str(row["kind"]) for row in everything})
        yield from (clean(word) for word in words if word.startswith(incomplete))


def words(known: Iterable[str]) -> Offer:
    """Offer words of our own."""

    def offer(context: typer.Context, incomplete: str) -> Iterator[str]:
        return (word for word in known if word.startswith(incomplete))

    return offer


_FILES_WANTED: list[str] = []


def files(incomplete: str) -> Iterator[str]:
    """Offer nothing, so that the shell offers files and folders."""
    _FILES_WANTED.append(incomplete)
    return iter(())


_NOTHING = {"complete_bash": " \n(nothing)\n", "complete_zsh": ":\n", "complete_fish": ""}
"""What leaves a shell with nothing to offer. Bash takes two words that begin differently, zsh a statement that does
nothing, fish the exit code 0 and no word."""


def answer(run: Callable[[], int]) -> NoReturn:
    """Give a shell what a run prints. Where that is nothing, it offers files only if they are wanted.

    The scripts that Typer installs leave such a word to the shell, which knows files alone.

    Raises:
        SystemExit: always, with the exit code that the shell reads.
    """
    with redirect_stdout(StringIO()) as told:
        try:
            code: object = run()
        except SystemExit as stop:
            code = stop.code
    said = told.getvalue()
    if ASKING in _NOTHING and said.strip() in ("", "_files") and code in (None, 0, 1) and not _FILES_WANTED:
        said, code = _NOTHING[ASKING], 0
    write(said, None)
    sys.exit(code)  # type: ignore[arg-type]


def _case(context: typer.Context) -> Iterator[Case]:
    """Yield the case that the command line names so far; nothing where there is none."""
    above = context.parent.params if context.parent else {}
    chosen = context.params.get("db") or above.get("db") or os.environ.get("SPECTOR_DB")
    try:
        with closing(open_case(Path(chosen) if chosen else default_path(), tell)) as case:
            yield case
    except (SpectorError, OSError, sqlite3.Error):
        return


def _rest(name: str, incomplete: str) -> str:
    """Return what follows in a name after a beginning of one of its words, however that is spelled."""
    from spectorcli.values.names import fold

    key, size = fold(incomplete), len(incomplete)
    starts = [0, *(place + 1 for place, letter in enumerate(name) if letter in " -")]
    return next((name[start + size :] for start in starts if fold(name[start : start + size]) == key), "")


def _quoted(text: str) -> str:
    """Return a part of a word as Bash must be given it, which inserts it as it is; other shells quote by themselves."""
    return re.sub(r"[^\w@%+=:,./-]", r"\\\g<0>", text) if ASKING.endswith("bash") else text


def _shown(offer: tuple[str, str]) -> tuple[str, str]:
    word, meaning = offer
    return clean(word), clean(meaning).replace("[", "\\[")  # Rich, which reads markup, hands it to the shell
