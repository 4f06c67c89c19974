"""What makes a case: a folder is begun, added to, loaded, and compared with another."""

from __future__ import annotations  # evaluated for the command that is asked for, and for no other

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from spectorcli.built import built_from
from spectorcli.bundled import SEED, default_path, load_bundled
from spectorcli.case import Case
from spectorcli.cli.opening import build, compare_days
from spectorcli.cli.options import Db, argument, option, path
from spectorcli.cli.question import Asked, Command, question
from spectorcli.cli.stderr import tell
from spectorcli.database import open_database
from spectorcli.errors import UsageError
from spectorcli.escapes import clean
from spectorcli.exchange import as_case_folder
from spectorcli.output import show
from spectorcli.result import Note, Result, Said, Shows

if TYPE_CHECKING:
    from spectorcli.add import Addition
    from spectorcli.cli.asking import Given

commands = typer.Typer()


@commands.command("init", cls=Command, epilog="Example: spector init mynewcase")
def init(
    folder: Annotated[Path, argument("DIR", "The folder to make.", parser=path)],
    start: Annotated[
        str, typer.Option("--from", help="example: a few invented rows; bundled: the bundled case.", metavar="CASE")
    ] = "example",
    operation: Annotated[
        str | None, option("--operation", help="Begin with this operation, and nothing else.", metavar="NAME")
    ] = None,
) -> None:
    """Begin a case folder of your own, which loads at once.

    With --operation 'Operation X' it holds that operation and its arrests, of
    which nothing is claimed yet, and nothing that is invented.
    """
    from spectorcli.starter import init

    if start not in {"example", "bundled"}:
        raise UsageError(f"--from takes example or bundled, not {start!r}")
    if operation is not None and start == "bundled":
        raise UsageError("--operation begins a case of its own; leave out --from")
    init(folder, bundled=start == "bundled", operation=operation)
    tell(f"made {folder}; its README.md explains it; load it with: spector load {folder}")


@commands.command("load", cls=Command, epilog="Example: spector load mycase --db mycase.db")
def load(
    folder: Annotated[
        Path | None,
        argument("DIR", "The case folder, a workbook or a FollowTheMoney file; the bundled case if none.", parser=path),
    ] = None,
    more: Annotated[
        list[Path] | None, argument("[CLAIMS]...", "Further files like its claims.csv.", parser=path)
    ] = None,
    db: Db = None,
    check: Annotated[bool, option("--check", help="Only look for mistakes; write nothing.")] = False,
    strict: Annotated[
        bool, option("--strict", help="Refuse values that do not follow from their stated words.")
    ] = False,
    profile: Annotated[bool, option("--profile", help="Say where the time went.")] = False,
) -> None:
    """Build a case file from a folder of CSV files."""
    from spectorcli.load import load as loader
    from spectorcli.load.clock import Clock
    from spectorcli.pretty import track

    clock = Clock()
    if check:
        with as_case_folder(folder or SEED, tell) as place:
            result = loader.check(place, more or (), named=folder, strict=strict, track=track, clock=clock)
    elif folder is None:
        result = load_bundled(db or default_path(), clock)
    else:
        result = build(folder, db or default_path(), more or (), strict=strict, track=track, clock=clock)
        if db is None:
            tell("questions now answer from this case; spector load alone brings the bundled one back")
    show(result, None, None, everything=True, tell=tell)
    if profile:
        show(clock.profile("Where the time went"), None, None, everything=True)


@question(commands, "spector diff mycase")
def diff(
    asked: Asked,
    before: Annotated[
        Path | None, argument("[A]", "A case folder or a case file; with --from it may be left out.", parser=path)
    ] = None,
    after: Annotated[Path | None, argument("[B]", "Another; if none, what questions answer from.", parser=path)] = None,
    since: Annotated[
        str | None, option("--from", help="Compare one case, as its sources stood then, with itself.", metavar="DATE")
    ] = None,
    until: Annotated[str | None, option("--to", help="As they stood then; if none, now.", metavar="DATE")] = None,
) -> Result:
    """What was added, removed and corrected from one case to another, or in one from a day to another."""
    from spectorcli.answers.diff import as_database, diff

    if since is None:
        if before is None or until is not None:
            raise UsageError("name a case to compare with, or --from DATE" if until is None else "--to needs --from")
        return diff(before, after or asked.case.path)
    if after is not None or asked.shared.as_of is not None:
        raise UsageError("--from compares one case with itself; leave out B and --as-of")
    if before is None:
        return compare_days(asked.case, since, until)
    with as_database(before) as file, closing(Case(open_database(file))) as case:
        return compare_days(case, since, until)


