"""A new case begins with ``init`` and grows with ``add``: valid at each step, and nothing is lost."""

import csv
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from itertools import combinations
from pathlib import Path

import pytest
from cases import write_case
from terminal import SPECTOR, ask, build, environment
from test_exchange import contents

from spectorcli.add import Addition, Trial, add_all, thing_meant
from spectorcli.bundled import SEED
from spectorcli.claiming import offers
from spectorcli.errors import Refused
from spectorcli.files import lock
from spectorcli.folder.claims import wrong_cell
from spectorcli.folder.columns import BASIC_COLUMNS, CLAIM_COLUMNS
from spectorcli.folder.naming import Naming
from spectorcli.folder.read import read_folder
from spectorcli.vocabulary import read_vocabulary

CLAIM = ("add", "claim", "arrests-example", "count")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "new"
    assert ask("init", folder).code == 0
    return folder


@pytest.fixture
def new(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "new")


# init


def test_a_new_case_loads_and_holds_a_dispute(new: Path, tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    done = ask("load", new, "--db", db)
    assert (done.code, done.err) == (0, "")
    assert done.text.startswith("An example case: built ")
    shown = ask("conflicts", "--db", db).text
    assert "12 persons" in shown
    assert "14 persons" in shown
    checked = ask("check", "--db", db).text
    assert "error: 0, warning: 0" in checked


@pytest.mark.parametrize(
    ("name", "id"),
    [("Operation Cookie Monster", "cookie-monster"), ("Operación Tetera", "tetera"), ("Kettle", "kettle")],
)
def test_a_case_may_begin_with_an_operation_and_nothing_else(tmp_path: Path, name: str, id: str) -> None:
    assert ask("init", tmp_path / "new", "--operation", name.replace(" ", "\n\t") + "\n").code == 0
    assert (tmp_path / "new" / "arrests.csv").read_text().splitlines()[1:] == [f"arrests-{id},{id},,"]
    assert (tmp_path / "new" / "operations.csv").read_text(encoding="utf-8").splitlines()[1:] == [f"{id},{name},"]
    db = build(tmp_path / "new", tmp_path / "new.db")
    assert ask("arrests", "--db", db).text.startswith("Arrests")
    assert ask("export", "folder", "-o", tmp_path / "out", "--db", db).code == 0
    left = ("README.md", ".gitattributes")
    assert {n: c for n, c in contents(tmp_path / "new").items() if n not in left} == contents(tmp_path / "out")
    assert name in (tmp_path / "new" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("--operation", "!!"),
        ("--operation", "X", "--from", "bundled"),
        ("--operation", "שלום"),
        *(("--operation", f"X{character}y") for character in "\x1b\x7f\x9b\u200b\u202e\ufeff"),
    ],
)
def test_a_case_does_not_begin_with_what_is_no_operation(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = ask("init", tmp_path / "new", *words)
    assert (done.code, "--operation" in done.err, (tmp_path / "new").exists()) == (2, True, False)


def test_a_new_case_is_what_export_would_write(new: Path, tmp_path: Path) -> None:
    assert ask("load", new, "--db", tmp_path / "new.db").code == 0
    assert ask("export", "folder", "-o", tmp_path / "out", "--db", tmp_path / "new.db").code == 0
    written = contents(new)
    assert written.pop("README.md")
    assert written.pop(".gitattributes") == b"*.csv merge=spector\n"
    assert contents(tmp_path / "out") == written


def test_its_readme_explains_each_column_and_property(new: Path) -> None:
    text = (new / "README.md").read_text()
    for kind in read_vocabulary().values():
        start = text.index(f"\n## {kind.name}.csv\n")
        section = text[start : text.find("\n## ", start + 1)]
        assert all(f"| `{name}` | {one.description}" in section for name, one in kind.properties.items())


def test_nothing_of_the_bundled_case_is_in_a_new_one(new: Path, tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    assert ask("load", new, "--db", db).code == 0
    assert ask("report", "-o", tmp_path / "new.md", "--db", db).code == 0
    for text in ((new / "README.md").read_text(), (tmp_path / "new.md").read_text()):
        assert not re.search(
            "methamphetamine|monopoly|spector case|desnica|us_attorneys|darknet news", text, re.IGNORECASE
        )
    series = (tmp_path / "new.md").read_text().partition("## The series")[2].partition("## People")[0]
    assert "| operation | announced | arrests |\n" in series


def test_the_bundled_case_to_extend(tmp_path: Path) -> None:
    assert ask("init", tmp_path / "mine", "--from", "bundled").code == 0
    assert contents(tmp_path / "mine") == contents(SEED)


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("--from", "scratch"), 2, "--from takes example or bundled, not 'scratch'"),
        ((), 6, "{}: already exists and is not an empty folder; name a new one"),
    ],
)
def test_init_replaces_nothing(tmp_path: Path, asked: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = ask("init", tmp_path, *asked)
    assert (done.code, done.err) == (code, f"spector: {said.format(tmp_path)}\n")
    assert contents(tmp_path) == {"mine.txt": b"mine"}


# add


def test_a_claim_is_appended_and_loads(new: Path) -> None:
    before = (new / "claims.csv").read_bytes()
    words = ("~13", "--source", "newspaper-report", "--at", 'page 2, "inside"', "--stated", "about 13")
    done = ask(*CLAIM, *words, cwd=new)
    assert (done.code, done.out, done.err) == (0, b"", "spector: added as claims.csv:6\n")
    row = 'arrests-example,count,~13,,,newspaper-report,"page 2, ""inside""",about 13,,\n'
    assert (new / "claims.csv").read_bytes() == before + row.encode()
    assert ask("load", "--check", new).code == 0


def test_a_source_is_appended_and_loads(new: Path) -> None:
    before = (new / "sources.csv").read_bytes()
    words = ("blog-2024", "--title", "=1+1 [red]", "--kind", "blog", "--reliability", "D", "--derived-from")
    done = ask("add", "source", *words, "police-release", "--case", new)
    assert (done.code, done.err) == (0, f"spector: added as {new / 'sources.csv'}:4\n")
    assert (new / "sources.csv").read_bytes() == before + b"blog-2024,blog,D,,,=1+1 [red],,police-release,\n"
    assert ask("load", "--check", new).code == 0


HEADER = "subject,property,value,unit,when,source,at,stated,rank,note"
LINE = "arrests-teapot,count,288,,,alpha,,,,"
NEW = "arrests-teapot,count,289,,,beta,,,,"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{HEADER}\n{LINE}\n", f"{NEW}\n"),
        (f"{HEADER}\n{LINE}", f"\n{NEW}\n"),
        (f"{HEADER}\r\n{LINE}\r\n", f"{NEW}\r\n"),
        (f"\ufeff{HEADER}\r\n{LINE}", f"\r\n{NEW}\r\n"),
        (f"{HEADER}\n{LINE}\n".replace(",", ";"), f"{NEW}\n".replace(",", ";")),
        (
            "\n".join('"' + line.replace(",", '","') + '"' for line in (HEADER, LINE)) + "\n",
            '"' + NEW.replace(",", '","') + '"\n',
        ),
        (
            "note,rank,stated,at,source,when,unit,value,property,subject\n,,,,alpha,,,288,count,arrests-teapot\n",
            ",,,,beta,,,289,count,arrests-teapot\n",
        ),
        (f"\n{HEADER}\n{LINE}\n", f"{NEW}\n"),
        (f"\ufeff\n{HEADER}\n{LINE}\n", f"{NEW}\n"),
        (f"\r\n\r\n{HEADER}\r\n{LINE}", f"\r\n{NEW}\r\n"),
        (f"\n{HEADER}\n{LINE}\n\n".replace(",", ";"), f"{NEW}\n".replace(",", ";")),
        (f"{HEADER}\r{LINE}\r", f"{NEW}\r"),
        (f"\ufeff\r{HEADER}\r\r{LINE}", f"\r{NEW}\r"),
        (f"{HEADER}\n{LINE}\r\n", f"{NEW}\n"),
        (HEADER, f"\n{NEW}\n"),
        (f"sep=;\r\n{HEADER}\r\n{LINE}\r\n".replace(",", ";"), f"{NEW}\r\n".replace(",", ";")),
        (f"{HEADER}\n{LINE}\n".replace(",", "\t"), f"{NEW}\n".replace(",", "\t")),
        (f"{HEADER.upper()},,\n{LINE},,\n", f"{NEW}\n"),
    ],
    ids=[
        *("plain", "no last line end", "CRLF", "BOM", "semicolons", "quotes", "another order"),
        *("empty line first", "BOM and empty line", "CRLF and empty lines", "semicolons after an empty line"),
        *("CR", "BOM, CR and empty lines", "mixed ends", "header alone"),
        *("a line for Excel", "tabs", "headings in capitals, columns without a name"),
    ],
)
def test_the_style_of_the_file_is_kept(tmp_path: Path, old: str, new: str) -> None:
    case = write_case(tmp_path / "case")
    (case / "claims.csv").write_bytes(old.encode())
    done = ask("add", "claim", "arrests-teapot", "count", "289", "--source", "beta", "--case", case)
    line = len(re.findall("\r\n|\r|\n", old + new))
    assert (done.code, done.err) == (0, f"spector: added as {case / 'claims.csv'}:{line}\n")
    assert (case / "claims.csv").read_bytes() == (old + new).encode()
    db = build(case, tmp_path / "case.db")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("select id, source from claims where value = '289'").fetchall() == [(line, "beta")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "1: the file is empty; its first line names the columns"),
        ("\ufeff\r\n\n", "1: the file is empty; its first line names the columns"),
        ('\n"subject', "2: the row that begins here cannot be read: unexpected end of data; check its quotes"),
        (
            f"\n{'x' * 200_000}\n",
            "2: the row that begins here cannot be read: field larger than field limit",
        ),
        ("subject\tproperty\x07\n", "1: the character U+0007 is not allowed in a case; remove it"),
    ],
)
def test_a_header_that_cannot_be_read(new: Path, content: str, message: str) -> None:
    (new / "claims.csv").write_bytes(content.encode())
    for asked in ((*CLAIM, "13", "--source", "police-release", "--case", new), ("load", "--check", new)):
        done = ask(*asked)
        assert (done.code, done.out) == (5, b"")
        assert done.err.startswith(f"claims.csv:{message}")
    assert (new / "claims.csv").read_bytes() == content.encode()


