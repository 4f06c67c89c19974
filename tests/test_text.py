"""Text of a case is data: whatever it holds, it moves no cursor, hides no letter and is lost at no width.

The loader refuses such text, so a case is built first and then changed behind its back.
"""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest
from rich.cells import cell_len
from terminal import AWKWARD, QUESTIONS, SGR, Done, ask, complete, draw, run, words

from spectorcli.database import seal
from spectorcli.escapes import web_address
from spectorcli.output import FORMATS

HOSTILE = (
    "\x1b]8;;https://example.org\x1b\\\x1b[2J\x1b[31m\x9b31m\x9d0;title\x07\x90\x9c"  # links, cursor, colour, title
    "\r\n\b\t\x7f\u202e\u2066\u200f\u061c\ufeff\u2028"  # line ends, deletions, writing backwards
    "[/][red][link=https://example.org]:smile:"  # what Rich would take for its own
)
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Controls but for the line feed, and what is invisible or changes the direction of writing."""

WIDTHS = (20, 66, 120)
"""At 80 and at 400 golden files show that nothing is lost."""


@pytest.fixture(scope="module")
def hostile(case: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A case with hostile text in its ids and words."""
    told_apart = {"kind", "property", "many", "claimed", "type", "verdict", "dispute", "unit", "base"}
    return spoil(case, tmp_path_factory.mktemp("hostile") / "case.db", told_apart)


