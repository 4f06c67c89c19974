"""Stands for the work of a process that dies; a process that is to do it imports this, and no test."""

import os
import signal
from pathlib import Path

from spectorcli.corpus.build import Failed, Task, write_shard


def dying(task: Task) -> list[Failed]:
    """Write a shard, but the first time, or always, die half way."""
    mark = os.environ["SPECTOR_TEST_DIES"]
    if mark == "always" or not Path(mark).exists():
        Path(mark if mark != "always" else os.devnull).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return write_shard(task)
