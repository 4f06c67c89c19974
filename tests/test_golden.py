"""Every question in every format, byte for byte. ``make golden`` writes the files anew: then look at each of them.

Each layout is shown once. ``golden/QUESTION.FORMAT`` is what a pipe gets, ``tty80/`` what is drawn on a terminal of
that width, with its colours. TSV, JSON lines, a wide terminal and one of ASCII show one of these otherwise, and are
compared with it; a few in ``ascii/`` are there to be looked at.
"""

import csv
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from terminal import QUESTIONS, SGR, Done, ask, draw, run, words

GOLDEN = Path(__file__).with_name("golden")
WRITE = "SPECTOR_GOLDEN" in os.environ
"""Write the files instead of comparing with them."""

ASKED = {question: words(question) for question in QUESTIONS} | {
    "arrests-all": ("arrests", "--operation", "all"),
    "arrests-de": ("arrests", "--country", "Deutschland"),
    "conflicts-teapot": ("conflicts", "teapot"),
    "countries-all": ("countries", "--operation", "all"),
    "fields-arrests": ("fields", "arrests"),
    "graph-ana": ("graph", "ana-kettle", "--depth", "2"),
    "graph-nothing": ("graph", "pip"),
    "search-phrase": ("search", '"Ana Kettle"'),
    "show-ana": ("show", "ana-kettle"),
    "show-several": ("show", "tea"),
    "show-source": ("show", "iif-2031-05-02"),
    "show-teapot": ("show", "teapot"),
    "timeline-chart": ("timeline", "--chart"),
    "timeline-nothing": ("timeline", "--country", "AQ"),
    "why-bazaar": ("why", "bazaar"),
    "why-date": ("why", "bazaar-launch", "date"),
    "why-list": ("why", "bazaar", "currencies"),
    "why-money": ("why", "bazaar", "turnover"),
}
"""The questions, and some that look different when asked otherwise."""

DATED = {"timeline", "timeline-chart", "timeline-nothing"}
"""What is drawn as a timeline if nothing else is asked for."""

IN_ASCII = {"arrests", "graph", "timeline-chart"}
"""What is looked at in ASCII: bars, a tree, an axis."""


def golden_of(question: str) -> dict[str, Callable[..., Done]]:
    """Return the golden files of a question, and how each is had."""
    asked, files = ASKED[question], dict[str, Callable[..., Done]]()
    for format in ("csv", "json", "md", "table", *(["timeline"] if question in DATED else [])):
        files[f"{question}.{format}"] = partial(ask, *asked, "--format", format)
    files[f"tty80/{question}.txt"] = partial(draw, *asked, columns=80)
    if question in IN_ASCII:
        files[f"ascii/{question}.txt"] = partial(ask, *asked, PYTHONIOENCODING="ascii")
    return files


FILES = {file: how for question in ASKED for file, how in golden_of(question).items()} | {
    "spector.txt": ask,
    "tty80/spector.txt": partial(draw, columns=80),
    "ascii/spector.txt": partial(ask, PYTHONIOENCODING="ascii"),
}


def golden(file: str) -> str:
    path = GOLDEN / file
    assert path.is_file(), f"{path} is missing; make golden writes it, then look at it"
    return path.read_bytes().decode()


@pytest.mark.parametrize("file", FILES)
def test_answer(case: str, file: str) -> None:
    done = FILES[file](SPECTOR_DB=case)
    assert (done.code, done.told) == (0, "")
    if WRITE:
        (GOLDEN / file).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / file).write_bytes(done.out)
    assert done.text == golden(file), f"{file} differs; if that is meant: make golden, and look at it"


@pytest.mark.parametrize("question", QUESTIONS)
def test_tsv_has_the_cells_of_csv(case: str, question: str) -> None:
    rows = csv.reader(golden(f"{question}.csv").splitlines(keepends=True))
    done = ask(*ASKED[question], "--format", "tsv", SPECTOR_DB=case)
    assert done.text == "".join("\t".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("question", QUESTIONS)
def test_json_lines_are_the_objects_of_json(case: str, question: str) -> None:
    _, *objects = golden(f"{question}.json").replace("\n]", "").splitlines()
    done = ask(*ASKED[question], "--format", "jsonl", SPECTOR_DB=case)
    assert done.text == "".join(line.removeprefix("  ").removesuffix(",") + "\n" for line in objects)


def piped(question: str) -> str:
    """Return what a pipe gets if no format is asked for."""
    return golden(
        {"spector": "spector.txt"}.get(question, f"{question}.{'timeline' if question in DATED else 'table'}")
    )


@pytest.mark.parametrize("question", [*sorted(ASKED.keys() - {"timeline-chart"}), "spector"])
def test_a_wide_terminal_shows_what_a_pipe_gets(case: str, question: str) -> None:
    """But for the axis of a chart, which is as long as the line."""
    done = draw(*ASKED.get(question, ()), columns=400, SPECTOR_DB=case)
    shown = SGR.sub("", done.text).splitlines()
    assert [line.rstrip() for line in shown] == [line.rstrip() for line in piped(question).splitlines()]


PLAIN = str.maketrans(
    {"●": "*", "○": "o", "│": "|", "├": "|", "└": "`", "─": "-", "≠": "!=", "·": "-", "→": "->", "░": "."}
)
BAR = re.compile("[█▉▊▋▌▍▎▏#]+[░.]*")


def in_ascii(text: str) -> list[list[str]]:
    """Return the words of each line as ASCII can show them, and of a bar only that it is there."""
    letters = BAR.sub("#", text.translate(PLAIN)).encode("ascii", "backslashreplace").decode()
    return [line.split() for line in letters.splitlines()]


@pytest.mark.parametrize("question", sorted(ASKED.keys() - {"timeline-chart"}))
def test_ascii_shows_the_same_in_other_marks(case: str, question: str) -> None:
    done = ask(*ASKED[question], SPECTOR_DB=case, PYTHONIOENCODING="ascii")
    assert in_ascii(done.text) == in_ascii(piped(question))


@pytest.mark.parametrize("question", ["arrests", "timeline"])
def test_a_new_process_says_the_same(case: str, question: str) -> None:
    for format in ("csv", "table"):
        assert run(question, "-f", format, SPECTOR_DB=case).out == (GOLDEN / f"{question}.{format}").read_bytes()


def test_no_file_is_left_of_a_question_that_is_gone() -> None:
    left = {str(file.relative_to(GOLDEN)) for file in GOLDEN.rglob("*") if file.is_file()} - FILES.keys()
    if WRITE:
        for file in left:
            (GOLDEN / file).unlink()
    assert WRITE or not left, "make golden removes them"
