"""Is spector for each command line that comes down a socket: a small process that has imported everything, and forks.

A fork of the tests' own process, which holds what all of them need, takes twice as long. With ``--bare`` it has
imported no more than any start does, and each fork says on stderr in the end what it has imported.
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

import spectorcli
from spectorcli.cli.main import main
from spectorcli.values import countries

LIBRARIES = "icalendar jinja2 networkx pycountry pylatexenc.latexencode sqlite_utils stix2 xlsxwriter".split()
BARE = "--bare" in sys.argv


def serve(line: socket.socket) -> None:
    """Run one command line after the other, each with the two streams that come with it, and answer its exit code."""
    while True:
        text, streams, _, _ = socket.recv_fds(line, 1 << 20, 2)
        while text and not text.endswith(b"\n"):
            text += line.recv(1 << 20)
        if not text:
            return
        child = os.fork()
        if child == 0:
            line.close()
            _be_spector(streams, json.loads(text))
        for stream in streams:
            os.close(stream)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        line.sendall(f"{code}\n".encode())


def _be_spector(streams: list[int], asked: dict[str, Any]) -> None:
    """Be spector, and never return."""
    code = 70
    try:
        code = _run(streams, **asked)
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _run(streams: list[int], words: list[str], cwd: str, env: dict[str, str]) -> int:
    """Run spector with the streams that a new Python would have, and return the exit code."""
    signal.alarm(60)  # ends what hangs
    for number, stream in enumerate((os.open(os.devnull, os.O_RDONLY), *streams)):
        os.dup2(stream, number)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["spector", *words]
    sys.stdout = _stream(1, env["PYTHONIOENCODING"])
    sys.stderr = _stream(2, "utf-8")
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        if BARE:
            sys.stderr.write(" ".join({name.partition(".")[0] for name in sys.modules}))
        sys.stdout.flush()
        sys.stderr.flush()


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
