"""Runs spector as a user does, in a pipe or on a terminal of a given width, and nothing of our environment gets in.

``run`` starts a new Python. ``ask`` and ``draw`` fork one that has imported everything (forks.py): 20 ms instead of
150, so that every question can be asked in every format and at every width.
"""

import atexit
import fcntl
import io
import json
import os
import pty
import re
import shlex
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import typer

from spectorcli.cli.main import program

SPECTOR = Path(sys.executable).with_name("spector")
AWKWARD = Path(__file__).with_name("awkward")
"""A small case, wholly invented, that holds what is hard to store, compare and draw."""

_COMMANDS: dict[str, Any] = vars(typer.main.get_command(program()))["commands"]
COMMANDS = sorted(_COMMANDS)
QUESTIONS = [name for name in COMMANDS if {"format", "everything"} <= {one.name for one in _COMMANDS[name].params}]
"""The commands that answer in a format; a new one is tested by being born."""

EXAMPLES = {name: shlex.split(one.epilog.partition(": spector ")[2]) for name, one in _COMMANDS.items()}
"""The words of the example in the help of each command, without which there is a mistake here."""

ARGUMENTS = {
    "diff": ("earlier",),
    "factcheck": ("story.md",),
    "history": ("bazaar",),
    "list": ("seizures",),
    "read": ("copies",),
    "search": ("tea",),
    "show": ("bazaar",),
    "sql": ("select id, title, kind, operation from events where id <> :id order by id", "-p", "id", "nothing"),
    "verify": ("--copies", "copies"),
    "why": ("arrests-teapot-de",),
}
"""What to ask about in the awkward case, for the questions that cannot be asked without; said in its folder."""

SGR = re.compile(r"\x1b\[[0-9;]*m")
"""The only escape sequences that spector itself writes: colours."""


def words(question: str) -> tuple[str, ...]:
    """Return the words that ask a question of the awkward case."""
    needs = [one.name for one in _COMMANDS[question].params if one.required]
    assert not needs or question in ARGUMENTS, f"{question} needs {', '.join(needs)}: add them in tests/terminal.py"
    return question, *ARGUMENTS.get(question, ())


@dataclass(frozen=True)
class Done:
    """What a run left behind: exit code (minus the signal that ended it), stdout and stderr."""

    code: int
    out: bytes
    err: str

    @property
    def told(self) -> str:
        """Its stderr, but for two notes: cells look like formulas, and other operations have more."""
        return re.sub(r"spector: (.* like a formula, .*|.* more in other operations; .*)\n", "", self.err)

    @property
    def text(self) -> str:
        """Its stdout as text."""
        return self.out.decode()


def environment(**more: str) -> dict[str, str]:
    """Return what a program needs, and no more of ours; nobody's own data folder is touched."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TMPDIR") if name in os.environ}
    homes = {"XDG_DATA_HOME": os.devnull, "XDG_STATE_HOME": os.devnull, "XDG_CACHE_HOME": os.devnull}
    return {**kept, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **homes, **more}


def run(*words: str | Path, cwd: Path | None = None, **env: str) -> Done:
    """Run spector with its output in pipes."""
    done = subprocess.run(
        [SPECTOR, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd or AWKWARD,
        env=environment(**env),
        timeout=60,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


def wait_until_busy(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has worked for 0.3 s, in which it starts on any machine, however busy that is: it takes 0.1.

    Python loses what a signal raises in the middle of an import.
    """
    used, ticks = Path(f"/proc/{process.pid}/stat"), os.sysconf("SC_CLK_TCK")
    while process.poll() is None and sum(map(int, used.read_text().rpartition(")")[2].split()[11:13])) < 0.3 * ticks:
        time.sleep(0.01)


def build(folder: Path, db: Path) -> str:
    """Build the case file of a folder with the real loader, and return its path."""
    done = ask("load", folder, "--db", db)
    assert done.code == 0, done.err
    return str(db)


def stored(db: str | Path, asked: str) -> list[tuple[Any, ...]]:
    """Return the rows of a statement from a case file, and close it: from 3.13 on Python warns of one left open."""
    with closing(sqlite3.connect(f"{Path(db).resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(asked).fetchall()


def complete(*typed: str, shell: str = "bash", **env: str) -> Done:
    """Ask for completions as a shell does when Tab is pressed; the last word is being typed."""
    line = " ".join(["spector", *typed])
    told = {
        "_SPECTOR_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(typed)),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return ask(cwd=None, **told | env)


def ask(*words: str | Path, cwd: Path | None = None, **env: str) -> Done:
    """Run spector with its output in files."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        _spector(words, out.fileno(), err.fileno(), cwd, environment(**env))
        return Done(_ended(), _whole(out), _whole(err).decode())


def ask_full(*words: str | Path, **env: str) -> Done:
    """Run spector with its output where there is no room for it."""
    with Path("/dev/full").open("wb") as out, tempfile.TemporaryFile() as err:
        _spector(words, out.fileno(), err.fileno(), None, environment(**env))
        return Done(_ended(), b"", _whole(err).decode())


def seen(*words: str | Path, cwd: Path | None = None, **env: str) -> str:
    """Run spector with its output and its messages in one file, and return what is in it."""
    with tempfile.TemporaryFile() as both:
        _spector(words, both.fileno(), both.fileno(), cwd, environment(**env))
        _ended()
        return _whole(both).decode()


def imported(*words: str | Path, **env: str) -> set[str]:
    """Return what a new Python has imported when it has run spector."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        _spector(words, out.fileno(), err.fileno(), None, environment(**env), bare=True)
        assert _ended(bare=True) == 0
        return set(_whole(err).decode().split())


def draw(*words: str | Path, columns: int, cwd: Path | None = None, **env: str) -> Done:
    """Run spector on a colour terminal of a width."""
    master, slave = pty.openpty()
    mode = termios.tcgetattr(slave)
    mode[1] &= ~termios.OPOST  # line ends too come through as they were written
    termios.tcsetattr(slave, termios.TCSANOW, mode)
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with io.FileIO(master) as terminal, tempfile.TemporaryFile() as err:
        _spector(words, slave, err.fileno(), cwd, environment(**{"TERM": "xterm-256color", **env}))
        os.close(slave)
        out = b"".join(iter(lambda: _part(terminal), b""))
        return Done(_ended(), out, _whole(err).decode())


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _part(terminal: io.FileIO) -> bytes:
    try:
        return terminal.read(65536)
    except OSError:  # on Linux the end of a terminal is an error
        return b""


def _spector(
    words: tuple[str | Path, ...], out: int, err: int, cwd: Path | None, env: dict[str, str], bare: bool = False
) -> None:
    """Tell the process that forks to be spector with these streams."""
    asked = {"words": [str(word) for word in words], "cwd": str(cwd or AWKWARD), "env": env}
    text = f"{json.dumps(asked)}\n".encode()
    sent = socket.send_fds(_forks(bare), [text], [out, err])
    _forks(bare).sendall(text[sent:])


def _ended(bare: bool = False) -> int:
    """Return the exit code of what was started last."""
    try:
        return int(_forks(bare).recv(10))
    except BaseException:  # the test is out of time: what is still running must not answer the next
        _forks.cache_clear()
        raise


@cache
def _forks(bare: bool) -> socket.socket:
    """Start the process that forks, and return the line to it."""
    ours, theirs = socket.socketpair()
    asked = [sys.executable, str(Path(__file__).with_name("forks.py")), *(["--bare"] if bare else [])]
    process = subprocess.Popen(asked, stdin=theirs.fileno())
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)  # the last is the first
    return ours
