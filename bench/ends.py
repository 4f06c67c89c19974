"""Runs the suite at both ends of what pyproject.toml allows: the lowest versions and the newest, on each Python here.

Each end is an environment of its own in ``.venv-ends``. The tools of the tests are those of the lock; only what a user
installs is the lowest, or the newest. There a warning of a dependency is an error, too, and must not be a traceback.
Exit code 1 if an end failed; one that could not be made is named, and never counts as passed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
HERE = ROOT / ".venv-ends"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENDS = {"lowest": "lowest-direct", "newest": "highest"}
"""How uv resolves for each end; lowest-direct leaves what others depend on to them."""

VERSIONS = ("3.11", "3.12", "3.13", "3.14")

OURS = r"test_(?:locks|wheel|readme|faults|browser|supply)"
"""Tests of this checkout and of its own environment, which are the same at every end."""

STRICT = (
    ["--version"],
    ["timeline"],
    ["arrests", "-f", "csv"],
    ["cite", "--all", "--style", "bibtex"],
    ["load", "--check"],
)
"""Commands that must not end in a traceback where every warning is an error; the last two use the most libraries."""


class Outcome(NamedTuple):
    """What became of an end."""

    passed: bool
    said: str


def main() -> int:
    """Try each end and print a line for it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ends", nargs="*", metavar="END", help=f"only {' or '.join(ENDS)}")
    parser.add_argument("--python", action="append", metavar="PATH", help="only this one")
    parser.add_argument("--tests", default="tests", help="only these files, with commas between")
    given = parser.parse_args()
    failed = False
    for python in filter(None, given.python or map(here, VERSIONS)):
        version = asked(python, "import platform; print(platform.python_version())")
        for end in given.ends or ENDS:
            outcome = tried(python, f"{version}-{end}", end, given.tests.split(","))
            failed |= not outcome.passed
            print(f"{version:<7} {end:<7} {'passed' if outcome.passed else 'FAILED'}  {outcome.said}", flush=True)
    return int(failed)


def here(version: str) -> str:
    """Return where a Python is; nothing if there is none, or only a name for one that is not installed."""
    found = shutil.which(f"python{version}")
    return asked(found, "import sys; print(sys.executable)") if found else ""


def asked(python: str, question: str) -> str:
    """Return what a Python prints."""
    return subprocess.run([python, "-c", question], capture_output=True, text=True).stdout.strip()


def tried(python: str, name: str, end: str, tests: list[str]) -> Outcome:
    """Make the environment of an end, and run the tests in it."""
    environment = HERE / name
    try:
        make(environment, python, end)
    except subprocess.CalledProcessError as error:
        return Outcome(False, f"not made: {error.stderr.strip().splitlines()[-1]}")
    words = [str(environment / "bin/python"), "-m", "pytest", "-n", "auto", *files(tests)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    (environment / "tests.txt").write_text(done.stdout + done.stderr)
    tracebacks = [command for command in STRICT if is_traceback(environment, command)]
    last = (done.stdout.strip().splitlines() or ["no tests"])[-1].strip("= ")
    if tracebacks:
        last += f"; a traceback with PYTHONWARNINGS=error: {', '.join(' '.join(one) for one in tracebacks)}"
    return Outcome(done.returncode == 0 and not tracebacks, f"{last} ({environment.name}/tests.txt)")


def files(tests: list[str]) -> list[str]:
    """Return the files of tests but for those that are the same at every end."""
    if tests != ["tests"]:
        return tests
    return [str(file) for file in sorted((ROOT / "tests").glob("test_*.py")) if not re.search(OURS, file.name)]


def make(environment: Path, python: str, end: str) -> None:
    """Install what a user installs at this end, with all extras but Spark, and the tools of the tests around it.

    Raises:
        CalledProcessError: an index has none of a version, or it does not build with this Python.
    """
    pinned = HERE / f"{environment.name}.txt"
    HERE.mkdir(exist_ok=True)
    uv("venv", "-q", "--clear", "--python", python, str(environment))
    extras = [f"--extra={one}" for one in PROJECT["project"]["optional-dependencies"] if one != "spark"]  # 500 MB
    uv("pip", "compile", "pyproject.toml", *extras, "--resolution", ENDS[end], "--python", python,
       "--no-header", "-q", "-o", str(pinned))  # fmt: skip
    tools = HERE / f"{environment.name}-tools.txt"
    names = [re.split("[<>=!]", one)[0].strip() for one in PROJECT["dependency-groups"]["dev"]]
    tools.write_text("\n".join(names) + "\n")
    inside = ("--python", str(environment / "bin/python"), "-q")
    uv("pip", "install", *inside, "-r", str(pinned), "-r", str(tools))
    uv("pip", "install", *inside, "--no-deps", "--no-build-isolation", "-e", ".")


def uv(*words: str) -> None:
    """Run uv, which resolves to the lowest versions where pip only finds the newest."""
    subprocess.run(
        [str(Path(sys.executable).with_name("uv")), *words], cwd=ROOT, capture_output=True, text=True, check=True
    )


def is_traceback(environment: Path, words: list[str]) -> bool:
    """Whether a command ends in a traceback where every warning is an error."""
    data = str(HERE / "data")
    strict = {**os.environ, "PYTHONWARNINGS": "error", "XDG_DATA_HOME": data, "XDG_STATE_HOME": data}
    words = [*words, "seed"] if words[0] == "load" else words
    done = subprocess.run(
        [str(environment / "bin/spector"), *words], cwd=ROOT, env=strict, capture_output=True, text=True
    )
    return "Traceback" in done.stderr


if __name__ == "__main__":
    sys.exit(main())
