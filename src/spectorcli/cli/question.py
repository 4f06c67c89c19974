"""A command is a signature, one sentence and one return: ``question`` opens the case and shows what came back.

It adds the options that all questions share, and is the only place where they are read.
"""

import inspect
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import typer

from spectorcli.bundled import open_case
from spectorcli.cli.options import Db, Everything, FormatName, Output, SpreadsheetSafe
from spectorcli.cli.stderr import tell
from spectorcli.errors import UsageError
from spectorcli.output import show, write
from spectorcli.result import Result

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


def question(commands: typer.Typer, example: str, *, dashes: bool = False) -> Callable[[Command], Command]:
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
                    asked["case"] = stack.enter_context(closing(open_case(db, tell)))
                result = command(**asked)
                stop_when_unread()
                if isinstance(result, str):
                    write(result, output)
                    return
                show(result, format, output, everything, safe=spreadsheet_safe, tell=tell)
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
        commands.command(name, epilog=f"Example: {example}", context_settings=settings)(run)
        return command

    return decorate


def stop_when_unread() -> None:
    """End like any filter when the reader of a pipe goes away: quietly, as SIGPIPE, which a shell shows as 141."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
