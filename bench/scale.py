"""Measures how spector holds when a case grows, against what the same rows cost without it.

Each case is made up, in the shape of the bundled one: what is claimed, by how many and how far they disagree is drawn
from its own proportions, sources derive from each other, names are long and dates partial. The rows go beside it into
the same tables with a bare ``executemany``, through the ``sqlite-utils`` command, and DuckDB groups the same CSV.
Questions run as commands, cold. ``--write`` puts the table into bench/README.md.

Needs duckdb; without it that column stays empty.
"""

import argparse
import csv
import math
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

BIN = Path(sys.executable).parent
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
RUNS = 5
LOADS = {10_000: 7, 100_000: 7, 1_000_000: 3}
"""How often a case of a size is loaded; the least time of each counts."""

HERE = Path(__file__).parent

GROUPS = {1: 182, 2: 39, 3: 23, 4: 18, 5: 9, 6: 7, 8: 5, 10: 4, 12: 6, 14: 5, 20: 3, 28: 1, 55: 1}
"""How many claims are made of one property of one thing, and how often that is so in the bundled case."""

CLAIMED = (
    *(("arrests", "count", 40), ("seizures", "amount", 41), ("events", "date", 30), ("events", "description", 9)),
    *(("events", "by", 8), ("people", "role", 19), ("people", "agency", 15), ("people", "status", 4)),
    *(("markets", "seized_by", 4), ("markets", "currencies", 2), ("markets", "turnover", 2)),
    *(("statements", "date", 8), ("statements", "gist", 9), ("proceedings", "status", 3)),
)
"""What is claimed, and of how many things in the bundled case."""

FIRST, LAST = "ba de fi go hu ka le mi no pu ra se ti vo wu za".split(), "lan mor nex pol rin ster tak vin".split()
WORDS = [a + b + c for b in ["", *FIRST, *LAST] for a in FIRST for c in LAST]
OFTEN = list(accumulate(1 / (place + 10) for place in range(len(WORDS))))
"""Words are as often used as in any language: the n-th 1/n as often as the first (Zipf)."""

COUNTRIES = (
    "AT AU BE BG BR CA CH CZ DE DK ES FI FR GB GR HR HU IE IT LT LV NL NO NZ PL PT RO RS SE SI SK TR UA US".split()
)
COLUMNS = {
    "operations": "id,name,aliases",
    "agencies": "id,name,aliases,country,part_of",
    "countries": "id,name,aliases",
    "people": "id,name,aliases",
    "markets": "id,name,aliases",
    "arrests": "id,operation,country,part_of",
    "seizures": "id,operation,market,country,kind,substance,part_of",
    "events": "id,kind,title,operation,market,person,country",
    "proceedings": "id,title,person,operation",
    "statements": "id,person,agency,operation,market",
    "sources": "id,kind,reliability,published,publisher,title,url,derived_from,note",
    "claims": "subject,property,value,unit,when,source,at,stated,rank,note",
}


