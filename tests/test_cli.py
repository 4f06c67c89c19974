"""What the command line promises to a script: exit codes, one line on stderr, whole files, and the right words."""

import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from terminal import (
    AWKWARD,
    COMMANDS,
    EXAMPLES,
    QUESTIONS,
    SGR,
    SPECTOR,
    Done,
    ask,
    ask_full,
    build,
    complete,
    draw,
    environment,
    run,
    wait_until_busy,
    words,
)

from spectorcli import __version__, cli
from spectorcli.database import seal
from spectorcli.output import FORMATS
from spectorcli.starter import init

EVENTS = 2000
"""So many that an answer does not fit into a pipe, and that a load can be stopped halfway."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many events."""
    folder = shutil.copytree(AWKWARD, tmp_path_factory.mktemp("large") / "large")
    with (folder / "events.csv").open("a") as events, (folder / "claims.csv").open("a") as claims:
        for number in range(EVENTS):
            events.write(f"event-{number},report,Tea is poured for the {number}th time,teapot,,,\n")
            claims.write(f"event-{number},date,20{number % 30 + 10},,,iif-2031-05-02,,,,\n")
    return folder


def refused(code: int, *asked: str | Path, say: str = "", cwd: Path | None = None, **env: str) -> None:
    """Expect an exit code, nothing on stdout and one line on stderr that says why."""
    done = ask(*asked, cwd=cwd, **env)
    assert (done.code, done.out) == (code, b""), done.err
    assert re.fullmatch(rf"spector: .*{say}.*\n", done.err), done.err


# Wrong command lines and things that are not there


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("arests", "arests"),
        ("arrests --contry DE", "--contry"),
        ("arrests --country", "--country"),
        ("arrests DE", "DE"),
        ("arrests --format xml", "'xml'; there are: table, timeline, csv"),
        ("arrests --format timeline", "timeline needs dates"),
        ("arrests --output answer.xyz", r"cannot tell the format from the suffix of answer.xyz; .*\.csv"),
        ("arrests --output answer", "cannot tell the format"),
        ("show", "WHAT"),
        *((f"timeline {option} {date}", option) for option in ("--from", "--to") for date in ("soon", "2023-02-30")),
        ("timeline --from 2023-13", "2023-13"),
        ("timeline --to 2023-1", "2023-1"),
        ("timeline --from ٢٠٢٣", "--from takes a date such as"),
    ],
)
def test_wrong_command_line(case: str, tmp_path: Path, line: str, say: str) -> None:
    refused(2, *line.split(), say=say, cwd=tmp_path, SPECTOR_DB=case)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("show bazzar", "'bazzar'; did you mean 'bazaar'"),
        ("show zzz", "'zzz'"),
        ("arrests --country Grmany", "no country 'Grmany' in this case; did you mean 'Germany' \\(DE\\)"),
        ("arrests --country US", "no country 'US'"),
        ("arrests --operation teepot", "did you mean 'teapot'"),
        ("timeline --market BAZZAR", "did you mean 'bazaar'"),
        ("timeline --person ket", "'ket' may mean .*'ana-kettle' or 'Ana Kettle, Jr.' \\(ana-kettle-jr\\)"),
        ("timeline --kind tea", "no kind 'tea' in timeline; there are: .*arrest"),
        ("timeline --kind=", "no kind '' in timeline; there are: .*arrest"),
        (
            "fields Arrest",
            "no kind 'Arrest' in fields; did you mean 'arrests'\\?; there are: agencies, .*",
        ),
        ("seizures --kind arrest", "no kind 'arrest' in seizures; there are: .*drugs"),
    ],
)
def test_not_found(case: str, line: str, say: str) -> None:
    refused(3, *line.split(), say=say, SPECTOR_DB=case)


def test_a_kind_is_taken_in_any_case_and_may_have_nothing(case: str) -> None:
    plain = ask("timeline", "--kind", "plea", "-f", "csv", SPECTOR_DB=case)
    assert plain.text.count("\n") == 2
    assert ask("timeline", "--kind", "PLEA", "-f", "csv", SPECTOR_DB=case) == plain
    none = ask("timeline", "--kind", "plea", "--to", "1999", "-f", "csv", SPECTOR_DB=case)
    assert (none.code, none.err, none.text) == (0, "", plain.text.splitlines(keepends=True)[0])


def test_what_may_mean_several_things_is_listed(case: str) -> None:
    done = ask("show", "kettle", "-f", "csv", SPECTOR_DB=case)
    assert (done.code, done.err) == (0, "")
    assert {"ana-kettle", "ana-kettle-jr", "kettle-no"} <= {line.split(",")[0] for line in done.text.splitlines()}


def test_a_name_beats_what_is_only_made_of_it(case: str) -> None:
    """The arrests of Operation Teapot have no name; they are shown by that of the operation."""
    rows = json.loads(ask("show", "operation teapot", "-f", "json", SPECTOR_DB=case).out)
    assert (rows[0]["id"], rows[0].get("property")) == ("teapot", "name")


@pytest.mark.parametrize("country", ["DE", "de", "Germany", "GERMANY", "Deutschland", "germ"])
def test_a_country_by_any_name(case: str, country: str) -> None:
    asked = ask("arrests", "--country", country, "-f", "jsonl", SPECTOR_DB=case)
    assert [json.loads(line)["id"] for line in asked.text.splitlines()] == ["arrests-teapot-de"]


