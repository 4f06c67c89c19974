"""The options and arguments that commands share: each is said once, and has one name everywhere."""

from pathlib import Path
from typing import Annotated, Any

import typer

from spectorcli.cli.offers import ASKING, Offer, files, ids_of, words, words_for_kind
from spectorcli.errors import UsageError
from spectorcli.output import FORMATS


def option(*names: str, help: str, metavar: str | None = None, offer: Offer | None = None, **more: Any) -> Any:
    """Describe an option of which the help says what holds without it."""
    completer = _completer(offer, **more)
    return typer.Option(*names, help=help, metavar=metavar, autocompletion=completer, show_default=False, **more)


def argument(metavar: str, help: str, offer: Offer | None = None, **more: Any) -> Any:
    """Describe an argument of which the help says what holds without it."""
    completer = _completer(offer, **more)
    return typer.Argument(metavar=metavar, help=help, autocompletion=completer, show_default=False, **more)


def _completer(offer: Offer | None, parser: Any = None, **_: Any) -> Offer | None:
    return (offer or (files if parser is path else None)) if ASKING else None


def path(text: str | Path) -> Path:
    """Read a path; an empty one would quietly be the folder where one is."""
    if text == "":
        raise typer.BadParameter("it is empty; is a variable not set?")
    return Path(text)


def day(text: str, option: str) -> str:
    """Check a day, month or year: as ISO 8601 writes it, so that text order is time order.

    Raises:
        UsageError: it is none.
    """
    import re
    from datetime import date

    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    try:
        if not found:
            raise ValueError
        year, month, day = (int(part or 1) for part in found.groups())
        date(year, month, day)
    except ValueError:
        raise UsageError(f"{option} takes a date such as 2021, 2021-12 or 2021-12-31, not {text!r}") from None
    return text


def _filter(name: str, kind: str, help: str) -> Any:
    return option(f"--{name}", f"-{name[0]}", help=help, metavar=name.upper(), offer=ids_of(kind))


_WHOSE = "Only this operation, or all; if none, the case's own."

Country = Annotated[str | None, _filter("country", "countries", "Only this country: DE, Germany, de.")]
Operation = Annotated[str | None, option(help=_WHOSE, metavar="OPERATION", offer=ids_of("operations"))]
Person = Annotated[str | None, _filter("person", "people", "Only this person.")]
Market = Annotated[str | None, _filter("market", "markets", "Only this market.")]
Kind = Annotated[str | None, option("--kind", "-k", help="Only this kind.", metavar="KIND", offer=words_for_kind)]
Since = Annotated[str | None, option("--from", help="From this date: 2021, 2021-12 or 2021-12-31.", metavar="DATE")]
Until = Annotated[str | None, option("--to", help="Up to and with this date.", metavar="DATE")]
What = Annotated[str, argument("WHAT", "An id, a name, or a part of one.", ids_of(None))]

Db = Annotated[Path | None, option("--db", envvar="SPECTOR_DB", help="Another case file.", metavar="FILE", parser=path)]
LakeFolder = Annotated[
    Path | None,
    option("--lake", envvar="SPECTOR_LAKE", show_envvar=False, help="Of many cases.", metavar="LAKE", parser=path),
]
Only = Annotated[str | None, option("--only", help="This case of the lake.", metavar="CASE")]
Reload = Annotated[
    bool,
    option("--reload", envvar="SPECTOR_RELOAD", show_envvar=False, help="Build it again first if its folder changed."),
]
AsOf = Annotated[
    str | None,
    option(
        "--as-of", envvar="SPECTOR_AS_OF", show_envvar=False, help="Only what was published by then.", metavar="DATE"
    ),
]
FormatName = Annotated[
    str | None, option("--format", "-f", help=f"One of {', '.join(FORMATS)}.", metavar="FORMAT", offer=words(FORMATS))
]
Output = Annotated[
    Path | None,
    option("--output", "-o", help="Write to a file; its suffix tells the format.", metavar="FILE", parser=path),
]
SpreadsheetSafe = Annotated[
    bool, option("--spreadsheet-safe", help="In CSV, put ' before what a spreadsheet would take for a formula.")
]
Everything = Annotated[bool, option("--all", help="Draw more than 1,000 rows on a terminal.")]
