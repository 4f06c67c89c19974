"""Shows how far a load has come, and where its time goes."""

from collections.abc import Iterable
from time import perf_counter
from typing import Protocol, TypeVar

from spectorcli.result import Result, columns

Row = TypeVar("Row")


class Track(Protocol):
    """Shows how far a step has come while rows pass through."""

    def __call__(self, step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
        """Return the rows as they are."""


def untracked(step: str, rows: Iterable[Row], total: int) -> Iterable[Row]:
    """Show nothing."""
    return rows


class Clock:
    """Where the time goes: seconds by step, each from the lap before to its own."""

    def __init__(self) -> None:
        """Start."""
        self.seconds = dict.fromkeys(("read", "parse", "weigh", "write", "index", "keep"), 0.0)
        self._last = perf_counter()

    def lap(self, step: str) -> None:
        """Count the time since the lap before for a step."""
        now = perf_counter()
        self.seconds[step] += now - self._last
        self._last = now

    def profile(self, title: str) -> Result:
        """Return seconds and per cent of each step."""
        total = sum(self.seconds.values())
        rows = [(step, round(took, 3), round(100 * took / total)) for step, took in self.seconds.items()]
        return Result(title, columns("step term, seconds count, percent count"), [*rows, ("all", round(total, 3), 100)])
