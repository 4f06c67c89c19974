"""Goes through suggestions on a terminal, one a screen: each decision is kept at once, so that nothing is lost."""

import datetime
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import typer

from spectorcli.add import Addition, Done, Trial, add_all, thing_meant, undo
from spectorcli.case import Record
from spectorcli.claiming import doubts, signature
from spectorcli.cli.stderr import say, tell
from spectorcli.compared import COMPARED
from spectorcli.errors import Busy, Refused
from spectorcli.escapes import clean
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.reading.rejected import COLUMNS as OF_REJECTED
from spectorcli.reading.rejected import rejection
from spectorcli.result import Result, columns
from spectorcli.vocabulary import REJECTED

EDITED = ("subject", "property", "value", "unit", "when", "at", "stated", "note")
"""What is asked for when it is edited."""

ADDED = columns("subject term, property term, value any type, type hidden, unit unit value, source term, stated text")

HELP = "y add  n no  s later  e edit  1-5 of what  a all like it  u undo  q quit"

_ASIDE = 1000
"""Characters of a sentence that are shown."""


class _Step(NamedTuple):
    """What was decided of some suggestions: which claims were added, none if they were rejected, and what was written.

    ``again`` are those of ``of`` that say the same once more.
    """

    claims: list[dict[str, str]]
    of: list[Record]
    done: Done
    again: int = 0


def accept(folder: Path, suggestions: Sequence[Record], initials: str, key: Callable[[], str] | None = None) -> Result:
    """Show suggestions one by one, add what is accepted, keep what is not wanted, and return what was added.

    With ``initials`` what was added one by one is signed: the row and its sentence stood on one screen. ``key`` returns
    the next key that is pressed, if that is not to come from the terminal.
    """
    session = _Session(folder, suggestions, initials, key or _key)
    try:
        session.run()
    finally:
        session.tell_rest()
    return Result("What was added", ADDED, [[row[one.name] for one in ADDED] for row in session.added()])


class _Session:
    def __init__(self, folder: Path, suggestions: Sequence[Record], initials: str, key: Callable[[], str]) -> None:
        self._folder = folder
        self._trial = Trial(folder)
        self._initials = initials
        self._key = key
        self._pressed = ""
        self._waiting = [_likely(one) for one in suggestions]
        self._as_read = {id(one): rejection(read) for one, read in zip(self._waiting, suggestions, strict=True)}
        self._later: list[Record] = []
        self._steps: list[_Step] = []
        self._of = len(self._waiting)

    def added(self) -> list[dict[str, str]]:
        """Return the claims that were added, in order."""
        return [claim for step in self._steps for claim in step.claims]

    def tell_rest(self) -> None:
        """Tell what became of the suggestions."""
        signed = sum(bool(claim.get("checked")) for claim in self.added())
        counts = {
            "added": len(self.added()),
            f"of them signed by {self._initials}": signed,
            "rejected": sum(len(step.of) for step in self._steps if not step.claims),
            "said again": sum(step.again for step in self._steps),
            "left": len(self._waiting) + len(self._later),
        }
        told = (f"{count:,} {what}" for what, count in counts.items() if count or what in ("added", "left"))
        tell(", ".join(told))

    def run(self) -> None:
        """Go on until nothing is left, or no more is wanted; what is for later comes again, once."""
        again = False
        while self._waiting or (self._later and not again):
            if not self._waiting:
                self._waiting, self._later, again = self._later, [], True
            self._show(self._waiting[0])
            key = self._key()
            if key in ("q", ""):
                return
            self._take(key)

    def _take(self, key: str) -> None:
        one = self._waiting[0]
        if key == "y":
            self._add([one], [_claim(one)])
        elif key == "n":
            self._reject([one])
        elif key == "s":
            self._later.append(self._waiting.pop(0))
        elif key == "e":
            self._edit(one)
        elif key == "a":
            self._take_all(one)
        elif key == "u":
            self._undo()
        elif key.isdecimal():
            _guess(one, int(key))

    def _decide(self, step: _Step) -> None:
        self._steps.append(step)
        self._waiting = [one for one in self._waiting if not any(one is taken for taken in step.of)]

    def _reject(self, of: list[Record]) -> None:
        """Keep that suggestions are not wanted, so that the next run does not ask again."""
        signature = f"{self._initials} {datetime.date.today()}" if self._initials else ""
        rows = {row["id"]: row | {"checked": signature} for row in (self._as_read[id(one)] for one in of)}
        written = self._write([Addition(f"{REJECTED}.csv", ("id", *OF_REJECTED, "checked"), [*rows.values()])])
        if written:
            self._decide(_Step([], of, written))

    def _add(self, of: list[Record], claims: list[dict[str, str]]) -> None:
        if not all(claim["subject"] and claim["property"] for claim in claims):
            self._wait("of what it is said is open: 1-5 takes a guess, e names it; any key goes on")
            return
        things = self._things(claims, str(of[0]["sentence"]))
        if things is None:
            return
        new = {row["id"]: one.name.removesuffix(".csv") for one in things for row in one.rows}
        for _, sentence in doubts(self._trial.case, claims, {}, new):
            if self._wait(f"{sentence}; add it all the same? y") != "y":
                return
        if self._initials and len(of) == 1 and _stands_in(claims[0]["stated"], of[0]):
            claims[0]["checked"] = signature(self._trial.case, claims[0], new, self._initials)
        done = self._write([*things, Addition("claims.csv", CLAIM_COLUMNS, claims)])
        if done:
            again = [one for one in self._waiting if any(_says_again(one, claim) for claim in claims) and one not in of]
            self._decide(_Step(claims, [*of, *again], done, len(again)))
        elif len(of) == 1 and self._pressed == "e":
            self._edit(of[0])

    def _write(self, additions: Sequence[Addition]) -> Done | None:
        """Add rows; if they are refused, say why and wait for a key."""
        try:
            return add_all(self._folder, additions, self._trial)
        except (Refused, Busy) as error:
            for mistake in error.mistakes if isinstance(error, Refused) else ():
                say(mistake)
            self._wait(f"{error}; e edits it, any key goes on")
            return None

    def _wait(self, line: str) -> str:
        _say_wrapped(line)
        self._pressed = self._key()
        return self._pressed

    def _things(self, claims: Sequence[Mapping[str, str]], sentence: str) -> list[Addition] | None:
        """Return the rows of what claims speak of and the case does not have; None if they are not wanted."""
        found: dict[str, list[dict[str, str]]] = {}
        for claim in {one["subject"]: one for one in claims}.values():
            case, id = self._trial.case, claim["subject"]
            if case.known.kind_of(id) is not None:
                continue
            kind, cells = thing_meant(id, claim["property"], case, sentence)
            told = ", ".join(f"{name} {cell}" for name, cell in cells.items())
            key = self._wait(
                f"new {kind} {id}{f': {told}' if told else ''}; add it too? y, e edits it, any key goes back"
            )
            if key == "e":
                cells = _asked({name: cells.get(name, "") for name in self._columns(kind)})
            elif key != "y":
                return None
            found.setdefault(kind, []).append({"id": id, **cells})
        return [Addition(f"{kind}.csv", ["id", *self._columns(kind)], rows) for kind, rows in found.items()]

    def _columns(self, kind: str) -> list[str]:
        return [column.name for column in self._trial.case.known.kinds[kind].columns]

    def _edit(self, one: Record) -> None:
        claim = _claim(one)
        claim |= _asked({name: claim.get(name, "") for name in EDITED})
        one |= {name: claim[name] for name in COMPARED} | {"note": claim["note"], "likely": False}
        self._add([one], [claim])

    def _take_all(self, one: Record) -> None:
        alike = [other for other in self._waiting if _likeness(other) == _likeness(one)]
        say(f"{len(alike):,} {_likeness(one)[1]} of this: y adds them all, n none; any other key goes back")
        key = self._key()
        if key == "y":
            self._add(alike, [_claim(other) for other in alike])
        elif key == "n":
            self._reject(alike)

    def _undo(self) -> None:
        if not self._steps:
            return
        step = self._steps[-1]
        try:
            undo(self._folder, step.done)
        except Busy as error:
            self._wait(f"{error}; any key goes on")
            return
        self._steps.pop()
        self._waiting = [*step.of, *self._waiting]

    def _show(self, one: Record) -> None:
        place = self._of - len(self._waiting) + 1
        where = " ".join(filter(None, [str(one["copy"]), str(one["at"] or "")]))
        sure = "sure" if one["sure"] == "yes" else "not sure"
        amount = " ".join(filter(None, (str(one[name] or "") for name in ("value", "unit", "when"))))
        guesses = [guess for guess in str(one["guesses"]).split("; ") if guess]
        lines = [
            f"{place} of {self._of}: {where}",
            "",
            _sentence(one),
            "",
            f"{one['subject'] or '?'} {one['property'] or '?'}  {amount}" + (" (a guess)" if one["likely"] else ""),
            f"stated {one['stated']!r}, {one['state']}, {sure}" + (f": {one['also']}" if one["also"] else ""),
            *(f"  {number} {guess}" for number, guess in enumerate(guesses, 1)),
            "",
            HELP,
        ]
        if _draws():
            sys.stderr.write("\x1b[2J\x1b[H")
        for line in lines:
            _say_wrapped(line)


