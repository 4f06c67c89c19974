"""What every test may rely on: nothing of the tester's own settings, and laws tried on the same examples each time."""

import signal

import pytest
from hypothesis import settings

for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    # a job in the background ignores these, and so would every program that a test starts and then interrupts

settings.register_profile("spector", derandomize=True, deadline=None, database=None, max_examples=100)
settings.load_profile("spector")


@pytest.fixture(autouse=True)
def no_settings_of_the_tester(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data"))
    for name in ("SPECTOR_DB", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
