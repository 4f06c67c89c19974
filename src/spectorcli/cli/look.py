"""What is looked at: each question is a signature, one sentence and one return."""

from __future__ import annotations  # evaluated for the command that is asked for, and for no other

import os
from contextlib import closing
from typing import Annotated, NamedTuple

import typer

from spectorcli import __version__
from spectorcli.answers.graph import DEPTHS
from spectorcli.cli.offers import ids_of, kinds, words
from spectorcli.cli.opening import open_asked
from spectorcli.cli.options import (
    AsOf,
    Country,
    Db,
    Kind,
    LakeFolder,
    Market,
    Only,
    Operation,
    Person,
    Reload,
    Since,
    Until,
    What,
    argument,
    day,
    option,
)
from spectorcli.cli.question import Asked, question, taken_out
from spectorcli.cli.stderr import tell
from spectorcli.errors import UsageError
from spectorcli.output import show, write
from spectorcli.result import Look, Result
from spectorcli.statements import questions, sql_of

commands = typer.Typer()


def spector(
    context: typer.Context,
    db: Db = None,
    reload: Reload = False,
    as_of: AsOf = None,
    lake: LakeFolder = None,
    only: Only = None,
    version: Annotated[bool, option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Answers questions about a law-enforcement case, and says who says so. Alone: the case on one screen.

    Every question also takes --all (draw more than 1,000 rows on a terminal), --reload (build the case
    again first if its folder changed) and --spreadsheet-safe (disarm what a spreadsheet would run).
    With --lake LAKE it is answered of many cases, with --only CASE of one of them: see spector corpus.
    """
    if version:
        write(f"spector {__version__}\n", None)
        raise typer.Exit
    if only is not None:
        db = taken_out(db, lake, only)
    elif lake:
        os.environ["SPECTOR_LAKE"] = str(lake)  # a command may still name another
    if context.invoked_subcommand is None:
        from spectorcli.answers.overview import overview

        with closing(open_asked(db, reload, as_of)) as case:
            show(overview(case), None, None, everything=True)
        return
    if db:
        os.environ["SPECTOR_DB"] = str(db)  # a command may still name another
    if reload:
        os.environ["SPECTOR_RELOAD"] = "1"
    if as_of is not None:
        os.environ["SPECTOR_AS_OF"] = as_of


@question(commands, "spector timeline --from 2021-12 --to 2022")
def timeline(
    asked: Asked,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    country: Country = None,
    person: Person = None,
    market: Market = None,
    operation: Operation = None,
    chart: Annotated[bool, option("--chart", help="Draw it on an axis of time.")] = False,
) -> Result:
    """What happened when."""
    if since and until and since > until + "~":
        raise UsageError(f"--from {since} is after --to {until}")
    filters = {"kind": kind, "country": country, "person": person, "market": market, "operation": operation}
    result = asked.ask("timeline", **{"from": _day(since, "--from"), "to": _day(until, "--to")}, **filters)
    return result._replace(look=Look.CHART) if chart else result


@question(commands, "spector arrests --country DE")
def arrests(asked: Asked, country: Country = None, operation: Operation = None) -> Result:
    """How many people were arrested, where, and whether the parts add up."""
    return asked.ask("arrests", country=country, operation=operation)


@question(commands, "spector seizures --kind drugs")
def seizures(asked: Asked, kind: Kind = None, country: Country = None, operation: Operation = None) -> Result:
    """What was taken, and how much of it is itemised."""
    return asked.ask("seizures", kind=kind, country=country, operation=operation)


@question(commands, "spector operations -o series.csv")
def operations(asked: Asked) -> Result:
    """The operations of the series side by side."""
    return asked.ask("operations")


@question(commands, "spector agencies --country DE")
def agencies(asked: Asked, country: Country = None, operation: Operation = None) -> Result:
    """The authorities that took part, and in what."""
    return asked.ask("agencies", country=country, operation=operation)


@question(commands, "spector countries --operation all")
def countries(asked: Asked, operation: Operation = None) -> Result:
    """The countries that took part, with their arrests."""
    return asked.ask("countries", operation=operation)


@question(commands, "spector people -f md")
def people(asked: Asked) -> Result:
    """People named: their role and the state of any case against them."""
    return asked.ask("people")


@question(commands, "spector markets -f json")
def markets(asked: Asked) -> Result:
    """The markets: operators, dates, turnover."""
    return asked.ask("markets")


@question(commands, "spector proceedings --person desnica", bundled=True)
def proceedings(asked: Asked, person: Person = None, operation: Operation = None) -> Result:
    """The cases before a court, and how they stand."""
    return asked.ask("proceedings", person=person, operation=operation)


@question(commands, "spector statements --person garland", bundled=True)
def statements(asked: Asked, person: Person = None, operation: Operation = None) -> Result:
    """Public statements, summarised."""
    return asked.ask("statements", person=person, operation=operation)


@question(commands, "spector sources --kind official")
def sources(
    asked: Asked,
    kind: Kind = None,
    reliability: Annotated[
        str | None, option(help="Only this Admiralty letter, A to F.", metavar="LETTER", offer=words("ABCDEF"))
    ] = None,
) -> Result:
    """The sources, with their reliability and what they take from others."""
    if reliability is not None and reliability.upper() not in tuple("ABCDEF"):
        raise UsageError(f"reliability is a letter from A to F, not {reliability!r}")
    return asked.ask("sources", kind=kind, reliability=reliability and reliability.upper())


@question(commands, "spector list seizures")
def list_(
    asked: Asked,
    kind: Annotated[str, argument("KIND", "A kind of spector fields, also one of the case's own.", kinds)],
) -> Result:
    """All things of any kind, with their best values, how sure they are, and what else is said."""
    from spectorcli.answers.listing import listing

    return listing(asked.case, kind)


@question(commands, "spector show desnica", bundled=True)
def show_(asked: Asked, what: What) -> Result:
    """Everything said about one thing, and what points to it."""
    from spectorcli.answers.show import show

    return show(asked.case, what)


@question(commands, 'spector search "monopoly market"', bundled=True)
def search(asked: Asked, text: Annotated[list[str], argument("TEXT", "Words, a 'phrase', or a pre*.")]) -> Result:
    """Full text over things, their names, and claims; best match first."""
    if asked.all_cases:
        from spectorcli.corpus import across

        return across.search(asked.all_cases, " ".join(text))
    from spectorcli.answers.search import search

    return search(asked.case, " ".join(text))


@question(commands, "spector graph desnica", bundled=True)
def graph(
    asked: Asked,
    what: Annotated[
        str | None, argument("[WHAT]", "An id or a name; if none, the case's own operation.", offer=ids_of(None))
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=DEPTHS, help="How many steps to go.", metavar="STEPS")] = 1,
) -> Result:
    """What a thing is linked to, as a tree.

    Each link is shown once, and a thing is opened where it first comes up.
    For a picture, or for tools such as Gephi: spector export graph.
    """
    from spectorcli.answers.graph import graph

    return graph(asked.case, what, depth)


class Parameter(NamedTuple):
    """A named parameter of a statement, and its value."""

    name: str
    value: str


@question(commands, 'spector sql "select id, title from events where kind = :kind" -p kind seizure', dashes=True)
def sql(
    asked: Asked,
    statement: Annotated[str | None, argument("[SQL]", "One statement that only reads.")] = None,
    parameter: Annotated[
        list[Parameter] | None,
        option(
            "--parameter",
            "-p",
            click_type=(str, str),  # Typer itself knows no pairs that can be repeated
            help="A :name in it and its value, always text; one that is not given is null. Repeatable.",
            metavar="NAME VALUE",
        ),
    ] = None,
    shown: Annotated[
        str | None,
        option(
            "--show",
            help="Print the SQL of a question instead.",
            metavar="QUESTION",
            offer=words(questions()),
        ),
    ] = None,
    limit: Annotated[int, typer.Option(help="No more rows than this; 0: all.", metavar="ROWS", min=0)] = 10_000,
    timeout: Annotated[
        float, typer.Option(help="Stop after so much time, with exit code 4.", metavar="SECONDS", min=0.1, max=86_400)
    ] = 10,
) -> Result | str:
    """Run a read-only SQL query on the case.

    The tables are those of spector fields, and claims, facts, links and entities.
    """
    if (statement is None) == (shown is None):
        raise UsageError('give a statement, such as "select * from arrests", or --show QUESTION')
    if timeout != timeout:  # no number is in no range, and so passes
        raise UsageError("--timeout takes a number of seconds, not nan")
    if statement is None:
        return sql_of(str(shown))
    from spectorcli.answers.sandbox import query

    return query(asked.case.path, statement, dict(parameter or ()), rows=limit, seconds=timeout, tell=tell)


@question(commands, "spector fields arrests")
def fields(
    asked: Asked, kind: Annotated[str | None, argument("[KIND]", "Only this kind.", offer=kinds)] = None
) -> Result:
    """Every column and property with type, unit and meaning."""
    return asked.ask("fields", kind=kind)


def _day(text: str | None, option: str) -> str | None:
    return None if text is None else day(text, option)
