"""What is read out of copies: figures with their words and place, what they may be of, and how they stand to it."""

import csv
import datetime
import io
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from cases import write_case
from terminal import AWKWARD, SPECTOR, ask, environment

from spectorcli.case import Case
from spectorcli.cli.accept import EDITED, accept
from spectorcli.copies.block import Block
from spectorcli.copies.locator import find_place, locator
from spectorcli.copies.metadata import metadata
from spectorcli.copies.text import READERS
from spectorcli.database import open_database
from spectorcli.reading import as_claims, read
from spectorcli.reading.named import sentence_around
from spectorcli.result import Cell
from spectorcli.values.figures import Verdict, follows

SOURCES = (
    "alpha,official,A,2021-05-02,Alpha,First\nbeta,press,B,2021-05-03,Beta,Second\n"
    "gamma,press,B,2021-05-01,Gamma,Before\ndelta,blog,D,,Delta,Undated"
)
CLAIMS = (
    "arrests-teapot-de,count,52,,,alpha,para 1,52 people\narrests-teapot-us,count,153,,,alpha,,153\n"
    "money,amount,>1200000,EUR,,alpha,,more than €1.2 million\ntea,amount,850,kg,,alpha\n"
    "launch,date,2021-03-04,,,alpha,,4 March 2021\nteapot,countries,9,,,beta,,nine countries"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Open a small case whose claims are looked for in copies."""
    folder = tmp_path_factory.mktemp("reading")
    write_case(folder / "case", CLAIMS, sources=SOURCES)
    assert ask("load", folder / "case", "--db", folder / "case.db").code == 0
    with closing(Case(open_database(folder / "case.db"))) as case:
        yield case


def suggestions(case: Case, folder: Path, text: str, name: str = "alpha.txt") -> list[dict[str, Cell]]:
    """Return what a copy with this text suggests."""
    (folder / name).write_text(text, encoding="utf-8")
    return list(read(case, [folder / name]).records())


GOLD = [
    ("52 people were arrested in Germany.", "known", "yes", "arrests-teapot-de count", "52", "persons"),
    ("In Germany, 53 people were arrested.", "differs", "yes", "arrests-teapot-de count", "53", "persons"),
    ("Police in Austria counted 17 parrots.", "new", "yes", " ", "17", ""),
    ("They took more than €1.2 million in cash.", "known", "yes", "money amount", ">1200000", "EUR"),
    ("They took €1.2 million in cash.", "new", "yes", " ", "1200000", "EUR"),
    ("Bazaar opens on 4 March 2021, it said.", "known", "yes", "launch date", "2021-03-04", ""),
    ("Das Bundeskriminalamt fand rund 40 kg in den Wohnungen.", "new", "yes", " ", "~40", "kg"),
    ("La police a saisi plus de 30 kg de drogue dans la ville.", "new", "yes", " ", ">30", "kg"),
    ("In Germany, 52 servers went dark.", "new", "yes", " ", "52", ""),
    ("One step further.", "new", "no", " ", "1", ""),
    ("Cash of $5 million was found.", "new", "no", " ", "5000000", "USD"),
    ("Nine servers of 9 firms went dark.", "new", "yes", " ", "9", ""),
]


@pytest.mark.parametrize(("text", "state", "sure", "of", "value", "unit"), GOLD)
def test_what_a_sentence_suggests(
    case: Case, tmp_path: Path, text: str, state: str, sure: str, of: str, value: str, unit: str
) -> None:
    one = suggestions(case, tmp_path, text)[0]
    got = (one["state"], one["sure"], f"{one['subject']} {one['property']}", str(one["value"]), one["unit"])
    assert got == (state, sure, of, value, unit)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("In Germany, 53 people were arrested.", "differs"),
        ("In Germany, more than 50 people were arrested.", "new"),  # which may be 52
        ("In Germany, some 50 people were arrested.", "new"),
        ("In Germany, 53 people were arrested and let go, not 54.", "differs"),
        ("In Germany and Austria, 53 people were arrested.", "new"),
        ("In Austria, 53 people were arrested.", "new"),
        ("In Germany, 53 people were heard.", "new"),
        ("In Germany, 53 dogs were arrested.", "new"),
        ("In Germany, 53 people were arrested, of them 12 in Austria.", "differs"),
        ("Police arrested 53 people.", "new"),
        ("In Germany, $3 million was seized.", "new"),
        ("Of 53 people who were arrested in all, 52 people were in Germany.", "new"),
        ("Bazaar opens on 5 May 2021.", "differs"),
        ("Bazaar opens on 5 May 2021, or on 6 May 2021.", "new"),
    ],
)
def test_it_differs_only_where_nothing_is_left_open(case: Case, tmp_path: Path, text: str, state: str) -> None:
    first, *others = suggestions(case, tmp_path, text)
    assert first["state"] == state
    assert "differs" not in {one["state"] for one in others}


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        (
            "In all, 61 were held in Germany and 140 in the United States under arrest warrants.",
            "arrests-teapot-de count",
        ),
        ("Operation Teapot: 300 Verdächtige festgenommen, davon 61 in Deutschland.", "arrests-teapot count"),
        ("La police allemande a saisi 900 kilos de drogue.", "drugs amount"),
        ("Der Marktplatz Bazaar ging am 4. April 2021 ans Netz.", "launch date"),
    ],
)
def test_what_is_guessed_first(tmp_path: Path, text: str, guess: str) -> None:
    folder = write_case(tmp_path / "case", f"{CLAIMS}\narrests-teapot,count,288,,,alpha", sources=SOURCES)
    (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
    done = ask("read", tmp_path / "draft.txt", "--case", folder, "-f", "csv")
    assert next(csv.DictReader(io.StringIO(done.out.decode())))["guesses"].startswith(guess)


def test_an_operation_that_was_named_is_meant_until_another_is(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path / "case",
        "arrests-teapot-de,count,52,,,alpha\narrests-kettle-de,count,9,,,alpha",
        operations="teapot,Operation Teapot\nkettle,Operation Kettle",
        arrests="arrests-teapot-de,teapot,DE\narrests-kettle-de,kettle,DE",
    )
    held = "In Germany, 7 people were arrested."
    text = f"{held}\n\nThen came Kettle. It was long. {held}\n\n{held}\n\n# Operation Teapot\n\n{held}\n"
    (tmp_path / "draft.md").write_text(text)
    done = ask("read", tmp_path / "draft.md", "--case", folder, "-f", "csv")
    found = [(one["state"], one["subject"]) for one in csv.DictReader(io.StringIO(done.text))]
    assert [state for state, _ in found] == ["new", "differs", "differs", "differs"]
    assert [subject for _, subject in found][1:] == ["arrests-kettle-de", "arrests-kettle-de", "arrests-teapot-de"]


def test_what_is_told_apart_by_its_id_alone_does_not_differ(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path / "case", "arrests-teapot-north-de,count,52,,,alpha", arrests="arrests-teapot-north-de,teapot,DE"
    )
    (tmp_path / "draft.txt").write_text("In Germany, 7 people were arrested.")
    done = ask("read", tmp_path / "draft.txt", "--case", folder, "-f", "csv")
    assert [one["state"] for one in csv.DictReader(io.StringIO(done.text))] == ["new"]


def test_words_that_are_a_figure_alone_are_retold_only_of_what_is_meant(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "arrests-teapot-us,count,42,,,alpha,,42\nteapot,countries,7,,,alpha,,7")
    text = "There were 42 studies. In the United States, 42 people were arrested. It cost 7 counterfeit notes."
    (tmp_path / "draft.txt").write_text(text)
    done = ask("read", tmp_path / "draft.txt", "--case", folder, "-f", "csv")
    found = [(one["state"], one["subject"]) for one in csv.DictReader(io.StringIO(done.text))]
    assert found == [("new", ""), ("retold", "arrests-teapot-us"), ("new", "")]


@pytest.mark.parametrize("heading", ["References", "References edit", "Einzelnachweise", "Notes et références"])
def test_what_a_text_refers_to_is_not_read(case: Case, tmp_path: Path, heading: str) -> None:
    above, below = "They held 52 people.\n\n1. ^ Press, 5 May 2021.", "Paper, 4 May 2021.\n\n## Then\n\nIn 2022."
    text = f"# Head\n\n{above}\n\n## {heading}\n\n{below}"
    assert [row["value"] for row in suggestions(case, tmp_path, text, "alpha.md")] == ["52", "2022"]


def test_a_date_without_a_year_is_suggested_only_where_the_text_has_a_day(case: Case, tmp_path: Path) -> None:
    text = "On 4 May, they left."
    assert [row["value"] for row in suggestions(case, tmp_path, text)] == ["2021-05-04"]
    assert not suggestions(case, tmp_path, text, "draft.txt")
    done = ask("read", tmp_path / "draft.txt", "--db", case.path)
    assert "draft.txt: 1 date without a year is left out; of which day is the text?" in done.err + done.out.decode()


@pytest.mark.parametrize("text", [one[0] for one in GOLD])
def test_what_is_sure_follows_from_words_that_stand_there(case: Case, tmp_path: Path, text: str) -> None:
    for one in suggestions(case, tmp_path, text):
        assert str(one["stated"]) in text
        if one["sure"] == "yes":
            words = str(one["value"]), str(one["unit"]), str(one["type"]), str(one["stated"])
            assert follows(*words).verdict != Verdict.NO


@pytest.mark.parametrize(
    ("name", "state"), [("beta.txt", "retold"), ("gamma.txt", "new"), ("delta.txt", "retold"), ("draft.txt", "retold")]
)
def test_words_of_a_source_that_is_not_younger_are_retold(case: Case, tmp_path: Path, name: str, state: str) -> None:
    (one,) = suggestions(case, tmp_path, "The haul was more than €1.2 million.", name)
    assert (one["state"], one["source"]) == (state, "" if name == "draft.txt" else Path(name).stem)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_a_locator_of_a_block_finds_it(suffix: str) -> None:
    html = "<title>T</title><nav><p>Home</nav><main><h1>Head</h1><p>One.<p>Two.<ul><li>Three</ul></main>"
    blocks: list[Block] = READERS[suffix](html if suffix == ".html" else "# Head\n\nOne.\n\nTwo.\n\n- Three\n")
    found = [locator(blocks, number) for number in range(len(blocks))]
    assert all(block in find_place(blocks, at).blocks for block, at in zip(blocks, found, strict=True) if at)
    assert "para 2" in found


def test_line_and_place_in_a_file_of_text(case: Case, tmp_path: Path) -> None:
    text = "# Head of 5 cats\n\nFirst [of](https://example.org/7/8) 20 dogs\nand 30 cows.\n\nLast: 40 hens.\n"
    rows = suggestions(case, tmp_path, text, "alpha.md")
    assert [(row["value"], row["at"], row["line"]) for row in rows][1:] == [
        ("20", "para 1", 3),
        ("30", "para 1", 4),
        ("40", "para 2", 6),
    ]


def test_what_stands_around_the_text_is_not_read(case: Case, tmp_path: Path) -> None:
    page = "<nav><p>77 offers</nav><main><p>They held 52 people in Germany.</main><footer><p>88 hints</footer>"
    assert [row["value"] for row in suggestions(case, tmp_path, page, "alpha.html")] == ["52"]


@pytest.mark.parametrize(
    ("text", "before", "sentence"),
    [
        ("One 1. Two 2. Three 3.", "One 1.", "Two 2."),
        ("Two 2.", "", "Two 2."),
        ("A U.S. court. Two 2.", "A U.S. court.", "Two 2."),
    ],
)
def test_a_sentence_and_the_one_before(text: str, before: str, sentence: str) -> None:
    assert sentence_around(text, text.index("2")) == (before, sentence)


def test_rows_for_claims_are_looked_at_by_load(case: Case, tmp_path: Path) -> None:
    text = "In Germany, 53 people were arrested. Some 52 people were arrested in Germany."
    (tmp_path / "beta.txt").write_text(text, encoding="utf-8")
    folder = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    rows = tmp_path / "new.claims.csv"
    assert ask("read", tmp_path / "beta.txt", "--case", folder, "-o", rows).code == 0
    piped = ask("read", tmp_path / "beta.txt", "--db", case.path, "-f", "claims")
    assert piped.out == rows.read_bytes()
    first = next(csv.DictReader(io.StringIO(piped.out.decode())))
    assert (first["subject"], first["value"], first["source"], first["stated"]) == (
        *("arrests-teapot-de", "53", "beta"),
        "53 people",
    )
    done = ask("load", folder, rows, "--check")
    assert done.code == 0, done.err


def test_what_is_known_is_no_row_for_claims(case: Case, tmp_path: Path) -> None:
    (tmp_path / "alpha.txt").write_text("52 people were arrested in Germany.", encoding="utf-8")
    assert not list(as_claims(read(case, [tmp_path / "alpha.txt"])).rows)


def test_a_copy_that_cannot_be_read_is_told_in_every_format(case: Case, tmp_path: Path) -> None:
    (tmp_path / "alpha.docx").write_bytes(b"PK")
    done = ask("read", tmp_path, "--db", case.path, "-f", "csv")
    assert done.code == 0
    assert "alpha.docx was not read: it is not one of" in done.err
    assert ask("read", tmp_path / "nowhere", "--db", case.path).code != 0


def test_a_page_of_2000_words_takes_a_moment(case: Case, tmp_path: Path) -> None:
    text = "\n\n".join(["In Germany, 53 people were arrested by the police on 4 March 2021, it said."] * 140)
    started = time.process_time()
    assert len(suggestions(case, tmp_path, text)) == 280
    assert time.process_time() - started < 1.5  # 0.1 s; a slow machine has its time


def test_the_copies_of_the_awkward_case() -> None:
    done = ask("read", AWKWARD / "copies", "--case", AWKWARD, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out.decode())))
    assert {row["state"] for row in rows} <= {"known", "retold", "differs", "new"}
    assert any(row["state"] == "known" for row in rows)


def test_how_much_of_each_copy_the_case_has(case: Case, tmp_path: Path) -> None:
    words = "52 people were arrested in Germany. More than €1.2 million was found, and 17 parrots."
    for name, text in (("alpha.txt", words), ("beta.txt", words), ("gamma.txt", "None."), ("stray.txt", "7 cats")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "delta.docx").write_bytes(b"PK")
    done = ask("read", "--coverage", tmp_path, "--db", case.path, "-f", "csv")
    assert done.text.splitlines()[1:] == [
        "alpha.txt,alpha,3,2,0,1,17 parrots (para 1)",
        "beta.txt,beta,3,0,2,1,17 parrots (para 1)",
        "gamma.txt,gamma,0,0,0,0,",
        "stray.txt,,1,0,0,1,7 cats (para 1)",
    ]
    assert "delta.docx was not read" in done.err
    gaps = ask("gaps", "--kind", "unread-copy", "--copies", tmp_path, "--db", case.path, "-f", "csv").text
    assert "1 of the 3 figures in alpha.txt is in no claim" in gaps


PAGE = """<!DOCTYPE html><html lang="de-AT"><head><title>Seite &amp; mehr</title>
<meta property="og:site_name" content="Kettle News"><meta name="AUTHOR" content="A. Writer">
<meta property="article:published_time" content="2021-05-06T10:00:00Z">
<link rel="canonical" href="https://example.org/x"></head><body><article><p>53 Personen.</p></article></body></html>"""

LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {
"headline": "A &amp; B", "datePublished": "2021-05", "author": [{"name": "A"}, {"name": "B"}],
"publisher": {"name": "P"}, "inLanguage": "fr"}]}</script><p>5 cats</p>"""


@pytest.mark.parametrize(
    ("name", "text", "cells"),
    [
        (
            "kettle-2021-05-06.html",
            PAGE,
            "kettle-2021-05-06,,,2021-05-06,Kettle News,Seite & mehr,https://example.org/x,,,A. Writer,de",
        ),
        ("linked.htm", LINKED, "linked,,,2021-05,P,A & B,,,,A; B,fr"),
        (
            "Größe & so.txt",
            "A head\n\nA sentence of some length has 5 cats.",
            "grosse-so,,,,,A head,,,,,en",
        ),
        ("odd.html", '<html lang="?"><link rel=canonical href="javascript:x"><p>5 cats', "odd,,,,,,,,,,en"),
        ("torn.html", '<script type="application/ld+json">{"headline": <p>5 cats', "torn"),
    ],
)
def test_a_source_is_suggested_by_what_a_page_says(
    case: Case, tmp_path: Path, name: str, text: str, cells: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "alpha.txt").write_text("7 cats")
    done = ask("read", tmp_path, "--db", case.path, "-f", "sources")
    header, *rows = done.text.splitlines()
    assert header == "id,kind,reliability,published,publisher,title,url,derived_from,note,author,language"
    assert rows == [cells] if "," in cells else rows == []
    if rows:
        claims = ask("read", tmp_path, "--db", case.path, "-o", tmp_path / "x.claims.csv")
        assert claims.code == 0
        sources = {
            row["source"]
            for row in csv.DictReader((tmp_path / "x.claims.csv").read_text(encoding="utf-8").splitlines())
        }
        assert sources == {"alpha", cells.split(",")[0]}


def test_from_a_copy_to_claims(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    copy, rows, sources = (tmp_path / name for name in ("news.html", "x.claims.csv", "x.sources.csv"))
    copy.write_text(PAGE.replace("53 Personen", "In Deutschland wurden 53 Personen verhaftet"), encoding="utf-8")
    for file in (rows, sources):
        assert ask("read", copy, "--case", case, "-o", file).code == 0
    done = ask("add", "--from", rows, "--from", sources, "--case", case)
    assert (done.code, "reliability of news" in done.err) == (5, True), done.err
    sources.write_text(sources.read_text(encoding="utf-8").replace("news,,,", "news,press,C,"), encoding="utf-8")
    assert ask("add", "--from", rows, "--from", sources, "--case", case).code == 0
    (known,) = csv.DictReader(io.StringIO(ask("read", copy, "--case", case, "-f", "csv").text))
    assert (known["state"], known["subject"], known["value"]) == ("known", "arrests-teapot-de", "53")


def test_the_head_of_a_page_takes_a_time_that_grows_with_it() -> None:
    for piece in ("<script type=application/ld+json>", "<script", "<meta name=", "<title>", '{"'):
        started = time.process_time()
        metadata(piece * 20_000)
        assert time.process_time() - started < 1


COPY = (
    "In Germany, 53 people were arrested. Elsewhere, 54 people were. Cash of €3 million was seized at Bazaar in 2022."
)


def press(keys: str, case: Path, copy: Path, initials: str = "") -> list[dict[str, Cell]]:
    """Go through what a copy suggests with these keys, as ``--accept`` does on a terminal; return what is shown."""
    assert ask("load", case, "--db", case.with_suffix(".db")).code == 0
    with closing(Case(open_database(case.with_suffix(".db")))) as asked:
        found = [one for one in read(asked, [copy]).records() if one["state"] != "known"]
    accept(case, found, initials, iter([*keys, ""]).__next__)
    return found


def converse(talk: Sequence[tuple[str, str]], *words: object) -> tuple[int, str]:
    """Return the exit code and stderr of a spector to which something is typed each time that it said something."""
    keyboard, terminal = pty.openpty()
    asked = [str(SPECTOR), *map(str, words)]
    pipe, heard = subprocess.PIPE, ""
    with subprocess.Popen(asked, stdin=terminal, stdout=pipe, stderr=pipe, env=environment()) as process:
        assert process.stderr
        for expected, typed in talk:
            said = ""
            while expected not in said and (more := _heard(process.stderr.fileno())):
                said += more.decode("latin-1")
            heard += said
            assert expected in said, heard
            os.write(keyboard, typed.encode())
        heard += process.stderr.read().decode()
    os.close(keyboard)
    os.close(terminal)
    return process.returncode, heard


def _heard(stream: int) -> bytes:
    """Return the next byte; nothing after half a minute in which there was none."""
    return os.read(stream, 1) if select.select([stream], [], [], 30)[0] else b""


def claims_of(folder: Path) -> list[list[str]]:
    return list(csv.reader((folder / "claims.csv").read_text(encoding="utf-8").splitlines()))[1:]


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        ("n2yq", ["54"]),
        ("ssssnnyq", ["3000000"]),
        ("yuuzq", []),
        ("yn1yuq", ["53"]),
        ("anaqzaynq", []),
    ],
)
def test_what_is_accepted_key_by_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: str, values: list[str]
) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    before = (case / "claims.csv").read_bytes()
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    press(keys, case, tmp_path / "beta.txt")
    err = capsys.readouterr().err
    assert [row[2] for row in claims_of(case) if row[5] == "beta" and row[0] != "teapot"] == values, err
    assert values or (case / "claims.csv").read_bytes() == before
    assert f"{len(values)} added, " in err
    assert "1 of 4: beta.txt para 1" in err
    assert "In Germany, [53 people] were arrested." in err


