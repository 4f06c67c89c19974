"""Measures what grows with a case, and what only with its answer: CPU seconds and memory of questions, cold.

``python -m bench.growth [CLAIMS...]``; 10,000, 100,000 and 1,000,000 if none. The cases are those of bench.scale. Of
the smaller ones the least of three runs counts. ``--write`` puts the table into bench/README.md.
"""

import argparse
import csv
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.scale import BIN, COMMON, apart, make, spent

SIZES = (10_000, 100_000, 1_000_000)
MANY = 1_000_000
"""Claims from which on a command runs once, and not at all if it is one of ``SLOW``."""

SLOW = ("export stix",)
"""Each object of it is checked, which takes a millisecond."""

ENDS = (0, 1, 3, -13, 141)
"""Also that a copy does not say what was claimed, and that there is no such thing."""

MARK = "<!-- growth -->\n"
README = Path(__file__).with_name("README.md")


def main() -> int:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="CLAIMS")
    parser.add_argument("--write", action="store_true", help="put what was measured into bench/README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="growth-") as room:
        tables = [dict(measure(Path(room, str(size)), size)) for size in options.sizes]
    lines = [f"| | {' | '.join(f'{size:,}' for size in options.sizes)} |", f"|---|{'--:|' * len(tables)}"]
    lines += [f"| {name} | {' | '.join(table.get(name, '–') for table in tables)} |" for name in tables[0]]
    if options.write:
        before, _, after = README.read_text(encoding="utf-8").split(MARK)
        README.write_text(f"{before}{MARK}" + "\n".join(lines) + f"\n{MARK}{after}", encoding="utf-8")
    return 0


def measure(room: Path, size: int) -> Iterator[tuple[str, str]]:
    """Yield what each command takes of a case of a size, as it is printed: CPU seconds and megabytes."""
    folder, db = room / "case", room / "case.db"
    room.mkdir()
    apart(make, folder, size, 20230502)
    spent(BIN / "spector", "load", folder, "--db", db)
    for name, words in commands(folder, db, room):
        if size >= MANY and name in SLOW:
            continue
        lines = 50 if "first" in name else 0
        command = [BIN / "spector", *words, "--db", db]
        times = 1 if size >= MANY or name in SLOW else 3
        runs = [spent(*command, lines=lines, ends=ENDS) for _ in range(times)]
        said = f"{min(run.busy for run in runs):.2f} s, {max(run.peak for run in runs):.0f} MB"
        print(f"{size:>9,}  {name:<50} {said}", flush=True)
        yield name, said


def commands(folder: Path, db: Path, room: Path) -> Iterator[tuple[str, tuple[str | Path, ...]]]:
    """Yield commands by name."""
    copies = room / "copies"
    copies.mkdir()
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            (copies / f"{row['id']}.txt").write_text(f"{row['title']}\n\nIn all 288 were arrested.\n", encoding="utf-8")
    with closing(sqlite3.connect(db)) as case:
        person, phrase = case.execute("select id, label from entities where id = 'people-named-1'").fetchone()
        (thing,) = case.execute(
            "select subject from claims where property = 'role' order by subject limit 1"
        ).fetchone()
    every = ("--operation", "all", "-f", "csv")
    yield "spector", ()
    yield "operations", ("operations", "-f", "csv")
    yield "arrests, a table in a pipe", ("arrests",)
    yield "arrests --country", ("arrests", "--country", "DE", *every)
    yield "timeline --person", ("timeline", "--person", person, *every)
    yield "timeline --market", ("timeline", "--market", "markets-named-1", *every)
    yield "timeline --country", ("timeline", "--country", "DE", *every)
    yield "timeline --from --to", ("timeline", "--from", "2020-03", "--to", "2020-04", *every)
    yield "proceedings --person", ("proceedings", "--person", person, "-f", "csv")
    yield "show", ("show", thing)
    yield "show, misspelled", ("show", f"{phrase[:-1]}x")
    yield "why", ("why", thing, "role")
    yield "search, a frequent word", ("search", COMMON)
    yield "search, no such word", ("search", "xylophone")
    yield "search, a phrase", ("search", phrase)
    yield "conflicts, the first 50 lines", ("conflicts",)
    yield "conflicts --all", ("conflicts", "--all", "-f", "csv")
    yield "check", ("check",)
    yield "gaps", ("gaps", "-f", "csv")
    yield "verify", ("verify", "--copies", copies, "-f", "csv")
    yield "report --subject", ("report", "--subject", person, "-o", room / "page.html")
    yield "diff with itself", ("diff", db)
    yield "export graphml", ("export", "graphml", "-o", room / "case.graphml")
    yield "export stix", ("export", "stix", "-o", room / "case.json")


if __name__ == "__main__":
    sys.exit(main())