@commands.command("merge", cls=Command, epilog="Example: spector merge mycase mycase mycase -o both")
def merge(
    base: Annotated[
        Path | None, argument("[BASE]", "The file, or the folder, from which both began.", parser=path)
    ] = None,
    ours: Annotated[Path | None, argument("[OURS]", "As one hand has it.", parser=path)] = None,
    theirs: Annotated[Path | None, argument("[THEIRS]", "As another hand has it.", parser=path)] = None,
    output: Annotated[
        Path | None,
        option("--output", "-o", help="Where to write it; a folder is a new one.", metavar="PATH", parser=path),
    ] = None,
    take_ours: Annotated[bool, option("--ours", help="Of what both changed take ours.")] = False,
    take_theirs: Annotated[bool, option("--theirs", help="Of what both changed take theirs.")] = False,
    install: Annotated[
        bool, option("--install", help="Have git merge cases so, in the repository that you are in.")
    ] = False,
) -> None:
    """Merge two hands' edits of a case by row, not by line; exits with 1 if both changed the same.

    What both changed stands in the file as both rows, under a column conflict, and is told in one line each.
    """
    from spectorcli import merging

    if install:
        merging.install(Path())
        tell("git merges here by row what .gitattributes calls so: *.csv merge=spector")
        return
    if base is None or ours is None or theirs is None:
        raise UsageError("merge takes three: the one from which both began, ours and theirs")
    if take_ours and take_theirs:
        raise UsageError("--ours or --theirs, not both")
    prefer = merging.OURS if take_ours else merging.THEIRS if take_theirs else None
    conflicts = merging.write(base, ours, theirs, output, prefer)
    for one in conflicts:
        tell(one)
    if conflicts:
        raise typer.Exit(1)


@question(commands, "spector read copies")
def read(
    asked: Asked,
    copies: Annotated[list[Path], argument("COPY...", "Saved copies, or folders of them.", parser=path)],
    folder: Annotated[
        Path | None,
        option(
            "--case", help="The case folder; if none, the case file that questions ask.", metavar="DIR", parser=path
        ),
    ] = None,
    covered: Annotated[
        bool, option("--coverage", help="How many figures of each copy the case has, and which it has not.")
    ] = False,
    accepting: Annotated[
        bool, option("--accept", help="Go through them on a terminal, and add what you accept to the case of --case.")
    ] = False,
    command: Annotated[
        str, option("--with", help="A program of yours that suggests: text in, JSON lines out.", metavar="COMMAND")
    ] = "",
    sign: Annotated[
        str | None,
        option("--sign", help="Your initials: with --accept, sign in checked what you add.", metavar="INITIALS"),
    ] = None,
) -> Result:
    """What claims could say: the figures and dates in saved copies, with their words and place. Nothing is added.

    Copies are text, HTML, Markdown, PDF, MHTML or WARC; one named by a source's id
    is a copy of that source. A suggestion is known (a claim of the source has
    it), retold (an older source states it with the same words), differs (from
    what the case says of the guessed subject and property) or new. Sure means
    that value, unit and qualifier have one reading; subject and property are
    always guesses, from what the case claims already; what it does not have is
    guessed as arrests-x-dk (new arrests), and added with --accept if you say so.
    What you reject there is left out from then on, and so is there what the case
    has nothing for, but for --all.
    -f claims, or -o FILE.claims.csv, writes what is not known yet as rows for
    claims.csv, -f sources rows for sources.csv of copies that are of none, with
    what the pages tell of themselves. Edit them, and then: spector add --from FILE
    """
    from spectorcli.answers.diff import as_database
    from spectorcli.reading import as_claims, coverage, source_rows
    from spectorcli.reading import read as read_copies

    if accepting:
        return _accept(folder, copies, command, sign, everything=asked.shared.everything)
    if sign is not None:
        raise UsageError("--sign signs what --accept adds")
    rows = _rows_for(asked)
    if command and (covered or rows == "sources"):
        raise UsageError("--with suggests claims; it has no part in --coverage or -f sources")
    reader = (
        coverage
        if covered
        else source_rows
        if rows == "sources"
        else partial(read_copies, command=command, everything=asked.shared.everything)
    )
    if folder is None:
        found = reader(asked.case, copies)
    else:
        with as_database(folder) as file, closing(Case(open_database(file))) as case:
            found = reader(case, copies)
    if rows:
        asked.shared = asked.shared._replace(format="csv")
    return as_claims(found) if rows == "claims" and not covered else found


