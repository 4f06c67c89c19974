"""Where a case lies: on read-only media, with another user, under an odd path; a question creates nothing."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.faults.lab import SPECTOR, Lab, each, need, one_line
from bench.faults.outputs import outputs
from spectorcli.database import LAYOUT

QUESTIONS: tuple[tuple[str, ...], ...] = (
    *((name,) for name in "arrests seizures timeline operations agencies countries people markets sources".split()),
    *((name,) for name in "proceedings statements conflicts check fields graph".split()),
    *(("show", "example"), ("why", "arrests-example"), ("search", "tea"), ("cite", "--all"), ("report", "-f", "html")),
    ("sql", "select * from claims"),
)

READ_ONLY = """
room=$1; shift
mount -t tmpfs tmpfs "$room-ro" && cp "$room/case.db" "$room-ro" && mount -o remount,ro "$room-ro" && exec "$@"
"""


def places(lab: Lab) -> Iterator[str]:
    """Read-only media and homes: each question answers from them, what must write says why it cannot."""
    need("unshare", "-rm", "true")
    room = lab.room()
    media = Path(f"{room}-ro")
    media.mkdir()
    before = ("unshare", "-rm", "sh", "-c", READ_ONLY, "sh", str(room))
    home = {"XDG_DATA_HOME": str(media)}

    def trial(words: tuple[str, ...]) -> str:
        wanted = lab.spector(*words, "--db", room / "case.db")
        done = lab.spector(*words, "--db", media / "case.db", before=before)
        same = (done.code, done.out, done.err) == (0, wanted.out, wanted.err)
        return "" if same else f"{words}: exit {done.code}: {done.err}"

    def refused(job: tuple[tuple[str | Path, ...], dict[str, str]]) -> str:
        words, env = job
        done = lab.spector(*words, before=before, env=env)
        return "" if (done.code, done.out) == (6, b"") and one_line(done.err) else f"{words}: {done}"

    yield from each(trial, QUESTIONS[:: 6 if lab.quick else 1])
    writing = [(("arrests",), home), (("load",), home), (("load", lab.cases["new"], "--db", media / "case.db"), {})]
    writing += [
        ((*words, "-o", media / f"out.{name}", "--db", room / "case.db"), {}) for name, words in outputs(lab).items()
    ]
    writing += [(("arrests",), {"XDG_DATA_HOME": nowhere}) for nowhere in ("", os.devnull, "/proc/none")]
    writing += [(("init", media / "case"), {})]
    yield from each(refused, writing)


def others(lab: Lab) -> Iterator[str]:
    """Files and folders of another user: the same."""
    run = () if os.geteuid() else ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    room = lab.room()
    for folder, mode in ((lab.home, 0o755), (lab.folder, 0o755), (room, 0o555)):
        folder.chmod(mode)
    need(*run, SPECTOR, "--version")
    done = lab.spector("arrests", "--db", room / "case.db", before=run)
    yield "" if done.code == 0 else f"a question: exit {done.code}: {done.err}"
    shutil.copy(room / "case.db", lab.folder / "closed.db")
    (lab.folder / "closed.db").chmod(0)
    trials = [("arrests", "--db", lab.folder / "closed.db"), ("load", lab.cases["new"], "--db", room / "case.db")]
    trials += [(*words, "-o", room / f"out.{name}", "--db", room / "case.db") for name, words in outputs(lab).items()]
    for words in trials:
        done = lab.spector(*words, before=run)
        yield "" if (done.code, done.out) == (6, b"") and one_line(done.err) else f"{words}: {done}"


def paths(lab: Lab) -> Iterator[str]:
    """Odd paths of a case: a name is taken as it is, what is no case is refused, nothing is created by a read."""
    names = (
        "a?mode=rwc",
        "a?mode=rwc&x=.db",
        "per%41.db",
        "ha#sh.db",
        "sp ace.db",
        "new\nline.db",
        "file:x.db",
        "ö.db",
        os.fsdecode(b"\xff.db"),
    )
    not_cases: dict[str, Callable[[Path], object]] = {
        "missing": lambda path: None,
        "folder": Path.mkdir,
        "pipe": os.mkfifo,
        "null": lambda path: path.symlink_to("/dev/null"),
        "zero": lambda path: path.symlink_to("/dev/zero"),
        "dangling": lambda path: path.symlink_to("nowhere"),
        "loop": lambda path: path.symlink_to(path.name),
        "empty": Path.touch,
        "text": lambda path: path.write_text("SQLite format 3, or so they say\n" * 10),
        "foreign": lambda path: sqlite3.connect(path).executescript("create table arrests (id)").close(),
        "other": lambda path: marked(lab.files["old"], path, 68, 0),
        "newer": lambda path: marked(lab.files["old"], path, 60, LAYOUT + 1),
        "older": lambda path: marked(lab.files["old"], path, 60, LAYOUT - 1),
    }
    answer = lab.spector("arrests", "--db", lab.files["old"]).out

    def trial(name: str) -> str:
        room = Path(tempfile.mkdtemp(dir=lab.folder))
        if name in not_cases:
            not_cases[name](room / name)
        else:
            shutil.copy(lab.files["old"], room / "real")
            (room / name).symlink_to("real") if name == "link" else (room / "real").rename(room / name)
        before = sorted(room.iterdir())
        done = lab.spector("arrests", "--db", room / name)
        if sorted(room.iterdir()) != before:
            return f"{name!r}: there are now {sorted(room.iterdir())}"
        if name in not_cases:
            return "" if done.code in (3, 6) and not done.out and one_line(done.err) else f"{name}: {done}"
        return "" if (done.code, done.out, done.err) == (0, answer, "") else f"{name!r}: {done}"

    yield from each(trial, (*names, "link", *not_cases))


def marked(db: Path, copy: Path, place: int, number: int) -> None:
    """Copy a case with a number written into its header."""
    data = bytearray(db.read_bytes())
    data[place : place + 4] = number.to_bytes(4, "big")
    copy.write_bytes(data)
