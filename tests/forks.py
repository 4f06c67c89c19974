"""Is spector for each command line that comes down a socket: a process that has imported everything.

One fork of it answers one line after the other, for a fork touches its memory anew, 2,900 pages in a question: that
took 20 ms of the 28 that a question needed. ``ALONE`` says what gets a fork of its own. A fork of the tests' own
process, which holds what all of them need, would take longer still. With ``--bare`` it has imported no more than any
start does, and each fork says on stderr in the end what it has imported.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import socket
import sys
import traceback
import warnings
from typing import Any

import spectorcli.cli.main  # any start imports it
from spectorcli.values import countries

LIBRARIES = (
    "duckdb icalendar jinja2 platformdirs.unix pycountry pylatexenc.latexencode "
    "rich._unicode_data.unicode17-0-0 sqlite_utils stix2 typer._click.decorators xlsxwriter"
).split()
BARE = "--bare" in sys.argv

ASKING = "_SPECTOR_COMPLETE"
"""By this a shell asks for completions. It is read when the command line is imported, which is then done again."""

ALONE = {"corpus", "--lake", "SPECTOR_LAKE", ASKING}
"""What gets a fork of its own, for it changes the process: DuckDB starts threads."""


def serve(line: socket.socket) -> None:
    """Have a fork answer until nothing more is asked, and another go on where one ended before it had answered."""
    while child := os.fork():
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if not code:
            return
        line.sendall(f"{code}\n".encode())
    _answer(line)
    os._exit(0)


def _answer(line: socket.socket) -> None:
    """Run one command line after the other, each with the two streams that come with it, and answer its exit code."""
    while True:
        text, streams, _, _ = socket.recv_fds(line, 1 << 20, 2)
        while text and not text.endswith(b"\n"):
            text += line.recv(1 << 20)
        if not text:
            return
        asked = json.loads(text)
        if BARE or ALONE & {*asked["words"], *asked["env"]}:
            child = os.fork()
            if child == 0:
                line.close()
                os._exit(_be_spector(streams, asked))
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            code = _be_spector(streams, asked)
        for stream in streams:
            os.close(stream)
        line.sendall(f"{code}\n".encode())


def _be_spector(streams: list[int], asked: dict[str, Any]) -> int:
    """Be spector and return the exit code; a bug ends this process, so that nothing of it is left to the next."""
    try:
        return _run(streams, **asked)
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        os._exit(70)
    finally:
        for number in (1, 2):  # who reads a terminal reads until nobody can write to it
            os.dup2(NOTHING, number)


def _run(streams: list[int], words: list[str], cwd: str, env: dict[str, str]) -> int:
    """Run spector with the streams that a new Python would have, and return the exit code."""
    signal.alarm(60)  # ends what hangs
    for number, stream in enumerate((NOTHING, *streams)):
        os.dup2(stream, number)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["spector", *words]
    sys.stdout = _stream(1, env["PYTHONIOENCODING"])
    sys.stderr = _stream(2, "utf-8")
    if ASKING in env:
        for name in [name for name in sys.modules if name.startswith("spectorcli.cli")]:
            del sys.modules[name]
    from spectorcli.cli.main import main

    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        if BARE:
            sys.stderr.write(" ".join(sys.modules))
        sys.stdout.flush()
        sys.stderr.flush()
        signal.alarm(0)


NOTHING = os.open(os.devnull, os.O_RDWR)


def _stream(number: int, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), encoding=encoding)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    if not BARE:
        ours = (module.name for module in pkgutil.walk_packages(spectorcli.__path__, "spectorcli."))
        for name in (*LIBRARIES, *ours):
            if not name.endswith("__main__"):
                importlib.import_module(name)
        countries.meant("tea")  # reads names in all languages, once
    gc.collect()  # once here, and not in each fork
    gc.freeze()
    warnings.simplefilter("error")  # as in the tests
    with socket.socket(fileno=os.dup(0)) as line, contextlib.suppress(KeyboardInterrupt):
        serve(line)
