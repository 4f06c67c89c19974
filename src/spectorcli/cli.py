"""The command line: a command is a signature, one sentence and one return.

A command asks and returns; ``question`` adds the options that all share, opens the case and shows what
came back. Only ``main`` writes to stderr and decides the exit code.
"""

import inspect
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, redirect_stdout
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn, ParamSpec, TypeVar

import typer

from spectorcli import __version__
from spectorcli.bundled import SEED, default_path, load_bundled, open_case
from spectorcli.case import DEPTHS, SEVERITIES, Case
from spectorcli.errors import EnvironmentFailed, LimitReached, NotFound, Refused, SpectorError, UsageError
from spectorcli.exchange import EXPORTS, as_case_folder, export
from spectorcli.output import FORMATS, show, write
from spectorcli.plain import clean
from spectorcli.result import Result
from spectorcli.statements import sql_of

LOOK, WEIGH, ENTER, MOVE = "Look", "Weigh", "Enter", "Move"
"""The groups of commands in ``--help``."""

app = typer.Typer(
    name="spector",
    epilog="Start with: spector timeline",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


P = ParamSpec("P")
T = TypeVar("T")


def reads_text(command: Callable[P, T]) -> Callable[P, T]:
    """Make a command read its texts as UTF-8, whatever the locale says: a terminal sends it, a case is written in it.

    A path keeps the bytes that the shell gave.

    Raises:
        UsageError: a text is not UTF-8, and so nothing that a case or an option may be called.
    """

    @wraps(command)
    def run(*args: P.args, **asked: P.kwargs) -> T:
        for name, value in asked.items():
            asked[name] = _as_utf8(value)
        return command(*args, **asked)

    return run


def _as_utf8(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_as_utf8, value))
    try:
        return os.fsencode(value).decode() if isinstance(value, str) else value
    except UnicodeDecodeError as error:
        raise UsageError(f"the argument {error.object!r} is not UTF-8") from None


def _path(text: str | Path) -> Path:
    """Read a path; an empty one would quietly be the folder where one is."""
    if text == "":
        raise typer.BadParameter("it is empty; is a variable not set?")
    return Path(text)


COMPLETING = "_SPECTOR_COMPLETE" in os.environ
"""Set by the shell's own completion. Typer inspects every completer at every start, which costs a question 5 ms."""


def _completing(kind: str | None) -> Callable[[str], Iterator[tuple[str, str]]] | None:
    """Offer the ids of a kind in the shell; without a case there is nothing to offer."""

    def complete(incomplete: str) -> Iterator[tuple[str, str]]:
        chosen = os.environ.get("SPECTOR_DB")
        try:
            with closing(open_case(Path(chosen) if chosen else default_path(), _tell)) as case:
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


def _complete_export(incomplete: str) -> list[tuple[str, str]]:
    return [(one.name, one.what) for one in EXPORTS.values() if one.name.startswith(incomplete)]


def _filter(name: str, kind: str, help: str) -> Any:
    return typer.Option(
        f"--{name}",
        f"-{name[0]}",
        help=help,
        metavar=name.upper(),
        autocompletion=_completing(kind),
        show_default=False,
    )


Country = Annotated[str | None, _filter("country", "countries", "Only this country: DE, Germany, de.")]
Operation = Annotated[
    str | None,
    typer.Option(
        help="Only this operation, or all; if none, the case's own.",
        metavar="OPERATION",
        autocompletion=_completing("operations"),
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
        metavar="WHAT", help="An id, a name, or a part of one.", autocompletion=_completing(None), show_default=False
    ),
]

Db = Annotated[
    Path | None,
    typer.Option(
        "--db", envvar="SPECTOR_DB", help="Another case file.", metavar="FILE", show_default=False, parser=_path
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
        parser=_path,
    ),
]
SpreadsheetSafe = Annotated[
    bool, typer.Option("--spreadsheet-safe", help="In CSV, put ' before what a spreadsheet would take for a formula.")
]
Everything = Annotated[bool, typer.Option("--all", help="Draw more than 1,000 rows on a terminal.")]

Command = Callable[..., Result | str]
"""A text, where the answer is no table, is written as it is."""


def _shared(
    *,
    db: Db = None,
    format: FormatName = None,
    output: Output = None,
    everything: Everything = False,
    spreadsheet_safe: SpreadsheetSafe = False,
) -> None:
    """Hold the options that every question takes."""


SHARED = list(inspect.signature(_shared).parameters.values())


