"""Processes of ours that run the tasks of a build, several at a time, and those again whose process died."""

import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Generic, NamedTuple, Protocol, TypeVar

from spectorcli.errors import EnvironmentFailed

ATTEMPTS = 3
"""How often a task is given to processes that die over it."""


class Work(Protocol):
    """A task, which says which cases it is about."""

    @property
    def about(self) -> str:
        """The cases."""


One = TypeVar("One", bound=Work)
Other = TypeVar("Other", bound=Work)
Done = TypeVar("Done")

Read = Callable[[One], Iterable[tuple[int, bytes]]]
"""Deals rows out: yields for some of the tasks that follow, by number, what they are to work on."""

Write = Callable[[Other, Iterable[bytes]], Done]
"""Does a task that follows, with all that was dealt out to it, in any order."""


class Processes:
    """Some processes, which stay until the work is done; with one there is no other than this."""

    def __init__(self, jobs: int, room: Path) -> None:
        """Take how many; ``room`` is a folder for what one process leaves to another."""
        self._jobs = jobs
        self._room = room
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Processes":
        """Begin without any."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let them go."""
        self._let_go()
        shutil.rmtree(self._room, ignore_errors=True)

    def _let_go(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None

    def map(self, work: Callable[[One], Done], todo: Sequence[One]) -> Iterator[Done]:
        """Run tasks in any order, and yield what comes of each.

        Raises:
            EnvironmentFailed: a process died over a task again and again, as it does where memory is short.
        """
        if min(self._jobs, len(todo)) < 2:
            yield from map(work, todo)
            return
        left = list(todo)
        for _ in range(ATTEMPTS):
            self._pool = self._pool or _pool(self._jobs)
            running = {self._pool.submit(work, task): task for task in left}
            with suppress(BrokenProcessPool):  # one died: the others of this pool go with it
                for done in as_completed(running):
                    result = done.result()
                    left.remove(running[done])
                    yield result
            if not left:
                return
            self._let_go()
        raise EnvironmentFailed(f"a process died {ATTEMPTS} times over {left[0].about}; is memory short?")

    def shuffle(
        self, read: Read[One], pieces: Sequence[One], write: Write[Other, Done], parts: Sequence[Other]
    ) -> list[Done]:
        """Have some tasks deal rows out to others, and return what comes of these; the rows lie in files meanwhile."""
        shutil.rmtree(self._room, ignore_errors=True)
        for part in range(len(parts)):
            (self._room / str(part)).mkdir(parents=True)
        numbered = [_Numbered(number, piece) for number, piece in enumerate(pieces)]
        for _ in self.map(partial(_deal, read, self._room), numbered):
            pass
        follow = [_Numbered(number, part) for number, part in enumerate(parts)]
        return list(self.map(partial(_follow, write, self._room), follow))


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Return processes that end in silence at Ctrl-C, which a terminal sends to each: this one tells of it."""
    end = (signal.SIGINT, signal.SIG_DFL)
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=signal.signal, initargs=end)


class _Numbered(NamedTuple, Generic[One]):
    number: int
    task: One

    @property
    def about(self) -> str:
        return self.task.about


def _deal(read: Read[One], room: Path, one: _Numbered[One]) -> None:
    """Leave what a task deals out in files; those of an attempt that died are written again."""
    for part, rows in read(one.task):
        (room / str(part) / str(one.number)).write_bytes(rows)


def _follow(write: Write[One, Done], room: Path, one: _Numbered[One]) -> Done:
    files = sorted((room / str(one.number)).iterdir(), key=lambda file: int(file.name))
    return write(one.task, (file.read_bytes() for file in files))
