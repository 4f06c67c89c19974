"""What a command is made of: one that answers takes the options that all questions share, and what it returns is shown.

A command is a signature, one sentence and one return: it asks and returns, it neither opens nor prints.
"""

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand

from spectorcli.answers.ask import ask
from spectorcli.case import Case
from spectorcli.cli.opening import open_asked
from spectorcli.cli.options import (
    AsOf,
    Db,
    Everything,
    FormatName,
    LakeFolder,
    Only,
    Output,
    Reload,
    SpreadsheetSafe,
)
from spectorcli.cli.stderr import tell
from spectorcli.errors import UsageError
from spectorcli.output import show, write
from spectorcli.result import Result

if TYPE_CHECKING:
    from spectorcli.corpus.lake import Lake


class Command(TyperCommand):
    """A command that reads its texts as UTF-8, whatever the locale says: a terminal sends it, a case is written in it.

    A path keeps the bytes that the shell gave.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        Raises:
            UsageError: a text is not UTF-8, and so nothing that a case or an option may be called.
        """
        ctx.params = {name: _as_utf8(value) for name, value in ctx.params.items()}
        return super().invoke(ctx)


def _as_utf8(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_as_utf8, value))
    try:
        return os.fsencode(value).decode() if isinstance(value, str) else value
    except UnicodeDecodeError as error:
        raise UsageError(f"the argument {error.object!r} is not UTF-8") from None


class Shared(NamedTuple):
    """The options that every question takes."""

    db: Db = None
    lake: LakeFolder = None
    only: Only = None
    reload: Reload = False
    as_of: AsOf = None
    format: FormatName = None
    output: Output = None
    everything: Everything = False
    spreadsheet_safe: SpreadsheetSafe = False


class Asked(typer.Context):
    """A question as it was asked."""

    shared: Shared

    @cached_property
    def case(self) -> Case:
        """The case, which stays open until the answer is written.

        Raises:
            NotFound: there is none.
        """
        db = taken_out(self.shared.db, self.shared.lake, self.shared.only)
        return self.with_resource(closing(open_asked(db, self.shared.reload, self.shared.as_of)))

    def ask(self, question: str, **filters: str | None) -> Result:
        """Answer a question that is one statement: of the case, or of all cases of a lake."""
        if self.all_cases:
            from spectorcli.corpus import across

            return across.ask(self.all_cases, question, filters)
        return ask(self.case, question, **filters)

    @cached_property
    def all_cases(self) -> "Lake | None":
        """The lake that is asked across its cases; None where one case is asked.

        Raises:
            UsageError: it is asked as of a day.
            NotFound: there is no such lake.
        """
        if self.shared.lake is None or self.shared.only is not None:
            return None
        if self.shared.as_of is not None:
            raise UsageError("--as-of is answered of one case; name it with --only")
        from spectorcli.corpus.lake import read_lake

        return read_lake(self.shared.lake)


def taken_out(db: Path | None, lake: Path | None, only: str | None) -> Path | None:
    """Return the case file that is asked: one that was named, or that of one case of a lake.

    Raises:
        UsageError: it is not said which case of the lake, or of which lake.
        NotFound: there is no such lake, or no such case in it.
    """
    if lake is None:
        if only is not None:
            raise UsageError("--only names a case of a lake; name the lake with --lake")
        return db
    if only is None:
        raise UsageError("this is answered of one case; name it with --only")
    from spectorcli.corpus.lake import read_lake
    from spectorcli.corpus.out import case_file

    return case_file(read_lake(lake), only)


class Question(Command):
    """A command that returns an answer, or a text, which is written as it is."""

    context_class = Asked
    without: Sequence[str] = ()
    """Shared options that make no sense to it."""

    def __init__(self, *, params: list[Any], **settings: Any) -> None:
        """Add the shared options to those that the command has of its own."""
        super().__init__(params=[*params, *_shared_options(self.without)], **settings)

    def invoke(self, ctx: Any) -> int:
        """Ask, show the answer, and return the exit code."""
        given = {name: _as_utf8(ctx.params.pop(name)) for name in Shared._fields if name not in self.without}
        ctx.shared = Shared(**given)
        refuse_what_is_read(ctx.shared.output, [ctx.shared.db, ctx.shared.lake, *ctx.params.values()])
        answer: Result | str = super().invoke(ctx)
        stop_when_unread()
        if isinstance(answer, str):
            write(answer, ctx.shared.output)
            return 0
        self.put(answer, ctx.shared)
        return answer.exit_code

    def put(self, answer: Result, shared: Shared) -> None:
        """Show an answer, or write it to the file that is named."""
        *_, format, output, everything, safe = shared
        show(answer, format, output, everything, safe=safe, tell=tell)


def refuse_what_is_read(output: Path | None, given: Sequence[Any]) -> None:
    """Refuse to write an answer over what it is read from: a draft, a copy, a case file, a file of a case or a lake.

    Raises:
        UsageError: the output is one of these.
    """
    if output is None or not output.is_file():
        return
    named = (one for value in given for one in (value if isinstance(value, (list, tuple)) else [value]))
    if any(_belongs(output, one) for one in named if isinstance(one, Path) and one.exists()):
        raise UsageError(f"{output} is what is read; name another file to write to")


def _belongs(file: Path, read: Path) -> bool:
    """Whether a file is what is read, or one of those of which a case or a lake is made."""
    if not read.is_dir():
        return read.samefile(file)
    from spectorcli.built import is_read
    from spectorcli.corpus.lake import MANIFEST

    file, folder = file.resolve(), read.resolve()
    if (folder / MANIFEST).is_file() and file.is_relative_to(folder):
        return True
    return (folder / "claims.csv").is_file() and file.parent == folder and is_read(file.name)


class OfLake(Question):
    """A question about a whole lake, which names it."""

    without: Sequence[str] = ("db", "lake", "only", "reload", "as_of")


class MakesLake(OfLake):
    """What makes a lake: the output that is named is the lake, and what became of the cases is shown."""

    without = (*OfLake.without, "output")


SAID_ONCE = ("reload", "everything", "spreadsheet_safe", "lake", "only")
"""Options that the help of spector tells of, and that of no question: a line on stderr names each when it is of use."""


def _shared_options(without: Sequence[str]) -> list[Any]:
    """Have Typer make the shared options, as it makes those of a command."""
    alone = typer.Typer(add_completion=False)
    alone.command()(Shared)
    options: list[Any] = typer.main.get_command(alone).params
    for one in options:
        one.hidden = one.name in SAID_ONCE
    return [one for one in options if one.name not in without]


Ask = Callable[..., Result | str]


def question(
    commands: typer.Typer, example: str, *, bundled: bool = False, dashes: bool = False
) -> Callable[[Ask], Ask]:
    """Make a question of a function, called by its name.

    ``bundled``: its example names a thing of the bundled case; ``dashes``: its argument may begin with ``--``.
    """
    where = ", in the bundled case" if bundled else ""
    return as_command(commands, f"Example{where}: {example}", Question, {"ignore_unknown_options": dashes})


def as_command(
    commands: typer.Typer, epilog: str, kind: type[Question], settings: dict[str, Any] | None = None
) -> Callable[[Ask], Ask]:
    """Make a command of a function, called by its name without the underscore that keeps it from a name of Python's."""

    def decorate(ask: Ask) -> Ask:
        name = ask.__name__.removesuffix("_")
        return commands.command(name, cls=kind, epilog=epilog, context_settings=settings)(ask)

    return decorate


def stop_when_unread() -> None:
    """End like any filter when the reader of a pipe goes away: quietly, as SIGPIPE, which a shell shows as 141."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
