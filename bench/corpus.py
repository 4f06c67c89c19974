"""Measures lakes of many generated cases: built on one and two processes, built again, and asked.

``python -m bench.corpus [CASES...]``, 25 and 1,000 if none. Each run is pinned to its cores where ``taskset`` is. Sizes
are skewed as real ones are: most cases have a few dozen claims, a few have thousands; of more than 1,000 cases a third.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.scale import make

SPECTOR = Path(sys.executable).with_name("spector")
QUESTIONS = (
    ("arrests", "--country", "DE"),
    ("timeline", "--from", "2021-12", "--to", "2022"),
    ("people",),
    ("sources", "--kind", "official"),
    ("search", "seizure"),
)
TOGETHER = (("totals", "arrests"), ("pairs", "countries"), ("sources",), ("same",), ("check",))
SMALL_FROM = 1000
"""Of more cases each is smaller, so that a run takes minutes: a case takes 60 ms by itself."""

CHANGED = 10
"""Cases that are changed before the second build."""


def main() -> int:
    """Measure each corpus that is asked for."""
    for cases in [int(one) for one in sys.argv[1:]] or [25, 1000]:
        with TemporaryDirectory(prefix="spector-bench-") as temporary:
            measure(cases, Path(temporary))
    return 0


def measure(many: int, room: Path) -> None:
    """Make a corpus, and print what it takes to build and to ask."""
    folders = list(make_cases(many, room / "cases"))
    claims = sum(sum(1 for _ in (one / "claims.csv").open(encoding="utf-8")) - 1 for one in folders)
    size = sum(file.stat().st_size for one in folders for file in one.iterdir()) / 1e6
    print(f"{many:,} cases, {claims:,} claims, {size:.0f} MB")
    for jobs in (1, 2):
        shutil.rmtree(room / "lake", ignore_errors=True)
        build = ["corpus", "build", *map(str, folders), "-o", str(room / "lake"), "--jobs", str(jobs), "-f", "csv"]
        with told(f"  build, {jobs} process{'es' if jobs > 1 else ''}"):
            run(build, cores=jobs)
    lake = sum(file.stat().st_size for file in (room / "lake").rglob("*.parquet")) / 1e6
    print(f"  the lake takes {lake:.1f} MB")
    with told("  build again, nothing changed"):
        run(build, cores=2)
    for folder in folders[:: max(1, many // CHANGED)][:CHANGED]:
        claims_file = folder / "claims.csv"
        claims_file.write_text(
            claims_file.read_text(encoding="utf-8").replace("paragraph 7,", "page 7,"), encoding="utf-8"
        )
        (folder / "sources.csv").open("a", encoding="utf-8").write("one-more,press,C,,P,One more,,,\n")
    with told(f"  build again, {min(many, CHANGED)} cases changed"):
        run(build, cores=2)
    for words in (*((name, *more, "--lake", str(room / "lake")) for name, *more in QUESTIONS), *TOGETHER):
        asked = words if "--lake" in words else ("corpus", *words, str(room / "lake"))
        with told(f"  {' '.join(words[:3] if '--lake' in words else asked[:3])}"):
            run([*asked, "-f", "csv"], cores=1)


def make_cases(many: int, room: Path) -> Iterator[Path]:
    """Write cases of skewed sizes, and yield their folders."""
    chance, least = random.Random(many), 10 if many <= SMALL_FROM else 3
    for number in range(many):
        claims = min(5000, int(least * chance.paretovariate(0.9)))
        folder = room / f"case-{number:05}"
        make(folder, claims, seed=number)
        yield folder


def run(words: Sequence[str], cores: int) -> None:
    """Run spector, held to some cores."""
    pinned = ["taskset", "-c", ",".join(map(str, range(cores)))] if shutil.which("taskset") else []
    subprocess.run([*pinned, str(SPECTOR), *words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print seconds, CPU seconds and the peak of memory of what runs in the block."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what:46} {time.perf_counter() - began:7.2f} s {cpu:7.2f} CPU s {now.ru_maxrss / 1024:6.0f} MB", flush=True)


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.exit(main())
