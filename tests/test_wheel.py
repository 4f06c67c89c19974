"""What is built is what was written: the wheel holds all that spector needs, nothing else, and runs on its own."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from terminal import environment

from spectorcli import __version__

ROOT = Path(__file__).parents[1]
NAME = f"spector_cli-{__version__}"


def python(*words: str | Path, **env: str) -> str:
    """Run Python where no checkout is near, and return what it printed."""
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, env=environment(**env), cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(folder: Path) -> Path:
    """Build the sdist, and from it the wheel."""
    python("-m", "build", "--no-isolation", "--outdir", folder, ROOT, SOURCE_DATE_EPOCH="1700000000")
    return folder


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    return dist / f"{NAME}-py3-none-any.whl"


def files(folder: Path) -> set[str]:
    return {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.name != ".DS_Store"
    }


def test_the_wheel_holds_the_package_and_the_bundled_case(wheel: Path) -> None:
    info = {f"{NAME}.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    package = {f"spectorcli/{name}" for name in files(ROOT / "src" / "spectorcli")}
    seed = {f"spectorcli/seed/{name}" for name in files(ROOT / "seed")}
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == package | seed | info | {f"{NAME}.dist-info/licenses/LICENSE"}
    assert package >= {
        f"spectorcli/{name}" for name in ("cli/main.py", "py.typed", "vocabulary.csv", "sql/build/schema.sql")
    }
    assert seed >= {f"spectorcli/seed/{name}" for name in ("claims.csv", "sources.csv", "datapackage.json")}


def test_the_sdist_holds_what_a_clone_does(dist: Path) -> None:
    with tarfile.open(dist / f"{NAME}.tar.gz") as archive:
        held = {member.name.partition("/")[2] for member in archive if member.isfile()}
    kept = {
        f"{folder}/{name}" for folder in ("src", "seed", "tests", "bench", "locks") for name in files(ROOT / folder)
    }
    papers = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Makefile", "pyproject.toml"}
    assert held == kept | papers | {"PKG-INFO", ".gitignore"}


def test_the_wheel_runs_on_its_own(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    python("-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-compile", "--target", place, wheel)
    env = {"PYTHONPATH": str(place), "XDG_DATA_HOME": str(tmp_path / "data")}
    assert Path(python("-c", "import spectorcli; print(spectorcli.__file__)", **env)).is_relative_to(place)
    answer = python(place / "bin" / "spector", "timeline", **env)
    assert "monopoly-market-seizure" in answer
    assert python("-m", "spectorcli", "timeline", **env) == answer
    assert (tmp_path / "data" / "spector" / "case.db").is_file()


def test_two_builds_give_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    again = build(tmp_path)
    assert {file.name: file.read_bytes() for file in dist.iterdir()} == {
        file.name: file.read_bytes() for file in again.iterdir()
    }