MEANWHILE = """
import os, sys
from pathlib import Path
from spectorcli.add import Addition, add_all
from spectorcli.errors import Busy

case, name, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
file, seen = case / name, []

def meanwhile(event, arguments):
    if event == "sqlite3.connect" and not seen:
        seen.append(event)
        if how == "appended":
            with file.open("a") as theirs:
                theirs.write(THEIRS)
        elif how == "removed":
            file.unlink()
        else:
            other = file.with_suffix(".new")
            other.write_text(THEIRS)
            os.replace(other, file)

THEIRS = "arrests-example,count,288,,,police-release,theirs,,,\\n"
CELLS = {
    "claims.csv": dict(subject="arrests-example", property="count", value="13", source="police-release", at="ours"),
    "markets.csv": dict(id="bazaar", name="Bazaar"),
}
sys.addaudithook(meanwhile)
try:
    add_all(case, [Addition(name, list(CELLS[name]), [CELLS[name]])])
except Busy as busy:
    print(busy.code, busy)
"""
"""Another program saves the file while the folder is tried with the row: at the first database that is opened."""


@pytest.mark.parametrize(
    ("name", "how"),
    [("claims.csv", "appended"), ("claims.csv", "saved"), ("claims.csv", "removed"), ("markets.csv", "saved")],
)
def test_what_another_program_writes_meanwhile_is_not_lost(new: Path, name: str, how: str) -> None:
    """markets.csv is not there before: adding would begin it."""
    before = (new / name).read_bytes() if name == "claims.csv" else b""
    theirs = b"arrests-example,count,288,,,police-release,theirs,,,\n"
    done = subprocess.run([sys.executable, "-c", MEANWHILE, new, name, how], capture_output=True, text=True, timeout=60)
    said = f"75 {new / name} was changed by another program meanwhile; nothing was added; try again\n"
    assert (done.stdout, done.stderr) == (said, "")
    if how == "removed":
        assert not (new / name).exists()
    else:
        assert (new / name).read_bytes() == (before + theirs if how == "appended" else theirs)
    assert [file.name for file in new.iterdir() if file.name.startswith(".")] == [".gitattributes"]