NEW = "Danish police arrested 12 people. The Dusk Market had 300 vendors. In Spain, they seized 40 kg of cocaine."


def test_a_thing_that_the_case_has_not_comes_in_with_its_claim_and_goes_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    before = {file.name: file.read_bytes() for file in case.iterdir()}
    (tmp_path / "beta.txt").write_text(f"{NEW}\n\nIt had 5 cats.", encoding="utf-8")
    press("yyyyyyuuuq", case, tmp_path / "beta.txt")
    assert {file.name: file.read_bytes() for file in case.iterdir()} == before
    press("ynyyyyyyq", case, tmp_path / "beta.txt")  # what is not confirmed is shown again
    err = " ".join(capsys.readouterr().err.split())
    for what in (
        "arrests arrests-teapot-dk: operation teapot, country DK, part_of arrests-teapot",
        "markets dusk-market: name Dusk Market",
        "seizures seizures-teapot-drugs-cocaine-es: operation teapot, kind drugs, substance cocaine, country ES",
    ):
        assert f"new {what}; add it too? y, e edits it, any key goes back" in err
    assert ask("load", case, "--db", tmp_path / "case.db").code == 0
    found = ask("read", tmp_path / "beta.txt", "--db", tmp_path / "case.db", "-f", "csv").text
    assert [row["state"] for row in csv.DictReader(io.StringIO(found))] == ["known"] * 3 + ["new"]
    assert ask("arrests", "--country", "DK", "--db", tmp_path / "case.db", "-f", "csv").text.count("\n") == 2


