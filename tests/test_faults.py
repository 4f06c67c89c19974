"""bench/faults, with few trials of each row: what breaks a disk, a process or a file keeps every promise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).parents[1] / "bench" / "faults"
ROWS = re.findall(r"\w+", re.search(r"^ROWS = .*? in \((.*?)\)", FAULTS.read_text(), re.DOTALL | re.MULTILINE)[1])  # type: ignore[index]


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    """What the script says of each row, with what went wrong below it."""
    done = subprocess.run([sys.executable, FAULTS, "--quick", *ROWS], capture_output=True, text=True, timeout=110)
    assert not done.stderr
    found = re.split(r"^(\w+) (?= )", done.stdout, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


@pytest.mark.parametrize("row", ROWS)
def test_a_promise_holds(lines: dict[str, str], row: str) -> None:
    if "skipped:" in lines[row]:
        pytest.skip(lines[row].strip())
    held = re.search(r"([\d,]+) of ([\d,]+) held", lines[row])
    assert held, lines[row]
    assert held[1] == held[2] != "0", lines[row]
