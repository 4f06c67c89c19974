"""Measures how fast a question starts, against the floor of the same run: importing what it is made of.

The commands take turns, so that what else the machine does slows all of them alike. Exit code 1 if a ratio misses
its target; a time alone never does. ``--write`` puts the tables into bench/README.md.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 25
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
ARRESTS = HERE.parent / "src" / "spectorcli" / "sql" / "questions" / "arrests.sql"

FLOOR = "import typer, sqlite3"
DRAWN = f"{FLOOR}, rich.table, rich.console"
QUESTIONS = {
    "spector arrests --country DE -f csv": FLOOR,
    "spector timeline": DRAWN,
}
"""What is asked, and what an empty program of the same parts imports."""


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put what was measured into bench/README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        first = median(seconds(f"{home}/{number}", BIN / "spector", "arrests") for number in range(3))
        times, kept = ratios(f"{home}/0")
        ours = imports(f"{home}/0")
    text = f"```\n{times}\n{line('first question, builds the case', first, target='under 1 s')}\n```\n\n{ours}"
    print(text)
    if options.write:
        write_down(text)
    return 0 if kept else 1


def ratios(home: str) -> tuple[str, bool]:
    """Return a table of medians and ratios, and whether each target is kept."""
    filters = ("-p", "country", "DE", "-p", "operation", "spector")
    query = f"\n{ARRESTS.read_text()}"  # not to begin with the hyphens of its comment, like an option
    commands = (
        (sys.executable, "-c", FLOOR),
        (sys.executable, "-c", DRAWN),
        (BIN / "spector", "arrests", "--country", "DE", "-f", "csv"),
        (BIN / "spector", "timeline"),
        (BIN / "sqlite-utils", "query", f"{home}/spector/case.db", query, "--csv", *filters),
    )
    rounds = [[seconds(home, *command) for command in commands] for _ in range(ROUNDS + 1)]
    a, b, arrests, timeline, other = map(median, zip(*rounds[1:], strict=True))  # the first round warms up
    lines = [
        f"{'what':<36}  {'median':>6}  {'ratio':>14}  target",
        line(f"A: {FLOOR}", a),
        line("B: A, rich.table and rich.console", b),
        line("spector arrests --country DE -f csv", arrests, f"{arrests / a:.2f} × A", "≤ 1.0", arrests / a <= 1.0),
        line("spector timeline", timeline, f"{timeline / b:.2f} × B", "≤ 0.9", timeline / b <= 0.9),
        line(
            *("the same arrests by sqlite-utils", other, f"{other / arrests:.2f} × spector", "≥ 2"),
            other >= 2 * arrests,
        ),
    ]
    return "\n".join(lines), arrests <= a and timeline <= 0.9 * b and other >= 2 * arrests


def seconds(home: str, *command: str | Path) -> float:
    """Return how long a command takes from its start to its end."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(home))
    return perf_counter() - start


def environment(home: str) -> dict[str, str]:
    """Return what a question needs, and nothing that slows or helps it."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "XDG_DATA_HOME": home}


def line(what: str, took: float, ratio: str = "", target: str = "", kept: bool = True) -> str:
    """Return a line of the table."""
    return f"{what:<36}  {took * 1000:3.0f} ms  {ratio:>14}  {target}{'' if kept else '  missed'}".rstrip()


def imports(home: str) -> str:
    """Return a table of the modules that questions import beyond their floors, and how long each takes by itself."""
    took = [beyond(home, question, floor) for question, floor in QUESTIONS.items()]
    names = sorted({name for one in took for name in one}, key=lambda name: -max(one.get(name, 0) for one in took))
    rows = [f"| `{name}` | {' | '.join(f'{one[name]:.1f}' if name in one else '' for one in took)} |" for name in names]
    head = f"| beyond its floor, ms | {' | '.join(f'`{question}`' for question in QUESTIONS)} |"
    all_of_them = f"| all | {' | '.join(f'{sum(one.values()):.1f}' for one in took)} |"
    return "\n".join([head, "| --- | --: | --: |", *rows, all_of_them])


def beyond(home: str, question: str, floor: str) -> dict[str, float]:
    """Return what a question imports beyond its floor, with the fewest milliseconds of five runs: others are noise."""
    base = {*modules(home, "-c", floor), "runpy"}
    runs = [modules(home, "-m", "spectorcli", *question.split()[1:]) for _ in range(5)]
    return {name: min(run[name] for run in runs) for name in runs[0] if name not in base}


def modules(home: str, *asked: str) -> dict[str, float]:
    """Return the milliseconds that each module takes by itself (``python -X importtime``)."""
    command = (sys.executable, "-X", "importtime", *asked)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(home))
    told = [line.removeprefix("import time:") for line in done.stderr.splitlines() if line.startswith("import time:")]
    rows = (row.split("|") for row in told[1:])
    return {name.strip(): int(alone) / 1000 for alone, _, name in rows}


def write_down(text: str) -> None:
    """Put the tables between their marks in README.md."""
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition("<!-- startup -->\n")
    _, mark, after = rest.partition("<!-- end of startup -->")
    readme.write_text(f"{before}<!-- startup -->\n{text}\n{mark}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