def test_what_a_file_of_claims_speaks_of_and_is_not_there_is_told_with_what_adds_it(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(NEW, encoding="utf-8")
    assert ask("read", tmp_path / "beta.txt", "--case", case, "-o", tmp_path / "x.claims.csv").code == 0
    words = ("add", "--from", tmp_path / "x.claims.csv", "--case", case)
    done = ask(*words)
    commands = done.err.rstrip().partition("3 things are not there: ")[2].split(" && ")
    assert (done.code, len(commands)) == (5, 3), done.err
    for command in commands:
        assert ask(*shlex.split(command)[1:]).code == 0
    assert ask(*words).code == 0
    assert ask("load", case, "--check").code == 0


def test_who_is_named_is_never_proposed(case: Case, tmp_path: Path) -> None:
    text = "Danish police arrested Jens Hansen and 3 others. Jens Hansen (41) got 6 years, and earned €2 million."
    for one in suggestions(case, tmp_path, text):
        assert "hansen" not in f"{one['subject']} {one['guesses']}"
        assert "people" not in str(one["guesses"])


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("In Denmark and Sweden, 7 people were arrested.", "arrests-teapot-dk count (new arrests)"),
        ("A Danish man was held with 7 others, who were arrested.", ""),
        ("Police in New Mexico arrested 7 people.", ""),
        ("Chad Smith was arrested with 7 others.", ""),
        ("In Chad, 7 people were arrested.", "arrests-teapot-td count (new arrests)"),
        ("They seized 117 servers in 12 raids.", "seizures-teapot-goods-servers amount (new seizures)"),
        ("Polnische Ermittler nahmen 7 Personen fest, verhaftet wurden sie.", "arrests-teapot-pl count (new arrests)"),
        ("Officers seized cocaine worth €3 million.", "seizures-teapot-drugs-cocaine value (new seizures)"),
        ("Britain’s crime agency said 7 people were arrested.", "arrests-teapot-gb count (new arrests)"),
        ("It led to the seizure of 11 servers.", "seizures-teapot-goods-servers amount (new seizures)"),
        ("Hydra Market was listed for sale by 2 million people.", ""),
    ],
)
def test_what_is_proposed(case: Case, tmp_path: Path, text: str, guess: str) -> None:
    first, *others = suggestions(case, tmp_path, text)
    proposed = [one for one in str(first["guesses"]).split("; ") if "(new " in one]
    assert proposed[:1] == [guess] * bool(guess)
    assert not any("raids" in str(one["guesses"]) for one in others)
    assert first["subject"] == "" or "Denmark and" not in text


