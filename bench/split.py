"""Measures a large case in a lake: loaded as a whole, weighed in parts by our processes, and by Spark's workers.

``python -m bench.split [CLAIMS]``, a million if none, with Java and the extra ``spark``. Each process or worker is
pinned to a core of its own; Spark's workers run on this machine, each with an executor of one core.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.scale import make

SPECTOR = [sys.executable, "-m", "spectorcli"]
WHOLE = "import spectorcli.corpus.shard as s; s.LARGE = 1 << 60; from spectorcli.cli.main import main; main()"
"""Has a case loaded as a whole, of whatever size."""

OFTEN = 0.5
"""Seconds between two looks at what processes take."""


def main() -> int:
    """Measure a case of so many claims."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory(prefix="spector-bench-") as temporary:
        room = Path(temporary)
        make(room / "case", claims, seed=claims)
        build = ["corpus", "build", str(room / "case"), "-f", "csv"]
        measured("as a whole", [sys.executable, "-c", WHOLE, *build, "-o", str(room / "whole")], [0])
        for jobs in (1, 2):
            lake = str(room / f"lake{jobs}")
            measured(
                f"in parts, {jobs} of our processes", [*SPECTOR, *build, "-o", lake, "--jobs", str(jobs)], range(jobs)
            )
        for workers in (1, 2):
            with cluster(room / f"spark{workers}", workers) as (address, env, running):
                lake = str(room / f"lake-spark{workers}")
                words = [*SPECTOR, *build, "-o", lake, "--engine", address]
                measured(f"in parts, {workers} workers of Spark", words, range(2), env, running)
                print(f"  shuffled: {shuffled(room / f'spark{workers}' / 'events') / 1e6:.1f} MB", flush=True)
    return 0


def measured(
    what: str,
    words: Sequence[str],
    cores: Sequence[int],
    env: dict[str, str] | None = None,
    others: Sequence[int] = (),
) -> None:
    """Run words on some cores, and print seconds, CPU seconds, and the peak of memory of all that runs and of one."""
    cpu: dict[int, float] = {}
    peaks = [0.0, 0.0]
    began = time.perf_counter()
    pinned = ["taskset", "-c", ",".join(map(str, cores))]
    with subprocess.Popen([*pinned, *words], stdout=subprocess.DEVNULL, env=env) as process:
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(OFTEN):
                each = {pid: taken for one in (process.pid, *others) for pid, taken in family(one)}
                cpu.update({pid: taken[0] for pid, taken in each.items()})
                sizes = [taken[1] for taken in each.values()] or [0.0]
                peaks[:] = max(peaks[0], sum(sizes)), max(peaks[1], *sizes)

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        seconds = time.perf_counter() - began
        ended.set()
        watcher.join()
    assert code == 0
    print(f"{what:32} {seconds:7.1f} s {sum(cpu.values()):7.1f} CPU s", end=" ")
    print(f"{peaks[0]:6.0f} MB, one process {peaks[1]:.0f} MB", flush=True)


def family(pid: int) -> Iterator[tuple[int, tuple[float, float]]]:
    """Yield a process and those below it, each with its CPU seconds and its MB of memory."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        below = [int(one) for task in Path(f"/proc/{pid}/task").glob("*/children") for one in task.read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    yield pid, ((int(fields[11]) + int(fields[12])) / ticks, int(fields[21]) * page / 1e6)
    for one in below:
        yield from family(one)


@contextmanager
def cluster(room: Path, workers: int) -> Iterator[tuple[str, dict[str, str], list[int]]]:
    """Give the address of a master, what is to be set to ask it, and the processes of its pinned workers."""
    import pyspark

    (room / "events").mkdir(parents=True)
    settings = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": f"file:{room}/events"}
    settings |= {"spark.eventLog.compress": "false", "spark.executor.memory": "1g", "spark.executor.cores": "1"}
    (room / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    home = Path(pyspark.__file__).parent
    env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    env |= {"SPARK_CONF_DIR": str(room), "SPARK_WORKER_DIR": str(room / "work")}
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        address = f"spark://127.0.0.1:{tried.getsockname()[1]}"
    at = ["--host", "127.0.0.1", "--webui-port", "0"]
    start = [str(home / "bin" / "spark-class"), "org.apache.spark.deploy"]
    master = [start[0], f"{start[1]}.master.Master", *at, "--port", address.rpartition(":")[2]]
    worker = [start[0], f"{start[1]}.worker.Worker", *at, "--cores", "1", "--memory", "1g", address]
    running: list[subprocess.Popen[bytes]] = []
    try:
        with (room / "said").open("wb") as said:
            for words in (master, *(["taskset", "-c", str(core), *worker] for core in range(workers))):
                running.append(subprocess.Popen(words, env=env, stdout=said, stderr=said))
            time.sleep(15)  # until all of them know each other
            yield address, env, [one.pid for one in running[1:]]
    finally:
        for one in running:
            one.terminate()
            one.wait()
        shutil.rmtree(room / "work", ignore_errors=True)


def shuffled(events: Path) -> int:
    """Return how many bytes went through shuffles, as Spark wrote down."""
    written = 0
    for log in events.rglob("*"):
        for line in log.open(encoding="utf-8") if log.is_file() else ():
            if '"SparkListenerTaskEnd"' in line:
                metrics = json.loads(line).get("Task Metrics") or {}
                written += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
    return written


if __name__ == "__main__":
    sys.exit(main())
