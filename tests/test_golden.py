"""Every question in every format, byte for byte. ``make golden`` writes the files anew: then look at each of them.

``golden/QUESTION.FORMAT`` is what a pipe gets, ``ascii/`` the same where only ASCII can be shown, ``tty80/`` and
``tty160/`` what is drawn on a terminal of that width, with its colours.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from terminal import QUESTIONS, Done, ask, draw, run, words

from spectorcli.output import FORMATS

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

PICTURES: dict[str, Callable[..., Done]] = {
    "ascii/{}.txt": partial(ask, PYTHONIOENCODING="ascii"),
    "tty80/{}.txt": partial(draw, columns=80),
    "tty160/{}.txt": partial(draw, columns=160),
}
"""How an answer is had, by the name of its golden file."""


def piped(format: str) -> Callable[..., Done]:
    return lambda *asked, **env: ask(*asked, "--format", format, **env)


FILES = {f"{{}}.{format}": piped(format) for format in FORMATS if format != "svg"} | PICTURES
"""SVG is compared with what a terminal shows, in test_svg.py."""


def matches(done: Done, golden: Path) -> None:
    """Expect what the golden file holds, or write that anew."""
    assert (done.code, done.told) == (0, "")
    if WRITE:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(done.out)
    assert golden.is_file(), f"{golden} is missing; make golden writes it, then look at it"
    assert done.text == golden.read_bytes().decode(), f"{golden} differs; if that is meant: make golden, and look at it"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("question", ASKED)
def test_answer(case: str, question: str, file: str) -> None:
    done = FILES[file](*ASKED[question], SPECTOR_DB=case)
    if file == "{}.timeline" and done.code == 2:  # it has no dates
        header = ask(*ASKED[question], "--format", "tsv", SPECTOR_DB=case).text.splitlines()[0].split("\t")
        assert not {"date", "title"} <= set(header)
        assert (done.out, done.err.count("\n")) == (b"", 1)
    else:
        matches(done, GOLDEN / file.format(question))


@pytest.mark.parametrize("file", PICTURES)
def test_opening_screen(case: str, file: str) -> None:
    matches(PICTURES[file](SPECTOR_DB=case), GOLDEN / file.format("spector"))


@pytest.mark.parametrize("question", ["arrests", "timeline"])
def test_a_new_process_says_the_same(case: str, question: str) -> None:
    for format in ("csv", "table"):
        assert run(question, "-f", format, SPECTOR_DB=case).out == (GOLDEN / f"{question}.{format}").read_bytes()


def test_no_file_is_left_of_a_question_that_is_gone() -> None:
    known = {GOLDEN / file.format(question) for file in FILES for question in [*ASKED, "spector"]}
    left = {file for file in GOLDEN.rglob("*") if file.is_file()} - known
    if WRITE:
        for file in left:
            file.unlink()
    assert WRITE or not left, "make golden removes them"