def test_who_led_is_not_where_it_was(case: Case, tmp_path: Path) -> None:
    text = "In a sweep, 119 people were arrested, said Europol, and it was led by the Danish police."
    (one,) = suggestions(case, tmp_path, text)
    assert one["subject"] != "arrests-teapot-dk"
    assert not str(one["guesses"]).startswith("arrests-teapot-dk")


def test_what_is_likely_stands_there_for_one_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = write_case(tmp_path / "case", "teapot,countries,9,,,alpha", sources=SOURCES)
    (tmp_path / "beta.txt").write_text("The sweep led to 288 arrests. Some 300 people met. It was on Monday.")
    press("yq", case, tmp_path / "beta.txt")
    assert "arrests-teapot count  288 persons (a guess)" in capsys.readouterr().err
    assert [row[:3] for row in claims_of(case) if row[5] == "beta"] == [["arrests-teapot", "count", "288"]]


REJECTED = "source,at,stated,value,unit,checked"


def test_what_was_rejected_is_not_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    press("nnq", case, tmp_path / "beta.txt", "rk")
    assert "0 added, 2 rejected, 2 left" in capsys.readouterr().err
    rows = list(csv.reader((case / "rejected.csv").read_text(encoding="utf-8").splitlines()))
    today = str(datetime.date.today())
    assert [row[1:] for row in rows] == [
        REJECTED.split(","),
        ["beta", "para 1", "53 people", "53", "persons", f"rk {today}"],
        ["beta", "para 1", "54 people", "54", "", f"rk {today}"],
    ]
    assert len(press("uq", case, tmp_path / "beta.txt")) == 2
    done = ask("read", tmp_path / "beta.txt", "--case", case)
    assert "2 suggestions rejected before are left out; --all shows them" in done.text
    assert ask("read", tmp_path / "beta.txt", "--case", case, "-f", "csv", "--all").text.count("\n") == 5
    assert "beta.txt,beta,2,0,0,2" in ask("read", "--coverage", tmp_path / "beta.txt", "--case", case, "-f", "csv").text
    folder = tmp_path / "exported"
    assert ask("export", "folder", "-o", folder, "--db", case.with_suffix(".db")).code == 0
    assert (folder / "rejected.csv").read_bytes() == (case / "rejected.csv").read_bytes()


