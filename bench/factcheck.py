"""Measures how many slips of a draft are told, and how often one is told that is none.

``python -m bench.factcheck`` holds the drafts of ``bench/drafts`` against the bundled case: six in which all is right,
six with ten slips each, which the file beside them tells by line and words. They were written by two who had seen
neither code nor words. ``--write`` puts the table into bench/README.md, ``-v`` tells what was missed and what
rang falsely.

A slip is told if what is contradicted or outdated stands in its words, on its line or one beside it, for a sentence may
run over two. All else that is contradicted or outdated is a false alarm.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

from bench.every import README
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.factcheck import FAILS, factcheck
from spectorcli.load import load
from spectorcli.result import Cell

DRAFTS = Path(__file__).with_name("drafts")
SEED = Path(__file__).parents[1] / "seed"
MARK = "<!-- factcheck -->"
FALSE_ALARMS, SECONDS = 1, 1.0
"""Targets, of a draft; and all slips told."""

LONG = 1_500
"""Words of the draft that is timed: all of them, up to there."""


class Score(NamedTuple):
    """What was told of a draft."""

    name: str
    figures: int
    silent: int
    slips: int
    told: int
    false: Sequence[str]
    missed: Sequence[str]


def main() -> int:
    """Measure each draft, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="spector-bench-") as room:
        load.load(SEED, Path(room) / "case.db")
        with closing(Case(open_database(Path(room) / "case.db"))) as case:
            scores = [score(case, draft) for draft in drafts()]
            seconds = timed(case, Path(room) / "long.md")
    lines = [f"{'draft':<13} {'figures':>8} {'not in case':>12} {'slips told':>11} {'false alarms':>13}"]
    lines += [
        f"{one.name:<13} {one.figures:>8} {one.silent:>12} {f'{one.told}/{one.slips}':>11} {len(one.false):>13}"
        for one in scores
    ]
    lines.append(f"a draft of {LONG:,} words: {seconds:.2f} CPU s beyond start")
    print("\n".join(lines))
    for one in scores if given.verbose else ():
        print(*(f"{one.name}: missed {words}" for words in one.missed), sep="\n")
        print(*(f"{one.name}: false {words}" for words in one.false), sep="\n")
    if given.write:
        before, _, after = README.read_text(encoding="utf-8").split(MARK)
        README.write_text(f"{before}{MARK}\n```\n" + "\n".join(lines) + f"\n```\n{MARK}{after}", encoding="utf-8")
    well = all(one.told == one.slips and len(one.false) <= FALSE_ALARMS for one in scores)
    return int(not (well and seconds <= SECONDS))


def drafts() -> list[Path]:
    """Return the drafts in their order."""
    return sorted(path for path in DRAFTS.iterdir() if path.suffix in (".md", ".txt"))


def score(case: Case, draft: Path) -> Score:
    """Hold a draft against the case, and what is told against its slips."""
    beside = draft.with_suffix(".errors.json")
    slips = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else []
    rows = list(factcheck(case, draft).records())
    told: set[int] = set()
    false = []
    for row in rows:
        if row["verdict"] not in FAILS:
            continue
        of = {place for place, slip in enumerate(slips) if is_of(row, slip)}
        told |= of
        if not of:
            false.append(f"line {row['line']}: {row['stated']}, {row['subject']} {row['property']} {row['best']}")
    missed = [f"line {slip['line']}: {slip['words']}" for place, slip in enumerate(slips) if place not in told]
    silent = sum(row["verdict"] == "not-in-case" for row in rows)
    return Score(draft.stem, len(rows), silent, len(slips), len(told), false, missed)


def is_of(row: dict[str, Cell], slip: dict[str, str | int]) -> bool:
    """Whether what is told stands in the words of a slip, or these in it."""
    stated, words = (re.findall(r"\w+", str(text).casefold()) for text in (row["stated"], slip["words"]))
    near = isinstance(row["line"], int) and abs(row["line"] - int(slip["line"])) <= 1
    return near and (set(stated[:1]) <= set(words) or set(words) <= set(stated))


def timed(case: Case, draft: Path) -> float:
    """Return the CPU seconds for a long draft."""
    words = " \n".join(path.read_text(encoding="utf-8") for path in drafts()).split(" ")
    draft.write_text(" ".join(words[:LONG]), encoding="utf-8")
    began = process_time()
    list(factcheck(case, draft).rows)
    return process_time() - began


if __name__ == "__main__":
    sys.exit(main())
