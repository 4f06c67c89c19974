"""The options and arguments that commands share: each is said once, and has one name everywhere."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from spectorcli.bundled import default_path, open_case
from spectorcli.cli.stderr import tell
from spectorcli.errors import SpectorError
from spectorcli.escapes import clean
from spectorcli.output import FORMATS

Offer = Callable[[str], Iterable[str | tuple[str, str]]]
"""What the shell may complete a beginning to, each with what it means."""

COMPLETING = "_SPECTOR_COMPLETE" in os.environ
"""Set by the shell's own completion. Typer inspects every completer at every start, which costs a question 5 ms."""


def option(*names: str, help: str, metavar: str | None = None, offer: Offer | None = None, **more: Any) -> Any:
    """Describe an option of which the help says what holds without it."""
    completer = offer if COMPLETING else None
    return typer.Option(*names, help=help, metavar=metavar, autocompletion=completer, show_default=False, **more)


def argument(metavar: str, help: str, offer: Offer | None = None, **more: Any) -> Any:
    """Describe an argument of which the help says what holds without it."""
    completer = offer if COMPLETING else None
    return typer.Argument(metavar=metavar, help=help, autocompletion=completer, show_default=False, **more)


def path(text: str | Path) -> Path:
    """Read a path; an empty one would quietly be the folder where one is."""
    if text == "":
        raise typer.BadParameter("it is empty; is a variable not set?")
    return Path(text)


def ids_of(kind: str | None) -> Offer:
    """Offer the ids of a kind, or of all; without a case there is nothing to offer."""

    def offer(beginning: str) -> Iterator[tuple[str, str]]:
        chosen = os.environ.get("SPECTOR_DB")
        try:
            with closing(open_case(Path(chosen) if chosen else default_path(), tell)) as case:
                for id, label in case.names(kind, beginning):
                    yield clean(id), clean(label).replace("[", "\\[")  # Rich, which reads markup, hands it to the shell
        except (SpectorError, OSError, sqlite3.Error):
            return

    return offer


def _formats(beginning: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(beginning)]


def _filter(name: str, kind: str, help: str) -> Any:
    return option(f"--{name}", f"-{name[0]}", help=help, metavar=name.upper(), offer=ids_of(kind))


_WHOSE = "Only this operation, or all; if none, the case's own."

Country = Annotated[str | None, _filter("country", "countries", "Only this country: DE, Germany, de.")]
Operation = Annotated[str | None, option(help=_WHOSE, metavar="OPERATION", offer=ids_of("operations"))]
Person = Annotated[str | None, _filter("person", "people", "Only this person.")]
Market = Annotated[str | None, _filter("market", "markets", "Only this market.")]
Kind = Annotated[str | None, option("--kind", "-k", help="Only this kind.", metavar="KIND")]
Since = Annotated[str | None, option("--from", help="From this date: 2021, 2021-12 or 2021-12-31.", metavar="DATE")]
Until = Annotated[str | None, option("--to", help="Up to and with this date.", metavar="DATE")]
What = Annotated[str, argument("WHAT", "An id, a name, or a part of one.", ids_of(None))]

Db = Annotated[Path | None, option("--db", envvar="SPECTOR_DB", help="Another case file.", metavar="FILE", parser=path)]
Reload = Annotated[
    bool,
    option("--reload", envvar="SPECTOR_RELOAD", show_envvar=False, help="Build it again first if its folder changed."),
]
FormatName = Annotated[
    str | None, option("--format", "-f", help=f"One of {', '.join(FORMATS)}.", metavar="FORMAT", offer=_formats)
]
Output = Annotated[
    Path | None,
    option("--output", "-o", help="Write to a file; its suffix tells the format.", metavar="FILE", parser=path),
]
SpreadsheetSafe = Annotated[
    bool, option("--spreadsheet-safe", help="In CSV, put ' before what a spreadsheet would take for a formula.")
]
Everything = Annotated[bool, option("--all", help="Draw more than 1,000 rows on a terminal.")]