def test_a_guess_that_is_rejected_is_not_asked_again(tmp_path: Path) -> None:
    """It is known by what stands in the copy, whatever was guessed of it meanwhile."""
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    left = press("1n2n1n2n1n", case, tmp_path / "beta.txt")
    assert len(left) == 4
    assert press("", case, tmp_path / "beta.txt") == []


def test_what_was_rejected_is_no_part_of_what_is_shown_and_sent_on(tmp_path: Path) -> None:
    before = write_case(tmp_path / "before", CLAIMS, sources=SOURCES)
    case = shutil.copytree(before, tmp_path / "case")
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    press("nnq", case, tmp_path / "beta.txt")
    assert ask("load", case, "--db", tmp_path / "case.db").code == 0
    asked = ("--db", tmp_path / "case.db")
    assert "nothing holds 54" in ask("search", "54", *asked).text
    done = ask("export", "ftm", "-o", tmp_path / "x.ftm", *asked)
    assert "2 suggestions that were rejected left out; ftm-statements has all" in done.err
    assert ask("report", "--since", before, "-o", tmp_path / "x.md", *asked).code == 0
    assert not [name for name in ("x.ftm", "x.md") if "rejected-" in (tmp_path / name).read_text(encoding="utf-8")]
    assert ask("diff", before, case).text.count("rejected-beta") == 2


