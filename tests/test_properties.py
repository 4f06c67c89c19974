"""What holds for any case, any cell and any command line, tried on many that nobody thought of."""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, redirect_stdout
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typer
from cases import ROWS, write_case
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from terminal import AWKWARD, ask

from spectorcli.cli.main import program
from spectorcli.escapes import unsafe
from spectorcli.load.load import load
from spectorcli.output import show
from spectorcli.result import Cell, Column, Result

# The order of rows, and what has nothing to do with a thing

SAID = {
    "arrests-teapot count": ("288", "281", "~300", ">200", "250..290"),
    "arrests-teapot-us count": ("153", "155", "~150"),
    "drugs amount": ("850;kg", "0.85;t", ">1500;lb", "53;EUR", "54;USD"),
    "launch date": ("2021", "2021-12", "2021-12-05", "2022-01~", "../2021"),
    "launch place": ("Vienna", "Under the trees"),
    "bazaar currencies": ("BTC", "XMR", "only BTC", "only BTC; XMR"),
    "bazaar operator": ("ana",),
    "teapot participants": ("US", "DE", "only US; DE"),
    "ana status": ("charged", "arrested", "sentenced"),
    "statement-ana gist": ("Tea is not a drug", "Tea is a drug"),
}
"""What is said in the cases that are made here: subject and property, and values with their units."""

EQUALS = """\
alpha,official,A,2021-05-02,Alpha,First release
beta,press,A,2021-05-02,Beta,Own report
copy,press,C,2021-05-04,Copy,Retold,,alpha
delta,blog,C,2021-05-04,Delta,Blog
"""
"""Sources of which two are as good as each other: then it must not matter who speaks first."""

Claims = list[list[str]]

MADE = settings(max_examples=8, phases=[Phase.generate])
"""A case takes 0.1 s to build: few are, and none is made smaller when it fails."""


@st.composite
def claims(draw: st.DrawFn, about: Sequence[str] = tuple(SAID)) -> Claims:
    """Return rows of claims.csv, of which none says what another does."""
    parts = st.sampled_from(about).flatmap(
        lambda what: st.tuples(
            st.just(what),
            st.sampled_from(SAID[what]),
            st.sampled_from(["", "", "", "2020", "2021", "2020/2021"]),
            st.sampled_from(["alpha", "beta", "copy", "delta"]),
            st.sampled_from(["", "", "para 2"]),
            st.sampled_from(["", "", "", "preferred", "deprecated"]),
        )
    )
    rows = []
    for what, value, when, source, at, rank in draw(st.lists(parts, min_size=8, max_size=24, unique=True)):
        figure, _, unit = value.partition(";") if what == "drugs amount" else (value, "", "")
        rows.append([*what.split(), figure, unit, when, source, at, "", rank, "Why" if rank else ""])
    return rows


def lines(rows: Claims) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


NUMBERS = {
    "claims": {"id", "fact", "line"},
    "facts": {"id", "claim"},
    "parts": {"fact"},
    "fact_members": {"fact", "claim"},
    "claim_members": {"claim"},
}
"""Columns that only count rows."""


