"""Where spector keeps what is its own: folders of the user, by the system's own convention."""

import os
import sys
from collections.abc import Callable
from pathlib import Path


def data_folder() -> Path:
    """Return where the bundled case is built."""
    return _by_environment("XDG_DATA_HOME", ".local/share") or _by_platformdirs("data")


def state_folder() -> Path:
    """Return where it is noted from which folders case files were built."""
    return _by_environment("XDG_STATE_HOME", ".local/state") or _by_platformdirs("state")


def cache_folder() -> Path:
    """Return where cases as of a day, and of a lake, are kept, which can be built again."""
    return _by_environment("XDG_CACHE_HOME", ".cache") or _by_platformdirs("cache")


def _by_environment(variable: str, folder: str) -> Path | None:
    """Return what platformdirs says on Linux, but for odd homes; to import it takes a question 4 ms."""
    if sys.platform != "linux":
        return None
    named, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if named.startswith("/"):
        return Path(named, "spector")
    return Path(home, folder, "spector") if home.startswith("/") else None


def _by_platformdirs(what: str) -> Path:
    import platformdirs

    find: Callable[..., Path] = getattr(platformdirs, f"user_{what}_path")
    return find("spector", appauthor=False)
