"""Runs every command on a case of 50 MB, each in a process of its own, and tells its time and memory.

The case is one of bench/scale. A command that takes longer than ``--patience`` is stopped, and the table says so; exit
code 1 if one ended with a code that is none of an answer. ``--write`` puts the table into bench/README.md.
"""

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.scale import make
from spectorcli.exchange import EXPORTS

SPECTOR = Path(sys.executable).with_name("spector")
README = Path(__file__).with_name("README.md")
MARK = "<!-- every -->"
CLAIMS = 500_000
"""As many as make a folder of 50 MB."""

ANSWERS = {0, 1}
MEMORY = 4 << 30
"""Bytes that a command may take before it fails by itself, and the machine does not."""


def main() -> int:
    """Make the case, run the commands and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("only", nargs="*", metavar="COMMAND", help="only these, such as report; and a load before")
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--patience", type=int, default=300, metavar="SECONDS")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="spector-every-") as room:
        case, db = Path(room) / "case", Path(room) / "case.db"
        make(case, given.claims, 20230502)
        size = sum(file.stat().st_size for file in case.iterdir()) / 1e6
        lines = [
            f"{given.claims:,} claims, a folder of {size:.0f} MB.",
            "",
            "| command | seconds | MB | |",
            "|---|---|---|---|",
        ]
        print("\n".join(lines), flush=True)
        for number, words in enumerate(commands(case, Path(room))):
            if number and given.only and not {" ".join(words[:2]), *words[:1]} & {*given.only}:
                continue
            code, seconds, peak = spent(words, db, given.patience)
            failed |= code not in ANSWERS
            said = "" if code in ANSWERS else "stopped" if code < 0 else f"exit {code}"
            shown = " ".join(word for word in words if not word.startswith(room)).removesuffix(" -o")
            lines.append(f"| {shown} | {seconds:.1f} | {peak:.0f} | {said} |")
            print(lines[-1], flush=True)
    if given.write:
        text = README.read_text(encoding="utf-8")
        before, _, after = text.split(MARK)
        README.write_text(f"{before}{MARK}\n\n" + "\n".join(lines) + f"\n\n{MARK}{after}", encoding="utf-8")
    return int(failed)


def commands(case: Path, room: Path) -> Iterator[list[str]]:
    """Yield the command lines: a load first, then whatever reads what it built, at last what writes into the folder."""
    yield ["load", str(case)]
    yield ["load", str(case), "--check"]
    first = re.search(r"^(arrests-[^,]+),count", (case / "claims.csv").read_text(encoding="utf-8"), re.MULTILINE)
    thing = first[1] if first else "arrests"
    for name in "timeline arrests seizures operations agencies countries people markets proceedings statements".split():
        yield [name]
    yield from (["timeline", "--chart"], ["list", "people"])
    yield from (["sources"], ["conflicts", "--all"], ["conflicts"], ["check"], ["fields"], [])
    yield from (["why", thing, "count"], ["show", thing], ["graph", thing], ["search", "lan"])
    yield ["sql", "select subject, count(*) from claims group by subject", "--limit", "0"]
    for style in ("plain", "bibtex", "csl"):
        yield ["cite", "--all", "--style", style]
    for name in EXPORTS:
        yield ["export", name, "-o", str(room / f"export-{name}")]
    yield ["export", "folder", "--redact", "people", "-o", str(room / "redacted")]
    yield ["report", "--subject", thing, "-o", str(room / "page.html")]
    for suffix in ("html", "md"):
        yield ["report", "-o", str(room / f"page.{suffix}")]
    yield ["report", "--redact", "people", "-o", str(room / "redacted.md")]
    yield ["diff", str(room / "export-folder"), str(case)]
    yield ["add", "claim", thing, "count", "7", "--source", "source-1", "--case", str(case)]


def spent(words: list[str], db: Path, patience: int) -> tuple[int, float, float]:
    """Run a command, and return its exit code, or minus the signal that ended it, seconds and megabytes."""
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(db.parent), "SPECTOR_DB": str(db)}
    if words[0:1] == ["load"] and "--check" not in words:
        words = [*words, "--db", str(db)]
    begin = perf_counter()
    with subprocess.Popen(
        [SPECTOR, *words],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    ) as process:
        signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.alarm(patience)
        _, status, used = os.wait4(process.pid, 0)
        signal.alarm(0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, perf_counter() - begin, used.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
