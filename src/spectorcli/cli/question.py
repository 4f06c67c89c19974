"""What a command is made of: one that answers takes the options that all questions share, and what it returns is shown.

A command is a signature, one sentence and one return: it asks and returns, it neither opens nor prints.
"""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand

from spectorcli.case import Case
from spectorcli.cli.opening import open_asked
from spectorcli.cli.options import AsOf, Db, Everything, FormatName, Output, Reload, SpreadsheetSafe
from spectorcli.cli.stderr import tell
from spectorcli.errors import UsageError
from spectorcli.output import show, write
from spectorcli.result import Result


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
        return self.with_resource(closing(open_asked(self.shared.db, self.shared.reload, self.shared.as_of)))


class Question(Command):
    """A command that returns an answer, or a text, which is written as it is."""

    context_class = Asked

    def __init__(self, *, params: list[Any], **settings: Any) -> None:
        """Add the shared options to those that the command has of its own."""
        super().__init__(params=[*params, *_shared_options()], **settings)

    def invoke(self, ctx: Any) -> int:
        """Ask, show the answer, and return the exit code."""
        ctx.shared = Shared(*(_as_utf8(ctx.params.pop(name)) for name in Shared._fields))
        answer: Result | str = super().invoke(ctx)
        stop_when_unread()
        *_, format, output, everything, safe = ctx.shared
        if isinstance(answer, str):
            write(answer, output)
            return 0
        show(answer, format, output, everything, safe=safe, tell=tell)
        return answer.exit_code


SAID_ONCE = ("reload", "everything", "spreadsheet_safe")
"""Options that the help of spector tells of, and that of no question: a line on stderr names each when it is of use."""


def _shared_options() -> list[Any]:
    """Have Typer make the shared options, as it makes those of a command."""
    alone = typer.Typer(add_completion=False)
    alone.command()(Shared)
    options: list[Any] = typer.main.get_command(alone).params
    for one in options:
        one.hidden = one.name in SAID_ONCE
    return options


Ask = Callable[..., Result | str]


def question(
    commands: typer.Typer, example: str, *, bundled: bool = False, dashes: bool = False
) -> Callable[[Ask], Ask]:
    """Make a question of a function, called by its name.

    ``bundled``: its example names a thing of the bundled case; ``dashes``: its argument may begin with ``--``.
    """
    where = ", in the bundled case" if bundled else ""
    settings = {"ignore_unknown_options": dashes}

    def decorate(ask: Ask) -> Ask:
        name = ask.__name__.removesuffix("_")
        return commands.command(name, cls=Question, epilog=f"Example{where}: {example}", context_settings=settings)(ask)

    return decorate


def stop_when_unread() -> None:
    """End like any filter when the reader of a pipe goes away: quietly, as SIGPIPE, which a shell shows as 141."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
