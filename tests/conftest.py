"""What every test may rely on: nothing of the tester's own settings, laws tried on the same examples, and two cases.

The cases are built once for all workers, and only read.
"""

import gc
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from spectorcli.__main__ import GARBAGE
from spectorcli.bundled import load_bundled
from spectorcli.errors import Busy
from spectorcli.load.load import load

NEEDS_POSIX = re.compile(r"^(?:from (?:bench|terminal)\b|import fcntl)", re.MULTILINE)
"""What a test says that forks, draws on a pseudo-terminal or takes a lock."""

collect_ignore = [
    path.name
    for path in Path(__file__).parent.glob("test_*.py")
    if not hasattr(os, "fork") and NEEDS_POSIX.search(path.read_text(encoding="utf-8"))
]
"""Windows runs the tests of parts only."""

sys.dont_write_bytecode = False  # whatever the tester set: to compile the tests anew takes each worker 3.4 s

signal.signal(signal.SIGINT, signal.default_int_handler)
for name in ("SIGHUP", "SIGQUIT"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
# a job in the background ignores these, and so would every program that a test starts and then interrupts

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free there: the suite leaves half a gigabyte."""

if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))  # on a disk a folder of its own for a test takes 7 ms
    tempfile.tempdir = None

gc.disable()  # until all tests are collected, of which none is garbage


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make alone, and as seldom as spector does: that is a tenth of their time."""
    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()


settings.register_profile("spector", derandomize=True, deadline=None, database=None, max_examples=100)
settings.load_profile("spector")


@pytest.fixture(autouse=True)
def no_settings_of_the_tester(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for home in ("data", "state", "cache"):
        monkeypatch.setenv(f"XDG_{home.upper()}_HOME", str(tmp_path_factory.getbasetemp() / home))
    for name in ("SPECTOR_AS_OF", "SPECTOR_DB", "SPECTOR_LAKE", "SPECTOR_RELOAD", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return built_once(load_bundled, "spector", tmp_path_factory)


@pytest.fixture(scope="session")
def home(bundled: str) -> str:
    """A data folder in which the bundled case is built already."""
    return str(Path(bundled).parents[1])


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> str:
    return built_once(partial(load, Path(__file__).with_name("awkward")), "awkward", tmp_path_factory)


@pytest.fixture(scope="session")
def case(awkward: str) -> str:
    return awkward


def built_once(build: Callable[[Path], object], name: str, temporary: pytest.TempPathFactory) -> str:
    """Return a case file, which one worker builds; the others are told that it is busy, and wait."""
    base = temporary.getbasetemp()
    db = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name / "case.db"
    db.parent.mkdir(exist_ok=True)
    while not db.exists():
        with suppress(Busy):
            build(db)
        time.sleep(0.01)
    return str(db)
