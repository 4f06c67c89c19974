"""A case that is damaged or means harm: an answer that is right, or exit 3 and one line, and soon."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

from bench.faults.lab import ENVIRONMENT, LANES, Done, Lab, each, finish, one_line
from spectorcli.database import seal

WORKER = """
import json, os, resource, signal, sys
from spectorcli.cli.main import main
for line in sys.stdin:
    words, kept = json.loads(line)
    child = os.fork()
    if not child:
        signal.alarm(10)
        for number, end in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{kept}.{end}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.argv = ["spector", *words]
        main()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Runs commands one after the other, each in a copy of a Python that has imported them; one may take ten seconds."""

ASKED = (
    ("arrests",),
    ("timeline",),
    ("show", "example"),
    ("why", "arrests-example"),
    ("search", "tea"),
    ("conflicts",),
)


WAYS = ("flip", "flip", "flip", "header", "cut", "zero", "noise", "swap", "foreign")


@cache  # two rows look at it
def hurt(lab: Lab) -> list[tuple[str, Done, Done]]:
    """Return what was done to a case, and how a question of it was answered, and how it should be."""
    room, whole = lab.room("new"), lab.files["new"].read_bytes()
    chance, jobs = random.Random(lab.seed), []
    for one in range(lab.many(600)):
        way = chance.choice(WAYS)
        db = room / f"{one}.db"
        db.write_bytes(damaged(whole, way, chance))
        jobs.append((way, (*chance.choice(ASKED), "-f", "json", "--db"), db))
    asked = [(words, room / "case.db") for words in dict.fromkeys(job[1] for job in jobs)] + [job[1:] for job in jobs]

    def work(asked: list[tuple[tuple[str, ...], Path]]) -> list[int]:
        lines = "".join(json.dumps([[*words, str(db)], f"{db}-{words[0]}"]) + "\n" for words, db in asked)
        worker = (sys.executable, "-c", WORKER)
        done = subprocess.run(worker, input=lines, capture_output=True, text=True, env=ENVIRONMENT, check=True)
        return [int(code) for code in done.stdout.split()]

    with ThreadPoolExecutor(LANES) as pool:
        shares = [asked[lane::LANES] for lane in range(LANES)]
        codes = pool.map(work, shares)
        ends = {job: code for share in zip(shares, codes, strict=True) for job, code in zip(*share, strict=True)}

    def kept(words: tuple[str, ...], db: Path) -> Done:
        out, err = (Path(f"{db}-{words[0]}.{end}").read_bytes() for end in ("out", "err"))
        return Done(ends[words, db], out, err.decode(errors="replace"))

    return [(f"{way} {db.name} {words[0]}", kept(words, db), kept(words, room / "case.db")) for way, words, db in jobs]


def damaged(whole: bytes, way: str, chance: random.Random) -> bytes:
    """Return the bytes of a case after a mishap."""
    data, size = bytearray(whole), 4096
    page = size * chance.randrange(len(data) // size)
    match way:
        case "flip":
            for _ in range(chance.choice((1, 1, 8, 64))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "header":
            data[chance.randrange(100)] = chance.randrange(256)
        case "cut":
            del data[chance.randrange(len(data)) :]
        case "zero":
            data[page : page + size] = bytes(size)
        case "noise":
            data[page : page + size] = chance.randbytes(size)
        case "swap":
            other = size * chance.randrange(len(data) // size)
            data[page : page + size], data[other : other + size] = data[other : other + size], data[page : page + size]
        case "foreign":
            data = bytearray(chance.randbytes(chance.randrange(10_000)))
    return bytes(data)


def damage(lab: Lab) -> Iterator[str]:
    """Damaged, cut or foreign files: an answer, or exit 3 and one line; no traceback, none hangs."""
    for what, done, _ in hurt(lab):
        fine = done.code == 0 or (done.code == 3 and one_line(done.err))
        yield "" if fine else f"{what}: exit {done.code}: {done.err[-300:]}"


def altered(lab: Lab) -> Iterator[str]:
    """Wrong answers from damaged files: none is passed for a right one."""
    for what, done, right in hurt(lab):
        yield f"{what}: another answer, exit 0" if done.code == 0 and done.out != right.out else ""


HOSTILE = """
pragma legacy_alter_table = on;  -- the views go on asking for facts
alter table facts rename to kept;
create view facts as with recursive n (i) as (select 1 union all select i + 1 from n) select kept.* from kept, n;
"""


def hostile(lab: Lab) -> Iterator[str]:
    """A case with a view that never ends: refused, or stopped within a second of Ctrl-C."""
    room = lab.room()
    with closing(sqlite3.connect(room / "case.db")) as connection:
        connection.executescript(HOSTILE)
    seal(room / "case.db")  # whoever means harm can do this, too

    def trial(number: signal.Signals) -> str:
        process = lab.start("arrests", "--db", room / "case.db")
        try:
            process.wait(1.5)
        except subprocess.TimeoutExpired:
            process.send_signal(number)
        done = finish(process, time.perf_counter())
        fine = done.code == 3 or (done.code in (128 + number, -number) and done.took < 1)
        return "" if fine else f"{number.name}: exit {done.code} after {done.took:.1f} s: {done.err}"

    yield from each(trial, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