def main() -> int:
    """Measure each size and print the tables; exit code 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="CLAIMS")
    parser.add_argument("--seed", type=int, default=20230502)
    parser.add_argument("--make", type=Path, metavar="DIR", help="only make a case of the first size there")
    parser.add_argument("--write", action="store_true", help="put what was measured into bench/README.md")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    if options.make:
        make(options.make, options.sizes[0], options.seed)
        return 0
    with tempfile.TemporaryDirectory(prefix="scale-") as room:
        bundled = Path(room) / "bundled.db"
        spent(BIN / "spector", "load", "--db", bundled)
        tables = []
        for size in options.sizes:
            tables.append(measure(Path(room) / str(size), size, options.seed, bundled))
            print(*(f"{name:<48}{cell}" for name, cell in tables[-1].items()), sep="\n", flush=True)
    text = as_markdown(tables)
    missed = list(misses(tables))
    print(text, *(f"missed: {one}" for one in missed), sep="\n")
    if options.write:
        write_down(text)
    return 1 if missed else 0


BUNDLED = {
    "show": ("show", "arrests-spector-us"),
    "why": ("why", "arrests-spector-us", "count"),
    "search": ("search", "desnica"),
}
"""The same questions of the bundled case, for comparison."""


Answer = TypeVar("Answer")

Measured = dict[str, float]
"""What a case of one size takes, by name."""


class Spent(NamedTuple):
    """What a command took: seconds to its first byte and to its end, those of the processor, megabytes at its peak."""

    first: float
    seconds: float
    busy: float
    peak: float


def spent(*command: str | Path, lines: int = 0, ends: Collection[int] = (0, -13, 141)) -> Spent:
    """Run a command in a process of its own, cold; the reader goes away after so many lines.

    Raises:
        SystemExit: it does not end with one of these codes.
    """
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": os.devnull}
    start = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        assert process.stdout
        first = perf_counter() if process.stdout.readline() else start
        if lines:
            for _ in range(lines - 1):
                process.stdout.readline()
            process.stdout.close()
        else:
            while process.stdout.read(1 << 20):
                pass
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in ends:
            assert process.stderr
            raise SystemExit(f"{command}: {process.stderr.read().decode()}")
    return Spent(first - start, perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def apart(function: Callable[..., Answer], *arguments: object) -> Answer:
    """Call a function in a process of its own, for what it takes would count as a later command's peak of memory."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def asked(*questions: tuple[Path, tuple[str, ...]], lines: int = 0) -> list[float]:
    """Return the milliseconds that questions take, each the median of several times in turns with the others."""
    rounds = [
        [spent(BIN / "spector", *words, "-f", "csv", "--db", db, lines=lines).seconds for db, words in questions]
        for _ in range(RUNS)
    ]
    return [1000 * median(times) for times in zip(*rounds, strict=True)]


def measure(room: Path, size: int, seed: int, bundled: Path) -> Measured:
    """Return what a case of one size takes, by name."""
    made, db = room / "made", room / "case.db"
    room.mkdir()
    apart(make, made, size, seed)
    loads, raws = [], []
    for _ in range(LOADS.get(size, 1)):  # they take turns, so that what else the machine does slows both alike
        loads.append(spent(BIN / "spector", "load", made, "--db", db))
        raws.append(apart(raw, db, room / "raw.db"))
    load, busy = min(one.seconds for one in loads), min(one.busy for one in loads)
    bare, whole = min(one for one, _ in raws), min(one for _, one in raws)
    with closing(sqlite3.connect(db)) as connection:
        (claims,) = connection.execute("select count(*) from claims").fetchone()
        thing, word = connection.execute(
            "select subject, entities.label from claims join entities on entities.id = subject "
            "where property = 'role' group by subject having count(*) = 3 order by subject limit 1 offset 5"
        ).fetchone()
        (hits,) = connection.execute("select count(*) from search where search match ?", (COMMON,)).fetchone()
    found = {
        "claims": claims,
        "load, s": load,
        "rows a second": claims / load,
        "peak memory, MB": max(one.peak for one in loads),
        "database, MB": db.stat().st_size / 1e6,
        "load, CPU s": busy,
        "raw executemany, rows only, CPU s": bare,
        "raw executemany, CPU s": whole,
        "load / raw, rows only": busy / bare,
        "load / raw": busy / whole,
        "sqlite-utils insert, claims only, s": utils(made / "claims.csv", room / "utils.db"),
        "DuckDB, reads and groups claims.csv, s": apart(duckdb_groups, made / "claims.csv"),
    }
    questions = {
        "show": ("show", thing),
        "why": ("why", thing, "role"),
        "search": ("search", word),
        f"search for a common word ({COMMON})": ("search", COMMON),
        "arrests --country DE": ("arrests", "--country", "DE", "--operation", "all"),
        "timeline --from --to": ("timeline", "--from", "2020-03", "--to", "2020-04", "--operation", "all"),
    }
    for name, words in questions.items():
        ms, *ours = asked((db, words), *([(bundled, BUNDLED[name])] if name in BUNDLED else []))
        found[f"{name}, ms"] = ms
        if ours:
            found[f"{name} / bundled case"] = ms / ours[0]
    found["hits of it"] = hits
    (found["conflicts, first 50 lines, ms"],) = asked((db, ("conflicts",)), lines=50)
    everything = spent(
        BIN / "spector", "sql", "select * from claims", "--limit", "0", "--timeout", "3600", "-f", "csv", "--db", db
    )
    found["all claims as CSV, first byte, ms"] = everything.first * 1000
    found["all claims as CSV, s"] = everything.seconds
    found["all claims as CSV, peak memory, MB"] = everything.peak
    shutil.rmtree(room)
    return found