def _accept(
    folder: Path | None, copies: Sequence[Path], command: str, initials: str | None, *, everything: bool
) -> Result:
    """Go through what is suggested and not known, of copies of sources that the case has.

    What the case has nothing for is left out, and what was rejected, if not everything is wanted.
    """
    if folder is None:
        raise UsageError("--accept adds to a case folder; name it with --case DIR")
    if not _on_a_terminal():
        raise UsageError("--accept needs a terminal; without one: -f claims, edit them, spector add --from FILE")
    from spectorcli.answers.diff import as_database
    from spectorcli.cli.accept import accept
    from spectorcli.reading import read as read_copies
    from spectorcli.signing import refuse_unless_initials
    from spectorcli.words import say

    if initials is not None:
        refuse_unless_initials(initials)
    with as_database(folder) as file, closing(Case(open_database(file))) as case:
        found = read_copies(case, copies, command, everything=everything)
    waiting = [one for one in found.records() if one["state"] != "known"]
    told = [say(note) for note in found.notes if note.sentence == "rejected"]
    if not everything:
        several, waiting = len(waiting), [one for one in waiting if one["guesses"]]
        if aside := several - len(waiting):
            told.append(say(Note("nothing for them", {"figures": Said(Shows.COUNT, aside)})))
    stray = dict.fromkeys(str(one["copy"]) for one in waiting if not one["source"])
    told += [f"{name} is of no source yet; see -f sources, and add --from" for name in stray]
    try:
        return accept(folder, [one for one in waiting if one["source"]], initials or "")
    finally:  # a screen would have hidden it
        for line in (*found.left_out, *told):
            tell(line)


def _rows_for(asked: Asked) -> str:
    """Return for which file of a case rows are to be written; empty if none are."""
    format, name = asked.shared.format, asked.shared.output.name if asked.shared.output else ""
    return next((one for one in ("claims", "sources") if format == one or (not format and f".{one}." in name)), "")


CLAIM_EXAMPLE = "Example: spector add claim arrests-example count 12 --source police-release --at title --case mycase"