def answers(rows: Claims, *more: Claims, **files: str) -> dict[str, list[str]]:
    """Load a case, and return what stands in each table but the numbers of rows, in no order."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        further = [folder / f"more-{number}.csv" for number, _ in enumerate(more)]
        write_case(folder / "case", lines(rows), **{"sources": EQUALS, **files})
        for file, others in zip(further, more, strict=True):
            file.write_text((folder / "case" / "claims.csv").read_text().splitlines()[0] + "\n" + lines(others))
        load(folder / "case", folder / "case.db", further)
        with closing(sqlite3.connect(folder / "case.db")) as connection:
            listed = "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')"
            tables = [name for (name,) in connection.execute(listed) if not name.startswith("sqlite_")]
            return {table: sorted(_rows(connection, table)) for table in tables if table not in {"about", "words"}}


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    found = connection.execute(f"select * from {table}")  # noqa: S608
    kept = [place for place, (name, *_) in enumerate(found.description) if name not in NUMBERS.get(table, ())]
    return (repr([row[place] for place in kept]) for row in found)


@MADE
@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_answer(rows: Claims, random: Random) -> None:
    files = {kind: "\n".join(shuffled(text.splitlines(), random)) for kind, text in {**ROWS, "sources": EQUALS}.items()}
    assert answers(shuffled(rows, random), **files) == answers(rows)


def shuffled(rows: Sequence[Any], random: Random) -> list[Any]:
    return random.sample(rows, len(rows))


@MADE
@given(claims(), st.randoms(use_true_random=False))
def test_it_matters_not_in_which_file_a_claim_stands(rows: Claims, random: Random) -> None:
    files: list[Claims] = [[], [], []]
    for row in rows:
        random.choice(files).append(row)
    assert answers(*files) == answers(rows)


@MADE
@given(claims(tuple(SAID)[::2]), claims(tuple(SAID)[1::2]), st.randoms(use_true_random=False))
def test_claims_about_something_else_change_no_answer(rows: Claims, others: Claims, random: Random) -> None:
    """Each fact and each verdict stays as it is, though claims of other things or other properties come and go."""
    alone, both = answers(rows), answers(shuffled([*rows, *others], random))
    for table in ("facts", "claims"):
        about = tuple(repr(what.split())[:-1] for what in tuple(SAID)[::2])
        assert [row for row in both[table] if row.startswith(about)] == alone[table]


# What is written reads back

SAFE = st.text(st.characters().filter(lambda one: not unsafe(one)), max_size=20)
"""Text that a case may hold."""

LIKELY = st.sampled_from(['"', "'", ",", ";", "\\", '""', "[/]", "=1+1", " ", "", "null", "0", "é", "茶", "\u200d"])
CELLS = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | SAFE | LIKELY


def results(cells: st.SearchStrategy[Cell], names: st.SearchStrategy[str] = SAFE) -> st.SearchStrategy[Result]:
    return st.lists(names, min_size=1, max_size=4, unique=True).flatmap(
        lambda columns: st.lists(st.tuples(*[cells] * len(columns)), max_size=4).map(
            lambda rows: Result("Tea", [Column(name) for name in columns], rows)
        )
    )


def written(result: Result, format: str) -> str:
    """Return what goes to a stdout that can show ASCII only."""
    out = io.BytesIO()
    stdout = io.TextIOWrapper(out, encoding="ascii")
    with redirect_stdout(stdout):
        show(result, format, None)
    return out.getvalue().decode()


def as_text(result: Result) -> list[list[str]]:
    return [result.names, *(["" if cell is None else str(cell) for cell in row] for row in result.rows)]


@given(results(CELLS))
def test_csv_reads_back(result: Result) -> None:
    assert list(csv.reader(io.StringIO(written(result, "csv"), newline=""), strict=True)) == as_text(result)


@given(results(CELLS))
def test_tsv_reads_back(result: Result) -> None:
    assert [line.split("\t") for line in written(result, "tsv").split("\n")[:-1]] == as_text(result)


@given(results(CELLS | st.text(st.characters(codec=None)), st.text(st.characters(codec=None))))
def test_json_reads_back_whatever_it_is(result: Result) -> None:
    """Also what a case may not hold: controls, and halves of characters."""
    rows = [dict(zip(result.names, row, strict=True)) for row in result.rows]
    assert json.loads(written(result, "json")) == rows
    assert [json.loads(line) for line in written(result, "jsonl").split("\n")[:-1]] == rows


# Any command line

CODES = {0, 1, 2, 3, 4, 5, 6, 75, 130, 141, 143}
"""The exit codes in docs/environment.md, but for that of a bug."""


def every(command: Any, *before: str) -> list[tuple[tuple[str, ...], list[Any]]]:
    """Return each command with its options and arguments."""
    if hasattr(command, "commands"):
        return [pair for name, one in command.commands.items() for pair in every(one, *before, name)]
    return [(before, command.params)]


COMMANDS = every(typer.main.get_command(program()))

TAKEN = {
    "after": "earlier case case.db",
    "before": "earlier case",
    "case": "case",
    "copies": "case/copies case",
    "country": "DE all",
    "db": "case.db new.db case",
    "folder": "case new",
    "format": "csv tsv json jsonl md table timeline svg",
    "kind": "arrests seizure drugs press",
    "limit": "0 1",
    "market": "bazaar Bazaar",
    "more": "case/claims.csv",
    "name": "ftm graph datasette",
    "operation": "teapot all",
    "output": "out.csv out.json out.md out.html out.graphml - /dev/null /dev/full",
    "person": "ana-kettle",
    "property": "count date",
    "question": "arrests timeline",
    "reliability": "A B",
    "shown": "arrests nothing",
    "since": "2031",
    "source": "bslh-2031-05-02",
    "statement": "values(1),(2) select*from(arrests) select:a",
    "style": "bibtex csl",
    "text": "tea spout",
    "timeout": "1 9",
    "until": "2032-12",
    "value": "27 ~30",
    "what": "bazaar arrests-teapot ana-kettle bslh-2031-05-02",
}
"""What a parameter of this name may well be given."""

ODD = (
    *"case case.db case/claims.csv new out.csv . .. /dev/null/x teapot DE all 2031-13 0 -1 1000000000000".split(),
    *("", " ", "-", "--", "-h", "-f", "-o", "=", "*", '"', "[/]", "\x1b[2J", "\n", "é", "茶", "x" * 5000),
    os.fsdecode(b"caf\xe9"),
)


def command_line(random: Random) -> list[str]:
    """Return a command with what it needs and some of what it takes; now and then a word is odd, or missing."""
    words, parameters = random.choice(COMMANDS)
    typed = list(words)
    for one in parameters:
        argument = one.param_type_name == "argument"
        if one.required or random.random() < (0.7 if argument else 0.2):
            likely = TAKEN.get(one.name, "tea").split()
            count = 0 if getattr(one, "is_flag", False) else max(one.nargs, 1)
            given = [random.choice(ODD if random.random() < 0.1 else likely) for _ in range(count)]
            typed += [*([] if argument else [random.choice(one.opts)]), *given]
    if random.random() < 0.1:
        typed.insert(random.randint(0, len(typed)), random.choice(ODD))
    if random.random() < 0.1:
        typed.pop(random.randrange(len(typed)))
    return typed


@pytest.mark.parametrize("first", range(0, 100, 10))
def test_any_command_line_ends_as_the_readme_says(case: str, tmp_path: Path, first: int) -> None:
    """Ten in a folder, in which each finds what those before it wrote."""
    shutil.copytree(AWKWARD, tmp_path / "case")
    shutil.copytree(AWKWARD / "earlier", tmp_path / "earlier")
    shutil.copy(case, tmp_path)
    for number in range(first, first + 10):
        line = command_line(Random(number))
        done = ask(*line, cwd=tmp_path, SPECTOR_DB="case.db")
        assert done.code in CODES, (line, done.err)
        assert not re.search("Traceback|bug of spector", done.err), line
        assert done.code < 2 or re.search("^spector: .*\n$", done.err, re.MULTILINE), line
