"""The options and arguments that commands share: each is said once, and has one name everywhere."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from spectorcli.bundled import default_path, open_case
from spectorcli.cli.stderr import tell
from spectorcli.errors import SpectorError
from spectorcli.output import FORMATS
from spectorcli.plain import clean


def path(text: str | Path) -> Path:
    """Read a path; an empty one would quietly be the folder where one is."""
    if text == "":
        raise typer.BadParameter("it is empty; is a variable not set?")
    return Path(text)


COMPLETING = "_SPECTOR_COMPLETE" in os.environ
"""Set by the shell's own completion. Typer inspects every completer at every start, which costs a question 5 ms."""


def completing(kind: str | None) -> Callable[[str], Iterator[tuple[str, str]]] | None:
    """Offer the ids of a kind in the shell; without a case there is nothing to offer."""

    def complete(incomplete: str) -> Iterator[tuple[str, str]]:
        chosen = os.environ.get("SPECTOR_DB")
        try:
            with closing(open_case(Path(chosen) if chosen else default_path(), tell)) as case:
                for id, label in case.names(kind, incomplete):
                    yield (
                        clean(id),
                        clean(label).replace("[", "\\["),
                    )  # the shell gets it through Rich, which reads markup
        except (SpectorError, OSError, sqlite3.Error):
            return

    return complete if COMPLETING else None


def _complete_format(incomplete: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(incomplete)]


def _filter(name: str, kind: str, help: str) -> Any:
    return typer.Option(
        f"--{name}",
        f"-{name[0]}",
        help=help,
        metavar=name.upper(),
        autocompletion=completing(kind),
        show_default=False,
    )


Country = Annotated[str | None, _filter("country", "countries", "Only this country: DE, Germany, de.")]
Operation = Annotated[
    str | None,
    typer.Option(
        help="Only this operation, or all; if none, the case's own.",
        metavar="OPERATION",
        autocompletion=completing("operations"),
        show_default=False,
    ),
]
Person = Annotated[str | None, _filter("person", "people", "Only this person.")]
Market = Annotated[str | None, _filter("market", "markets", "Only this market.")]
Kind = Annotated[str | None, typer.Option("--kind", "-k", help="Only this kind.", metavar="KIND", show_default=False)]
Since = Annotated[
    str | None, typer.Option("--from", help="From this date: 2021, 2021-12 or 2021-12-31.", metavar="DATE")
]
Until = Annotated[str | None, typer.Option("--to", help="Up to and with this date.", metavar="DATE")]
What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT", help="An id, a name, or a part of one.", autocompletion=completing(None), show_default=False
    ),
]

Db = Annotated[
    Path | None,
    typer.Option(
        "--db", envvar="SPECTOR_DB", help="Another case file.", metavar="FILE", show_default=False, parser=path
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help=f"One of {', '.join(FORMATS)}.",
        metavar="FORMAT",
        autocompletion=_complete_format if COMPLETING else None,
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write to a file; its suffix tells the format.",
        metavar="FILE",
        show_default=False,
        parser=path,
    ),
]
SpreadsheetSafe = Annotated[
    bool, typer.Option("--spreadsheet-safe", help="In CSV, put ' before what a spreadsheet would take for a formula.")
]
Everything = Annotated[bool, typer.Option("--all", help="Draw more than 1,000 rows on a terminal.")]
