"""Breaks what spector stands on, as a machine or a user would, and counts how often its promises held.

Loads are killed, power is cut, disks are full, several write at once, files are damaged. Every command is the
installed one, as a user starts it. Exit code 1 if a row failed; one whose tools are missing is skipped by name.
``--write`` puts the table into bench/README.md.

The moments are drawn from ``--seed``; what the machine does in them is its own.
"""

import argparse
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench.faults.lab import Lab
from bench.faults.rows import ROWS, tried

README = Path(__file__).parents[1] / "README.md"


def main() -> int:
    """Run the rows and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these of {', '.join(ROWS)}")
    parser.add_argument("--seed", type=int, default=20230502)
    parser.add_argument("--quick", action="store_true", help="few trials of each")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGHUP):  # a job in the background ignores these, and so would its children
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    print(f"seed {options.seed}")
    outcome: dict[str, list[str]] = {"passed": [], "failed": [], "skipped": []}
    lines = []
    with tempfile.TemporaryDirectory(prefix="spector-faults-") as folder:
        lab = Lab(Path(folder).resolve(), options.seed, options.quick)
        for name in options.rows or ROWS:
            how, line = run(name, lab)
            outcome[how].append(name)
            lines.append(line)
    if options.write:
        put_into(README, [f"seed {options.seed}", *lines])
    print("; ".join(f"{len(names)} {what}{': ' if names else ''}{', '.join(names)}" for what, names in outcome.items()))
    return 1 if outcome["failed"] else 0


def run(name: str, lab: Lab) -> tuple[str, str]:
    """Try a row, print its line and what went wrong, and return how it went, and the line."""
    start = time.perf_counter()
    what = str(ROWS[name].__doc__).split(":")[0].rstrip(".")
    trials, wrong, skipped = tried(name, lab)
    held = f"skipped: {skipped}" if skipped else f"{trials - len(wrong):,} of {trials:,} held"
    line = f"{name:<8} {held:>21}  {what}"
    print(f"{line}, {time.perf_counter() - start:.0f} s", flush=True)
    for problem in wrong[:5]:
        print(f"  {problem}")
    return "skipped" if skipped else "failed" if wrong else "passed", line


def put_into(file: Path, lines: list[str]) -> None:
    """Put the table between its two comments, or at the end of the file with them."""
    text = file.read_text() if file.exists() else ""
    table = "\n".join(("<!-- faults -->", "```", *lines, "```", "<!-- end of faults -->"))
    old = re.search(r"<!-- faults -->.*<!-- end of faults -->", text, re.DOTALL)
    file.write_text(text.replace(old[0], table) if old else f"{text}{table}\n")


if __name__ == "__main__":
    sys.exit(main())
