"""Feeds the loaders with bytes that nobody would write: what comes back is a refusal of ours, never a bug.

Each target runs in a process of its own for some seconds and begins with the awkward case. Exit code 1 if something
was found; the bytes are then kept, and said where.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from time import monotonic

AWKWARD = Path(__file__).parents[1] / "tests" / "awkward"
TARGETS = {
    "claims.csv": "claims.csv",
    "events.csv": "events.csv",
    "datapackage": "datapackage.json",
    "ftm": "case.ftm.json",
    "statements": "case.csv",
    "copy.html": "iif-2031-05-02.html",
    "copy.md": "daily-kettle-2031-05-03.md",
    "copy.txt": "bslh-2031-05-02.txt",
}
"""What is fuzzed, and the name of the file that gets the bytes."""

FTM = {"ftm": "ftm", "statements": "ftm-statements"}
"""With which export a target begins: a file of FollowTheMoney is loaded by itself."""


def main() -> int:
    """Fuzz each target and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", choices=TARGETS, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.target:
        return fuzz(given.target, given.corpus, given.seconds)
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("install atheris to fuzz", file=sys.stderr)
        return 1
    kept = Path(tempfile.mkdtemp(prefix="spector-fuzz-"))
    print(f"{'target':<12} {'executions':>10} {'seconds':>8} {'findings':>9}")
    return max([one(name, given.seconds, kept) for name in TARGETS])


def one(name: str, seconds: int, kept: Path) -> int:
    """Fuzz one target in a process of its own, and return 1 if it found something."""
    corpus = kept / name
    corpus.mkdir()
    seed(name, corpus / "seed")
    words = [sys.executable, __file__, "--target", name, "--corpus", str(corpus), "--seconds", str(seconds)]
    begin = monotonic()
    done = subprocess.run(words, capture_output=True, text=True, cwd=kept)
    took = monotonic() - begin
    runs = [line.split()[1] for line in done.stderr.splitlines() if line.startswith("stat::number_of_executed_units")]
    findings = [*sorted(corpus.glob("finding-*.txt")), *(one for one in kept.iterdir() if one.is_file())]
    print(f"{name:<12} {runs[0] if runs else '?':>10} {took:8.0f} {len(findings):>9}", flush=True)
    for finding in findings:
        print(f"  {finding}")
    if not runs:
        print(done.stderr[-2000:], file=sys.stderr)
    return 1 if findings or not runs else 0


def seed(name: str, file: Path) -> None:
    """Write what the target begins with: a file of the awkward case, or the whole of it for FollowTheMoney."""
    if name not in FTM:
        begun = AWKWARD / "copies" if name.startswith("copy") else AWKWARD
        file.write_bytes((begun / TARGETS[name]).read_bytes())
        return
    with tempfile.TemporaryDirectory() as folder:
        spector, db = [sys.executable, "-m", "spectorcli"], f"{folder}/case.db"
        subprocess.run([*spector, "load", AWKWARD, "--db", db], check=True, stdout=subprocess.DEVNULL)
        written = Path(folder) / TARGETS[name]
        words = [*spector, "export", FTM[name], "-o", str(written), "--db", db]
        subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
        if name == "statements":
            file.write_bytes(written.read_bytes()[:10_000])
            return
        for number, line in enumerate(written.read_bytes().splitlines(keepends=True)):
            file.with_name(f"seed-{number}").write_bytes(line)


def fuzz(name: str, corpus: Path, seconds: int) -> int:
    """Be the process that fuzzes; each kind of finding is kept once, and the search goes on."""
    import csv
    import shutil

    import atheris

    with atheris.instrument_imports(include=["spectorcli"]):
        from spectorcli.copies import verify
        from spectorcli.errors import SpectorError
        from spectorcli.exchange import as_case_folder
        from spectorcli.folder.claims import check_claims
        from spectorcli.folder.mistakes import Mistake
        from spectorcli.folder.read import read_folder
        from spectorcli.load.load import check
        from spectorcli.vocabulary import read_vocabulary
    kinds = read_vocabulary()
    os.environ["TMPDIR"] = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()
    case = Path(tempfile.mkdtemp()) / "case"
    shutil.copytree(AWKWARD, case, ignore=shutil.ignore_patterns("copies", "earlier"))
    copies = case.with_name("copies")
    copies.mkdir()
    file = (copies if name.startswith("copy") else case) / TARGETS[name]
    with (AWKWARD / "claims.csv").open(encoding="utf-8", newline="") as rows:
        claims = [{**row, "type": "number", "line": "1", "seen": ""} for row in csv.DictReader(rows)]
    found: set[str] = set()

    def test(data: bytes) -> None:
        file.write_bytes(data)
        try:
            if file.parent == copies:
                verify(claims, copies)
                return
            with as_case_folder(file if name in FTM else case) as folder:
                read = read_folder(folder, kinds)  # a tenth of a whole check: that is for what can be read
                for one in check_claims(read.claims.rows(), read.known):
                    if isinstance(one, Mistake):
                        read.mistakes.add(one)
                if not read.mistakes:
                    check(folder)
        except SpectorError:
            pass
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} {last.filename}:{last.lineno}"
            if where not in found:
                found.add(where)
                (corpus / f"finding-{len(found)}.bytes").write_bytes(data)
                (corpus / f"finding-{len(found)}.txt").write_text(traceback.format_exc())

    options = [f"-max_total_time={seconds}", "-print_final_stats=1", "-max_len=20000", "-timeout=20", str(corpus)]
    atheris.Setup([sys.argv[0], *options], test)
    with contextlib.suppress(SystemExit):
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