def test_what_the_file_has_no_column_for_is_not_left_out(new: Path) -> None:
    file = new / "claims.csv"
    file.write_text("\n" + file.read_text().replace(",stated,", ",quoted,"))
    done = ask(*CLAIM, "13", "--source", "police-release", "--stated", "thirteen", "--case", new)
    assert (done.code, done.err.splitlines()[0]) == (
        5,
        "claims.csv:2: unknown column 'quoted'; is it stated? else remove it",
    )


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_column_that_is_new_to_the_file_is_put_behind_the_others(new: Path, delimiter: str) -> None:
    """Also where a cell holds a line end or the header is not the first line."""
    file = new / "claims.csv"
    before = list(csv.reader(file.read_text().splitlines()))
    with file.open("w", newline="") as out:
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(before)
    done = ask(*CLAIM, "13", "--source", "newspaper-report", "--quoting", "police-release", "--case", new)
    assert (done.code, done.out) == (0, b"")
    after = list(csv.reader(file.read_text().splitlines(), delimiter=delimiter))
    assert after[:-1] == [[*row, "quoting" if place == 0 else ""] for place, row in enumerate(before)]
    assert after[-1][-1] == "police-release"


@pytest.mark.parametrize(
    ("quoting", "says"),
    [
        ("own; police-release", "quoting is own or names sources; a figure that mixes them names the sources"),
        ("police-relase", "unknown source 'police-relase'; did you mean 'police-release'?"),
    ],
)
def test_whom_a_claim_quotes_is_checked(new: Path, quoting: str, says: str) -> None:
    done = ask(*CLAIM, "13", "--source", "newspaper-report", "--quoting", quoting, "--case", new)
    assert (done.code, done.err.splitlines()[0].partition(": ")[2]) == (5, says)


def test_a_file_that_load_refuses_by_its_name_is_refused_by_add(new: Path) -> None:
    (new / "PEOPLE.CSV").write_text("id\n")
    done = ask(*CLAIM, "13", "--source", "police-release", "--case", new)
    assert (done.code, done.err.splitlines()[0]) == (
        5,
        "PEOPLE.CSV:1: a file by this name is not read; rename it to people.csv",
    )


