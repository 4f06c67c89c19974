"""bench/faults, with few trials of each row: what breaks a disk, a process or a file keeps every promise."""

import re
import subprocess
import sys
from pathlib import Path

FAULTS = Path(__file__).parents[1] / "bench" / "faults"
ROWS = re.findall(r"\w+", re.search(r"^ROWS = .*? in \((.*?)\)", FAULTS.read_text(), re.DOTALL | re.MULTILINE)[1])  # type: ignore[index]


TRIED_ELSEWHERE = {"device", "first", "heads", "hostile", "limit", "others", "paths", "places", "signals", "tmpfs"}
"""Rows of which other tests have a trial or more; all of them take 40 seconds, and the suite has 180."""


def test_the_promises_hold() -> None:
    rows = [row for row in ROWS if row not in TRIED_ELSEWHERE]
    done = subprocess.run([sys.executable, FAULTS, "--quick", *rows], capture_output=True, text=True, timeout=170)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    for row in rows:
        assert re.search(rf"^{row} +(([1-9][0-9,]*) of \2 held|skipped: )", done.stdout, re.MULTILINE), done.stdout
