"""A disk that is full or broken: exit 6, one line, and the old file as it was."""

import sys
from collections.abc import Iterator

from bench.faults.lab import Lab, each, need, one_line, traced
from bench.faults.outputs import outputs, without_room
from spectorcli.output import FORMATS

LIMIT = """
import os, resource, sys
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
os.execv(sys.argv[2], sys.argv[2:])
"""


def limit(lab: Lab) -> Iterator[str]:
    """No file may grow: a load, an export, a report, an answer ends with exit 6 and one line, the old is untouched."""

    def trial(job: tuple[str, int]) -> str:
        name, size = job
        return without_room(lab, name, lambda _: (sys.executable, "-c", LIMIT, str(size)))

    yield from each(trial, ((name, size) for name in ("load", *outputs(lab)) for size in (0, 256)))


FILL = """
room=$1; shift
mkdir "$room-seen" && cp -a "$room/." "$room-seen" && mount -t tmpfs -o size=4m tmpfs "$room" || exit 99
cp -a "$room-seen/." "$room"
dd if=/dev/zero of="$room/.filler" bs=1k 2>/dev/null
"$@"; code=$?
rm "$room/.filler" && find "$room-seen" -mindepth 1 -delete && cp -a "$room/." "$room-seen" && umount "$room" || exit 99
find "$room" -mindepth 1 -delete; cp -a "$room-seen/." "$room"
exit $code
"""
"""A full disk lies over the room while a command runs; what is on it in the end is put into the room."""


def tmpfs(lab: Lab) -> Iterator[str]:
    """The disk is full: the same, and what was begun is gone."""
    need("unshare", "-rm", "true")

    def trial(name: str) -> str:
        return without_room(lab, name, lambda room: ("unshare", "-rm", "sh", "-c", FILL, "sh", str(room)))

    yield from each(trial, ("load", *outputs(lab)))


def errors(lab: Lab) -> Iterator[str]:
    """System calls fail with ENOSPC or EIO: the same."""
    need("strace", "-V")
    jobs = [
        (name, call) for name in outputs(lab) for call in ("fsync:error=ENOSPC:when=1", "write:error=ENOSPC:when=1")
    ]
    jobs += [("load", f"fsync:error={error}:when=1") for error in ("ENOSPC", "EIO", "EDQUOT")[: 1 if lab.quick else 3]]
    whens = lab.chance.sample(range(1, 60), lab.many(12))
    jobs += [("load", f"pwrite64:error={lab.chance.choice(('ENOSPC', 'EIO'))}:when={when}+") for when in whens]

    def trial(job: tuple[str, str]) -> str:
        name, call = job
        problem = without_room(lab, name, lambda _: traced(call))
        return f"{call}: {problem}" if problem else ""

    yield from each(trial, jobs)


def device(lab: Lab) -> Iterator[str]:
    """Output goes nowhere, for stdout or the file of -o is full or closed: exit 6, one line."""

    def trial(job: tuple[tuple[str, ...], str]) -> str:
        words, end = job
        room = lab.room()
        given = words if words[0] != "load" else ("load", lab.cases["new"])
        done = lab.spector(*given, "--db", room / "case.db", before=("sh", "-c", f'exec "$@" {end}', "sh"))
        wanted = "new" if words[0] == "load" else "old"
        state = done.code, done.out, one_line(done.err), lab.held(room / "case.db"), len(list(room.iterdir()))
        return "" if state == (6, b"", True, wanted, 1) else f"{words} {end}: {done}, {state}"

    formats = ("csv",) if lab.quick else FORMATS
    answers = [("load",), ("report", "-f", "html"), ("cite", "--all"), *(("timeline", "-f", name) for name in formats)]
    jobs = [(words, end) for words in answers for end in ("> /dev/full", ">&-")]
    files = [words for words in outputs(lab).values() if words[0] == "export"]
    jobs += [((*words, "-o", "/dev/full"), "") for words in (*files, ("arrests", "-f", "csv"), ("report", "-f", "md"))]
    yield from each(trial, jobs)