def test_two_who_reject_the_same_are_both_kept(tmp_path: Path) -> None:
    base = write_case(tmp_path / "base", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    for hand, keys in (("rk", "nnq"), ("ab", "nsnq")):
        shutil.copytree(base, tmp_path / hand)
        press(keys, tmp_path / hand, tmp_path / "beta.txt", hand)
    done = ask("merge", base, tmp_path / "rk", tmp_path / "ab", "-o", tmp_path / "both")
    assert (done.code, done.err) == (0, "")
    today = str(datetime.date.today())
    rows = csv.DictReader((tmp_path / "both" / "rejected.csv").read_text(encoding="utf-8").splitlines())
    assert {row["stated"]: row["checked"] for row in rows} == {
        "53 people": f"rk {today}; ab {today}",
        "54 people": f"rk {today}",
        "€3 million": f"ab {today}",
    }


def test_what_is_accepted_is_signed_as_verify_signs_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    held = "In {}, {} people were arrested."
    more = "\n\n".join(held.format(*one) for one in (("Denmark", 9), ("Germany", 58), ("Germany", 59)))
    (tmp_path / "beta.txt").write_text(f"{COPY}\n\n{more}", encoding="utf-8")
    press("ysssyyq", case, tmp_path / "beta.txt", "rk")
    assert "2 added, 2 of them signed by rk, 5 left" in capsys.readouterr().err
    copies = ("--copies", tmp_path, "--case", case, "--db", tmp_path / "case.db")
    before = (case / "claims.csv").read_bytes()
    assert ask("load", case, "--db", tmp_path / "case.db").code == 0
    done = ask("verify", *copies, "--sign", "rk").text
    assert "signed 0 rows" in done
    assert "2 are signed by rk already" in done
    assert (case / "claims.csv").read_bytes() == before
    press("sssayq", case, tmp_path / "beta.txt", "rk")  # nobody has seen each of them
    assert "2 added, 3 left" in capsys.readouterr().err


def test_what_is_said_again_is_not_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(f"{COPY}\n\n{COPY}", encoding="utf-8")
    press("yq", case, tmp_path / "beta.txt")
    assert "1 added, 1 said again, 6 left" in capsys.readouterr().err


def test_what_was_accepted_is_there_when_it_is_interrupted(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    keyboard, terminal = pty.openpty()
    os.write(keyboard, b"y")
    asked = [str(SPECTOR), "read", "--accept", str(tmp_path / "beta.txt"), "--case", str(case)]
    pipe = subprocess.PIPE
    with subprocess.Popen(asked, stdin=terminal, stdout=pipe, stderr=pipe, text=True, env=environment()) as process:
        assert process.stderr
        assert any(line.startswith("2 of 4") for line in iter(process.stderr.readline, ""))
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert "1 added, 3 left" in process.stderr.read()
    os.close(keyboard)
    os.close(terminal)
    assert [row[2] for row in claims_of(case) if row[0] == "arrests-teapot-de"] == ["52", "53"]
    assert ask("load", case, "--check").code == 0


def test_what_is_accepted_may_be_edited_and_is_checked(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(f"{COPY}\n\nThe site had 35 million visits.", encoding="utf-8")
    answers = ("arrests-teapot-us", "count", "~53", "", "2021", "", "", "A note")
    talk = [("q quit", "e"), *zip(EDITED, (f"{one}\n" for one in answers), strict=True), ("all the same?", "y")]
    code, err = converse([*talk, ("2 of 4", "q")], "read", "--accept", tmp_path / "beta.txt", "--case", case)
    assert code == 0, err  # 53 is not about 53: so it was asked
    assert re.search("left\nspector: [12] figures? (or date|and dates) for which the case has nothing", err), err
    assert ["arrests-teapot-us", "count", "~53", "persons", "2021", "beta"] in [row[:6] for row in claims_of(case)]


def test_what_is_edited_is_shown_as_it_may_be_shown(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    keys = ("arrests-teapot-us", "count", "5\x1b[31m3", "persons", "", "", "", "a\x9bb")
    talk = [("q quit", "e"), *zip(EDITED, (f"{one}\n" for one in keys), strict=True), ("key goes on", "x")]
    again = [("q quit", "e"), *zip(EDITED, "\n" * len(EDITED), strict=True), ("key goes on", "x"), ("q quit", "q")]
    code, err = converse([*talk, *again], "read", "--accept", tmp_path / "beta.txt", "--case", case)
    assert (code, "\x1b[31m" in err, "\x9b" in err, "value [5\\x1b[31m3]" in err) == (0, False, False, True), err


def test_what_is_of_nothing_is_not_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    (tmp_path / "beta.txt").write_text(COPY, encoding="utf-8")
    press("nyqq", case, tmp_path / "beta.txt")
    err = capsys.readouterr().err
    assert "of what it is said is open" in err
    assert "0 added" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--case", "{case}"), "--accept needs a terminal"), ((), "--accept adds to a case folder; name it with --case")],
)
def test_without_a_terminal_nothing_is_accepted(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    case = write_case(tmp_path / "case", CLAIMS, sources=SOURCES)
    done = ask("read", "--accept", tmp_path, *(word.format(case=case) for word in words))
    assert (done.code, said in done.err) == (2, True)


TOLD = """
{"subject": "arrests-teapot-de", "property": "count", "value": "52", "stated": "52 people"}
{"subject": "arrests-teapot-de", "property": "count", "value": "53", "stated": "52 people"}
{"subject": "arrests-teapot-de", "property": "count", "value": "53", "stated": "53 people"}
{"subject": "bazaar", "property": "status", "value": "closed", "stated": "Bazaar was  closed", "when": "2021"}
{"subject": "bazaar", "property": "status", "value": "open", "stated": "Bazaar was closed"}
{"value": ">1200000", "unit": "EUR", "stated": "more than €1.2 million"}
{"value": "1200000", "unit": "EUR", "stated": "more than €1.2 million"}
{"value": "4", "stated": "4 May"}
{"value": "7", "stated": "7 references"}
{"value": "1", "stated": "52\\u0007"}
["no object"]
no JSON
"""


def test_a_program_of_the_users_own_suggests_what_is_borne_out(case: Case, tmp_path: Path) -> None:
    text = "52 people were arrested in Germany. Bazaar was\nclosed.\n\nIt held more than €1.2 million.\n\n"
    (tmp_path / "alpha.md").write_text(f"{text}# References\n\n7 references", encoding="utf-8")
    program = tmp_path / "program.py"
    words = "import sys; text = sys.stdin.read(); assert 'Bazaar' in text and '7' not in text, text"
    program.write_text(f"{words}; print({TOLD!r}); sys.exit(3)", encoding="utf-8")
    command = f"'{sys.executable}' '{program}'"
    done = ask("read", "--with", command, tmp_path / "alpha.md", "--db", case.path, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.text)))
    assert [(one["state"], one["subject"], one["value"], one["unit"], one["when"], one["at"]) for one in rows] == [
        ("known", "arrests-teapot-de", "52", "", "", "para 1"),
        ("new", "bazaar", "closed", "", "2021", "para 1"),
        ("new", "", ">1200000", "EUR", "", "para 2"),
    ]
    told = [line.partition("was not taken: ")[2] for line in done.err.splitlines() if "was not taken" in line]
    assert told == [
        "'53' does not follow from '52 people'",
        "'53 people' does not stand in the copy",
        "'open' does not follow from 'Bazaar was closed'",
        "'1200000' does not follow from 'more than €1.2 million'",
        "'4 May' does not stand in the copy",
        "'7 references' does not stand in the copy",
        "a character in it is not allowed in a case",
        "it is no object",
        "it is no JSON",
    ]
    assert f"alpha.md: {sys.executable} ended with 3" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--with", "no-such-program -x"), 3, "no-such-program cannot be run: No such file or directory"),
        (("--with", "'torn"), 2, "cannot be read: No closing quotation"),
        (("--with", " "), 2, "--with names a command"),
        (("--with", "cat", "--coverage"), 2, "it has no part in --coverage"),
    ],
)
def test_a_program_that_is_none(case: Case, tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "alpha.txt").write_text("52 people")
    done = ask("read", *words, tmp_path / "alpha.txt", "--db", case.path)
    assert (done.code, said in done.err) == (code, True), done.err


