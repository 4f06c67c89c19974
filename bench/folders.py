"""Generates case folders that nobody would make, and asks everything of those that load: only refusals may come back.

Each folder begins as a sound one, and then a few of its cells, rows, files and declarations become odd. Exit code 1 if
a command ended in a traceback, or did not end; the folder is then kept, and said where. A seed gives the same folders.
"""

import argparse
import contextlib
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from spectorcli.cli.main import main as spector
from spectorcli.exchange import EXPORTS
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.vocabulary import read_vocabulary

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a command line, and returns its exit code and what it said on stderr."""

REFUSALS = {0, 1, 2, 3, 4, 5, 6, 75}
"""The exit codes that a folder may lead to."""

MENDS = 6
"""How often a folder that is refused may be mended and loaded again."""

LONGEST = 20
"""Seconds that a command may take on a folder of some kilobytes."""

TEXTS = [
    *[
        "",
        " ",
        "[sic]",
        "=1+1",
        "<b>&amp;</b>",
        "%s {0} {{x}}",
        "a;b;;c",
        "only ",
        "only a; b",
        ";",
        "王伟 ;",
        "é" * 300,
    ],
    *[
        "x" * 3000,
        "../../etc/passwd",
        "\\",
        "'",
        '"',
        "a\nb",
        "\u202e",
        "\x1b[31m",
        "👩\u200d🚒",
        "-",
        "a.b",
        "None",
        "nan",
    ],
    *[
        "1e5",
        "person-1",
        "all",
        "https://[",
        "javascript:alert(1)",
        "http://x.example/%",
        "\ufeff",
        "--",
        "null",
        "true",
    ],
    *["yes", "no", "İ", "ß", "\x00"],
]
NUMBERS = [
    *"0 -1 153 ~300 >100 <1 >=5 <=5 17.3..21 5..5 9..1 1.200 1,200 999999999999999999 0.000000001 1e3 ١٢ ~ ..".split(),
    *">..5 1/3 ∞ 00 10000000000000000000".split(),
    "",
]
DATES = [
    *"0001 0001-01-01 9999 9999-12-31 ../9999-12-31 0001-01-01/.. 2021-21 2021-24 156X~ 15XX 2021-02-30".split(),
    *"/.. .. ../.. 2021~/2022? 2024-02-29/2023 -0001 Y10000 2021-13 2021-05-02T10:00 20210502 9998-12-31/9999".split(),
    *"2021-06/ 2021-XX 2021? %".split(),
    "",
]
NAMES = [
    *"vans lots Vans order select json_x facts claims x-y grade id count date from kind label name value also".split(),
    *"source status unit events people search total part_of operation".split(),
    "a" * 101,
    "",
]
TYPES = [
    "number",
    "date",
    "term",
    "text",
    "flag",
    "ref:vans",
    "ref:lots",
    "ref:people",
    "ref:sources",
    "ref:",
    "ref",
    "color",
    "",
]
VALUES = {"number": NUMBERS, "date": DATES, "ref": ["ana", "op", "DE", "fbi", "only ana; bo"]}
UNITS = ["", "mass", "money", "volume", "tablets", "kg g", "EUR BTC", "persons", "x y z", "%", "months years"]

ROWS = {
    "operations": [["op", "Operation Op", "Op"]],
    "countries": [["DE", "Germany", ""], ["US", "United States", ""]],
    "agencies": [["fbi", "FBI", "", "US", ""]],
    "people": [["ana", "Ana Müller", ""], ["bo", "Bo Lee", "B"]],
    "markets": [["bazaar", "Bazaar", ""]],
    "arrests": [["arrests-op", "op", "", ""], ["arrests-de", "op", "DE", "arrests-op"]],
    "events": [["launch", "launch", "Bazaar opens", "op", "bazaar", "ana", "DE"]],
    "proceedings": [["proceedings-ana", "Case", "ana", "op"]],
    "sources": [
        ["s1", "official", "A", "2021-05-02", "P", "T", "https://example.org/1", "", ""],
        ["s2", "press", "C", "2021-05-03", "Q", "U", "", "s1", ""],
    ],
}
CLAIMS = [
    ["arrests-op", "count", "288", "", "", "s1", "p 1", "288 arrests", "", ""],
    ["arrests-op", "count", "281", "", "", "s2", "", "", "", ""],
    ["arrests-de", "count", "~50", "", "", "s2", "", "", "", ""],
    ["launch", "date", "2021-05", "", "", "s1", "", "", "", ""],
    ["launch", "description", "A text", "", "", "s1", "", "", "", ""],
    ["ana", "status", "charged", "", "2021", "s1", "", "", "", ""],
    ["bazaar", "operator", "ana", "", "", "s1", "", "", "", ""],
    ["proceedings-ana", "status", "charged", "", "2021", "s1", "", "", "", ""],
]

Tables = dict[str, list[list[str]]]


def main() -> int:
    """Try folders for some seconds, and print how many and what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="of the first folder")
    given = parser.parse_args()
    kept = Path(tempfile.mkdtemp(prefix="spector-folders-"))
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_STATE_HOME"] = str(kept)
    begin, seed, loaded, commands = monotonic(), given.seed, 0, 0
    found: Counter[str] = Counter()
    while monotonic() - begin < given.seconds:
        folder = kept / str(seed)
        findings, asked = tried(folder, seed, run)
        loaded, commands = loaded + (asked > MENDS), commands + asked
        new = [finding for finding in findings if (found[last_lines(finding)] == 0)]
        for finding in findings:
            found[last_lines(finding)] += 1
        for finding in new:
            print(f"seed {seed}, kept in {folder}: {finding}", flush=True)
        if not new:
            shutil.rmtree(folder)
        seed += 1
    print(f"{seed - given.seed} folders, of which {loaded} loaded; {commands} commands; {len(found)} findings")
    return 1 if found else 0


