"""bench/faults, with few trials of each row: what breaks a disk, a process or a file keeps every promise."""

import pytest

from bench.faults.lab import Lab
from bench.faults.rows import ROWS, tried

TRIED_ELSEWHERE = {
    "device",
    "first",
    "heads",
    "hostile",
    "kill",
    "limit",
    "others",
    "paths",
    "places",
    "signals",
    "tmpfs",
}
"""Rows of which other tests have a trial or more; together they take longer than the rest of this file."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(tmp_path_factory.mktemp("faults").resolve(), seed=20230502, quick=True)


@pytest.mark.parametrize("row", [row for row in ROWS if row not in TRIED_ELSEWHERE])
def test_the_promise_holds(lab: Lab, row: str) -> None:
    trials, wrong, skipped = tried(row, lab)
    if skipped:
        pytest.skip(skipped)
    assert trials
    assert not wrong
