"""Has Apache Spark run the tasks of a build: the same functions as our own processes run, one task a partition.

https://spark.apache.org/docs/latest/rdd-programming-guide.html Spark hands out tasks, and again those whose process
died, and takes rows from one to another; each task writes its shard itself, whole and once, to a folder that all
machines of the engine see.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from spectorcli.corpus.lake import BUILT_BY
from spectorcli.corpus.processes import Done, One, Other, Read, Write
from spectorcli.errors import EnvironmentFailed, UsageError
from spectorcli.extras import extra

LOCAL = re.compile(r"local\[(?:\*|\d+)\]")
CLUSTER = re.compile(r"spark://[^/\s]+")

PORT = 7077
"""Where a master listens unless it is told otherwise."""


def master_of(engine: str, attempts: int) -> str:
    """Return the address of an engine as Spark wants it.

    Raises:
        UsageError: it is none.
    """
    if LOCAL.fullmatch(engine):  # which tries once, if it is not told otherwise
        return f"{engine[:-1]},{attempts}]"
    if CLUSTER.fullmatch(engine):
        return engine if re.search(r":\d+(?:,|\Z)", engine) else f"{engine}:{PORT}"
    raise UsageError(f"--engine takes spark://HOST:PORT or local[N], not {engine!r}")


class Spark:
    """A Spark that is running."""

    def __init__(self, context: Any) -> None:
        """Take its context."""
        self._context = context

    def map(self, work: Callable[[One], Done], todo: Sequence[One]) -> list[Done]:
        """Run tasks, and return what comes of each.

        Raises:
            EnvironmentFailed: a machine of the engine lacks something.
        """
        if not todo:
            return []
        return _without_lacks(self._context.parallelize(todo, len(todo)).map(partial(_one, work, BUILT_BY)).collect())

    def shuffle(
        self, read: Read[One], pieces: Sequence[One], write: Write[Other, Done], parts: Sequence[Other]
    ) -> list[Done]:
        """Have some tasks deal rows out to others by one shuffle, and return what comes of these.

        Raises:
            EnvironmentFailed: a machine of the engine lacks something.
        """
        dealt = self._context.parallelize(pieces, len(pieces)).flatMap(partial(_dealt, read, BUILT_BY))
        follow = partial(_follow, write, list(parts))
        return _without_lacks(dealt.partitionBy(len(parts), int).mapPartitionsWithIndex(follow).collect())


@contextmanager
def running(engine: str, attempts: int, log: Path) -> Iterator[Spark]:
    """Give an engine; what it says meanwhile goes to a log, which is left if it gives up.

    Raises:
        UsageError: there is no such engine.
        EnvironmentFailed: Spark or Java is missing, or the engine gave up.
    """
    master = master_of(engine, attempts)
    with extra("spark"):
        import pyspark
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise EnvironmentFailed("Spark needs Java 17 or later, and there is none; on Debian: default-jre-headless")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.app.name": "spector corpus build",
        "spark.master": master,
        "spark.task.maxFailures": str(attempts),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if master.startswith("local"):  # nobody else is to reach it
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    with _context(pyspark.SparkConf().setAll(settings.items()), log) as context:
        yield Spark(context)
    log.unlink()


def _without_lacks(found: Sequence[Done | str]) -> list[Done]:
    lacks = [one for one in found if isinstance(one, str)]
    if lacks:
        raise EnvironmentFailed(lacks[0])
    return [one for one in found if not isinstance(one, str)]


def _dealt(read: Read[One], built_by: str, todo: One) -> Sequence[tuple[int, bytes | str]]:
    """Deal out the rows of one task, or what its environment lacks."""
    found = _one(lambda task: list(read(task)), built_by, todo)
    return [(0, found)] if isinstance(found, str) else found


def _follow(
    write: Write[One, Done], parts: Sequence[One], number: int, dealt: Iterable[tuple[int, bytes | str]]
) -> Iterator[Done | str]:
    """Do the task of a partition with what was dealt out to it, or say what was lacking."""

    def rows() -> Iterator[bytes]:
        for _, one in dealt:
            if isinstance(one, str):
                raise EnvironmentFailed(one)
            yield one

    yield _one(lambda task: write(task, rows()), BUILT_BY, parts[number])


def _one(work: Callable[[One], Done], built_by: str, todo: One) -> Done | str:
    """Do one task, on a machine of the engine; say what its environment lacks."""
    if built_by != BUILT_BY:
        return f"a machine of the engine has another spector, {BUILT_BY}, than this one, {built_by}"
    try:
        return work(todo)
    except (EnvironmentFailed, OSError) as error:
        return str(error)


@contextmanager
def _context(conf: Any, log: Path) -> Iterator[Any]:
    """Start Spark; its many words go to the log, not where ours do."""
    from pyspark import SparkContext
    from pyspark.java_gateway import launch_gateway

    with log.open("wb") as said:
        gateway = launch_gateway(conf=conf, popen_kwargs={"stdout": said, "stderr": said})
        try:
            with _told(log), SparkContext(conf=conf, gateway=gateway) as context:
                yield context
        finally:
            gateway.shutdown()
            gateway.proc.stdin.close()  # Java ends with it
            gateway.proc.wait()


@contextmanager
def _told(log: Path) -> Iterator[None]:
    """Say in one line why an engine gave up, as long as its Java can still be asked."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        if "No module named 'spectorcli'" in str(error):
            raise EnvironmentFailed("the machines of the engine need pip install 'spector-cli[lake]'") from None
        if b"All masters are unresponsive" in log.read_bytes():
            raise EnvironmentFailed(f"no Spark answers; what it said stands in {log}") from None
        lines = str(error).splitlines() or [type(error).__name__]
        why = next((line[2:] for line in lines if line.startswith(": ")), lines[0])
        raise EnvironmentFailed(f"Spark gave up: {why}; what it said stands in {log}") from None
