"""Stands for the work of a process that dies; a process that is to do it imports this, and no test."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path

from spectorcli.corpus.shard import Failed, Task, Weighing, Wrong, weigh, write_shard


def dying(task: Task) -> list[Failed]:
    """Write a shard, but the first time, or always, die half way."""
    die()
    return write_shard(task)


def die() -> None:
    """Die for the first time, or always."""
    mark = os.environ["SPECTOR_TEST_DIES"]
    if mark == "always" or not Path(mark).exists():
        Path(mark if mark != "always" else os.devnull).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def dying_over_parts(task: Weighing, dealt: Iterable[bytes]) -> Wrong | None:
    """Weigh a part, but the first time, or always, die half way."""
    die()
    return weigh(task, dealt)


def ends_at_ctrl_c(_: object) -> bool:
    """Whether this process ends in silence when a terminal sends it Ctrl-C."""
    return signal.getsignal(signal.SIGINT) == signal.SIG_DFL