@pytest.mark.parametrize(
    ("country", "code"), [("Guinea", "GN"), ("guinea-b", "GW"), ("equat", "GQ"), ("भारत", "IN"), ("日本", "JP")]
)
def test_a_whole_name_is_no_part_of_another(case: str, country: str, code: str) -> None:
    done = ask("agencies", "--country", country, "--operation", "all", "-f", "table", SPECTOR_DB=case)
    named = ask("agencies", "--country", code, "--operation", "all", "-f", "table", SPECTOR_DB=case)
    assert (done.code, done.out) == (0, named.out)


@pytest.mark.parametrize(
    ("text", "found", "note"),
    [
        ("monopoly", "monopoly-market", "spector "),
        ("desnica extradition", "desnica-extradition", "spector "),
        ("monoploy", "monopoly-market", "nothing holds monoploy; this is what holds 'monopoly'"),
        ("extradit", "desnica-extradition", "nothing holds extradit; this is what holds 'extradited' or 'extradition'"),
        ("Desnicá", "milomir-desnica", "spector "),
        ("desnica xyzzy", "milomir-desnica", "nothing holds desnica xyzzy; this holds some of it"),
        ("xyzzy", "", "nothing holds xyzzy"),
    ],
)
def test_search_finds_what_is_nearly_meant(home: str, text: str, found: str, note: str) -> None:
    lines = ask("search", text, XDG_DATA_HOME=home).text.splitlines()
    assert lines[-1].strip().startswith(note)
    assert found in "".join(lines[1:4]) if found else lines == [f"Search for {text}", note]


@pytest.mark.parametrize(
    "text", ["tea", '"', "", " ", "*", "a AND", "NEAR(", "tea OR", "label:tea", "O'Lid", "(tea", "C:\\tea"]
)
def test_search_takes_whatever_is_typed(case: str, text: str) -> None:
    done = ask("search", text, "-f", "csv", SPECTOR_DB=case)
    if done.code:
        refused(2, "search", text, say="search", SPECTOR_DB=case)
    else:
        assert done.text.startswith("kind,id,label")


@pytest.mark.parametrize(("persons", "code"), [(0, 0), (500, 1)])
def test_a_strict_check_says_no_to_errors(tmp_path: Path, persons: int, code: int) -> None:
    folder = shutil.copytree(AWKWARD, tmp_path / "teapot")
    with (folder / "arrests.csv").open("a") as arrests, (folder / "claims.csv").open("a") as claims:
        arrests.write("arrests-teapot-aq,teapot,AQ,arrests-teapot\n")
        claims.write(f"arrests-teapot-aq,count,{persons},,,bslh-2031-05-02,,,,\n")
    db = build(folder, tmp_path / "case.db")
    assert ask("check", "--strict", SPECTOR_DB=db).code == code
    assert ask("check", SPECTOR_DB=db).code == 0


def test_a_figure_that_is_not_in_its_source_is_a_no(case: str, tmp_path: Path) -> None:
    copies = shutil.copytree(AWKWARD / "copies", tmp_path / "copies")
    assert ask("verify", "--copies", copies, SPECTOR_DB=case).code == 0
    (copies / "daily-kettle-2031-05-03.md").write_text("31 held\n")
    done = ask("verify", "--copies", copies, "-f", "csv", SPECTOR_DB=case)
    assert (done.code, done.err) == (1, "")
    assert "not-found,arrests-teapot,count,30 held" in done.text


def test_a_reference_is_an_answer_too(case: str, tmp_path: Path) -> None:
    plain = ask("cite", "iif-2031-05-02", SPECTOR_DB=case)
    assert (plain.code, plain.err) == (0, "")
    assert plain.text.startswith("International Infusion Force: Operation Teapot | results. ")
    records = ask("cite", "--all", "--style", "csl", "-o", tmp_path / "all.json", SPECTOR_DB=case)
    assert (records.code, records.out) == (0, b"")
    assert len(json.loads((tmp_path / "all.json").read_bytes())) == 8
    refused(2, "cite", say="--all", SPECTOR_DB=case)
    refused(2, "cite", "--all", "--style", "haiku", say="plain, bibtex, csl", SPECTOR_DB=case)
    refused(3, "cite", "nobody", say="nobody", SPECTOR_DB=case)


# Filters


def dates(case: str, *asked: str) -> dict[str, str]:
    done = ask("timeline", *asked, "-f", "json", SPECTOR_DB=case)
    assert (done.code, done.told) == (0, "")
    return {row["id"]: row["date"] for row in json.loads(done.out)}


@pytest.mark.parametrize(
    ("asked", "inside", "outside"),
    [
        ("--from 2031-05-02 --to 2031-05-02", {"teapot-announcement", "kumkum-report", "bazaar-growth"}, {"sting"}),
        ("--from 2031-05-03", {"bazaar-closing", "sting"}, {"teapot-announcement", "old-rumours"}),
        ("--to 2031-05-01", {"kumkum-report", "old-rumours", "saucer-launch"}, {"teapot-announcement"}),
        ("--from 2032 --to 2032", {"ana-arrest", "kyusu-charge", "bazaar-closing"}, {"ana-plea"}),
        ("--from 2032-11 --to 2032-11", {"ana-arrest"}, {"kyusu-charge", "bazaar-closing"}),
        ("--to 2027", {"old-rumours"}, {"bazaar-launch"}),
        ("--from 2099", {"bazaar-growth"}, {"ana-plea"}),
    ],
)
def test_what_may_have_happened_in_that_time(case: str, asked: str, inside: set[str], outside: set[str]) -> None:
    found = dates(case, *asked.split()).keys()
    assert inside <= found
    assert not found & (outside | {"undated"})