COMMON = WORDS[0]


def raw(db: Path, to: Path) -> tuple[float, float]:
    """Return the CPU seconds of writing the rows of a case with nothing but ``executemany``, and with its indexes.

    The same rows go into the same tables, of which the full-text index is one, in one transaction, without waiting
    for the disk as a load does not. Reading them is not counted.
    """
    took = 0.0
    to.unlink(missing_ok=True)
    with closing(sqlite3.connect(db)) as rows, closing(sqlite3.connect(to, isolation_level=None)) as out:
        out.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536; begin")
        listed = "select name from pragma_table_list where type in ('table', 'virtual') and name not like 'sqlite%'"
        names = [name for (name,) in rows.execute(f"{listed} and schema = 'main' and name <> 'words'")]
        made = dict(rows.execute("select name, sql from sqlite_master"))
        for name in names:
            out.execute(made[name])
            kept = rows.execute("select group_concat('[' || name || ']') from pragma_table_info(?)", (name,))
            (columns,) = kept.fetchone()  # all but those that are generated
            cursor = rows.execute(f"select {columns} from [{name}]")  # noqa: S608
            insert = f"insert into [{name}] values ({', '.join('?' * len(cursor.description))})"  # noqa: S608
            while batch := cursor.fetchmany(10_000):
                start = process_time()
                out.executemany(insert, batch)
                took += process_time() - start
        start = process_time()
        for (statement,) in rows.execute("select sql from sqlite_master where type = 'index' and sql is not null"):
            out.execute(statement)
        indexed = process_time() - start
        start = process_time()
        out.execute("commit")
        took += process_time() - start
    to.unlink()
    return took, took + indexed


def utils(claims: Path, to: Path) -> float:
    """Return the seconds of the ``sqlite-utils`` command for the claims alone, unchecked and unweighed."""
    return spent(BIN / "sqlite-utils", "insert", to, "claims", claims, "--csv").seconds


def duckdb_groups(claims: Path) -> float:
    """Return the seconds in which DuckDB reads the same claims and groups them; nan if it is not there."""
    read = f"from read_csv('{claims}', all_varchar = true)"
    try:
        import duckdb
    except ImportError:
        return math.nan
    start = perf_counter()
    groups = f"select subject, property, count(*), min(value), max(value) {read} group by all"
    duckdb.execute(groups).fetchall()
    return perf_counter() - start


def misses(tables: list[Measured]) -> Iterator[str]:
    """Yield which targets were missed."""
    for table in tables:
        claims = table["claims"]
        if claims >= 100_000 and table["load / raw"] > 3:
            yield f"a load of {claims:,} is no third as fast as raw executemany"
        for name in BUNDLED if claims >= 10_000_000 else ():
            if table[f"{name} / bundled case"] > 2:
                yield f"{name} takes more than twice as long as of the bundled case"
        if claims >= 1_000_000 and table["all claims as CSV, first byte, ms"] > 1000:
            yield "the first byte of a million rows takes more than a second"
    large = [table["peak memory, MB"] for table in tables if table["claims"] >= 1_000_000]
    if large and max(large) > 1.2 * large[0]:
        yield "memory is not flat from a million claims on"


