"""The exported folder is a valid Frictionless data package."""

from pathlib import Path

import pytest
from frictionless import Package
from terminal import AWKWARD, build, run

from spectorcli.bundled import SEED


@pytest.mark.parametrize("folder", [SEED, AWKWARD], ids=["bundled", "awkward"])
def test_frictionless_finds_nothing(folder: Path, tmp_path: Path) -> None:
    db = build(folder, tmp_path / "case.db")
    assert run("export", "folder", "-o", tmp_path / "out", "--db", db).code == 0
    report = Package(tmp_path / "out" / "datapackage.json").validate()
    assert report.valid, report.to_summary()
    assert len(report.tasks) == 13