def test_litter_of_an_editor_is_no_hindrance(new: Path) -> None:
    (new / ".#claims.csv").symlink_to("me@host.1:2")
    (new / "._sources.csv").write_bytes(b"\0\5\26\7Mac OS X")
    assert ask(*CLAIM, "13", "--source", "police-release", "--case", new).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (CLAIM, 2, ["spector: claims.csv needs value, source"]),
        (
            (*CLAIM[:3], "cuont", "13", "--source", "police-release"),
            5,
            [
                "claims.csv:6: unknown property 'cuont' of arrests; did you mean 'count'?",
                "spector: . is not a valid case: 1 mistake; nothing was added",
            ],
        ),
        (
            (*CLAIM, "thirteen", "--source", "police"),
            5,
            [
                "claims.csv:6: 'thirteen' is not a number; write 13",
                "claims.csv:6: unknown source 'police'; did you mean 'police-release'?",
                "spector: . is not a valid case: 2 mistakes; nothing was added",
            ],
        ),
        (
            ("add", "source", "police-release", "--title", "x", "--kind", "press", "--reliability", "B"),
            5,
            [
                "sources.csv:4: duplicate id 'police-release', first in sources.csv:2",
                "spector: . is not a valid case: 1 mistake; nothing was added",
            ],
        ),
        (
            (*CLAIM, "13", "--source", "police-release", "--note", "\x1b[31m"),
            5,
            [
                "claims.csv:6: the character U+001B is not allowed in a case; remove it",
                "spector: . is not a valid case: 1 mistake; nothing was added",
            ],
        ),
        (
            (*CLAIM, "13", "--source", "police-release", "--case", "missing"),
            3,
            ["spector: missing is not a case folder: it has no claims.csv; begin one with: spector init DIR"],
        ),
    ],
    ids=["missing", "property", "two", "duplicate", "control", "no folder"],
)
def test_what_would_not_load_is_not_added(new: Path, words: tuple[str, ...], code: int, said: list[str]) -> None:
    before = contents(new)
    done = ask(*words, cwd=new)
    assert (done.code, done.out, done.err.splitlines()) == (code, b"", said)
    assert contents(new) == before


def typed(new: Path, keys: str, *words: str) -> tuple[int, str]:
    """Run spector where this is typed, and return its exit code and what it said on stderr; stdout stays empty."""
    keyboard, terminal = pty.openpty()
    running = subprocess.Popen(
        [SPECTOR, *words],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=new,
        env=environment(),
    )
    with running as asking:
        os.close(terminal)
        os.write(keyboard, keys.encode())
        out, err = asking.communicate(timeout=60)
    os.close(keyboard)
    assert out == b""
    return asking.returncode, err.decode()


def test_on_a_terminal_it_asks_for_what_is_missing(new: Path) -> None:
    # source, stated, value, when, at, rank
    code, err = typed(new, "newspaper-report\n\n13\n\npage 3\n\n", *CLAIM, "--note", "typed")
    assert (code, err.endswith("spector: added as claims.csv:6\n")) == (0, True)
    assert (new / "claims.csv").read_text().splitlines()[-1] == (
        "arrests-example,count,13,,,newspaper-report,page 3,,,typed"
    )


def test_an_answer_that_is_a_mistake_is_asked_for_again_and_a_source_may_say_more(new: Path) -> None:
    keys = (
        *("police-relase", "police-release", "arrests-exmple", "arrests-example", "cuont", "count", "", "1.200", "13"),
        *("2024-13", "2024", "", "", "", "arrests-example-de", "count", "more than six", "", "", "", "", ""),
    )
    code, err = typed(new, "".join(f"{key}\n" for key in keys), "add", "claim")
    assert code == 0
    assert re.findall("spector: (.*)", err) == [
        "unknown source 'police-relase'; did you mean 'police-release'?",
        "unknown subject 'arrests-exmple'; did you mean 'arrests-example'?",
        "unknown property 'cuont' of arrests; did you mean 'count'?",
        "'1.200' counts persons, which have no decimals; 1200?",
        "when: '2024-13' is not a day of the calendar",
        "added as claims.csv:6",
        ">6, as stated",
        "added as claims.csv:7",
    ]
    assert {
        "arrests-example,count,13,,2024,police-release,,,,",
        "arrests-example-de,count,>6,,,police-release,,more than six,,",
    } < {*(new / "claims.csv").read_text().splitlines()}


def test_a_source_is_asked_for_in_the_same_way(new: Path) -> None:
    keys = "police-release ../x court-2024 Jud\x1b[1m Jud\u202e Judgement court Z A 2024-13 2024   me own ".split(" ")
    code, err = typed(new, "".join(f"{key}\n" for key in keys), "add", "source")
    assert (code, re.findall("spector: (.*)", err)) == (
        0,
        [
            "'police-release' is one of the sources already",
            "id '../x' must be letters, digits, dots and hyphens, as in 'arrests-spector-us'",
            "the character U+001B is not allowed in a case; remove it",
            "the character U+202E is not allowed in a case; remove it",
            "reliability of court-2024 must be a letter from A to F; F if it cannot be judged",
            "published of court-2024: '2024-13' is not a day of the calendar",
            "derived_from of court-2024: unknown source 'me'; there are: police-release, newspaper-report",
            "added as sources.csv:4",
        ],
    )
    added = "court-2024,court,A,2024,,Judgement,,own,"
    assert (new / "sources.csv").read_text().splitlines()[-1] == added