def question(example: str, group: str = LOOK, *, dashes: bool = False) -> Callable[[Command], Command]:
    """Make a command of a function that asks a case: add the shared options, open, and show.

    A command that has a meaning of its own for ``--all`` takes ``everything`` as a parameter, and one
    with ``db`` in place of ``case`` opens what it needs itself; one whose argument may begin with ``--``
    says so with ``dashes``.
    """

    def decorate(command: Command) -> Command:
        @reads_text
        def run(
            *,
            db: Db,
            format: FormatName,
            output: Output,
            everything: Everything,
            spreadsheet_safe: SpreadsheetSafe,
            **asked: Any,
        ) -> None:
            asked |= {name: value for name, value in (("db", db), ("everything", everything)) if name in taken}
            with ExitStack() as stack:
                if "case" in taken:
                    asked["case"] = stack.enter_context(closing(open_case(db, _tell)))
                result = command(**asked)
                _stop_when_unread()
                if isinstance(result, str):
                    write(result, output)
                    return
                show(result, format, output, everything, safe=spreadsheet_safe, tell=_tell)
            if result.exit_code:
                raise typer.Exit(result.exit_code)

        taken = inspect.signature(command).parameters
        apart = {"case", *(p.name for p in SHARED)}
        parameters = [p.replace(kind=p.KEYWORD_ONLY) for p in taken.values() if p.name not in apart] + SHARED
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        run.__doc__ = command.__doc__
        name = command.__name__.removesuffix("_")
        settings = {"ignore_unknown_options": dashes}
        app.command(name, rich_help_panel=group, epilog=f"Example: {example}", context_settings=settings)(run)
        return command

    return decorate


