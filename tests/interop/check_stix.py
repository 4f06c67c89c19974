"""The standard's own validator has nothing to say against the bundle, and its library reads it back."""

from pathlib import Path

import pytest
import stix2
from stix2validator import ValidationOptions, validate_file
from terminal import AWKWARD, build, run

from spectorcli.casefile import SEED

ACCEPTED = "uuid-check,extref-hashes"
"""Recommendations, not rules. Version 4 ids are random: the same case would not give the same bundle. A hash of a
page would need its bytes, which a case does not hold."""


@pytest.mark.parametrize("folder", [SEED, AWKWARD], ids=["bundled", "awkward"])
def test_the_validator_finds_nothing(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    assert run("export", "stix", "-o", file, "--db", build(folder, tmp_path / "case.db")).code == 0
    result = validate_file(str(file), ValidationOptions(version="2.1", disabled=ACCEPTED))
    assert result.is_valid, [str(error) for one in result.object_results for error in one.errors]
    assert [str(warning) for one in result.object_results for warning in one.warnings] == []
    read = stix2.parse(file.read_text(encoding="utf-8"), version="2.1")
    assert len({one.id for one in read.objects}) == len(read.objects) > 300
