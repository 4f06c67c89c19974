"""Runs a command line. Only here is an exit code decided, and whatever went wrong said in one line on stderr."""

import signal
import sqlite3
import sys
from typing import NoReturn

import typer

from spectorcli.cli import enter, look, move, weigh
from spectorcli.cli.options import COMPLETING
from spectorcli.cli.stderr import forget, say, tell
from spectorcli.errors import EnvironmentFailed, LimitReached, NotFound, Refused, SpectorError

PANELS = {"Look": look, "Weigh": weigh, "Enter": enter, "Move": move}
"""The commands by their heading in ``--help``."""


COMMANDS = [one for room in PANELS.values() for one in room.commands.registered_commands]
GROUPS = [one for room in PANELS.values() for one in room.commands.registered_groups]
for heading, room in PANELS.items():
    for one in (*room.commands.registered_commands, *room.commands.registered_groups):
        one.rich_help_panel = heading


def program(asked: str | None = None) -> typer.Typer:
    """Return the command line with no command but the one that is asked for: to build them all takes 6 ms.

    Where a word is none of them, all are there, to be listed, completed, and compared with it.
    """
    alone = [command for command in COMMANDS if command.name == asked and not COMPLETING]
    app = typer.Typer(
        name="spector",
        epilog="Start with: spector timeline",
        add_completion=not alone,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(look.spector)
    app.registered_commands += alone or COMMANDS
    app.registered_groups += [] if alone else GROUPS
    return app


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
        code = program(*sys.argv[1:2])(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except Refused as error:
        for mistake in error.mistakes:
            say(mistake)
        tell(str(error))
        return error.code
    except SpectorError as error:
        tell(str(error))
        return error.code
    except typer.TyperException as error:
        tell(f"{error.format_message()} (see --help)")
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        forget(1)
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
            tell(f"{error}; is the disk full?")
            return EnvironmentFailed.code
        tell(f"the case file cannot be read: {error}; build it again with: spector load")
        return NotFound.code
    except OSError as error:
        forget(1)
        tell(f"{error.filename or 'output'}: {error.strerror or error}")
        return EnvironmentFailed.code
    except MemoryError:
        tell("out of memory")
        return LimitReached.code
    except Exception:
        import traceback

        for line in traceback.format_exc().splitlines():
            say(line)
        tell("this is a bug of spector; please report it with the lines above")
        return SpectorError.code
