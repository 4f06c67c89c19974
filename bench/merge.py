"""Measures what it takes to merge two hands' edits of a large file of claims, beside reading and writing it.

``python -m bench.merge [CLAIMS...]``, 10,000 and 100,000 if none. Each side adds, changes and removes a hundredth
of the rows, none of which the other touches.
"""

import csv
import io
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.scale import make
from spectorcli.merging import merge

RUNS = 3


def main() -> int:
    """Measure each size that is asked for."""
    for claims in [int(one) for one in sys.argv[1:]] or [10_000, 100_000]:
        with TemporaryDirectory(prefix="spector-bench-") as temporary:
            measure(claims, Path(temporary))
    return 0


def measure(claims: int, room: Path) -> None:
    """Print the least CPU seconds of some runs, and those of a bare pass through ``csv``."""
    make(room / "case", claims, seed=1)
    header, *rows = list(csv.reader((room / "case" / "claims.csv").open(encoding="utf-8", newline="")))
    rows.sort(key=lambda row: (row[0], row[1], row[5]))
    chosen = random.Random(1).sample(range(len(rows)), 6 * len(rows) // 100)
    base, ours, theirs = (room / f"{name}.csv" for name in ("base", "ours", "theirs"))
    write(base, [header, *rows])
    for side, place in ((ours, 0), (theirs, 1)):
        write(side, [header, *edited(rows, chosen[place::2], side.stem)])
    bare = min(timed(lambda: [*map(again, (base, ours, theirs))]) for _ in range(RUNS))
    conflicts: list[object] = []
    took = min(timed(lambda: conflicts.extend(merge(base, ours, theirs, None)[1])) for _ in range(RUNS))
    print(f"{len(rows):,} claims: merged in {took:.2f} CPU s, read and written three times in {bare:.2f}")
    if conflicts:
        raise SystemExit(f"{len(conflicts)} conflicts where no edits meet: {conflicts[0]}")


def edited(rows: Sequence[Sequence[str]], chosen: Sequence[int], side: str) -> list[list[str]]:
    """Return rows of which a third of those chosen is removed, a third changed, and before a third one is added."""
    removed, changed, before = ({*chosen[place::3]} for place in range(3))
    new = []
    for place, row in enumerate(rows):
        if place in before:
            new.append([*row[:5], f"{side}-{place}", *row[6:]])
        if place not in removed:
            new.append([*row[:9], f"changed by {side}"] if place in changed else [*row])
    return new


def again(path: Path) -> str:
    """Read and write a file as bare ``csv`` does."""
    out = io.StringIO(newline="")
    with path.open(encoding="utf-8", newline="") as lines:
        csv.writer(out, lineterminator="\n").writerows(csv.reader(lines))
    return out.getvalue()


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write rows as a file of a case is written."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def timed(run: Callable[[], object]) -> float:
    """Return the CPU seconds that something takes."""
    began = process_time()
    run()
    return process_time() - began


if __name__ == "__main__":
    sys.exit(main())