def as_markdown(tables: list[Measured]) -> str:
    """Return a column for each size."""
    names = [name for name in tables[0] if name != "claims"]
    rows = [["", *(f"{table['claims']:,}" for table in tables)], ["---", *("--:" for _ in tables)]]
    rows += [[name, *(figure(table[name]) for table in tables)] for name in names]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def figure(number: float) -> str:
    """Write three digits of a number, or all of a whole one."""
    if math.isnan(number):
        return "–"
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def write_down(text: str) -> None:
    """Put the table between its marks in README.md."""
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition("<!-- scale -->\n")
    _, mark, after = rest.partition("<!-- end of scale -->")
    assert mark
    readme.write_text(f"{before}<!-- scale -->\n{text}\n{mark}{after}", encoding="utf-8")


def make(folder: Path, claims: int, seed: int) -> None:
    """Write a case of so many claims, more or less."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)

    def some(count: float) -> int:
        return min(round(count * math.sqrt(claims)), claims // 20)  # grows slower than the case

    with _Files(folder) as files:
        operations = [_named(files, chance, "operations", n, "Operation ") for n in range(max(3, some(0.05)))]
        markets = [_named(files, chance, "markets", n, "") for n in range(max(5, some(0.3)))]
        people = [_named(files, chance, "people", n, "") for n in range(max(20, some(1)))]
        for code in COUNTRIES:
            files.write("countries", code, _words(chance, 1), "")
        agencies = []
        for n in range(max(20, some(0.3))):
            agencies.append(f"agency-{n}")
            above = chance.choice(agencies) if chance.random() < 0.1 and n else ""
            name = f"Office for {_words(chance, chance.randint(3, 12))}"
            files.write(
                "agencies",
                f"agency-{n}",
                name,
                f"O{n}",
                chance.choice(COUNTRIES),
                above if above != f"agency-{n}" else "",
            )
        sources = list(_sources(files, chance, max(50, some(5))))
        weights = list(accumulate(1 / (place + 5) for place in range(len(sources))))  # few sources say much
        kinds = list(accumulate(weight for _, _, weight in CLAIMED))
        sizes = list(accumulate(GROUPS.values()))
        pools = {"people": people, "markets": markets}
        wholes: dict[str, set[str]] = {"arrests": set(), "seizures": set()}
        written = number = 0
        while written < claims:
            ((kind, name, _),) = chance.choices(CLAIMED, cum_weights=kinds)
            ((many),) = chance.choices(list(GROUPS), cum_weights=sizes)
            number += 1
            if kind in pools:
                subject = f"{kind}-{number}"
                files.write(kind, subject, _words(chance, 2).title(), "")
            else:
                subject = _thing(files, chance, kind, number, operations, markets, people, wholes)
            truth = round(10 ** chance.uniform(0, 5))
            for speaker in sorted({*chance.choices(sources, cum_weights=weights, k=many)}):
                value, unit, when, stated = _value(chance, name, truth, agencies)
                files.write(
                    "claims",
                    subject,
                    name,
                    value,
                    unit,
                    when,
                    speaker,
                    f"paragraph {chance.randint(1, 40)}",
                    stated,
                    "",
                    "",
                )
                written += 1


def _thing(
    files: "_Files",
    chance: random.Random,
    kind: str,
    number: int,
    operations: list[str],
    markets: list[str],
    people: list[str],
    wholes: dict[str, set[str]],
) -> str:
    """Write a thing that claims are made of; one of an operation's parts has its whole before it."""
    operation, country = chance.choice(operations), chance.choice(COUNTRIES)
    id, whole = f"{kind}-{number}", f"{kind}-{operation}"
    if kind in wholes and operation not in wholes[kind]:
        wholes[kind].add(operation)
        files.write(kind, whole, operation, *(("", "") if kind == "arrests" else ("", "", "drugs", "", "")))
        return whole
    match kind:
        case "arrests":
            files.write(kind, id, operation, country, whole)
        case "seizures":
            files.write(kind, id, operation, "", country, "drugs", _words(chance, 1), whole)
        case "events":
            title = _words(chance, chance.randint(3, 15)).capitalize()
            files.write(
                kind,
                id,
                chance.choice(("arrest", "shutdown", "seizure")),
                title,
                operation,
                chance.choice(markets),
                chance.choice(people),
                country,
            )
        case "statements":
            files.write(kind, id, chance.choice(people), "", operation, "")
        case "proceedings":
            person = chance.choice(people)
            files.write(kind, id, f"Case {number} against {person}", person, operation)
    return id