@pytest.fixture(scope="module")
def more_hostile(case: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A case with hostile text also in what is compared with, so that some questions find little."""
    found_by = {"entities.kind", "vocabulary.kind", "verdict"}
    return spoil(case, tmp_path_factory.mktemp("more-hostile") / "case.db", found_by)


def spoil(case: str, db: Path, spared: set[str]) -> str:
    """Begin each text in a case with hostile text, the same everywhere: what belongs together stays together."""
    with closing(sqlite3.connect(shutil.copy(case, db))) as connection, connection:
        listed = "select name from pragma_table_list where type in ('table', 'virtual')"
        tables = f"{listed} and name not like 'sqlite%' and name <> 'words'"
        for (table,) in connection.execute(tables).fetchall():
            for _, column, *_ in connection.execute(f"pragma table_info({table})").fetchall():
                if not {column, table, f"{table}.{column}"} & {"key", "about", *spared}:
                    spoilt = f'"{column}" = ? || "{column}" where "{column}" <> ? and typeof("{column}") = ?'
                    connection.execute(f"update {table} set {spoilt}", (HOSTILE, "", "text"))  # noqa: S608
        connection.execute("update about set value = value || ? where key = 'title'", (HOSTILE,))
    seal(db)  # whoever means harm can do this, too
    return str(db)


def drawn(done: Done) -> str:
    """Return what a terminal shows, without the colours."""
    return SGR.sub("", done.text)


WEIGHS = {"history"}
"""Questions that compare values once more, and refuse what no load writes."""

MACHINE = [format.name for format in FORMATS.values() if not format.drawn]
"""What is not drawn for the terminal that it is shown on."""


def formats_of(question: str) -> list[str]:
    """Return what a question is tried in: a picture, and two other formats in turn, for none knows the question."""
    first = 2 * QUESTIONS.index(question)
    pair = [MACHINE[(first + step) % len(MACHINE)] for step in range(2)]
    return ["table", *pair, *(["timeline"] if question == "timeline" else [])]


@pytest.mark.parametrize("spoilt", ["hostile", "more_hostile"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_format_lets_a_control_through(request: pytest.FixtureRequest, spoilt: str, question: str) -> None:
    db = request.getfixturevalue(spoilt)
    for format in formats_of(question) if spoilt == "hostile" else ("table", "json"):
        done = draw(*words(question), "--format", format, columns=100, SPECTOR_DB=db)
        text = drawn(done) if FORMATS[format].drawn else done.text
        if format == "tsv":
            assert len({line.count("\t") for line in text.splitlines()}) <= 1
            text = text.replace("\t", "")
        assert not UNSEEN.findall(text + done.err), format
        if question in WEIGHS:
            assert "holds what no load writes" in done.err
        elif spoilt == "hostile":
            assert (done.code, done.told) == (0, ""), format
            assert "[link=https://example.org]" in text.replace("\\", "") or question in {
                "fields",
                "check",
                "factcheck",
                "read",
                "verify",
            }


@pytest.mark.parametrize("columns", [40, 200])
def test_nor_does_the_opening_screen(hostile: str, more_hostile: str, columns: int) -> None:
    for db in (hostile, more_hostile):
        done = draw(columns=columns, SPECTOR_DB=db)
        assert done.out
        assert not UNSEEN.findall(drawn(done) + done.err)


@pytest.mark.parametrize(
    "question",
    [
        question
        for question in QUESTIONS
        if question not in {"check", "diff", "factcheck", "gaps", "read", "search", "verify"} | WEIGHS
    ],
)
def test_json_gives_back_what_was_there(case: str, hostile: str, question: str) -> None:
    """Hostile text was added: without it the rows are the same, though they may be sorted otherwise."""
    clean, spoilt = (ask(*words(question), "-f", "json", SPECTOR_DB=db) for db in (case, hostile))
    rows = json.loads(spoilt.out)
    assert sorted(json.dumps(row).replace(json.dumps(HOSTILE)[1:-1], "") for row in rows) == sorted(
        map(json.dumps, json.loads(clean.out))
    )


@pytest.mark.parametrize(
    "address", ["https://example.org", "HTTP://example.org/?a=1#b", "https://user@example.org:8", "https://[::1]/x"]
)
def test_an_address_of_the_web_may_be_followed(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "example.org",
            "//example.org",
            "/etc/passwd",
            "LICENSE.txt",
            "mailto:a@example.org",
            "ftp://example.org",
        ),
        *(
            "javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            " javascript:x",
            "java\nscript:x",
            "data:text/html,x",
        ),
        *(
            "http:example.org",
            "https:///x",
            "https://:80/x",
            "https://user@/x",
            "https://[",
            "https://[x]/",
            "vbscript:x",
        ),
    ],
)
def test_any_other_stays_text(address: str) -> None:
    assert web_address(address) == ""


@pytest.mark.parametrize(("format", "encoding"), [*zip(MACHINE, cycle(["ascii", "latin-1", "cp1252"]), strict=False)])
def test_a_machine_gets_utf8_whatever_the_terminal_can_show(case: str, format: str, encoding: str) -> None:
    for question in ("people", "timeline"):
        done = ask(question, "-f", format, SPECTOR_DB=case, PYTHONIOENCODING=encoding)
        assert done == ask(question, "-f", format, SPECTOR_DB=case)


@pytest.mark.parametrize(
    "line",
    [
        (HOSTILE,),
        ("--" + HOSTILE,),
        ("show", HOSTILE),
        ("why", "bazaar", HOSTILE),
        ("search", '"' + HOSTILE),
        ("arrests", "--country", HOSTILE),
        ("arrests", "--operation", HOSTILE),
        ("arrests", "--format", HOSTILE),
        ("arrests", "--output", HOSTILE),
        ("arrests", "--db", HOSTILE),
        ("arrests", "-o", f"{HOSTILE}/answer.csv"),
        ("arrests", "--" + HOSTILE),
        ("seizures", "--kind", HOSTILE),
        ("timeline", "--from", HOSTILE),
        ("sources", "--reliability", HOSTILE),
        ("load", HOSTILE),
        ("load", AWKWARD, "--db", f"{HOSTILE}/{HOSTILE}"),
    ],
)
def test_arguments_are_data_too(case: str, tmp_path: Path, line: tuple[str, ...]) -> None:
    done = draw(*line, columns=80, cwd=tmp_path, SPECTOR_DB=case)
    assert not UNSEEN.findall(drawn(done) + done.err)
    assert done.err.startswith("spector: ") or done.code == 0
    assert done.err.count("\n") <= 1


def test_names_of_files_are_data(case: str, tmp_path: Path) -> None:
    (tmp_path / f"{HOSTILE.replace('/', '')}.txt").write_text("tea")
    done = draw("verify", "--copies", tmp_path, columns=80, SPECTOR_DB=case)
    assert (done.code, done.err) == (0, "")
    assert "[red]" in drawn(done)
    assert not UNSEEN.findall(drawn(done))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_is_offered_to_a_shell_is_data(hostile: str, shell: str) -> None:
    done = complete("timeline", "--market", "", shell=shell, SPECTOR_DB=hostile)
    assert (done.code, done.err) == (0, "")
    assert "bazaar" in done.text
    assert not UNSEEN.findall(done.text.replace("\t", ""))


def test_words_that_are_offered_to_a_shell_are_data(more_hostile: str) -> None:
    done = complete("timeline", "--kind", "", SPECTOR_DB=more_hostile)
    assert (done.code, done.err) == (0, "")
    assert "launch" in done.text
    assert not UNSEEN.findall(done.text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_id_is_lost_at_any_width(case: str, question: str) -> None:
    rows = json.loads(ask(*words(question), "-f", "json", SPECTOR_DB=case).out)
    ids = {row.get("id") or row.get("country") for row in rows} - {None}
    for columns in WIDTHS:
        done = draw(*words(question), columns=columns, SPECTOR_DB=case)
        assert done.code == 0
        assert not [line for line in done.err.splitlines() if "more in other operations" not in line]
        text = drawn(done)
        assert not {id for id in ids if not re.search(rf"(?<![\w.-]){re.escape(id)}(?![\w.-])", text)}, columns
        for line in text.splitlines() if columns >= 80 else ():
            longest = max(map(cell_len, line.split()), default=0)
            assert cell_len(line.rstrip()) <= columns or longest > columns - 24, (columns, line)


@pytest.mark.parametrize("env", ["NO_COLOR=1", "TERM=dumb"])
@pytest.mark.parametrize("question", ["arrests", "timeline", "show", "why", "conflicts", ""])
def test_a_terminal_without_colours_gets_none(case: str, question: str, env: str) -> None:
    asked = words(question) if question else ()
    name, _, value = env.partition("=")
    done = draw(*asked, columns=80, cwd=None, SPECTOR_DB=case, **{name: value})
    assert done.code == 0
    assert "\x1b" not in done.text
    coloured = drawn(draw(*asked, columns=80, SPECTOR_DB=case))
    assert [line.rstrip() for line in done.text.splitlines()] == [line.rstrip() for line in coloured.splitlines()]


LOCALES = {
    "C": {"LC_ALL": "C"},
    "POSIX, no coercion": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "C.UTF-8": {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    "unknown": {"LC_ALL": "xx_XX.UTF-8"},
    "unknown, in ASCII": {"LC_ALL": "xx_XX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "dumb": {"LC_ALL": "C", "PYTHONUTF8": "0", "TERM": "dumb", "NO_COLOR": "1"},
}


@pytest.fixture(scope="module")
def usual(case: str) -> dict[tuple[str, ...], Done]:
    """Return what is shown where the locale can show everything."""
    return {question: run(*question, SPECTOR_DB=case) for question in (words("arrests"), words("timeline"), ())}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_figure_is_lost_in_any_locale(case: str, usual: dict[tuple[str, ...], Done], locale: str) -> None:
    """What the locale cannot show may look otherwise, but each figure, id and grade is there.

    A timeline is asked for in each; the arrests and what opens spector, in turn.
    """
    env = {"PYTHONIOENCODING": "", **LOCALES[locale]}
    opened = run if len(LOCALES[locale]) > 1 or "LC_ALL" in LOCALES[locale] else ask  # what a new process finds
    turn = [*LOCALES].index(locale) % 2
    for question, whole in [*usual.items()][turn : turn + 2]:
        done = opened(*question, cwd=None, SPECTOR_DB=case, **env)
        assert (done.code, done.told) == (0, "")
        shown, wanted = (
            re.findall(r"[0-9A-Za-z][\w.-]*", one.out.decode("latin-1"), re.ASCII) for one in (done, whole)
        )
        assert [word for word in wanted if re.search("[0-9]", word) and word not in shown] == []
