"""A writer is killed: the case is the old one or the new one, and the next load clears up."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.faults.lab import STRACE, STUCK, Lab, each, need, one_line, traced


def kill(lab: Lab) -> Iterator[str]:
    """SIGKILL at a moment of a load: the old case or the new one, and the next load cleans up."""

    def trial(moment: float) -> str:
        room = lab.room()
        with lab.start("load", lab.cases["new"], "--db", room / "case.db", stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
        if process.returncode == 0 and lab.held(room / "case.db") != "new":
            return "exit 0, and not the new case"
        return lab.after(room)

    yield from each(trial, (lab.chance.uniform(0, 1.2 * lab.took["new"]) for _ in range(lab.many(200))))


CRASH = """
import os, signal, sqlite3, sys
db, mode = sys.argv[1:]
connection = sqlite3.connect(db, isolation_level=None)
connection.executescript(f"pragma journal_mode = {mode}; pragma cache_size = 10; begin")
for number in range(500):
    connection.execute("insert into about values (?, ?)", (f"half {number}", "x" * 500))
    connection.execute("update claims set note = note || ?", ("half",))
if mode == "wal":
    connection.execute("commit")
    connection.executescript("begin; update about set value = 'half'")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""A writer is killed in its transaction; of a write-ahead log there is also a commit that only the log holds."""


def crash(db: Path, mode: str) -> None:
    """Leave a case as a writer does that is killed: half written, beside its journal."""
    subprocess.run([sys.executable, "-c", CRASH, db, mode], check=False, timeout=STUCK)
    beside = db.with_name(f"{db.name}-{'wal' if mode == 'wal' else 'journal'}")
    assert beside.stat().st_size > 1000, "no journal was left"


def steps(lab: Lab) -> Iterator[str]:
    """SIGKILL at each step of the protocol, with a hot journal, a lock and a temporary file to clear first."""
    need("strace", "-V")
    start = lab.room()
    crash(start / "case.db", "delete")
    for name in (".case.db.lock", ".case.db.0123456789ab.tmp"):
        (start / name).write_text("left")

    def rooms() -> Path:
        return Path(shutil.copytree(start, tempfile.mkdtemp(dir=lab.folder), dirs_exist_ok=True))

    calls = ["fsync", "rename", "pwrite64", *([] if lab.quick else ["unlink", "flock", "fdatasync", "chmod"])]
    log, load = lab.folder / "calls", ("load", lab.cases["new"], "--db")
    done = lab.spector(*load, rooms() / "case.db", before=(*STRACE, "-o", log, "-e", f"trace={','.join(calls)}"))
    assert done.code == 0, done.err
    found = re.findall(r"^\d+ +(\w+)\(.*= 0$|^\d+ +(pwrite64)\(", log.read_text(), re.MULTILINE)
    places = []
    for call in calls:
        count = sum(call in one for one in found)
        assert count, f"a load does not call {call}"
        whens = range(1, count + 1)
        most = 1 if lab.quick else 40 if call == "pwrite64" else count
        places += [(call, when) for when in lab.chance.sample(whens, min(most, count))]

    def trial(place: tuple[str, int]) -> str:
        call, when = place
        room = rooms()
        done = lab.spector(*load, room / "case.db", before=traced(f"{call}:signal=KILL:when={when}"))
        if done.code != -signal.SIGKILL:
            return f"was not killed at {call} {when}: exit {done.code}"
        problem = lab.after(room)
        return f"killed at {call} {when}: {problem}" if problem else ""

    yield from each(trial, places)


def journal(lab: Lab) -> Iterator[str]:
    """A hot journal or log beside the old case: recovered, never replayed onto the new one."""

    def trial(mode: str) -> str:
        room = lab.room()
        answer = lab.spector("arrests", "-f", "json", "--db", room / "case.db").out
        crash(room / "case.db", mode)
        done = lab.spector("arrests", "-f", "json", "--db", room / "case.db")
        refused = done.code == 3 and not done.out and one_line(done.err)
        if not refused and (done.code, done.out) != (0, answer):
            return f"a question beside a hot {mode} journal: exit {done.code}: {done.err}"
        done = lab.spector("load", lab.cases["new"], "--db", room / "case.db")
        found, left = lab.held(room / "case.db"), sorted(file.name for file in room.iterdir())
        return "" if (done.code, found, left) == (0, "new", ["case.db"]) else f"{mode}: {done.code} {found} {left}"

    yield from each(trial, ("delete", "wal") if lab.quick else ("delete", "persist", "truncate", "wal"))