def test_the_operation_is_the_case_s_own_unless_another_is_named(case: str) -> None:
    def operations(*asked: str) -> set[str]:
        return {row["operation"] for row in json.loads(ask("arrests", *asked, "-f", "json", SPECTOR_DB=case).out)}

    assert operations() == operations("--operation", "Operation Teapot") == {"teapot"}
    assert operations("--operation", "teacup") == {"teacup"}
    assert operations("--operation", "all") == {"teacup", "teapot", "teapot-ii"}


@pytest.mark.parametrize("format", ["csv", "table"])
def test_what_the_own_operation_leaves_out_is_told(case: str, format: str) -> None:
    all_of_them = ask("arrests", "--operation", "all", "-f", "csv", SPECTOR_DB=case)
    own = ask("arrests", "--operation", "teapot", "-f", "csv", SPECTOR_DB=case)
    more = all_of_them.text.count("\n") - own.text.count("\n")
    told = f"spector: {more} more in other operations; see them with --operation all\n"
    assert ask("arrests", "-f", format, SPECTOR_DB=case).err == told
    assert all_of_them.err == own.err == ""


def test_where_the_own_operation_has_nothing_the_answer_is_of_all(case: str) -> None:
    done = ask("arrests", "--country", "GN", "-f", "csv", SPECTOR_DB=case)
    assert done.out == ask("arrests", "--country", "GN", "--operation", "all", "-f", "csv", SPECTOR_DB=case).out
    assert b"\narrests-teacup-gn," in done.out
    assert done.err == "spector: nothing of this in Operation Teapot; the answer is of all operations\n"
    named = ask("arrests", "--country", "GN", "--operation", "teapot", "-f", "csv", SPECTOR_DB=case)
    assert (named.text.count("\n"), named.err) == (1, "")


@pytest.mark.parametrize(
    ("format", "answer"), [("csv", "date,"), ("tsv", "date\t"), ("json", "[]\n"), ("jsonl", ""), ("md", "| date |")]
)
def test_an_empty_answer_is_an_answer(case: str, format: str, answer: str) -> None:
    done = ask("timeline", "--country", "AQ", "-f", format, SPECTOR_DB=case)
    assert (done.code, done.err) == (0, "")
    assert done.text.startswith(answer)
    assert len(done.text.splitlines()) == {"jsonl": 0, "md": 2}.get(format, 1)


# The case file


def sql(db: str | Path, statement: str) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(statement)


def newer(path: Path, case: str) -> None:
    shutil.copy(case, path)
    sql(path, "pragma user_version = 999")


NO_CASE: dict[str, Callable[[Path, str], object]] = {
    "nothing": lambda path, case: None,
    "folder": lambda path, case: path.mkdir(),
    "pipe": lambda path, case: os.mkfifo(path),
    "empty": lambda path, case: path.touch(),
    "text": lambda path, case: path.write_text("id,name\n" * 1000),
    "foreign database": lambda path, case: sql(path, "create table arrests (id text)"),
    "newer case": newer,
    "mark alone": lambda path, case: path.write_bytes(Path(case).read_bytes()[:100]),
    "half a case": lambda path, case: path.write_bytes(Path(case).read_bytes()[:20_000]),
    "scribbled case": lambda path, case: path.write_bytes(Path(case).read_bytes()[:100] + b"tea" * 50_000),
}


@pytest.mark.parametrize(("kind", "way"), [*((kind, "option") for kind in NO_CASE), ("text", "environment")])
def test_what_is_no_case_is_not_read(case: str, tmp_path: Path, kind: str, way: str) -> None:
    path = tmp_path / "case.db"
    NO_CASE[kind](path, case)
    before = list(tmp_path.iterdir())
    if way == "option":
        refused(3, "arrests", "--db", path, say="spector load", SPECTOR_DB=case)
    else:
        refused(3, "arrests", say="spector load", SPECTOR_DB=str(path))
    assert list(tmp_path.iterdir()) == before


def test_a_case_in_a_folder_that_is_missing_is_not_found(tmp_path: Path) -> None:
    refused(3, "arrests", "--db", tmp_path / "no" / "case.db", say="no case file at")
    assert not list(tmp_path.iterdir())


def test_option_beats_environment(case: str, tmp_path: Path) -> None:
    done = ask("arrests", "-f", "csv", "--db", case, SPECTOR_DB=str(tmp_path / "none.db"))
    assert done == ask("arrests", "-f", "csv", SPECTOR_DB=case)


def test_the_case_of_the_overview_and_of_what_follows_is_named_in_front(case: str, tmp_path: Path) -> None:
    overview = ask(SPECTOR_DB=case)
    assert overview.text.startswith("Operation Teapot")
    assert ask("--db", case) == ask("--db", case, SPECTOR_DB=str(tmp_path / "none.db")) == overview
    assert ask("--db", case, "arrests", SPECTOR_DB=str(tmp_path / "none.db")) == ask("arrests", SPECTOR_DB=case)
    assert ask("--db", tmp_path / "none.db", "arrests", "--db", case) == ask("arrests", SPECTOR_DB=case)
    refused(3, "--db", tmp_path / "none.db", say="no case file at")
    refused(2, "--db", "", say="it is empty")