def _value(chance: random.Random, name: str, truth: int, agencies: list[str]) -> tuple[str, str, str, str]:
    """Return value, unit, time and figure as stated: mostly the truth, at times rounded or another."""
    told = truth if chance.random() < 0.75 else max(1, round(truth * chance.uniform(0.8, 1.3)))
    rough = chance.random()
    match name:
        case "count" | "amount" | "turnover":
            value = f"~{told}" if rough < 0.1 else f">{told}" if rough < 0.15 else str(told)
            unit = {"count": "", "amount": "kg", "turnover": "EUR"}[name]
            words = "about " if rough < 0.1 else "more than " if rough < 0.15 else ""
            return value, unit, "", f"{words}{told:,}" if rough < 0.5 else ""
        case "date":
            day = f"20{truth % 25:02}-{told % 12 + 1:02}-{told % 28 + 1:02}"
            return (day[:4] if rough < 0.1 else day[:7] if rough < 0.3 else day), "", "", ""
        case "by" | "agency" | "seized_by":
            return agencies[told % len(agencies)], "", "", ""
        case "currencies":
            return chance.choice(("BTC", "XMR", "BTC; XMR", "only BTC")), "", "", ""
        case "status":
            return ("charged", "", "2022-07", "") if rough < 0.5 else ("sentenced", "", "2023-11-08", "")
    return _words(chance, chance.randint(2, 20)), "", "", ""


def _named(files: "_Files", chance: random.Random, kind: str, number: int, before: str) -> str:
    id = f"{kind}-named-{number}"
    files.write(kind, id, before + _words(chance, 2).title(), _words(chance, 1) if chance.random() < 0.3 else "")
    return id


def _sources(files: "_Files", chance: random.Random, count: int) -> Iterator[str]:
    """Write sources of which most retell one or more that came before them."""
    for n in range(count):
        kind, letter = chance.choice(
            (("official", "A"), ("court", "A"), ("press", "B"), ("press", "C"), ("blog", "D"), ("blog", "E"))
        )
        above = (
            {f"source-{min(int(chance.expovariate(0.05)), n - 1)}" for _ in range(chance.choice((1, 1, 1, 2)))}
            if n > 9
            else set()
        )
        parents = "; ".join(sorted(above)) if chance.random() < 0.8 and letter != "A" else ""
        published = f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        title = _words(chance, chance.randint(4, 16)).capitalize()
        files.write(
            "sources",
            f"source-{n}",
            kind,
            letter,
            published,
            _words(chance, 2).title(),
            title,
            f"https://example.org/{n}",
            parents,
            "",
        )
        yield f"source-{n}"


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=OFTEN, k=count))


class _Files:
    """The files of a case, open for writing."""

    def __init__(self, folder: Path) -> None:
        self._open = {kind: (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") for kind in COLUMNS}
        self._writers = {kind: csv.writer(file, lineterminator="\n") for kind, file in self._open.items()}
        for kind, columns in COLUMNS.items():
            self.write(kind, *columns.split(","))

    def write(self, kind: str, *cells: str) -> None:
        self._writers[kind].writerow(cells)

    def __enter__(self) -> "_Files":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()


if __name__ == "__main__":
    sys.exit(main())