def last_lines(finding: str) -> str:
    """Return where a finding comes from, without what the folder put into it."""
    return "\n".join(line for line in finding.splitlines() if line.startswith("  File "))[-300:] or finding[:80]


def run(words: Sequence[str]) -> tuple[int, str]:
    """Run a command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["spector", *words]
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(LONGEST)
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            spector()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except TimeoutError:
            code = -1
        finally:
            signal.alarm(0)
    return code, err.getvalue()


def _late(*_: object) -> None:
    raise TimeoutError


def tried(folder: Path, seed: int, run: Run) -> tuple[list[str], int]:
    """Make a folder, load it and ask; return what went wrong, and how many commands were asked."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    make(folder / "case", chance)
    db = str(folder / "case.db")
    findings, asked = [], 0
    load = ["load", str(folder / "case"), "--db", db]
    for words in (*[load] * MENDS, *asks(folder, db, chance)):
        if words is load and Path(db).exists():
            continue
        code, said = run(words)
        asked += 1
        if code not in REFUSALS or "Traceback" in said:
            findings.append(f"spector {' '.join(words)}: {code}\n{said[-1500:]}")
        if words is load:
            mend(folder / "case", said)
        elif not Path(db).exists():
            break
    return findings, asked


def asks(folder: Path, db: str, chance: random.Random) -> Iterator[list[str]]:
    """Yield command lines for a case: each question, export and page."""
    thing = chance.choice(["op", "ana", "DE", "arrests-op", "launch", "bazaar", "v1", "s1"])
    formats = ["csv", "json", "md", "table", "svg", "tsv", "jsonl"]
    plain = "timeline arrests seizures operations agencies countries people markets proceedings statements sources"
    for words in (
        *([name] for name in f"{plain} conflicts check fields".split()),
        *([name, thing] for name in ("why", "show", "graph")),
        *(["list", kind] for kind in ("vans", "people", "events")),
        ["search", chance.choice(["op", "bazaar", "王", "a*"])],
    ):
        yield [*words, "-f", chance.choice(formats), "--db", db]
    yield from (["--db", db], ["timeline", "--chart", "--db", db])
    yield ["cite", "--all", "--style", chance.choice(["plain", "bibtex", "csl"]), "--db", db]
    for name in EXPORTS:
        yield ["export", name, "-o", str(folder / f"export-{name}"), "--db", db]
    for suffix in ("html", "md"):
        yield ["report", "-o", str(folder / f"page.{suffix}"), "--db", db]
        yield ["report", "-o", str(folder / f"page.{suffix}"), "--redact", "people", "--db", db]
    yield ["report", "-o", str(folder / "page.md"), "--subject", thing, "--db", db]
    yield ["diff", str(folder / "case"), db]
    yield [
        "add",
        "claim",
        "arrests-op",
        "count",
        chance.choice(NUMBERS),
        "--source",
        "s1",
        "--case",
        str(folder / "case"),
    ]