@pytest.mark.parametrize(("language", "sure"), [("", "no"), ("en", "no"), ("nl", "yes"), ("nl-BE", "yes")])
def test_a_copy_is_read_in_the_language_of_its_source(tmp_path: Path, language: str, sure: str) -> None:
    case = write_case(tmp_path / "case", "tea,amount,850,kg,,alpha")
    file = case / "sources.csv"
    header, row, *_ = file.read_text().splitlines()
    file.write_text(f"{header},language\n{row},{language}\n")
    (tmp_path / "alpha.txt").write_text("1.200 servers")
    (one,) = csv.DictReader(io.StringIO(ask("read", tmp_path / "alpha.txt", "--case", case, "-f", "csv").text))
    assert (one["value"], one["sure"]) == ("1200", sure)


def test_a_thing_of_which_nothing_is_claimed_yet_is_guessed_too(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "arrests-teapot,count,288,,,alpha", sources=SOURCES)
    text = "In Germany 52 people were arrested.\n\nThey seized 12 kg of tea.\n\nPolice seized 3.5 million US dollars.\n"
    (tmp_path / "draft.txt").write_text(text)
    done = ask("read", tmp_path / "draft.txt", "--case", folder, "-f", "csv")
    rows = [(row["guesses"].partition(";")[0], row["unit"]) for row in csv.DictReader(io.StringIO(done.out.decode()))]
    assert rows == [("arrests-teapot-de count", "persons"), ("tea amount", "kg"), ("money amount", "USD")]