def _say_wrapped(line: str) -> None:
    """Write a line to stderr, as several where the terminal is narrower; no id is parted."""
    width = shutil.get_terminal_size().columns
    for part in textwrap.wrap(clean(line), width, break_long_words=False, break_on_hyphens=False) or [""]:
        say(part)


def _likely(one: Record) -> Record:
    """Return a suggestion with the first of its guesses, if that is likely and nothing stands yet."""
    guessed = {**one, "likely": not one["subject"] and one["likely"] == "yes"}
    if guessed["likely"]:
        _guess(guessed, 1)
        guessed["likely"] = True
    return guessed


def _guess(one: Record, number: int) -> None:
    guesses, units = (str(one[name] or "").split("; ") for name in ("guesses", "units"))
    if 0 < number <= len(guesses) and guesses[number - 1]:
        one["subject"], one["property"] = guesses[number - 1].split()[:2]
        one["unit"], one["likely"] = units[number - 1], False


def _asked(cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells as somebody types them; Enter keeps one as it is, which is shown as text from a copy is."""
    shown = {name: f"{name} [{clean(cell)}]" if cell else name for name, cell in cells.items()}
    with redirect_stdout(sys.stderr):
        return {name: typer.prompt(shown[name], cell, show_default=False).strip() for name, cell in cells.items()}


def _sentence(one: Record) -> str:
    """Return the sentence of a suggestion, with its words marked."""
    sentence, stated = " ".join(str(one["sentence"]).split())[:_ASIDE], " ".join(str(one["stated"]).split())
    return sentence.replace(stated, f"[{stated}]", 1)


def _stands_in(stated: str, one: Record) -> bool:
    """Whether words stand in the sentence of a suggestion."""
    return bool(stated) and " ".join(stated.split()) in " ".join(str(one["sentence"]).split())


def _says_again(one: Record, claim: Mapping[str, str]) -> bool:
    """Whether a suggestion says what has been claimed of the same source."""
    return all(str(one[name] or "") == claim[name] for name in ("subject", "property", "value", "unit", "source"))


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