def mend(folder: Path, said: str) -> None:
    """Take out the rows that a load refuses, as far as it tells, so that what is odd in the others is met."""
    lines: dict[str, set[int]] = {}
    for file, line in re.findall(r"^([^/\n]+\.(?:csv|json)):([0-9]+): ", said, re.MULTILINE):
        lines.setdefault(file, set()).add(int(line))
    for name, numbers in lines.items():
        file = folder / name
        if name == "datapackage.json":
            file.write_text("{}")
        elif not file.is_file() or (1 in numbers and name != "claims.csv"):
            shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
        else:
            rows = file.read_text(encoding="utf-8", errors="surrogatepass").splitlines(keepends=True)
            kept = "".join(row for number, row in enumerate(rows, 1) if number not in numbers)
            file.write_text(kept, encoding="utf-8", errors="surrogatepass")


def make(folder: Path, chance: random.Random) -> None:
    """Write a folder of which a few things are odd."""
    folder.mkdir()
    kinds = read_vocabulary()
    tables: Tables = {name: [list(row) for row in rows] for name, rows in ROWS.items()}
    tables["claims"] = [list(row) for row in CLAIMS]
    headers = {name: ["id", *(column.name for column in kinds[name].columns)] for name in ROWS}
    headers["claims"] = list(CLAIM_COLUMNS)
    package: object = {"title": "Odd", "operation": "op"}
    for _ in range(chance.choice([1, 1, 2, 3])):
        step = chance.choice([odd_cell, odd_cell, odd_claim, odd_claim, own_kinds, own_kinds, chains])
        step(tables, headers, chance)
    if chance.random() < 0.3:
        package = odd_json(chance)
    for name, rows in tables.items():
        write(folder / f"{name}.csv", headers[name], rows)
    (folder / "datapackage.json").write_text(json.dumps(package))
    if chance.random() < 0.2:
        odd_file(folder, chance)