class Adding(TyperGroup):
    """What may be added: a claim, a source, or with the name of its kind a thing of any other."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is meant, and its arguments."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return "thing", self.commands["thing"], args
        return super().resolve_command(ctx, args)


adding = typer.Typer(cls=Adding, epilog=CLAIM_EXAMPLE)
commands.add_typer(adding, name="add", help="Add a claim, a source, or a thing of any kind to a case folder.")

Into = Annotated[
    Path, option("--case", help="The case folder; if none, the one you are in.", metavar="DIR", parser=path)
]


@adding.callback(invoke_without_command=True)
def add(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        option(
            "--from",
            help="Rows in a file: of claims, or of what a name such as x.sources.csv says.",
            metavar="FILE",
            parser=path,
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        option("--case", help="The case folder to which they go; if none, this.", metavar="DIR", parser=path),
    ] = None,
    force: Annotated[
        bool, option("--force", help="Add them even if a value does not follow from what is stated.")
    ] = False,
) -> None:
    """Add a claim, a source, or a thing of any kind to a case folder: spector add KIND ID --COLUMN VALUE.

    --from takes rows as read -f claims and read -f sources write them, in any
    order of columns: all are added, or none. Each value is compared with what is
    stated.
    """
    if context.invoked_subcommand is not None:
        if files or folder or force:
            raise UsageError("put options behind what is added: spector add claim … --case DIR")
        return
    if not files:
        raise UsageError("name what to add: claim, source, a kind, or --from FILE")
    from spectorcli.suggested import additions

    _add_all(folder or Path(), additions(folder or Path(), files, forced=force))


@adding.command("thing", cls=Command, hidden=True, context_settings={"ignore_unknown_options": True})
def add_thing(
    kind: Annotated[str, argument("KIND", "Its kind: arrests, or one of your own.")],
    id: Annotated[str, argument("ID", "Its id.")],
    cells: Annotated[list[str] | None, argument("[--COLUMN VALUE]...", "The cells of its row.")] = None,
    folder: Into = Path(),
) -> None:
    """Add a row to the file of any kind: spector add arrests arrests-x-cz --operation x --country CZ."""
    from spectorcli.suggested import thing

    _add_all(folder, [thing(folder, kind, id, cells or [])])


def _add_all(folder: Path, additions: Sequence[Addition]) -> None:
    """Add rows, and tell where they stand."""
    from spectorcli.add import add_all

    done = add_all(folder, additions)
    for one in done.added:
        where = f"{folder / one.name}:{one.lines[0]}"
        tell(f"added as {where}" if len(one.lines) == 1 else f"added {len(one.lines):,} rows to {folder / one.name}")
    if done.elsewhere:
        what = "is a mistake" if done.elsewhere == 1 else f"are {done.elsewhere:,} mistakes"
        tell(f"there {what} in other rows, so that it does not load; see: spector load {folder} --check")
    for db in built_from(folder):
        tell(f"{db} is older now; build it again with: spector load {folder} --db {db}")


def _cell(help: str, *names: str) -> Any:
    return option(*names, help=help, metavar="TEXT")


@adding.command(
    "claim",
    cls=Command,
    epilog=CLAIM_EXAMPLE,
)
def add_claim(
    subject: Annotated[str | None, argument("SUBJECT", "The id of the thing.")] = None,
    property: Annotated[str | None, argument("PROPERTY", "What is said of it: count.")] = None,
    value: Annotated[str | None, argument("VALUE", "The value: 288, ~300, 2021-12.")] = None,
    source: Annotated[str | None, _cell("The id of the source.")] = None,
    unit: Annotated[str | None, _cell("Its unit, where there are several.")] = None,
    when: Annotated[str | None, _cell("When the value held, if it changes.")] = None,
    at: Annotated[str | None, _cell("Where in the source.")] = None,
    stated: Annotated[str | None, _cell("The figure as the source puts it.")] = None,
    rank: Annotated[str | None, _cell("preferred, inferred or deprecated, with the reason in --note.")] = None,
    note: Annotated[str | None, _cell("A remark in your own words.")] = None,
    quoting: Annotated[str | None, _cell("Ids of the sources that it quotes, or own.")] = None,
    force: Annotated[
        bool, option("--force", help="Add it even if the value does not follow from what is stated.")
    ] = False,
    folder: Into = Path(),
) -> None:
    """Append a row to claims.csv; on a terminal it asks for what is missing.

    It asks for one claim of a source after the other; Tab completes what is
    known, and what would be a mistake is asked for again. Without VALUE it is
    taken from --stated, if that has one figure or date. A value that does not
    follow from what is stated is asked about, and refused in a pipe.
    """
    from spectorcli.exchange.folder import CLAIM_DESCRIPTIONS

    cells = {
        **{"subject": subject, "property": property, "value": value, "unit": unit, "when": when},
        **{"source": source, "at": at, "stated": stated, "rank": rank, "note": note, "quoting": quoting},
    }
    for claim in _claims(folder, cells, CLAIM_DESCRIPTIONS):
        if not force:
            _settle_doubt(folder, claim)
        _append(folder, "claims.csv", claim, CLAIM_DESCRIPTIONS)


def _claims(folder: Path, given: Given, descriptions: Mapping[str, str]) -> Iterable[Given]:
    """Return the claim that was given whole, or those that are asked for."""
    from spectorcli.cli import asking

    cells = {name: text or "" for name, text in given.items()}
    found = asking.take_value(folder, cells) if cells["stated"] and not cells["value"] else []
    if found and not cells["value"] and not _on_a_terminal():
        several = " or ".join(" ".join(one).rstrip() for one in found[:3])
        unit = " and --unit" if len({one.unit for one in found}) > 1 else ""
        raise UsageError(f"{cells['stated']!r} may be {several}; name the value{unit}")
    if not _lacks("claims.csv", cells, ("subject", "property", "value", "source")):
        return [cells]
    return asking.claims(folder, {name: cells[name] or text for name, text in given.items()}, descriptions)


@adding.command(
    "source",
    cls=Command,
    epilog="Example: spector add source court-2024 --title Judgement --kind court --reliability A",
)
def add_source(
    id: Annotated[str | None, argument("ID", "Its id: publisher-date.")] = None,
    title: Annotated[str | None, _cell("Its title.")] = None,
    kind: Annotated[str | None, _cell("official, court, press, encyclopedia or blog.")] = None,
    reliability: Annotated[str | None, _cell("Admiralty letter A to F; F if it cannot be judged.")] = None,
    published: Annotated[str | None, _cell("When it was published.")] = None,
    publisher: Annotated[str | None, _cell("Who published it.")] = None,
    url: Annotated[str | None, _cell("Its address.")] = None,
    derived_from: Annotated[
        str | None, _cell("Whose facts these are: own, or ids of sources with ; between; nothing if not known.")
    ] = None,
    note: Annotated[str | None, _cell("A remark in your own words.")] = None,
    author: Annotated[str | None, _cell("Who wrote it.")] = None,
    language: Annotated[str | None, _cell("Its language: en, de, fr.")] = None,
    retrieved: Annotated[str | None, _cell("The day on which you read it at its address.")] = None,
    archived: Annotated[str | None, _cell("The address of an archived copy.")] = None,
    folder: Into = Path(),
) -> None:
    """Append a row to sources.csv; on a terminal it asks for what is missing."""
    from spectorcli.exchange.folder import ID
    from spectorcli.folder.columns import OPTIONAL_OF_SOURCES
    from spectorcli.vocabulary import read_vocabulary

    cells = {
        **{"id": id, "title": title, "kind": kind, "reliability": reliability, "published": published},
        **{"publisher": publisher, "url": url, "derived_from": derived_from, "note": note},
        **{"author": author, "language": language, "retrieved": retrieved, "archived": archived},
    }
    columns = {"id": ID, **{column.name: column.description for column in read_vocabulary()["sources"].columns}}
    needed = ("id", "title", "kind", "reliability")
    if _lacks("sources.csv", cells, needed):
        from spectorcli.cli import asking

        asked = {name: text for name, text in columns.items() if name not in OPTIONAL_OF_SOURCES}
        cells |= asking.source(folder, cells, asked, needed)
    _append(folder, "sources.csv", cells, columns)


def _lacks(file: str, given: Given, needed: Sequence[str]) -> bool:
    """Whether a cell that is needed was not given, so that it is to be asked for.

    Raises:
        UsageError: nobody is there who could be asked.
    """
    missing = [name for name in needed if not given[name]]
    if missing and not _on_a_terminal():
        raise UsageError(f"{file} needs {', '.join(missing)}")
    return bool(missing)


def _on_a_terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty())


def _settle_doubt(folder: Path, cells: Mapping[str, str | None]) -> None:
    """Go on with a claim whose value does not follow from its words only if somebody says so."""
    from spectorcli.claiming import doubt

    sentence = doubt(folder, {name: text or "" for name, text in cells.items()})
    if sentence and not _on_a_terminal():
        raise UsageError(f"{sentence}; nothing was added; --force adds it all the same")
    with redirect_stdout(sys.stderr):
        if sentence and not typer.confirm(f"{clean(sentence)}; add it all the same?"):
            tell("nothing was added")
            raise typer.Exit(1)


def _append(folder: Path, file: str, cells: Mapping[str, str | None], columns: Mapping[str, str]) -> None:
    """Add a row to a file, and tell where it stands."""
    from spectorcli.add import Addition

    _add_all(folder, [Addition(file, list(columns), [{name: text or "" for name, text in cells.items()}])])