def test_a_folder_with_mistakes_is_refused_and_changes_nothing(case: str, tmp_path: Path) -> None:
    folder = shutil.copytree(AWKWARD, tmp_path / "teapot")
    with (folder / "claims.csv").open("a") as claims:
        claims.write("arrests-teapot,cuont,1,,,iif-2031-05-02,,,,\narrests-teapot,count,1,,,,,,,\n")
    line = len((folder / "claims.csv").read_text().splitlines())
    db = Path(shutil.copy(case, tmp_path / "case.db"))
    done = ask("load", folder, "--db", db)
    assert (done.code, done.out) == (5, b"")
    first, second, last = done.err.splitlines()
    assert first.startswith(f"claims.csv:{line - 1}: unknown property 'cuont'")
    assert second.startswith(f"claims.csv:{line}: ")
    assert re.fullmatch("spector: .*2 mistakes; nothing was built", last)
    assert db.read_bytes() == Path(case).read_bytes()
    assert sorted(tmp_path.iterdir()) == [db, folder]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_load_that_is_stopped_leaves_the_old_case(
    case: str, large: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    db = Path(shutil.copy(case, tmp_path / "case.db"))
    with subprocess.Popen(
        [SPECTOR, "load", large, "--db", db], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        while process.poll() is None and not list(tmp_path.glob(".case.db.*.tmp")):
            time.sleep(0.001)
        while process.poll() is None and not any(file.stat().st_size for file in tmp_path.glob(".case.db.*.tmp")):
            time.sleep(0.001)  # until rows are written: Python loses what a signal raises in the middle of an import
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, b"", b"")
    assert list(tmp_path.iterdir()) == [db]
    assert db.read_bytes() == Path(case).read_bytes()


def test_ctrl_c_while_python_imports_us_shows_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)")
    done = subprocess.run([SPECTOR], env=environment(PYTHONPATH=str(tmp_path)), capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


ENDLESS = """
alter table entities rename to kept;
create view entities as with recursive n (i) as (select 1 union all select i + 1 from n) select kept.* from kept, n;
"""


@pytest.mark.parametrize(
    ("question", "number", "code"),
    [
        ("show tea", signal.SIGINT, 130),
        ("search tea", signal.SIGINT, 130),
        ("show tea", signal.SIGTERM, 143),
        ("search tea", signal.SIGHUP, 129),
    ],
)
def test_a_question_that_takes_long_can_be_stopped(
    case: str, tmp_path: Path, question: str, number: signal.Signals, code: int
) -> None:
    db = Path(shutil.copy(case, tmp_path / "case.db"))
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript(ENDLESS)
    seal(db)
    with subprocess.Popen(
        [SPECTOR, *question.split(), "--db", db], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        wait_until_busy(process)
        process.send_signal(number)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (code, b"", b"")


def test_a_signal_that_is_ignored_stays_so(case: str) -> None:
    """As nohup does it."""
    long = "with recursive n(i) as (select 1 union all select i + 1 from n limit 3000000) select max(i) as most from n"
    script = f'trap "" HUP; exec {SPECTOR} sql "{long}" -f csv'
    with subprocess.Popen(
        ["/bin/sh", "-c", script], env=environment(SPECTOR_DB=case), stdout=subprocess.PIPE
    ) as process:
        wait_until_busy(process)
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, b"most\n3000000\n")


# The bundled case


def test_the_first_question_builds_the_bundled_case_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "spector" / "case.db"
    first, second = (ask("arrests", "-f", "csv", XDG_DATA_HOME=str(tmp_path)) for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert first.told == f"spector: building the bundled case in {path}\n"
    assert second.told == ""
    assert first.out == second.out
    assert list(path.parent.iterdir()) == [path]


def test_an_outdated_bundled_case_is_built_again(home: str, tmp_path: Path) -> None:
    db = shutil.copytree(Path(home, "spector"), tmp_path / "spector") / "case.db"
    sql(db, "update about set value = 'of another version' where key = 'stamp'")
    assert "building" in ask("arrests", XDG_DATA_HOME=str(tmp_path)).err
    assert ask("arrests", XDG_DATA_HOME=str(tmp_path)).told == ""


def damage(db: Path) -> bytes:
    """Turn over a bit of the checksum of a case file, and return what is in it."""
    content = db.read_bytes()
    db.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    return db.read_bytes()


def test_the_bundled_case_is_mended_and_no_other(home: str, tmp_path: Path, case: str) -> None:
    answer = ask("arrests", XDG_DATA_HOME=home).out
    db = shutil.copytree(Path(home, "spector"), tmp_path / "spector") / "case.db"
    home = str(tmp_path)
    damage(db)
    done = ask("arrests", XDG_DATA_HOME=home)
    assert (done.code, done.out, done.told) == (0, answer, f"spector: building the bundled case in {db}\n")
    shutil.copy(case, db)
    own = damage(db)
    done = ask("arrests", XDG_DATA_HOME=home)
    assert (done.code, done.out) == (3, b"")
    assert done.err.startswith(f"spector: {db} was changed or damaged since it was built; build it again with: ")
    assert db.read_bytes() == own


def test_a_user_s_own_case_is_never_replaced(tmp_path: Path) -> None:
    assert ask("load", AWKWARD, XDG_DATA_HOME=str(tmp_path)).code == 0
    db = tmp_path / "spector" / "case.db"
    own = db.read_bytes()
    done = ask("operations", "-f", "csv", XDG_DATA_HOME=str(tmp_path))
    assert (done.code, done.err) == (0, "")
    assert "Teapot" in done.text
    assert db.read_bytes() == own


@pytest.mark.parametrize("kind", ["text", "foreign database", "folder"])
def test_what_is_no_case_is_not_replaced_either(case: str, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "spector" / "case.db"
    path.parent.mkdir()
    NO_CASE[kind](path, case)
    before = path.is_file() and path.read_bytes()
    refused(3, "arrests", say="is not a", XDG_DATA_HOME=str(tmp_path))
    assert (path.is_file() and path.read_bytes()) == before


# Files


@pytest.mark.parametrize(
    ("format", "suffix"), [(format.name, suffix) for format in FORMATS.values() for suffix in format.suffixes]
)
def test_the_suffix_of_a_file_tells_its_format(case: str, tmp_path: Path, format: str, suffix: str) -> None:
    piped = ask("arrests", "--format", format, SPECTOR_DB=case)
    for name in (f"answer{suffix}", f"ANSWER{suffix.upper()}"):
        done = ask("arrests", "--output", tmp_path / name, SPECTOR_DB=case)
        assert (done.code, done.out, done.told) == (0, b"", "")
        assert (tmp_path / name).read_bytes() == piped.out
    assert len(list(tmp_path.iterdir())) == 2


def test_format_beats_suffix(case: str, tmp_path: Path) -> None:
    assert ask("arrests", "-f", "json", "-o", tmp_path / "answer.csv", SPECTOR_DB=case).code == 0
    assert (tmp_path / "answer.csv").read_bytes() == ask("arrests", "-f", "json", SPECTOR_DB=case).out


def test_a_hyphen_is_stdout(case: str) -> None:
    assert ask("arrests", "-f", "csv", "-o", "-", SPECTOR_DB=case) == ask("arrests", "-f", "csv", SPECTOR_DB=case)


def test_a_file_is_replaced_whole_or_not_at_all(case: str, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.txt", tmp_path / "link.txt"
    kept.write_text("as it was")
    kept.chmod(0o640)
    link.symlink_to(kept)
    refused(2, "arrests", "-f", "timeline", "-o", link, SPECTOR_DB=case)
    assert kept.read_text() == "as it was"
    assert ask("arrests", "-o", link, SPECTOR_DB=case).code == 0
    assert kept.read_bytes() == ask("arrests", SPECTOR_DB=case).out
    assert (link.is_symlink(), kept.stat().st_mode & 0o777) == (True, 0o640)
    assert sorted(tmp_path.iterdir()) == [kept, link]


def test_a_file_in_a_folder_that_is_missing(case: str, tmp_path: Path) -> None:
    refused(6, "arrests", "-o", tmp_path / "no" / "answer.csv", say="there is no such folder", SPECTOR_DB=case)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", ["file", "/proc/none"])
@pytest.mark.parametrize("line", ["arrests", "load", "load --db {}/case.db"])
def test_where_a_case_cannot_be_built_another_place_is_named(tmp_path: Path, place: str, line: str) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / place
    done = ask(*line.format(home).split(), XDG_DATA_HOME=str(home))
    assert (done.code, done.out) == (6, b"")
    said = done.err.splitlines()[-1]
    assert re.fullmatch(f"spector: {home}/.*case.db cannot be written: .*with: spector load --db FILE, and .*", said)


def test_an_error_names_the_file_that_was_named(case: str) -> None:
    refused(6, "arrests", "-o", "/proc/answer.csv", say="/proc/answer.csv: No", SPECTOR_DB=case)


# The disk is full


@pytest.mark.parametrize(
    ("blocks", "line"), [(4, "load {case} --db {db}"), (4, "export xlsx -o {db}.xlsx"), (0, "arrests -o {db}.csv")]
)
def test_a_disk_that_is_full(case: str, tmp_path: Path, blocks: int, line: str) -> None:
    """SQLite and XlsxWriter each have an error of their own for it, and leave files behind."""
    db = Path(shutil.copy(case, tmp_path / "case.db"))
    settings = f"TMPDIR={tmp_path} PYTHONDONTWRITEBYTECODE=yes"  # Python would keep half of a module
    done = shell(f"export {settings}; ulimit -f {blocks}; spector {line.format(case=AWKWARD, db=db)}", case)
    assert (done.code, done.out) == (6, b""), done.err
    assert re.fullmatch("spector: .*\n", done.err), done.err
    assert list(tmp_path.iterdir()) == [db]
    assert db.read_bytes() == Path(case).read_bytes()


# The other end of stdout


def shell(line: str, case: str) -> Done:
    """Run a line of bash, in which ``spector`` is ours, and return the exit code of its first command."""
    script = f"{line}; exit ${{PIPESTATUS[0]}}"
    env = environment(SPECTOR_DB=case, PATH=f"{SPECTOR.parent}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=env, timeout=60)
    return Done(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.parametrize(
    ("line", "question"),
    [
        *(("{} > /dev/full", question) for question in ("arrests -f csv", "arrests -f json", "arrests", "timeline")),
        ("{} -o /dev/full --format md", "arrests"),
        *(("{} >&-", question) for question in ("arrests -f csv", "timeline")),
    ],
)
def test_stdout_that_takes_nothing(case: str, question: str, line: str) -> None:
    done = shell(line.format(f"spector {question}"), case)
    assert (done.code, done.out) == (6, b""), done.err
    assert re.fullmatch("spector: .*\n", done.err), done.err


@pytest.mark.parametrize(
    "line", ["", "--help", "--version", "arrests -h", "cite --all", "load --check", "sql --show arrests"]
)
def test_stdout_that_takes_nothing_of_what_is_no_answer_either(case: str, line: str) -> None:
    for one in (ask_full(*line.split(), SPECTOR_DB=case), shell(f"spector {line} >&-", case)):
        assert (one.code, one.out) == (6, b""), one.err
        assert re.fullmatch("spector: .*\n", one.err), one.err


def test_a_closed_stdout_does_not_matter_to_a_file(case: str, tmp_path: Path) -> None:
    done = shell(f"spector arrests -o {tmp_path / 'answer.csv'} >&-", case)
    assert (done.code, done.told) == (0, "")
    assert (tmp_path / "answer.csv").read_bytes() == ask("arrests", "-f", "csv", SPECTOR_DB=case).out


@pytest.mark.parametrize("name", ["dot", "folder"])
def test_an_export_goes_to_no_pipe(case: str, name: str) -> None:
    done = shell(f"spector export {name} -o /dev/stdout | cat", case)
    assert (done.code, done.out) == (6, b"")
    assert re.fullmatch("spector: /dev/stdout: .*; name (another|a new one)\n", done.err), done.err


@pytest.mark.parametrize(
    "line", ["arrests -o x.csv", "export dot -o x.dot", "report -o x.md", "init x", "verify --copies .", ""]
)
def test_the_working_folder_is_gone(case: str, tmp_path: Path, line: str) -> None:
    done = shell(f"mkdir {tmp_path}/gone && cd {tmp_path}/gone && rmdir {tmp_path}/gone && spector {line}", case)
    whole = (0, "") if not line else (6, "spector: the working folder: No such file or directory\n")
    assert (done.code, done.err, bool(done.out)) == (*whole, not line)


@pytest.mark.parametrize("stderr", ["2> /dev/full", "2>&-"])
@pytest.mark.parametrize(("line", "code"), [("spector nope", 2), ("spector show xyzzy", 3), ("spector arrests", 0)])
def test_exit_codes_need_no_stderr(case: str, line: str, code: int, stderr: str) -> None:
    assert shell(f"{line} {stderr}", case).code == code


@pytest.fixture(scope="module")
def large_case(large: Path) -> str:
    return build(large, large.parent / "large.db")


@pytest.mark.parametrize("format", ["csv", "timeline"])
def test_the_reader_goes_away(large_case: str, format: str) -> None:
    done = shell(f"spector timeline -f {format} | head -n 1", large_case)
    assert (done.code, done.err, done.out.count(b"\n")) == (141, "", 1)


@pytest.mark.parametrize("line", ["--help", "", "arrests", "cite --all", "load --check"])
def test_the_reader_was_never_there(case: str, line: str) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as out:
        done = subprocess.run(
            [SPECTOR, *line.split()], stdout=out, stderr=subprocess.PIPE, env=environment(SPECTOR_DB=case), timeout=60
        )
    assert done.returncode in {141, -signal.SIGPIPE}
    assert done.stderr == b""


# The end of a process, which does not wait for Python's own


@pytest.mark.parametrize(
    "line", ["arrests -f csv", "timeline", "show xyzzy", "arrests --country", "sql --show arrests"]
)
def test_a_process_of_its_own_ends_as_what_it_runs(case: str, line: str) -> None:
    assert run(*line.split(), SPECTOR_DB=case) == ask(*line.split(), SPECTOR_DB=case)


@pytest.mark.parametrize("format", ["csv", "jsonl", "table"])
def test_nothing_that_was_written_is_lost_at_the_end(case: str, tmp_path: Path, format: str) -> None:
    many = (
        "with recursive n(i) as (select 1 union all select i + 1 from n limit 300) "
        "select printf('%0500d', i) as x from n"
    )
    asked = shlex.join(["spector", "sql", many, "-f", format])
    done = shell(f"{asked} > {tmp_path / 'out'}; {asked} -o {tmp_path / 'whole'}; {asked} | cat", case)
    assert (done.code, done.err) == (0, "")
    assert done.out == (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()
    assert len(done.out) > 100_000


WATCHERS = {
    "none": "",
    "profiler": "sys.setprofile(lambda *frame: None)",
    "debugger": "sys.settrace(lambda *frame: None)",
    "monitor": "sys.monitoring.use_tool_id(sys.monitoring.COVERAGE_ID, 'watcher')",
}


@pytest.mark.parametrize(
    ("line", "code", "watcher"), [*(("arrests", 0, watcher) for watcher in WATCHERS), ("show xyzzy", 3, "profiler")]
)
def test_what_watches_a_process_has_the_last_word(
    case: str, tmp_path: Path, watcher: str, line: str, code: int
) -> None:
    """As coverage does, which writes its file at the end."""
    if watcher == "monitor" and sys.version_info < (3, 12):
        pytest.skip("Python has no monitors yet")
    ended = tmp_path / "ended"
    written = f"import atexit, pathlib, sys\natexit.register(pathlib.Path({str(ended)!r}).touch)\n{WATCHERS[watcher]}\n"
    (tmp_path / "sitecustomize.py").write_text(written)
    assert run(*line.split(), SPECTOR_DB=case, PYTHONPATH=str(tmp_path)).code == code
    assert ended.exists() == (watcher != "none")


def test_a_pipe_gets_every_row_and_a_terminal_a_thousand(large_case: str) -> None:
    def events(text: str) -> int:
        return len(re.findall(r"Tea is poured for", text))

    piped = ask("timeline", SPECTOR_DB=large_case)
    drawn, everything = (draw("timeline", *more, columns=100, SPECTOR_DB=large_case) for more in ((), ("--all",)))
    assert (events(piped.text), events(everything.text)) == (EVENTS, EVENTS)
    assert 900 < events(drawn.text) <= 1000
    assert re.search(r"[\d,]+ more rows are not shown; .*--all", SGR.sub("", drawn.text).splitlines()[-1])


# The environment


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("arrests --help", ["", "abc", "0", "-80", "8", "٤٠", "9" * 20, "9" * 5000]),
        ("arrests", ["", "abc", "8"]),
        ("--help", ["abc"]),
    ],
)
def test_a_width_that_is_none_is_passed_over(case: str, values: list[str], line: str) -> None:
    usual = ask(*line.split(), cwd=None, SPECTOR_DB=case)
    assert usual.code == 0
    for value in values:
        sizes = dict.fromkeys(("COLUMNS", "LINES", "TERMINAL_WIDTH"), value)
        assert ask(*line.split(), cwd=None, SPECTOR_DB=case, **sizes) == usual, value


@pytest.mark.parametrize(
    ("shell", "told"),
    [
        *((shell, {}) for shell in ("bash", "zsh", "fish", "powershell", "pwsh")),
        ("bash", {"COMP_WORDS": "spector "}),
        ("bash", {"COMP_CWORD": "1"}),
        *(("bash", {"COMP_WORDS": "spector ", "COMP_CWORD": number}) for number in ("", "-1", "٣", "9" * 5000)),
        ("bash", {"COMP_WORDS": 'spector "', "COMP_CWORD": "1"}),
    ],
)
def test_a_shell_that_says_too_little_is_offered_nothing_wrong(shell: str, told: dict[str, str]) -> None:
    done = ask(cwd=None, _SPECTOR_COMPLETE=f"complete_{shell}", **told)
    assert (done.code, done.err) == (0, "")


def origin(done: Done) -> tuple[str, str]:
    """Return the place that the last frame of a traceback names."""
    *_, (file, function) = re.findall(r'File ".*/spectorcli/(\S+)", line \d+, in (\w+)', done.err)
    return file, function


def test_where_a_refusal_comes_from_is_shown_on_demand(case: str, tmp_path: Path) -> None:
    plain, also_plain = (ask("show", "xyzzy", SPECTOR_DB=case, SPECTOR_DEBUG=value) for value in ("", "0"))
    shown = ask("show", "xyzzy", SPECTOR_DB=case, SPECTOR_DEBUG="1")
    assert plain == also_plain
    assert (shown.code, shown.out) == (plain.code, plain.out)
    assert shown.err.startswith("Traceback (most recent call last):\n")
    assert shown.err.endswith(f"\nspectorcli.errors.NotFound: {plain.err.removeprefix('spector: ')}{plain.err}")
    assert origin(shown) == ("answers/show.py", "show")
    refused = ask("load", tmp_path, "--db", tmp_path / "case.db", SPECTOR_DEBUG="1")
    assert (refused.code, origin(refused)) == (3, ("folder/read.py", "_claim_files"))


# Help and completion


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_in_the_help_runs(home: str, tmp_path: Path, command: str) -> None:
    init(tmp_path / "mycase", bundled=False)
    (tmp_path / "copies").mkdir()
    (tmp_path / "story.md").write_text("Operation SpecTor ended with 288 arrests.")
    done = ask(*EXAMPLES[command], cwd=tmp_path, XDG_DATA_HOME=home)
    assert done.code == 0
    assert done.out or done.err or len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str) -> None:
    done = ask(option)
    assert (done.code, done.err) == (0, "")
    assert set(COMMANDS) <= set(done.text.split())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_takes_the_shared_options(case: str, tmp_path: Path, question: str) -> None:
    file = tmp_path / "answer.jsonl"
    assert ask(*words(question), "--db", case, "--format", "json", "--output", file).code == 0
    assert isinstance(json.loads(file.read_bytes()), list)


def test_version() -> None:
    assert run("--version") == Done(0, f"spector {__version__}\n".encode(), "")


def test_python_m_is_the_same(case: str) -> None:
    asked = [sys.executable, "-m", "spectorcli", "show", "nobody"]
    done = subprocess.run(asked, capture_output=True, env=environment(SPECTOR_DB=case))
    assert Done(done.returncode, done.stdout, done.stderr.decode()) == run("show", "nobody", SPECTOR_DB=case)


NOTHING = (" ", "(nothing)")
"""What keeps Bash from offering files: words that begin differently, of which it inserts none."""


def offered(*typed: str, **env: str) -> set[str]:
    """Return what is offered for the last word, which is being typed."""
    done = complete(*typed, **env)
    assert (done.code, done.err) == (0, "")
    return set(done.text.split("\n")) - {"", *NOTHING}


def test_commands_are_completed() -> None:
    assert offered("") == set(COMMANDS)
    assert offered("arr") == {"arrests"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("arrests", "--country", ""), {"AQ", "DE", "GN", "GQ", "GW", "IN", "JP", "NO"}),
        (("arrests", "--country", "G"), {"GN", "GQ", "GW", "Germany"}),
        (("timeline", "--person", "ana-"), {"ana-kettle", "ana-kettle-jr"}),
        (("timeline", "--market", ""), {"bazaar", "bazaar-ii", "sic-market", "yokocho"}),
        (("arrests", "--operation", "teap"), {"teapot", "teapot-ii"}),
        (("arrests", "--country", "Ger"), {"Germany"}),
        (("arrests", "--country", "equat"), {"equatorial\\ Guinea"}),
        (("show", "Ana"), {"Ana\\ Kettle", "Ana\\ Kettle,\\ Jr."}),
        (("show", "kett"), {"kettle", "kettle,\\ Jr.", "kettle-no"}),
        (("why", "DE", "cou"), {"count", "countries"}),
        (("seizures", "--kind", "d"), {"drugs"}),
        (("fields", "arr"), {"arrests"}),
        (("check", "--kind", "same"), {"same-name"}),
        (("arrests", "--format", "js"), {"json", "jsonl"}),
        (("list", "arr"), {"arrests"}),
        (("report", "--subject", "Ana"), {"Ana\\ Kettle", "Ana\\ Kettle,\\ Jr."}),
    ],
)
def test_words_are_completed(case: str, typed: tuple[str, ...], words: set[str]) -> None:
    assert offered(*typed, SPECTOR_DB=case) == words


WANTED = ("load", "load x", "diff", "arrests -o", "show --db", "verify --case")
UNWANTED = ("show", "search", "sql", "timeline --from", "sql --limit", "zz")
"""Where a file may be named next, and where not."""


@pytest.mark.parametrize(("typed", "files"), [*((one, False) for one in UNWANTED), *((one, True) for one in WANTED)])
def test_files_are_offered_where_they_are_wanted(case: str, typed: str, files: bool) -> None:
    done = complete(*typed.split(), "zz", SPECTOR_DB=case)
    assert (done.code, done.text.split("\n")[:-1]) == (0, [""] if files else [*NOTHING])


@pytest.mark.parametrize(("typed", "files"), [(UNWANTED[0], False), (WANTED[0], True)])
def test_each_shell_is_told_in_its_own_way(case: str, typed: str, files: bool) -> None:
    told = {"SPECTOR_DB": case, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    zsh, fish = (complete(typed, "zz", shell=shell, **told) for shell in ("zsh", "fish"))
    assert (zsh.code, zsh.text) == (0, "_files\n" if files else ":\n")
    assert (fish.code, fish.text.strip()) == (1 if files else 0, "")


def test_each_path_says_to_a_shell_that_it_is_one() -> None:
    """What is described by Typer alone has no completer, and then no files either."""
    rooms = {file.name: file.read_text(encoding="utf-8") for file in Path(cli.__file__).parent.glob("*.py")}
    del rooms["options.py"]
    assert [name for name, text in rooms.items() if re.search(r"typer\.(Option|Argument)\([^)]*parser=", text)] == []


@pytest.mark.parametrize(
    ("shell", "code", "files"), [("zsh", 0, {".zfunc/_spector", ".zshrc"}), ("tcsh", 2, set[str]())]
)
def test_completion_is_installed_for_the_shell_that_is_named(
    tmp_path: Path, shell: str, code: int, files: set[str]
) -> None:
    done = ask("--db", "x", "--install-completion", shell, HOME=str(tmp_path))
    assert done.code == code, done.err
    assert {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if one.is_file()} == files


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_names_are_offered_as_they_are(case: str, shell: str) -> None:
    assert "Market [sic] [/]" in complete("timeline", "--market", "sic", shell=shell, SPECTOR_DB=case).text


@pytest.mark.parametrize("kind", NO_CASE)
def test_without_a_case_nothing_is_offered(case: str, tmp_path: Path, kind: str) -> None:
    NO_CASE[kind](tmp_path / "case.db", case)
    assert not offered("arrests", "--country", "", SPECTOR_DB=str(tmp_path / "case.db"))


def test_a_warning_of_a_library_ends_no_answer(case: str, tmp_path: Path) -> None:
    (tmp_path / "jinja2.py").write_text(
        "import warnings\nwarnings.warn('old', DeprecationWarning)\nraise ImportError\n"
    )
    strict = {"PYTHONPATH": str(tmp_path), "PYTHONWARNINGS": "error", "SPECTOR_DB": case}
    done = run("report", "-f", "md", cwd=None, **strict)
    assert (done.code, done.err) == (6, "spector: a report needs more: pip install 'spector-cli[report]'\n")
