"""What takes a case elsewhere: to another tool, or to a person."""

from __future__ import annotations  # evaluated for the command that is asked for, and for no other

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from spectorcli.cli.offers import ids_of, words
from spectorcli.cli.opening import open_asked
from spectorcli.cli.options import AsOf, Db, Reload, argument, option, path
from spectorcli.cli.question import Command, refuse_what_is_read
from spectorcli.cli.stderr import tell
from spectorcli.errors import UsageError
from spectorcli.exchange import EXPORTS, export

commands = typer.Typer()


def _exports(incomplete: str) -> list[tuple[str, str]]:
    return [(one.name, one.what) for one in EXPORTS.values() if one.name.startswith(incomplete)]


Redact = Annotated[
    str | None,
    option(help="people: who is not convicted gets a pseudonym.", metavar="people", offer=words(["people"])),
]


@commands.command("export", cls=Command, epilog="Example: spector export folder -o spector-case")
def export_(
    name: Annotated[str, argument("FORMAT", f"One of {', '.join(EXPORTS)}.", offer=_exports)],
    output: Annotated[Path, option("--output", "-o", help="Where to write it.", metavar="PATH", parser=path)],
    redact: Redact = None,
    db: Db = None,
    reload: Reload = False,
    as_of: AsOf = None,
) -> None:
    """Take the whole case to another tool.

    A format that cannot hold all of a case says on stderr what was left out.
    """
    refuse_what_is_read(output, [db])
    with closing(open_asked(db, reload, as_of)) as case:
        for left_out in export(case, name, output, redact):
            tell(left_out)


@commands.command("report", cls=Command, epilog="Example: spector report -o case.html")
def report_(
    output: Annotated[
        Path | None, option("--output", "-o", help="Where to write it: .html or .md.", metavar="FILE", parser=path)
    ] = None,
    format: Annotated[
        str | None, option("--format", "-f", help="html or md; else by suffix.", offer=words(["html", "md"]))
    ] = None,
    subject: Annotated[
        str | None,
        option(help="Only what is about this person, market, country…", metavar="WHAT", offer=ids_of(None)),
    ] = None,
    since: Annotated[
        Path | None,
        option("--since", help="Also what changed since this case folder or file.", metavar="CASE", parser=path),
    ] = None,
    redact: Redact = None,
    db: Db = None,
    reload: Reload = False,
    as_of: AsOf = None,
) -> None:
    """The case as one page to mail or print: figures, pictures, and every claim behind them."""
    from spectorcli import report
    from spectorcli.exchange.redacted import shown

    if since is not None and (subject is not None or redact is not None):
        raise UsageError("--since compares whole cases; leave out --subject and --redact")
    refuse_what_is_read(output, [db, since])
    with closing(open_asked(db, reload, as_of)) as case, shown(case, redact, tell) as page:
        about = page.id(case.meant(subject)[0]) if subject is not None else None
        report.write(page.case, format, output, about, page.people, page.refuse, since)
