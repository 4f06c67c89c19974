"""Runs a command line. Only here is an exit code decided, and whatever went wrong said in one line on stderr."""

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from spectorcli.bundled import default_path, open_case
from spectorcli.cli.offers import ASKING, answer
from spectorcli.cli.stderr import forget, say, tell
from spectorcli.errors import EnvironmentFailed, LimitReached, NotFound, Refused, SpectorError, UsageError

NAME = "spector"

SETTINGS = {"help_option_names": ["-h", "--help"]}


def rooms() -> Iterator[tuple[str, ModuleType]]:
    """Yield the commands by their heading in ``--help``, each room imported when it is come to."""
    from spectorcli.cli import look

    yield "Look", look
    from spectorcli.cli import weigh

    yield "Weigh", weigh
    from spectorcli.cli import enter

    yield "Enter", enter
    from spectorcli.cli import move

    yield "Move", move
    from spectorcli.cli import corpus

    yield "Many", corpus


class Program(TyperGroup):
    """The commands; a word that is none may be a kind of the case."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is meant.

        Raises:
            UsageError: it is a kind, which is listed otherwise.
        """
        try:
            return super().resolve_command(ctx, args)
        except typer.TyperException:
            if _is_kind(args[0], ctx.params.get("db")):
                raise UsageError(f"{args[0]!r} is a kind of this case; see it with: spector list {args[0]}") from None
            raise


def _is_kind(word: str, db: Path | None) -> bool:
    """Whether the case that would be asked has things of this kind."""
    try:
        with closing(open_case(db or default_path(), tell)) as case:
            return f"rows of {word}" in case.metadata
    except (SpectorError, OSError, sqlite3.Error):
        return False


def program() -> typer.Typer:
    """Return the whole command line."""
    app = typer.Typer(
        name=NAME,
        cls=Program,
        epilog="Start with: spector timeline",
        pretty_exceptions_enable=False,
        context_settings=dict(SETTINGS),
    )
    for heading, room in rooms():
        if heading == "Look":
            app.callback(invoke_without_command=True)(room.spector)
        for one in (*room.commands.registered_commands, *room.commands.registered_groups):
            one.rich_help_panel = heading
        app.registered_commands += room.commands.registered_commands
        app.registered_groups += room.commands.registered_groups
    return app


def alone(asked: str) -> typer.Typer | None:
    """Return the one command or group that is asked for, without the rest: to build all takes 6 ms. None if none is."""
    for _, room in rooms():
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.registered_commands = [one for one in room.commands.registered_commands if one.name == asked]
        app.registered_groups = [one for one in room.commands.registered_groups if one.name == asked]
        if app.registered_commands or app.registered_groups:
            return app
    return None


def _called(words: list[str]) -> Any:
    """Run the command line: where a word is no command all are there, to be listed, completed, and compared with it."""
    app = alone(words[0]) if words and not ASKING else None
    if app is None:
        return program()(standalone_mode=False)
    if app.registered_groups:
        return app(words, prog_name=NAME, standalone_mode=False, **SETTINGS)
    return app(words[1:], prog_name=f"{NAME} {words[0]}", standalone_mode=False, **SETTINGS)


def main() -> NoReturn:
    """Run the command line and leave with an exit code of ``errors.py``."""
    if sys.stdout is None:
        sys.stdout = Closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:  # not under nohup
            signal.signal(getattr(signal, name), _stop)
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:  # since __main__
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.unraisablehook = _pass_over
    _mend_environment()
    _take_the_shell_named(sys.argv[1:])
    if ASKING:
        answer(_run)
    sys.exit(_run())


class Closed(StringIO):
    """Stands for a stdout that was closed before we began: it takes nothing, and everything else is as ever."""

    def write(self, _: str) -> NoReturn:
        """Refuse the answer.

        Raises:
            EnvironmentFailed: always.
        """
        raise EnvironmentFailed("stdout is closed, so there is nowhere to write to")