def write(file: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write a table; a row may be shorter than its header."""
    with file.open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(row + [""] * (len(header) - len(row)) for row in rows)


def odd_cell(tables: Tables, headers: dict[str, list[str]], chance: random.Random) -> None:
    """Put something else into a cell."""
    rows = tables[chance.choice([*tables])]
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice([*TEXTS, *DATES, "ana", "op", "DE", "s1"])


def odd_claim(tables: Tables, headers: dict[str, list[str]], chance: random.Random) -> None:
    """Claim something odd of the right type, also several times."""
    kinds = read_vocabulary()
    name = chance.choice([*ROWS])
    declared = chance.choice(kinds[name].claimed or kinds["events"].claimed)
    subject = chance.choice(tables[declared.kind])[0]
    for _ in range(chance.choice([1, 2, 5])):
        values = {"number": NUMBERS, "date": DATES, "ref": ["ana", "op", "DE", "fbi", "only ana; bo"]}.get(
            declared.type, TEXTS
        )
        unit = chance.choice([*declared.units[:1], "", "EUR", "kg", "tablets"]) if declared.type == "number" else ""
        source, when, rank = (
            chance.choice(["s1", "s2"]),
            chance.choice(["", "", *DATES]),
            chance.choice(["", "", "preferred", "deprecated"]),
        )
        note = "reason" if rank else ""
        tables["claims"].append(
            [subject, declared.name, chance.choice(values), unit, when, source, "", chance.choice(TEXTS), rank, note]
        )


def own_kinds(tables: Tables, headers: dict[str, list[str]], chance: random.Random) -> None:
    """Declare kinds that refer to each other, with odd names, types and units; and things of them."""
    first, second = chance.choice([("vans", "lots"), ("vans", chance.choice(NAMES)), (chance.choice(NAMES), "lots")])
    rows = [[first, "", "", "", "", "", "A"], [second, "", "", "", "", "", chance.choice(TEXTS)]]
    columns: dict[str, list[str]] = {first: ["id"], second: ["id"]}
    for kind in (first, second):
        for name in chance.sample(NAMES, 3):
            claimed, many = chance.choice(["", "yes"]), chance.choice(["", "yes"])
            rows.append(
                [
                    kind,
                    name,
                    chance.choice(TYPES),
                    many,
                    chance.choice(UNITS),
                    claimed,
                    "",
                    chance.choice(["", "", name]),
                ]
            )
            columns[kind] += [] if claimed else [name]
    tables["vocabulary"] = rows
    headers["vocabulary"] = ["kind", "property", "type", "many", "unit", "claimed", "description", "denies"]
    for kind in {first, second} - {"claims", "vocabulary", ""}:
        if "/" not in kind and len(kind) < 200:
            ids = [f"{kind[:1]}{number}" for number in range(3)]
            tables[kind] = [
                [id, *(chance.choice([*ids, "v0", "l0", "ana", *TEXTS[:9]]) for _ in columns[kind][1:])] for id in ids
            ]
            headers[kind] = columns[kind]


def chains(tables: Tables, headers: dict[str, list[str]], chance: random.Random) -> None:
    """Let a thousand things, or sources, each rest on the one before, and perhaps the first on the last."""
    many, round_ = chance.choice([3, 1200]), chance.random() < 0.3
    if chance.random() < 0.5:
        tables["arrests"] += [
            [f"a{number}", "op", "", f"a{number - 1}" if number or round_ else ""] for number in range(many)
        ]
        tables["arrests"] += [["a-1", "op", "", f"a{many - 1}"]] if round_ else []
    else:
        tables["sources"] += [
            [
                f"d{number}",
                "press",
                "C",
                "",
                "P",
                "T",
                "",
                f"d{number - 1}" if number else f"d{many - 1}" if round_ else "",
                "",
            ]
            for number in range(many)
        ]
        tables["claims"].append(["arrests-op", "count", "5", "", "", f"d{many - 1}", "", "", "", ""])


def odd_json(chance: random.Random) -> object:
    """Return a data package with a value where another type is expected, or a deep one."""
    values: list[object] = [
        None,
        1,
        [],
        {},
        "",
        "op",
        "x",
        [1, "a"],
        {"a": {"b": []}},
        1.5,
        True,
        "\ud800",
        "\u202e",
        [[[["x"]]]],
        10**400,
    ]
    deep: object = "x"
    for _ in range(chance.choice([1, 300, 900])):
        deep = [deep] if chance.random() < 0.5 else {"a": deep}
    package: dict[str, object] = {"title": "Odd", "operation": "op"}
    for key in chance.sample(
        ["title", "operation", "description", "licenses", "name", "keywords", "contributors", "resources"], 2
    ):
        package[key] = chance.choice([*values, deep, [{"name": "x", "path": chance.choice(TEXTS)}]])
    return chance.choice([package, package, package, chance.choice(values)])


def odd_file(folder: Path, chance: random.Random) -> None:
    """Replace a file by a link, a folder or nothing, or add one."""
    file = chance.choice(sorted(folder.iterdir()))
    match chance.randrange(6):
        case 0:
            file.unlink()
        case 1:
            file.unlink()
            file.symlink_to(chance.choice(["/etc/hostname", "nothing", "/dev/null", file.name, "claims.csv"]))
        case 2:
            file.unlink()
            file.mkdir()
        case 3:
            file.rename(file.with_suffix(file.suffix.upper()))
        case 4:
            file.write_bytes(
                chance.choice(
                    [b"", b"\n", b"\xff\xfe", b'"', b"id;name\r", b"\xef\xbb\xbf\r\n\r\nid\r\n", file.read_bytes()[:-9]]
                )
            )
        case 5:
            shutil.copy(file, folder / f"{file.stem} (1){file.suffix}")


if __name__ == "__main__":
    sys.exit(main())
