"""The user, or the reader of a pipe, goes away: quiet, at once, and nothing partial."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.faults.lab import Lab, each, finish
from bench.faults.outputs import outputs, snapshot, written_out
from spectorcli.output import FORMATS


def signals(lab: Lab) -> Iterator[str]:
    """Ctrl-C, TERM, HUP at a moment of a load, an export, a report, a question: quiet, in a second, nothing partial."""
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as most from n"
    commands: dict[str, tuple[str | Path, ...]] = {name: (*words, "-o") for name, words in outputs(lab).items()}
    commands |= {"load": ("load", lab.cases["new"]), "sql": ("sql", endless), "timeline": ("timeline",)}
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    jobs = [
        (numbers[one % 3], lab.chance.choice((*commands, "load", "load")), lab.chance.uniform(0.15, 0.5))
        for one in range(lab.many(150))
    ]

    def trial(job: tuple[signal.Signals, str, float]) -> str:
        number, name, moment = job
        room = lab.room()
        words = commands[name]
        out = (room / f"out.{name}",) if words[-1] == "-o" else ()
        with lab.start(*words, *out, "--db", room / "case.db", env={"TMPDIR": str(room)}) as process:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.send_signal(number)
            done = finish(process, time.perf_counter())
        if "init_import_site" in done.err:  # on a busy machine Python itself had not begun, and nothing was tried
            return trial(job)
        left, held = snapshot(room), lab.held(room / "case.db")
        del left["case.db"]
        fine = left in ({}, whole.get(name, {})) and held in (("old", "new") if name == "load" else ("old",))
        if done.code:
            fine &= done.code in (128 + number, -number) and done.took < 1 and (bool(left) or not done.err)
        else:  # it was done before
            fine &= held == "new" if name == "load" else bool(left) or not out
        return "" if fine else f"{job}: {done}, {[*left]}, {held}"

    whole = {}
    for name in outputs(lab):
        whole[name] = written_out(lab, name)[2]
        del whole[name]["case.db"]
    yield from each(trial, jobs)


def heads(lab: Lab) -> Iterator[str]:
    """The reader of a pipe goes away: exit 141 and not a word, in any format."""
    many = (
        "with recursive n(i) as (select 1 union all select i + 1 from n limit 9000) select printf('%0500d', i) x from n"
    )
    formats = [name for name in FORMATS if name not in ("timeline", "svg")][: 2 if lab.quick else None]
    jobs: list[tuple[tuple[str, ...], str]] = [(("sql", many), format) for format in formats]
    jobs += [(("timeline",), "timeline"), (("report",), "html"), (("report",), "md")]

    def trial(job: tuple[tuple[str, ...], str]) -> str:
        words, format = job
        with lab.start(*words, "-f", format, "--db", lab.files["new"]) as process:
            assert process.stdout
            if words[0] == "sql":  # the others may say less than a pipe holds
                process.stdout.readline()
            process.stdout.close()
            process.stdout = None
            done = finish(process, time.perf_counter())
        return "" if done.code in (141, -signal.SIGPIPE) and not done.err else f"{job}: {done}"

    yield from each(trial, jobs)