def test_tab_completes_what_is_known(new: Path) -> None:
    keyboard, terminal = pty.openpty()
    command: list[str | Path] = [SPECTOR, "add", "claim", "--at", "title"]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=subprocess.PIPE, cwd=new, env=environment()):
        os.close(terminal)
        for typed in ("pol\t", "arrests-example-d\t", "c\t", "", "7", "", "inf\t", "Counted", ""):
            os.write(keyboard, f"{typed}\n".encode())
        with suppress(OSError):  # the end of a terminal
            while os.read(keyboard, 1 << 16):
                pass
    os.close(keyboard)
    added = "arrests-example-de,count,7,,,police-release,title,,inferred,Counted"
    assert (new / "claims.csv").read_text().splitlines()[-1] == added


@pytest.mark.parametrize(
    ("name", "cells", "problem"),
    [
        ("source", {"source": "alpha"}, ""),
        ("source", {"source": "drugs"}, "'drugs' is one of the seizures, not of the sources"),
        ("subject", {"subject": "tea"}, ""),
        ("property", {"subject": "tea", "property": "amount"}, ""),
        ("property", {"subject": "tea", "property": "count"}, "unknown property 'count' of seizures"),
        ("unit", {"subject": "tea", "property": "amount", "unit": "kg"}, ""),
        ("unit", {"subject": "tea", "property": "amount", "unit": "kgs"}, ""),
        ("unit", {"subject": "tea", "property": "amount", "unit": "sacs"}, "unknown unit 'sacs' of amount"),
        ("value", {"subject": "tea", "property": "amount", "unit": "kg", "value": "64"}, ""),
        ("value", {"subject": "tea", "property": "amount", "unit": "kg", "value": "much"}, "'much' is not"),
        ("when", {"when": "2024-13"}, "when: "),
        ("when", {"when": "2024"}, ""),
        ("rank", {"rank": "best"}, "rank is "),
        ("rank", {"rank": "preferred"}, ""),
        ("at", {"subject": "tea", "at": "para 1"}, ""),
    ],
)
def test_what_is_wrong_with_a_cell(tmp_path: Path, name: str, cells: dict[str, str], problem: str) -> None:
    case = read_folder(write_case(tmp_path / "case"), read_vocabulary())
    told = wrong_cell(name, dict.fromkeys(CLAIM_COLUMNS, "") | cells, case.known)
    assert str(told).startswith(problem) if problem else told == ""


SAYS = '"34 servers" by police-release does not say 43 persons, but 34; nothing was added; --force adds it all the same'


@pytest.mark.parametrize(
    ("words", "code", "said", "value"),
    [
        (("43", "--stated", "34 servers"), 2, SAYS, ""),
        (("43", "--stated", "34 servers", "--force"), 0, "added as claims.csv:6", "43"),
        (("43", "--stated", "34 servers", "--note", "So in the source"), 0, "added as claims.csv:6", "43"),
        (("--stated", "more than 200 people"), 0, ">200, as stated", ">200"),
        (("--stated", "200 or 300"), 2, "'200 or 300' may be 200 or 300; name the value", ""),
        (("--stated", "5 kg of tea"), 2, "claims.csv needs value", ""),
    ],
)
def test_a_value_is_compared_with_its_words_or_taken_from_them(
    new: Path, words: tuple[str, ...], code: int, said: str, value: str
) -> None:
    done = ask(*CLAIM, "--source", "police-release", *words, cwd=new)
    assert (done.code, done.err.splitlines()[0]) == (code, f"spector: {said}")
    rows = (new / "claims.csv").read_text().splitlines()[5:]
    assert [row.split(",")[2] for row in rows] == ([value] if value else [])