def _mend_environment() -> None:
    """Take away what Rich, Typer and the completion of Bash read as a number, where it is none that they can use."""
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        if not _is_size(os.environ.get(name, "")):
            os.environ.pop(name, None)
    if ASKING:
        os.environ.setdefault("COMP_WORDS", "")
        if not _is_number(os.environ.get("COMP_CWORD", "")):
            os.environ["COMP_CWORD"] = "0"


def _is_size(text: str) -> bool:
    return _is_number(text) and len(text) > 1 and text[0] != "0"


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= 4


def _take_the_shell_named(words: list[str]) -> None:
    """Have ``--install-completion zsh`` install for zsh: Typer takes no word behind it, and asks where it was typed."""
    asked = {"--install-completion", "--show-completion"}
    if any(option in asked and not shell.startswith("-") for option, shell in pairwise(words)):
        os.environ["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"


_stopped_by: list[int] = []


def _stop(number: int, _: object) -> NoReturn:
    _stopped_by.append(number)  # SQLite drops what is raised while it works, and says only that it was interrupted
    sys.exit(128 + number)


def _pass_over(broken: "sys.UnraisableHookArgs") -> None:
    """Say nothing of a file that cannot be closed by its destructor either: that the disk is full was told."""
    if not isinstance(broken.exc_value, OSError):
        sys.__unraisablehook__(broken)


EXPECTED = (SpectorError, typer.TyperException, sqlite3.DatabaseError, UnicodeDecodeError, OSError, MemoryError)
"""What a line is enough for; the rest are bugs."""

DISK_FAILED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""What SQLite says where Python would raise OSError."""


def _run() -> int:
    """Return the exit code; whatever goes wrong is said here."""
    try:
        code = _called(sys.argv[1:])
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        forget(1)
        return 141
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Click takes it for a failure: exit 1
            return 141
        raise
    except Exception as raised:
        error = _lacking(raised)
        if not isinstance(error, EXPECTED) or os.environ.get("SPECTOR_DEBUG", "") not in ("", "0"):
            _say_where(error)
        return _say_why(error)


def _lacking(error: Exception) -> Exception:
    """Return the lack of memory behind an error, for a library may take it for a fault of what it was given."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(error, EXPECTED):
        if isinstance(cause, MemoryError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return error


def _say_where(error: Exception) -> None:
    import traceback

    for part in traceback.format_exception(error):
        for line in part.splitlines():
            say(line)


def _say_why(error: Exception) -> int:
    """Say in one line what went wrong, after each mistake of a folder, and return the exit code."""
    if isinstance(error, SpectorError):
        for mistake in error.mistakes if isinstance(error, Refused) else ():
            say(mistake)
        tell(str(error))
        return error.code
    if isinstance(error, typer.TyperException):
        tell(f"{error.format_message()} (see --help)")
        return error.exit_code
    if isinstance(error, (sqlite3.DatabaseError, UnicodeDecodeError)):
        return _say_why_unread(error)
    if isinstance(error, OSError):
        forget(1)
        tell(f"{error.filename or _nameless()}: {error.strerror or error}")
        return EnvironmentFailed.code
    if isinstance(error, MemoryError):
        tell("out of memory")
        return LimitReached.code
    tell("this is a bug of spector; please report it with the lines above")
    return SpectorError.code


def _say_why_unread(error: Exception) -> int:
    reason = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest is detail
    if reason == sqlite3.SQLITE_INTERRUPT:
        return 128 + (_stopped_by or [signal.SIGINT])[0]
    if reason in DISK_FAILED:
        tell(f"{error}; is the disk full?")
        return EnvironmentFailed.code
    tell(f"the case file cannot be read: {error}; build it again with: spector load")
    return NotFound.code


def _nameless() -> str:
    """Return what failed where an error names no file: a path cannot even be made absolute where there is no folder."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return "the working folder"
    return "output"