@app.callback(invoke_without_command=True)
def spector(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Answers questions about a law-enforcement case, and says who says so. Alone: the case on one screen."""
    if version:
        typer.echo(f"spector {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        chosen = os.environ.get("SPECTOR_DB")
        with closing(open_case(Path(chosen) if chosen else None, _tell)) as case:
            show(case.overview(), None, None, everything=True)


@question("spector timeline --from 2021-12 --to 2022")
def timeline(
    case: Case,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    country: Country = None,
    person: Person = None,
    market: Market = None,
    operation: Operation = None,
    chart: Annotated[bool, typer.Option("--chart", help="Draw it on an axis of time.")] = False,
) -> Result:
    """What happened when."""
    if since and until and since > until + "~":
        raise UsageError(f"--from {since} is after --to {until}")
    filters = {"kind": kind, "country": country, "person": person, "market": market, "operation": operation}
    result = case.ask("timeline", **{"from": _day(since, "--from"), "to": _day(until, "--to")}, **filters)
    return result._replace(look="chart") if chart else result


@question("spector arrests --country DE")
def arrests(case: Case, country: Country = None, operation: Operation = None) -> Result:
    """How many people were arrested, where, and whether the parts add up."""
    return case.ask("arrests", country=country, operation=operation)


@question("spector seizures --kind drugs")
def seizures(case: Case, kind: Kind = None, country: Country = None, operation: Operation = None) -> Result:
    """What was taken, and how much of it is itemised."""
    return case.ask("seizures", kind=kind, country=country, operation=operation)


@question("spector operations -o series.csv")
def operations(case: Case) -> Result:
    """The operations of the series side by side."""
    return case.ask("operations")


@question("spector agencies --country DE")
def agencies(case: Case, country: Country = None, operation: Operation = None) -> Result:
    """The authorities that took part, and in what."""
    return case.ask("agencies", country=country, operation=operation)


@question("spector countries --operation all")
def countries(case: Case, operation: Operation = None) -> Result:
    """The countries that took part, with their arrests."""
    return case.ask("countries", operation=operation)


@question("spector people -f md")
def people(case: Case) -> Result:
    """Who is named, in which part, and how a case against them stands."""
    return case.ask("people")


@question("spector markets -f json")
def markets(case: Case) -> Result:
    """The markets: who ran them, when, and what was turned over."""
    return case.ask("markets")


@question("spector proceedings --person desnica")
def proceedings(case: Case, person: Person = None, operation: Operation = None) -> Result:
    """The cases before a court, and how they stand."""
    return case.ask("proceedings", person=person, operation=operation)


@question("spector statements --person garland")
def statements(case: Case, person: Person = None, operation: Operation = None) -> Result:
    """Who said what, as gist."""
    return case.ask("statements", person=person, operation=operation)


@question("spector sources --kind official")
def sources(
    case: Case,
    kind: Kind = None,
    reliability: Annotated[
        str | None, typer.Option(help="Only this Admiralty letter, A to F.", metavar="LETTER")
    ] = None,
) -> Result:
    """The sources, with their reliability and what they take from others."""
    if reliability is not None and reliability.upper() not in tuple("ABCDEF"):
        raise UsageError(f"reliability is a letter from A to F, not {reliability!r}")
    return case.ask("sources", kind=kind, reliability=reliability and reliability.upper())


@question("spector show desnica")
def show_(case: Case, what: What) -> Result:
    """Everything said about one thing, and what points to it."""
    return case.show(what)


@question('spector search "monopoly market"')
def search(
    case: Case, text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words, a 'phrase', or a pre*.")]
) -> Result:
    """Full text over things, their names, and claims; best match first."""
    return case.search(" ".join(text))


@question("spector graph desnica")
def graph(
    case: Case,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHAT]",
            help="An id or a name; if none, the case's own operation.",
            autocompletion=_completing(None),
            show_default=False,
        ),
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=DEPTHS, help="How many steps to go.", metavar="STEPS")] = 1,
) -> Result:
    """What a thing is linked to, as a tree.

    Each link is shown once, and a thing is opened where it first comes up.
    For a picture, or for tools such as Gephi: spector export graph.
    """
    return case.graph(what, depth)


class Parameter(NamedTuple):
    """A named parameter of a statement, and its value."""

    name: str
    value: str


@question('spector sql "select id, title from events where kind = :kind" -p kind seizure', dashes=True)
def sql(
    statement: Annotated[
        str | None, typer.Argument(metavar="[SQL]", help="One statement that only reads.", show_default=False)
    ] = None,
    parameter: Annotated[
        list[Parameter] | None,
        typer.Option(
            "--parameter",
            "-p",
            click_type=(str, str),  # Typer itself knows no pairs that can be repeated
            help="A :name in it and its value, always text; one that is not given is null. Repeatable.",
            metavar="NAME VALUE",
            show_default=False,
        ),
    ] = None,
    shown: Annotated[
        str | None,
        typer.Option("--show", help="Print the SQL of a question instead.", metavar="QUESTION", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(help="No more rows than this; 0: all.", metavar="ROWS", min=0)] = 10_000,
    timeout: Annotated[
        int, typer.Option(help="Stop after so much time, with exit code 4.", metavar="SECONDS", min=1, max=86_400)
    ] = 10,
    db: Db = None,
) -> Result | str:
    """Ask in SQL: reads this case and nothing else.

    The tables are those of spector fields, and claims, facts, links and entities.
    """
    if (statement is None) == (shown is None):
        raise UsageError('give a statement, such as "select * from arrests", or --show QUESTION')
    if statement is None:
        return sql_of(str(shown))
    from spectorcli.sandbox import query

    open_case(db, _tell).close()  # which builds the bundled case if it is not there
    return query(db or default_path(), statement, dict(parameter or ()), rows=limit, seconds=timeout, tell=_tell)


@question("spector fields arrests")
def fields(
    case: Case, kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="Only this kind.")] = None
) -> Result:
    """Every column and property with type, unit and meaning."""
    return case.ask("fields", kind=kind)


@question("spector why US count", WEIGH)
def why(
    case: Case,
    what: What,
    name: Annotated[str | None, typer.Argument(metavar="[PROPERTY]", help="What is said of it.")] = None,
) -> Result:
    """Each claim, its source, origin and grade, and why the best one won."""
    return case.why(what, name)


@question("spector conflicts", WEIGH)
def conflicts(
    case: Case,
    what: Annotated[
        str | None, typer.Argument(metavar="[WHAT]", help="Only about this and what belongs to it.")
    ] = None,
    everything: Everything = False,
) -> Result:
    """Where sources disagree, open disputes first; with --all also figures that are only coarser."""
    return case.conflicts(what, everything)


@question("spector check --severity note", WEIGH)
def check(
    case: Case,
    kind: Annotated[str | None, typer.Option("--kind", "-k", help="Only this finding.", metavar="FINDING")] = None,
    severity: Annotated[
        str | None,
        typer.Option(
            help="The mildest to show: error, warning or note. If none is named: warning, with --kind note.",
            metavar="SEVERITY",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if there are errors.")] = False,
) -> Result:
    """What does not add up: parts, counts, dates, rates, lone sources."""
    if severity is not None and severity not in SEVERITIES:
        raise UsageError(f"no severity {severity!r}; there are: {', '.join(SEVERITIES)}")
    return case.check(kind, severity, strict)


@question("spector verify --copies copies", WEIGH)
def verify(
    case: Case,
    copies: Annotated[
        Path, typer.Option(help="A folder of copies, each named by its source id.", metavar="DIR", parser=_path)
    ],
    folder: Annotated[
        Path | None,
        typer.Option("--case", help="The case folder, which keeps the record.", metavar="DIR", parser=_path),
    ] = None,
    record: Annotated[
        bool,
        typer.Option(
            "--record", help="Keep the SHA-256 of each copy in copies.sha256 there; later runs tell what changed."
        ),
    ] = False,
    everything: Everything = False,
) -> Result:
    """Is what each claim states really in your copy of its source? Exit 1 if something is not.

    Copies are text, HTML, Markdown or PDF, named by source id.
    What counts as a match: equal after Unicode NFKC, whatever the case,
    white space, thousands separators, kinds of hyphens and of quotes;
    number words up to twenty count as numbers, reference marks such as [12]
    are dropped, and 53 is not found inside 153, 53.4 or 53rd.
    Verdicts: found; elsewhere (not at the place named); anywhere (the copy has
    no such place); figure (its figures, not its words); not-found; unreadable;
    no-copy (listed with --all).
    """
    from spectorcli.copies import verify as compare

    if record and folder is None:
        raise UsageError("--record needs the case folder; name it with --case DIR")
    return compare(case.stated(), copies, folder, record=record, everything=everything)


@app.command(rich_help_panel=WEIGH, epilog="Example: spector cite europol-2023-05-02 --style bibtex")
@reads_text
def cite(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help="Sources, or things: then the sources of their best values.",
            autocompletion=_completing("sources"),
            show_default=False,
        ),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option(
            help="plain, bibtex (as biblatex reads it) or csl (CSL-JSON); if none, as the suffix .bib or .json says.",
            metavar="STYLE",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All sources.")] = False,
    db: Db = None,
    output: Output = None,
) -> None:
    """A reference to a source, or to the sources of a figure."""
    from spectorcli.cite import SUFFIXES, references

    if style is None:
        style = SUFFIXES.get(output.suffix.lower(), "plain") if output else "plain"
    if bool(what) == everything:
        raise UsageError("name what to cite, or give --all")
    with closing(open_case(db, _tell)) as case:
        text = references(case.cited(what or []), style)
    _stop_when_unread()
    write(text, output)


@app.command(rich_help_panel=ENTER, epilog="Example: spector init mynewcase")
@reads_text
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make.", show_default=False, parser=_path)
    ],
    start: Annotated[
        str, typer.Option("--from", help="example: a few invented rows; bundled: the bundled case.", metavar="CASE")
    ] = "example",
) -> None:
    """Begin a case folder of your own, which loads at once."""
    from spectorcli.starter import init

    if start not in {"example", "bundled"}:
        raise UsageError(f"--from takes example or bundled, not {start!r}")
    init(folder, bundled=start == "bundled")
    _tell(f"made {folder}; its README.md explains it; load it with: spector load {folder}")


@app.command(rich_help_panel=ENTER, epilog="Example: spector load mycase --db mycase.db")
@reads_text
def load(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="The case folder, or a FollowTheMoney file; the bundled case if none.",
            show_default=False,
            parser=_path,
        ),
    ] = None,
    more: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CLAIMS]...", help="Further files like its claims.csv.", show_default=False, parser=_path
        ),
    ] = None,
    db: Db = None,
    check: Annotated[bool, typer.Option("--check", help="Only look for mistakes; write nothing.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Say where the time went.")] = False,
) -> None:
    """Build a case file from a folder of CSV files."""
    from spectorcli.load import load as loader
    from spectorcli.load.clock import Clock
    from spectorcli.pretty import track

    clock = Clock()
    with as_case_folder(folder or SEED) as place:
        if check:
            result = loader.check(place, more or (), track=track, clock=clock)
            result = result._replace(title=result.title.replace(str(place), str(folder or SEED)))
        elif folder is None:
            result = load_bundled(db or default_path(), clock)
        else:
            result = loader.load(place, db or default_path(), more or (), track=track, clock=clock)
            if db is None:
                _tell("questions now answer from this case; spector load alone brings the bundled one back")
    show(result, None, None, everything=True)
    if profile:
        show(clock.profile("Where the time went"), None, None, everything=True)


@question("spector diff mycase", ENTER)
def diff(
    before: Annotated[
        Path, typer.Argument(metavar="A", help="A case folder or a case file.", show_default=False, parser=_path)
    ],
    after: Annotated[
        Path | None,
        typer.Argument(
            metavar="[B]", help="Another; if none, what questions answer from.", show_default=False, parser=_path
        ),
    ] = None,
    db: Db = None,
) -> Result:
    """What was added, removed and corrected from one case to another."""
    from spectorcli.diff import diff

    if after is None:
        open_case(db, _tell).close()  # which builds the bundled case if it is not there
    return diff(before, after or db or default_path())


adding = typer.Typer(
    epilog="Example: spector add claim arrests-spector count 288 --source europol-2023-05-02 --at title --case mycase"
)
app.add_typer(adding, name="add", rich_help_panel=ENTER, help="Add a claim or a source to a case folder.")

Into = Annotated[Path, typer.Option("--case", help="The case folder.", metavar="DIR", parser=_path)]


def _cell(help: str, *names: str) -> Any:
    return typer.Option(*names, help=help, metavar="TEXT", show_default=False)


@adding.command(
    "claim",
    epilog="Example: spector add claim arrests-spector count 288 --source europol-2023-05-02 --at title --case mycase",
)
@reads_text
def add_claim(
    subject: Annotated[
        str | None, typer.Argument(metavar="SUBJECT", help="The id of the thing.", show_default=False)
    ] = None,
    property: Annotated[
        str | None, typer.Argument(metavar="PROPERTY", help="What is said of it: count.", show_default=False)
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="The value: 288, ~300, 2021-12.", show_default=False)
    ] = None,
    source: Annotated[str | None, _cell("The id of the source.")] = None,
    unit: Annotated[str | None, _cell("Its unit, where there are several.")] = None,
    when: Annotated[str | None, _cell("When the value held, if it changes.")] = None,
    at: Annotated[str | None, _cell("Where in the source.")] = None,
    stated: Annotated[str | None, _cell("The figure as the source puts it.")] = None,
    rank: Annotated[str | None, _cell("preferred or deprecated, with the reason in --note.")] = None,
    note: Annotated[str | None, _cell("A remark in your own words.")] = None,
    folder: Into = Path(),
) -> None:
    """Append a row to claims.csv; on a terminal it asks for what is missing."""
    from spectorcli.exchange.folder import CLAIM_DESCRIPTIONS

    given = locals()
    _add(folder, "claims.csv", given, CLAIM_DESCRIPTIONS, ("subject", "property", "value", "source"))


@adding.command(
    "source", epilog="Example: spector add source court-2024 --title Judgement --kind court --reliability A"
)
@reads_text
def add_source(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="Its id: publisher-date.", show_default=False)] = None,
    title: Annotated[str | None, _cell("Its title.")] = None,
    kind: Annotated[str | None, _cell("official, court, press, encyclopedia or blog.")] = None,
    reliability: Annotated[str | None, _cell("Admiralty letter A to F; F if it cannot be judged.")] = None,
    published: Annotated[str | None, _cell("When it was published.")] = None,
    publisher: Annotated[str | None, _cell("Who published it.")] = None,
    url: Annotated[str | None, _cell("Its address.")] = None,
    derived_from: Annotated[
        str | None, _cell("The ids of the sources it takes its facts from, with ; between.")
    ] = None,
    note: Annotated[str | None, _cell("A remark in your own words.")] = None,
    folder: Into = Path(),
) -> None:
    """Append a row to sources.csv; on a terminal it asks for what is missing."""
    from spectorcli.exchange.folder import ID
    from spectorcli.vocabulary import read_vocabulary

    given = locals()
    columns = {"id": ID, **{column.name: column.description for column in read_vocabulary()["sources"].columns}}
    _add(folder, "sources.csv", given, columns, ("id", "title", "kind", "reliability"))


def _add(folder: Path, file: str, given: dict[str, Any], columns: dict[str, str], needed: Sequence[str]) -> None:
    """Append what was given to a file, after asking for the rest if something needed is missing."""
    from spectorcli.add import add

    cells: dict[str, str | None] = {name: given[name] for name in columns}
    missing = [name for name in needed if not cells[name]]
    if missing and not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(f"{file} needs {', '.join(missing)}")
    with redirect_stdout(sys.stderr):  # where what is asked belongs
        for name in dict.fromkeys([*needed, *columns]) if missing else ():
            if cells[name] is None:
                default, skip = (None, "") if name in needed else ("", "; Enter to skip")
                cells[name] = typer.prompt(f"{name} ({columns[name]}{skip})", default, show_default=False)
    line = add(folder, file, list(columns), {name: text or "" for name, text in cells.items()})
    _tell(f"added as {folder / file}:{line}")


@app.command("export", rich_help_panel=MOVE, epilog="Example: spector export folder -o spector-case")
@reads_text
def export_(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"One of {', '.join(EXPORTS)}.",
            autocompletion=_complete_export if COMPLETING else None,
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Where to write it.", metavar="PATH", show_default=False, parser=_path),
    ],
    db: Db = None,
) -> None:
    """Take the whole case to another tool.

    A format that cannot hold all of a case says on stderr what was left out.
    """
    with closing(open_case(db, _tell)) as case:
        for left_out in export(case, name, output):
            _tell(left_out)


@app.command("report", rich_help_panel=MOVE, epilog="Example: spector report -o case.html")
@reads_text
def report_(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where to write it: .html or .md.", metavar="FILE", show_default=False, parser=_path
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="html or md; else by suffix.", show_default=False)
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(help="Only what is about this person, market, country…", metavar="WHAT", show_default=False),
    ] = None,
    redact: Annotated[
        str | None,
        typer.Option(help="people: who is not convicted gets a pseudonym.", metavar="people", show_default=False),
    ] = None,
    db: Db = None,
) -> None:
    """The case as one page to mail or print: figures, pictures, and every claim behind them."""
    from spectorcli import report

    with closing(open_case(db, _tell)) as case:
        report.write(case, format, output, subject, redact)


def _day(text: str | None, option: str) -> str | None:
    """Check a day, month or year of a filter: as ISO 8601 writes it, so that text order is time order."""
    if text is None:
        return None
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


def _tell(line: str) -> None:
    _say(f"spector: {line}")


def _say(line: str) -> None:
    """Write a line to stderr; where that takes nothing, the exit code still tells."""
    try:
        sys.stderr.write(clean(line) + "\n")
        sys.stderr.flush()
    except (OSError, AttributeError):  # full, or closed before we began
        _forget(2)


def main() -> NoReturn:
    """Run the command line and leave with an exit code of ``errors.py``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:  # not under nohup
            signal.signal(getattr(signal, name), _stop)
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:  # since __main__
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.unraisablehook = _pass_over
    sys.exit(_run())


_stopped_by: list[int] = []


def _stop(number: int, _: object) -> NoReturn:
    _stopped_by.append(number)  # SQLite drops what is raised while it works, and says only that it was interrupted
    sys.exit(128 + number)


def _pass_over(broken: "sys.UnraisableHookArgs") -> None:
    """Say nothing of a file that cannot be closed by its destructor either: that the disk is full was told."""
    if not isinstance(broken.exc_value, OSError):
        sys.__unraisablehook__(broken)


DISK_FAILED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""What SQLite says where Python would raise OSError."""


def _run() -> int:
    """Return the exit code; whatever goes wrong is said here, in one line each."""
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except Refused as error:
        for mistake in error.mistakes:
            _say(mistake)
        _tell(str(error))
        return error.code
    except SpectorError as error:
        _tell(str(error))
        return error.code
    except typer.TyperException as error:
        _tell(f"{error.format_message()} (see --help)")
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        _forget(1)
        return 141
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Click takes it for a failure: exit 1
            return 141
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        reason = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest is detail
        if reason == sqlite3.SQLITE_INTERRUPT:
            return 128 + (_stopped_by or [signal.SIGINT])[0]
        if reason in DISK_FAILED:
            _tell(f"{error}; is the disk full?")
            return EnvironmentFailed.code
        _tell(f"the case file cannot be read: {error}; build it again with: spector load")
        return NotFound.code
    except OSError as error:
        _forget(1)
        _tell(f"{error.filename or 'output'}: {error.strerror or error}")
        return EnvironmentFailed.code
    except MemoryError:
        _tell("out of memory")
        return LimitReached.code
    except Exception:
        import traceback

        for line in traceback.format_exc().splitlines():
            _say(line)
        _tell("this is a bug of spector; please report it with the lines above")
        return SpectorError.code


def _stop_when_unread() -> None:
    """End like any filter when the reader of a pipe goes away: quietly, as SIGPIPE, which a shell shows as 141."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _forget(stream: int) -> None:
    """Keep Python from trying again, at its end, to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
