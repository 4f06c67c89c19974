"""Has Apache Spark run the tasks of a build: the same function as our own processes run, one task a partition.

https://spark.apache.org/docs/latest/rdd-programming-guide.html Spark only hands out tasks, and again those whose
process died; each writes its shard itself, whole and once, to a folder that all machines of the engine see.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from spectorcli.corpus.lake import BUILT_BY
from spectorcli.errors import EnvironmentFailed, UsageError
from spectorcli.extras import extra

Work = TypeVar("Work")
Done = TypeVar("Done")

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


def run(work: Callable[[Work], Done], todo: Sequence[Work], engine: str, attempts: int, log: Path) -> list[Done]:
    """Have an engine do some work, and return what came of each; what it says meanwhile goes to a log.

    Raises:
        UsageError: there is no such engine.
        EnvironmentFailed: Spark or Java is missing, or the engine gave up; the log is left.
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
        found: list[Done | str] = context.parallelize(todo, len(todo)).map(partial(_one, work, BUILT_BY)).collect()
    for one in found:
        if isinstance(one, str):
            raise EnvironmentFailed(one)
    log.unlink()
    return [one for one in found if not isinstance(one, str)]


def _one(work: Callable[[Work], Done], built_by: str, todo: Work) -> Done | str:
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
