"""Where spector is broken: two cases, chance, and the installed command as a user starts it; a row asks for no more."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

SPECTOR = str(Path(sys.executable).with_name("spector"))
LANES = 2
"""Trials that run at once, as many as the smallest machine has cores."""

ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": os.devnull, "PYTHONDONTWRITEBYTECODE": "yes"}
"""Python itself keeps half a module if the disk is full, and cannot import it the next time (CPython 126606)."""

STUCK = 60
"""Seconds after which a command hangs."""


class Skipped(Exception):
    """What a row needs is not on this machine."""


class Done(NamedTuple):
    """What a command left."""

    code: int
    out: bytes
    err: str
    took: float = 0.0


Item = TypeVar("Item")


class Lab:
    """A folder to break things in, two cases, and chance."""

    def __init__(self, folder: Path, seed: int, quick: bool) -> None:
        """Make the cases: the old one is small, the new one has enough to be caught in the middle."""
        self.home, self.seed, self.quick = folder, seed, quick
        self.begin("setup")
        self.cases = {"old": folder / "old", "new": folder / "new"}
        for case in self.cases.values():
            self.spector("init", case)
        with (self.cases["new"] / "events.csv").open("a") as events:
            events.writelines(f"tea-{n},announcement,Tea is poured the {n}th time,,,,\n" for n in range(400))
        with (self.cases["new"] / "claims.csv").open("a") as claims:
            claims.writelines(f"tea-{n},date,2024-{n % 12 + 1:02},,,police-release,,,,\n" for n in range(400))
        self.files, self.took = {}, {}
        for name, case in self.cases.items():
            self.files[name] = folder / f"{name}.db"
            done = self.spector("load", case, "--db", self.files[name])
            assert done.code == 0, done.err
            self.took[name] = done.took
        self.prints = {fingerprint(file): name for name, file in self.files.items()}

    def many(self, number: int) -> int:
        """Return how many trials to make."""
        return max(2, number // 50) if self.quick else number

    def room(self, case: str = "old") -> Path:
        """Return a new folder in which the case of that name is loaded."""
        room = Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copy(self.files[case], room / "case.db")
        return room

    def start(self, *words: str | Path, before: Iterable[str | Path] = (), **more: Any) -> "subprocess.Popen[bytes]":
        """Start a command, in words ``before`` it if there are any."""
        settings: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        env = ENVIRONMENT | {"XDG_DATA_HOME": str(self.home / "data")} | settings.pop("env", {})
        process: subprocess.Popen[bytes] = subprocess.Popen(
            [*before, SPECTOR, *words], stdin=subprocess.DEVNULL, env=env, **settings
        )
        return process

    def spector(self, *words: str | Path, before: Iterable[str | Path] = (), **more: Any) -> Done:
        """Run a command to its end."""
        start = time.perf_counter()
        with self.start(*words, before=before, **more) as process:
            return finish(process, start)

    def held(self, db: Path) -> str:
        """Return which case a file holds whole, old or new, or else what is wrong with it."""
        if not db.exists():
            return "missing"
        try:
            with closing(sqlite3.connect(db)) as connection:
                found = connection.execute("pragma integrity_check").fetchone()[0]
                if found != "ok" or connection.execute("pragma foreign_key_check").fetchone():
                    return "damaged"
                for key, stated in connection.execute("select key, value from about where key glob 'rows of *'"):
                    table, kind = ("claims", None) if key == "rows of claims" else ("entities", key[8:])
                    count = f"select count(*) from {table} where ? is null or kind = ?"  # noqa: S608
                    count = count if kind else "select count(*) from claims where ? is ?"
                    if connection.execute(count, (kind, kind)).fetchone()[0] != int(stated):
                        return f"not all of the {key}"
            return self.prints.get(fingerprint(db), "of neither case")
        except sqlite3.Error as error:
            return str(error)

    def after(self, room: Path) -> str:
        """Return what is wrong after a crash: with the case, or with what the next load leaves of the crash."""
        copy = Path(shutil.copytree(room, room.with_name(f"{room.name}-copy")))  # for looking at it may recover it
        found = self.held(copy / "case.db")
        if found not in self.cases:
            return found
        if {file.name for file in room.iterdir()} != {"case.db"}:
            done = self.spector("load", self.cases["new"], "--db", room / "case.db")
            if done.code or self.held(room / "case.db") != "new":
                return f"the next load: exit {done.code}, {self.held(room / 'case.db')}: {done.err}"
            left = sorted(file.name for file in room.iterdir())
            if left != ["case.db"]:
                return f"the next load left {left}"
        return ""

    def begin(self, row: str) -> None:
        """Give a row a folder and chance of its own: it is the same whichever rows run."""
        self.chance = random.Random(f"{self.seed} {row}")
        self.folder = self.home / row
        self.folder.mkdir()

    def end(self) -> None:
        """Clear away what a row left."""


def finish(process: "subprocess.Popen[bytes]", start: float) -> Done:
    """Wait for a command; one that hangs is killed, and its exit code says so."""
    try:
        out, err = process.communicate(timeout=STUCK)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        err += b"\nhangs"
    return Done(process.returncode, out or b"", (err or b"").decode(), time.perf_counter() - start)


def fingerprint(db: Path) -> str:
    """Return the fingerprint that a case file bears."""
    with closing(sqlite3.connect(db)) as connection:
        return str(connection.execute("select value from about where key = 'fingerprint'").fetchone()[0])


def each(trial: Callable[[Item], str], items: Iterable[Item]) -> Iterator[str]:
    """Try each item, some at once."""
    with ThreadPoolExecutor(LANES) as pool:
        yield from pool.map(trial, list(items))


def need(*words: str) -> None:
    """Skip the row if a command cannot run here."""
    try:
        able = subprocess.run(words, capture_output=True, timeout=STUCK).returncode == 0
    except OSError:
        able = False
    if not able:
        raise Skipped(f"{' '.join(words)} does not run here")


def one_line(err: str) -> bool:
    """Tell whether a refusal is one line; that the bundled case is built is said before it."""
    return bool(re.fullmatch(r"(spector: building the bundled case in .*\n)?spector: .*\n", err))


STRACE = ("strace", "-f", "--seccomp-bpf")
"""Stops a program only at the calls that are looked at: twice as fast; strace 6.1 then sends no signals, though."""


def traced(inject: str) -> list[str]:
    """Return the words that put a fault into system calls: ``fsync:error=EIO:when=2``."""
    calls = inject.partition(":")[0]
    return [
        *STRACE[: 2 if "signal=" in inject else None],
        "-o",
        "/dev/null",
        "-e",
        f"trace={calls}",
        "-e",
        f"inject={inject}",
    ]
