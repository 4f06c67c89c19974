"""Takes made-up FollowTheMoney files in and out again, and tells seconds and memory of each step.

Of ten entities four are people, one says of such a person what a second dataset says, two are companies, two ownerships
and one is a payment. Nothing is held while they are made. ``--write`` puts the table into bench/README.md.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.every import README, spent

MARK = "<!-- ftm -->"
SIZES = (10_000, 100_000, 1_000_000)
PATIENCE = 3600


def main() -> int:
    """Measure each size, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="ENTITIES")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = ["| entities | step | seconds | MB |", "|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    failed = False
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix="spector-ftm-") as room:
            file, db = Path(room) / "made.ftm.json", Path(room) / "case.db"
            with file.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(one) + "\n" for one in entities(size))
            for words in steps(file):
                code, seconds, peak = spent(words, db, PATIENCE)
                failed |= code != 0
                shown = " ".join(word for word in words if not word.startswith(room)).removesuffix(" -o")
                lines.append(f"| {size:,} | {shown} | {seconds:.1f} | {peak:.0f} |{'' if code == 0 else f' {code}'}")
                print(lines[-1], flush=True)
    if given.write:
        before, _, after = README.read_text(encoding="utf-8").split(MARK)
        README.write_text(f"{before}{MARK}\n" + "\n".join(lines) + f"\n{MARK}{after}", encoding="utf-8")
    return int(failed)


def steps(file: Path) -> Iterator[list[str]]:
    """Yield the command lines: in, some questions, and out."""
    yield ["load", str(file)]
    for name in ("ftm", "ftm-statements"):
        yield ["export", name, "-o", str(file.with_name(name))]
    yield ["show", "Person 0"]
    yield ["graph", "person-0"]
    yield ["timeline", "--from", "2010", "--to", "2010-01", "-f", "csv"]
    yield ["conflicts", "-f", "csv"]


def entities(size: int) -> Iterator[dict[str, object]]:
    """Yield so many entities."""
    for number in range(size):
        digit, ten = number % 10, number - number % 10
        year, day = 1950 + number % 50, f"{1 + number % 12:02}-{1 + number % 28:02}"
        if digit < 4:
            names = {"name": [f"Person {number}"], "alias": [f"P. {number}"]}
            yield entity(f"person-{number}", "Person", "one", names, birthDate=[f"{year}-{day}"], country=["de"])
        elif digit == 4:
            said = {"name": [f"Person {ten}"], "birthDate": [f"{1950 + number % 49}"]}
            yield entity(f"person-{ten}", "Person", "two", said, gender=["female"])
        elif digit < 7:
            said = {"name": [f"Company {number}"], "registrationNumber": [f"HRB {number}"]}
            yield entity(f"company-{number}", "Company", "one", said, incorporationDate=[f"{year + 20}-{day}"])
        elif digit < 9:
            ends = {"owner": [f"person-{ten + digit - 7}"], "asset": [f"company-{ten + digit - 2}"]}
            yield entity(f"owns-{number}", "Ownership", "one", ends, startDate=[f"{year + 20}-{day}"])
        else:
            ends = {"payer": [f"person-{ten}"], "beneficiary": [f"company-{ten + 5}"]}
            yield entity(
                f"pays-{number}", "Payment", "one", ends, amount=[f"{1 + number % 999},000.50"], date=[f"{year + 22}"]
            )


def entity(id: str, schema: str, dataset: str, said: dict[str, list[str]], **more: list[str]) -> dict[str, object]:
    """Return an entity of one dataset."""
    return {"id": id, "schema": schema, "properties": {**said, **more}, "datasets": [dataset]}


if __name__ == "__main__":
    sys.exit(main())
