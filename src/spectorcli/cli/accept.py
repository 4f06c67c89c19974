"""Goes through suggestions on a terminal, one a screen: what is accepted is added at once, so that nothing is lost."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import typer

from spectorcli.add import Addition, Done, add_all, undo
from spectorcli.case import Record
from spectorcli.claiming import doubt
from spectorcli.cli.stderr import say, tell
from spectorcli.compared import COMPARED
from spectorcli.errors import Busy, Refused
from spectorcli.escapes import clean
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.result import Result, columns

EDITED = ("subject", "property", "value", "unit", "when", "at", "stated", "note")
"""What is asked for when it is edited."""

ADDED = columns("subject term, property term, value any type, type hidden, unit unit value, source term, stated text")

HELP = "y add  n no  s later  e edit  1-5 of what  a all like it  u undo  q quit"

_ASIDE = 1000
"""Characters of a sentence that are shown."""


class _Step(NamedTuple):
    """What was decided of some suggestions: what was added, or None if nothing was."""

    claims: list[dict[str, str]]
    of: list[Record]
    done: Done | None


def accept(folder: Path, suggestions: Sequence[Record]) -> Result:
    """Show suggestions one by one, add what is accepted, and return that."""
    session = _Session(folder, suggestions)
    try:
        session.run()
    finally:
        session.tell_rest()
    return Result("What was added", ADDED, [[row[one.name] for one in ADDED] for row in session.added()])


class _Session:
    def __init__(self, folder: Path, suggestions: Sequence[Record]) -> None:
        self._folder = folder
        self._waiting = [*suggestions]
        self._later: list[Record] = []
        self._steps: list[_Step] = []
        self._of = len(self._waiting)

    def added(self) -> list[dict[str, str]]:
        """Return the claims that were added, in order."""
        return [claim for step in self._steps if step.done for claim in step.claims]

    def tell_rest(self) -> None:
        """Tell what is left."""
        left = len(self._waiting) + len(self._later)
        tell(f"{len(self.added()):,} added, {left:,} left")

    def run(self) -> None:
        """Go on until nothing is left, or no more is wanted; what is for later comes again, once."""
        again = False
        while self._waiting or (self._later and not again):
            if not self._waiting:
                self._waiting, self._later, again = self._later, [], True
            self._show(self._waiting[0])
            key = _key()
            if key in ("q", ""):
                return
            self._take(key)

    def _take(self, key: str) -> None:
        one = self._waiting[0]
        if key == "y":
            self._add([one], [_claim(one)])
        elif key == "n":
            self._decide(_Step([], [one], None))
        elif key == "s":
            self._later.append(self._waiting.pop(0))
        elif key == "e":
            self._edit(one)
        elif key == "a":
            self._take_all(one)
        elif key == "u":
            self._undo()
        elif key.isdecimal():
            self._guess(one, int(key))

    def _decide(self, step: _Step) -> None:
        self._steps.append(step)
        self._waiting = [one for one in self._waiting if not any(one is taken for taken in step.of)]

    def _add(self, of: list[Record], claims: list[dict[str, str]]) -> None:
        for claim in claims:
            sentence = doubt(self._folder, claim)
            if sentence:
                say(f"{sentence}; add it all the same? y")
                if _key() != "y":
                    return
        try:
            done = add_all(self._folder, [Addition("claims.csv", CLAIM_COLUMNS, claims)])
        except (Refused, Busy) as error:
            for mistake in error.mistakes if isinstance(error, Refused) else ():
                say(mistake)
            say(f"{error}; e edits it, any key goes on")
            if _key() == "e" and len(of) == 1:
                self._edit(of[0])
            return
        self._decide(_Step(claims, of, done))

    def _edit(self, one: Record) -> None:
        claim = _claim(one)
        with redirect_stdout(sys.stderr):
            for name in EDITED:
                claim[name] = typer.prompt(
                    name, default=claim.get(name, ""), show_default=bool(claim.get(name))
                ).strip()
        one |= {name: claim[name] for name in COMPARED} | {"note": claim["note"]}
        self._add([one], [claim])

    def _take_all(self, one: Record) -> None:
        alike = [other for other in self._waiting if _likeness(other) == _likeness(one)]
        say(f"{len(alike):,} {_likeness(one)[1]} of this: y adds them all, n none; any other key goes back")
        key = _key()
        if key == "y":
            self._add(alike, [_claim(other) for other in alike])
        elif key == "n":
            self._decide(_Step([], alike, None))

    def _undo(self) -> None:
        if not self._steps:
            return
        step = self._steps[-1]
        if step.done:
            try:
                undo(self._folder, step.done)
            except Busy as error:
                say(f"{error}; any key goes on")
                _key()
                return
        self._steps.pop()
        self._waiting = [*step.of, *self._waiting]

    @staticmethod
    def _guess(one: Record, number: int) -> None:
        guesses = str(one["guesses"]).split("; ")
        if 0 < number <= len(guesses) and guesses[number - 1]:
            one["subject"], one["property"] = guesses[number - 1].split()

    def _show(self, one: Record) -> None:
        place = self._of - len(self._waiting) - len(self._later) + 1
        where = " ".join(filter(None, [str(one["copy"]), str(one["at"] or "")]))
        sure = "sure" if one["sure"] == "yes" else "not sure"
        amount = " ".join(filter(None, (str(one[name] or "") for name in ("value", "unit", "when"))))
        guesses = [guess for guess in str(one["guesses"]).split("; ") if guess]
        lines = [
            f"{place} of {self._of}: {where}",
            "",
            _sentence(one),
            "",
            f"{one['subject'] or '?'} {one['property'] or '?'}  {amount}",
            f"stated {one['stated']!r}, {one['state']}, {sure}" + (f": {one['also']}" if one["also"] else ""),
            *(f"  {number} {guess}" for number, guess in enumerate(guesses, 1)),
            "",
            HELP,
        ]
        if _draws():
            sys.stderr.write("\x1b[2J\x1b[H")
        for line in lines:
            say(line)


def _sentence(one: Record) -> str:
    """Return the sentence of a suggestion, with its words marked."""
    sentence, stated = " ".join(str(one["sentence"]).split())[:_ASIDE], " ".join(str(one["stated"]).split())
    return sentence.replace(stated, f"[{stated}]", 1)


def _claim(one: Record) -> dict[str, str]:
    """Return the row that a suggestion would be."""
    return {name: str(one.get(name) or "") for name in (*COMPARED, "note")} | {"type": str(one["type"])}


def _likeness(one: Mapping[str, object]) -> tuple[object, str]:
    """Return what suggestions of one kind have in common, and what to call them."""
    of = f"{one['subject']} {one['property']}".strip() or f"without a subject, in {one['unit'] or 'no unit'}"
    what = "dates" if one["type"] == "date" else "figures"
    return (one["type"], one["subject"], one["property"], "" if one["property"] else one["unit"]), f"{what} {clean(of)}"


def _draws() -> bool:
    return os.environ.get("TERM", "dumb") != "dumb"


def _key() -> str:
    """Return the key that is pressed, in lower case; empty where the keyboard is gone. What was typed ahead counts."""
    try:
        import termios
        import tty
    except ImportError:  # no terminal as POSIX has it
        return typer.getchar()[:1].lower()
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard, termios.TCSADRAIN)
        return os.read(keyboard, 1).decode("ascii", "replace").lower().strip("\x04")
    except OSError:  # the terminal was closed
        return ""
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