def test_a_value_is_taken_with_its_unit(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    offered = {
        words: offers(case, {"subject": subject, "property": property, "stated": words})
        for subject, property, words in (
            ("money", "amount", "EUR 5 million"),
            ("money", "amount", "$5"),
            ("tea", "amount", "nearly 120 firearms"),
            ("launch", "date", "late in May 2021"),
            ("launch", "place", "Vienna 5"),
            ("nobody", "count", "5"),
        )
    }
    assert [f"{one.value} {one.unit}" for one in offered.pop("$5")][:2] == ["5 USD", "5 CAD"]
    assert [[*map(tuple, some)] for some in offered.values()] == [
        *([("5000000", "EUR")], [("<120", "firearms")], [("2021-05~", "")], [], []),
    ]


def test_on_a_terminal_it_asks_about_what_does_not_follow(new: Path) -> None:
    code, err = typed(new, "n\n", *CLAIM, "43", "--source", "police-release", "--stated", "34 servers")
    assert code == 1
    assert err.endswith("but 34; add it all the same? [y/N]: spector: nothing was added\n")


def test_without_a_keyboard_it_says_what_is_missing(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    closed: list[str | Path] = ["sh", "-c", 'exec "$0" add claim --case "$1" <&-', SPECTOR, folder]
    done = subprocess.run(closed, capture_output=True, text=True, env=environment(), timeout=60)
    assert done.returncode == 2
    assert re.fullmatch("spector: .*\n", done.stderr)


def test_two_do_not_add_to_one_file_at_once(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    before = (folder / "claims.csv").read_bytes()
    with lock(folder / "claims.csv"):
        done = ask("add", "claim", "arrests-teapot", "count", "9", "--source", "beta", "--case", folder)
    said = "spector: another spector process is writing claims.csv; try again when it has finished\n"
    assert (done.code, done.err) == (75, said)
    assert (folder / "claims.csv").read_bytes() == before


def test_a_row_that_the_loader_would_pass_over_is_not_said_to_be_added(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    before = (folder / "claims.csv").read_bytes()
    with pytest.raises(Refused, match="1 mistake; nothing was added") as refused:
        add_all(folder, [Addition("claims.csv", BASIC_COLUMNS, [{}])])
    assert refused.value.mistakes == ["claims.csv:1: a row at its end would not be read"]
    assert (folder / "claims.csv").read_bytes() == before


# rows in order, things of any kind, and files of rows


SORTED = "arrests-teapot,count,288,,,alpha\narrests-teapot,count,290,,,delta\ntea,amount,850,kg,,alpha"


@pytest.mark.parametrize(
    ("claims", "line"),
    [(SORTED, 3), ("tea,amount,850,kg,,alpha\narrests-teapot,count,288,,,alpha", 4)],
    ids=["sorted", "in another order"],
)
def test_a_row_goes_where_it_sorts(tmp_path: Path, claims: str, line: int) -> None:
    case = write_case(tmp_path / "case", claims)
    before = (case / "claims.csv").read_text().splitlines()
    done = ask("add", "claim", "arrests-teapot", "count", "289", "--source", "beta", "--case", case)
    assert done.err == f"spector: added as {case / 'claims.csv'}:{line}\n"
    after = (case / "claims.csv").read_text().splitlines()
    assert after == [*before[: line - 1], NEW, *before[line - 1 :]]


def test_rows_of_two_lines_are_not_parted(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", SORTED)
    text = (case / "claims.csv").read_text().replace("288,,,alpha,,,,", '288,,,alpha,,"two\nlines",,')
    (case / "claims.csv").write_text(text)
    done = ask("add", "claim", "arrests-teapot", "count", "289", "--source", "beta", "--case", case)
    assert done.err == f"spector: added as {case / 'claims.csv'}:4\n"
    assert (case / "claims.csv").read_text() == text.replace('lines",,\n', f'lines",,\n{NEW}\n')


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("claims.csv", "arrests-teapot,cuont,1,,,alpha,,,,"),
        ("claims.csv", "nobody,count,1,,,alpha,,,,"),
        ("arrests.csv", "arrests-x,nowhere,,"),
        ("people.csv", "x,a,b,c,d,e"),
    ],
)
def test_a_broken_row_elsewhere_is_no_hindrance(tmp_path: Path, file: str, broken: str) -> None:
    case = write_case(tmp_path / "case", SORTED)
    with (case / file).open("a") as out:
        out.write(f"{broken}\n")
    done = ask("add", "claim", "arrests-teapot", "count", "289", "--source", "beta", "--case", case)
    assert (done.code, NEW in (case / "claims.csv").read_text()) == (0, True)
    assert "there is a mistake in other rows, so that it does not load; see: spector load" in done.err
    for words in (("cuont", "1"), ("count", "many"), ("count", "1", "--when", "soon")):  # its own mistake is
        done = ask("add", "claim", "arrests-teapot", *words, "--source", "beta", "--case", case)
        assert (done.code, len(done.err.splitlines())) == (5, 2)


@pytest.mark.parametrize(
    ("id", "property", "kind", "options"),
    [
        ("arrests-teapot-at", "count", "arrests", " --operation teapot --country AT --part-of arrests-teapot"),
        ("arrests-teapot-at", "cuont", "arrests", " --operation teapot --country AT --part-of arrests-teapot"),
        ("proceedings-bob", "sentence", "proceedings", " --title 'Proceedings Bob'"),
        ("bob", "role", "people", " --name Bob"),
        ("crypto", "amount", "seizures", ""),
    ],
)
def test_where_a_subject_would_be_is_said(tmp_path: Path, id: str, property: str, kind: str, options: str) -> None:
    case = write_case(tmp_path / "case")
    done = ask("add", "claim", id, property, "1", "--source", "beta", "--case", case)
    command = f"spector add {kind} {id}{options} --case {case}"
    assert done.err.endswith(f"nothing was added; {id} would be a row of {kind}.csv: {command}\n")


VOCABULARY = (
    "kind,property,type,many,unit,claimed,description\nwallets,,,,,,Wallets\nwallets,label,text,,,,Its label\n"
    "wallets,country,ref:countries,,,,Where\nwallets,balance,number,,money,yes,What is in it\n"
)


@pytest.mark.parametrize(
    ("words", "file", "row"),
    [
        (("arrests", "arrests-x", "--operation", "teapot", "--country=DE"), "arrests", "arrests-x,teapot,DE,"),
        (("arrest", "arrests-x", "--country", "DE"), "arrests", "arrests-x,,DE,"),
        (("person", "bob", "--name", "Bob"), "people", "bob,Bob,"),
        (("seizures", "x", "--part-of", "drugs"), "seizures", "x,,,,,,drugs"),
        (("country", "FR"), "countries", "FR,France,"),
        (("countries", "FR", "--name", "Frankreich"), "countries", "FR,Frankreich,"),
        (("wallets", "w-1", "--label", "-x y", "--country", "DE"), "wallets", "w-1,-x y,DE"),
    ],
)
def test_a_thing_of_any_kind_is_added(tmp_path: Path, words: tuple[str, ...], file: str, row: str) -> None:
    case = write_case(tmp_path / "case")
    (case / "vocabulary.csv").write_text(VOCABULARY)
    done = ask("add", *words, "--case", case)
    assert (done.code, done.err.startswith(f"spector: added as {case / file}.csv:")) == (0, True), done.err
    assert row in (case / f"{file}.csv").read_text().splitlines()
    assert ask("load", "--check", case).code == 0


def test_a_country_that_is_referred_to_gets_its_row(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    done = ask("add", "arrests", "arrests-x", "--country", "FR", "--case", case)
    assert done.err.splitlines()[0] == f"spector: added as {case / 'countries.csv'}:5"
    done = ask("add", "claim", "teapot", "participants", "IT", "--source", "alpha", "--case", case)
    assert "IT,Italy," in (case / "countries.csv").read_text().splitlines()
    before = contents(case)
    assert ask("add", "arrests", "arrests-y", "--country", "France", "--case", case).code == 5
    assert ask("add", "arrests", "arrests-x", "--country", "NL", "--case", case).code == 5
    assert contents(case) == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("arests", "x"), 3, "no kind 'arests'; did you mean 'arrests'?"),
        (("arrests", "x", "--contry", "DE"), 2, "arrests have no column '--contry'; did you mean 'country'?"),
        (("arrests", "x", "--count", "5"), 2, "it is claimed: spector add claim ID count VALUE --source SOURCE"),
        (("arrests", "x", "--country"), 2, "--country needs a value"),
        (("arrests", "x", "DE"), 2, "arrests have no column 'DE'"),
        ((), 2, "name what to add: claim, source, a kind, or --from FILE"),
        (("--force", "claim", "x"), 2, "put options behind what is added"),
        (("--from", "nowhere.csv"), 3, "no file of rows at nowhere.csv"),
    ],
)
def test_what_is_no_thing_is_not_added(tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    case = write_case(tmp_path / "case")
    before = contents(case)
    done = ask("add", *words, *(() if "claim" in words else ("--case", case)))
    assert (done.code, said in done.err) == (code, True), done.err
    assert contents(case) == before


ROWS = "source;value;property;subject;stated\nnews;290;count;arrests-teapot;290 people\nbeta;40;amount;tea;40 kg\n"


def test_rows_of_files_are_added_all_or_none(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", SORTED)
    rows, sources = tmp_path / "new.csv", tmp_path / "new.sources.csv"
    rows.write_text(ROWS)
    sources.write_text("id,kind,reliability,title,author\nnews,press,C,A title,Someone\n")
    before = contents(case)
    done = ask("add", "--from", rows, "--from", sources, "--case", case)
    assert (done.code, done.err.startswith("new.csv:3: amount needs ")) == (5, True), done.err
    assert contents(case) == before
    rows.write_text(
        ROWS.replace("stated\n", "stated;unit\n").replace("290 people", "290 people;").replace("40 kg", "30 kg;kg")
    )
    done = ask("add", "--from", rows, "--from", sources, "--case", case)
    assert (done.code, done.err.startswith("new.csv:3: ")) == (5, True), done.err
    assert contents(case) == before
    done = ask("add", "--from", rows, "--case", case, "--force")
    assert (done.code, done.err.startswith("new.csv:2: unknown source 'news'")) == (5, True), done.err
    assert contents(case) == before
    rows.write_text(rows.read_text().replace("30 kg", "40 kg"))
    done = ask("add", "--from", rows, "--from", sources, "--case", case)
    assert (done.code, done.err.splitlines()) == (
        0,
        [f"spector: added as {case / 'sources.csv'}:6", f"spector: added 2 rows to {case / 'claims.csv'}"],
    )
    claims = [line.split(",") for line in (case / "claims.csv").read_text().splitlines()[1:]]
    assert [(row[0], row[2], row[5]) for row in claims] == [
        ("arrests-teapot", "288", "alpha"),
        ("arrests-teapot", "290", "delta"),
        ("arrests-teapot", "290", "news"),
        ("tea", "850", "alpha"),
        ("tea", "40", "beta"),
    ]
    assert (case / "sources.csv").read_text().splitlines()[-1] == "news,press,C,,,A title,,,,Someone"
    assert ask("load", "--check", case, "--strict").code == 0


@pytest.mark.parametrize("content", ["", "subject,property,value,source\n", "a,b\n1,2\n", "\0"])
def test_a_file_of_rows_that_has_none(tmp_path: Path, content: str) -> None:
    case = write_case(tmp_path / "case", SORTED)
    (tmp_path / "new.csv").write_text(content)
    before = contents(case)
    done = ask("add", "--from", tmp_path / "new.csv", "--case", case)
    assert (done.code, done.err.startswith("new.csv:1: ")) == (5, True)
    assert contents(case) == before


@pytest.mark.parametrize(("name", "package"), [("Anom 2021", "anom-2021"), ("Käse", "kase"), ("北京", "example")])
def test_the_package_is_called_as_its_folder(tmp_path: Path, name: str, package: str) -> None:
    assert ask("init", tmp_path / name).code == 0
    assert f'"name": "{package}"' in (tmp_path / name / "datapackage.json").read_text()


def test_of_few_things_all_are_named_to_choose_from(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "arrests-teapot,count,9,,,nobody-at-all")
    done = ask("load", folder, "--check")
    assert "unknown source 'nobody-at-all'; there are: alpha, beta, copy, delta" in done.err
    many = "\n".join(f"s{place},press,C" for place in range(13))
    write_case(folder, "arrests-teapot,count,9,,,nobody-at-all", sources=many)
    assert "there are" not in ask("load", folder, "--check").err


TRIED = [
    ("claims", {"subject": "arrests-teapot-de", "property": "count", "value": "53", "source": "beta"}),
    ("claims", {"subject": "arrests-teapot-de", "property": "count", "value": "53", "source": "beta"}),  # the same
    ("claims", {"subject": "arrests-teapot-es", "property": "count", "value": "5", "source": "beta"}),  # of nothing
    ("arrests", {"id": "arrests-teapot-es", "operation": "teapot", "country": "ES", "part_of": "arrests-teapot"}),
    ("arrests", {"id": "arrests-teapot-es", "operation": "teapot"}),  # there already
    ("arrests", {"id": "arrests-teapot-it", "operation": "kettle"}),  # of no operation
    ("arrests", {"id": "arrests-teapot-it", "operation": "teapot", "part_of": "arrests-teapot-it"}),  # in a circle
    ("markets", {"id": "dusk"}),  # without a name
    ("claims", {"subject": "arrests-teapot-es", "property": "count", "value": "5", "source": "beta", "note": "a\0"}),
    ("claims", {"subject": "arrests-teapot-es", "property": "count", "value": "1.5", "source": "beta"}),
    ("claims", {"subject": "arrests-teapot-es", "property": "count", "value": "5", "source": "beta"}),
    ("claims", {"subject": "money", "property": "amount", "value": "5", "source": "beta"}),  # without a unit
]


def test_what_is_tried_in_memory_is_refused_as_a_load_refuses_it(tmp_path: Path) -> None:
    """Each row is added to two cases, and now and then by somebody else: only one of them is held in memory."""
    said: list[list[str]] = []
    folders = [write_case(tmp_path / name / "case") for name in ("held", "read")]
    for folder, trial in zip(folders, (Trial(folders[0]), None), strict=True):
        told = []
        for number, (kind, cells) in enumerate(TRIED):
            if number % 4 == 3:
                other = {"id": ("FR", "IT", "PL")[number // 4], "name": "x"}
                add_all(folder, [Addition("countries.csv", ["id", "name"], [other])])
            try:
                columns = BASIC_COLUMNS if kind == "claims" else ["id"]
                add_all(folder, [Addition(f"{kind}.csv", columns, [cells])], trial)
                told.append("added")
            except Refused as error:
                told.append("; ".join(error.mistakes))
        said.append(told)
    assert said[0] == said[1]
    assert [one == "added" for one in said[0]] == [number in (0, 3, 10) for number in range(len(TRIED))]
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert first == second


def test_what_is_held_in_memory_is_not_read_again(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    trial = Trial(folder)
    held = trial.case
    for value in ("1", "2"):
        row = {"subject": "arrests-teapot", "property": "count", "value": value, "source": "beta"}
        add_all(folder, [Addition("claims.csv", BASIC_COLUMNS, [row])], trial)
        assert trial.case is held


@pytest.mark.parametrize(
    ("arrests", "id"),
    [
        ("arrests-teapot,teapot", "arrests-teapot-dk"),
        ("arrests-teapot,teapot\nteapot-held-de,teapot,DE\nteapot-held-us,teapot,US\nodd,teapot,AT", "teapot-held-dk"),
    ],
)
def test_a_new_thing_is_called_as_others_of_the_case_are(tmp_path: Path, arrests: str, id: str) -> None:
    case = read_folder(write_case(tmp_path / "case", "teapot,countries,9,,,alpha", arrests=arrests), read_vocabulary())
    naming = Naming(lambda kind: ((one.id, one.cells) for one in case.things.of_kind(kind)))
    cells = {"operation": "teapot", "country": "DK"}
    assert naming.id_of("arrests", cells) == id
    assert naming.cells_of("arrests", id) == {**cells, "part_of": "arrests-teapot"}
    assert naming.cells_of("arrests", "arrests-kettle-dk") is None
    seized = {"operation": "teapot", "kind": "drugs", "substance": "pill-presses", "country": "ES"}
    for some in combinations(seized, 3):
        cells = {part: seized[part] for part in ("operation", *(one for one in some if one != "operation"))}
        found = naming.cells_of("seizures", naming.id_of("seizures", cells)) or {}
        assert {part: found[part] for part in found if part != "part_of"} == cells
    assert thing_meant("dusk-market", "vendors", case, "On Dusk Market, they") == ("markets", {"name": "Dusk Market"})
