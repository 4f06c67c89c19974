"""SQL of the user's own reads this case and nothing else, ends within its limits, and is answered in every format."""

import hashlib
import re
import signal
import subprocess
import sys
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from time import monotonic

import pytest
from terminal import QUESTIONS, SPECTOR, Done, ask, draw, environment, wait_until_busy

from spectorcli.answers import sandbox
from spectorcli.database import open_database
from spectorcli.errors import LimitReached
from spectorcli.output import FORMATS
from spectorcli.statements import questions, statement

MOST = 300_000
"""Kilobytes that a statement may take, with Python and everything."""

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) "

LONG = "printf('%.900000c', 'a')"

ALONE = Path("case.db")


@pytest.fixture
def alone(case: str, tmp_path: Path) -> Path:
    """A folder with nothing but a case file."""
    (tmp_path / ALONE).write_bytes(Path(case).read_bytes())
    return tmp_path


def fingerprint(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""Runs a program from a small one: Linux counts the memory of who starts a program as its own."""


def measured(folder: Path, *words: str) -> tuple[int, str, float, int]:
    """Return exit code, stderr, seconds and kilobytes of a run in a folder, which it must leave as it was."""
    before = fingerprint(folder)
    begin = monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, SPECTOR, "sql", *words], cwd=folder, env=environment(SPECTOR_DB=str(ALONE)),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert fingerprint(folder) == before
    return done.returncode, done.stderr, monotonic() - begin, int(done.stdout)


# what it may not do

ATTACKS = (
    "attach 'file:case.db?mode=rw' as o",
    "attach 'case.db' as o; delete from o.claims",
    "attach 'new.db' as o",
    "attach ':memory:' as o",
    "detach main",
    "vacuum into 'copy.db'",
    "vacuum",
    "delete from claims",
    "update facts set value = 1",
    "insert into claims (id) values (1)",
    "replace into about values ('title', 'x')",
    "drop table claims",
    "create table t (a)",
    "create temp table t (a)",
    "create temp view t as select 1",
    "create virtual table t using fts5(a)",
    "create index i on claims (at)",
    "alter table claims rename to c",
    "insert into search (search) values ('delete-all')",
    "begin immediate",
    "savepoint s",
    "analyze",
    "reindex",
    "pragma query_only = off",
    "pragma writable_schema = on",
    "pragma journal_mode = wal",
    "pragma user_version = 7",
    "pragma temp_store_directory = '.'",
    "pragma database_list",
    "pragma hard_heap_limit = 0",
    "pragma wal_checkpoint",
    "select * from pragma_database_list",
    "select * from dbstat",
    "select load_extension('x.so')",
    "select hex(fts3_tokenizer('simple'))",
    "select fts5(null)",
    "select sqlite_compileoption_get(1)",
    "select randomblob(8)",
    "select writefile('x', 'y')",
    "select readfile('/etc/passwd')",
    "with d as (delete from claims returning *) select * from d",
    "explain delete from claims",
)


@pytest.mark.parametrize("statement", ATTACKS)
def test_an_attack_changes_nothing(alone: Path, statement: str) -> None:
    before = fingerprint(alone)
    done = ask("sql", statement, cwd=alone, SPECTOR_DB=str(ALONE))
    assert (done.code, done.out) == (2, b"")
    assert re.fullmatch("spector: .*\n", done.err)
    assert fingerprint(alone) == before


WALLS = {
    "attach ':memory:' as o": "too many attached databases - max 0",
    "create temp table t (a)": "attempt to write a readonly database",  # by query_only
    "pragma query_only = off": "",
    "delete from links": "attempt to write a readonly database",  # by mode=ro
    "select zeroblob(1000001)": "string or blob too big",
}
"""What stops an attack that got past the authorizer, in this order."""


def test_each_wall_stands_without_the_others(case: str) -> None:
    """In a Python of its own, for the limit of memory holds for the whole of it."""
    probe = """
import sqlite3, sys
from pathlib import Path
from spectorcli.answers import sandbox
walled = sandbox._connect_walled(Path(sys.argv[1]))
walled.set_authorizer(None)
for statement in sys.argv[2:]:
    try:
        walled.execute(statement).fetchall()
        print()
    except sqlite3.Error as error:
        print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", probe, case, *WALLS], capture_output=True, text=True, env=environment(), check=True
    )
    assert done.stdout.splitlines() == list(WALLS.values())


def test_only_listed_functions_run(case: str) -> None:
    """Asked of SQLite itself: every function that there is, with every number of arguments up to four."""
    probe = """
import sqlite3, sys
from pathlib import Path
from spectorcli.answers import sandbox
free = sqlite3.connect(":memory:")
names = {name for (name,) in free.execute("select distinct name from pragma_function_list")}
walled = sandbox._connect_walled(Path(sys.argv[1]))
for name in sorted(names):
    for number in range(5):
        try:
            walled.execute(f'select "{name}"({", ".join("1" * number)})').fetchall()
            print(name)
        except (sqlite3.Error, MemoryError):
            pass
"""
    done = subprocess.run(
        [sys.executable, "-c", probe, case], capture_output=True, text=True, env=environment(), check=True
    )
    assert "upper" in done.stdout.split()
    assert set(done.stdout.split()) <= sandbox._FUNCTIONS


# where it ends

BOMBS = {
    "endless": ENDLESS + "select count(*) from n",
    "sort": ENDLESS + "select i from n order by i desc",
    "in C": "select instr(printf('%.900000c', 'a'), printf('%.450000c', 'a') || 'b')",
    "compiling": "with c0(i) as (select 1), "
    + ", ".join(f"c{n}(i) as (select a.i from c{n - 1} a, c{n - 1} b)" for n in range(1, 30))
    + " select count(*) from c29",
    "blob": "select hex(printf('%.900000c', 'a'))",
    "format": "select printf('%.*c', 2000000000, 'a')",
    "replace": f"select replace({LONG}, 'a', {LONG})",
    "concat": ENDLESS + "select group_concat(printf('%.1000c', i)) from n",
    "distinct": ENDLESS + f"select count(distinct {LONG} || i) from n",
    "wide": f"select {', '.join([LONG] * 190)}",
    "deep": f"select {'(' * 900}1{')' * 900}",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_its_limits(alone: Path, name: str) -> None:
    code, said, seconds, kilobytes = measured(alone, BOMBS[name], "--timeout", "0.1")
    assert code == (2 if name == "deep" else 4), said
    assert re.fullmatch("spector: .*\n", said)
    assert seconds < 20  # of which it may take a third; each would run for a day
    assert kilobytes < MOST


def test_no_number_of_seconds_is_no_limit(alone: Path) -> None:
    code, said, _, _ = measured(alone, "select 1", "--timeout", "nan")
    assert (code, said) == (2, "spector: --timeout takes a number of seconds, not nan\n")


def test_memory_ends_before_the_time_does(alone: Path) -> None:
    code, said, _, kilobytes = measured(alone, BOMBS["distinct"], "--timeout", "20")
    assert (code, said) == (4, "spector: the statement needs more than 100 MB of memory\n")
    assert kilobytes < MOST


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        (BOMBS["endless"], signal.SIGINT),
        (BOMBS["in C"], signal.SIGTERM),
        (ENDLESS + "select i from n", signal.SIGINT),
        (ENDLESS + "select i from n", signal.SIGTERM),
    ],
)
def test_a_signal_ends_it_at_once(alone: Path, statement: str, number: signal.Signals) -> None:
    before = fingerprint(alone)
    words = [str(SPECTOR), "sql", statement, "--limit", "0", "-o", "out.csv"]
    child = subprocess.Popen(words, cwd=alone, env=environment(SPECTOR_DB=str(ALONE)))
    wait_until_busy(child)
    child.send_signal(number)
    assert child.wait(timeout=20) == 128 + number  # each would run for a day
    assert fingerprint(alone) == before


def test_rows_beyond_the_limit_are_told(case: str) -> None:
    done = ask("sql", ENDLESS + "select i from n", "-f", "tsv", SPECTOR_DB=case)
    assert (done.code, done.err) == (0, "spector: these are the first 10,000 rows; all of them: --limit 0\n")
    assert done.text == "i\n" + "".join(f"{number}\n" for number in range(1, 10_001))


@pytest.mark.parametrize(("limit", "rows"), [("1", 1), ("3", 3), ("4", 3), ("0", 3)])
def test_a_limit_of_ones_own(case: str, limit: str, rows: int) -> None:
    done = ask("sql", "values (1), (2), (3)", "--limit", limit, "-f", "csv", SPECTOR_DB=case)
    told = f"spector: these are the first {limit} rows; all of them: --limit 0\n" if rows == 1 else ""
    assert (done.code, done.text.count("\n"), done.err) == (0, rows + 1, told)


def test_without_a_limit_rows_stream(case: str) -> None:
    statement = ENDLESS + "select i from n limit 60000"
    assert ask("sql", statement, "--limit", "0", "-f", "jsonl", SPECTOR_DB=case).text.endswith('\n{"i": 60000}\n')


def test_a_long_answer_ends_before_memory_does(alone: Path) -> None:
    code, said, _, kilobytes = measured(alone, ENDLESS + f"select {LONG} from n")
    assert (code, said) == (0, "spector: these are the first 17 rows; all of them: --limit 0\n")
    assert kilobytes < MOST


def test_numbers_and_columns_count_as_text_does(alone: Path) -> None:
    statement = ENDLESS + f"select {', '.join(['i'] * 2000)} from n"
    code, said, seconds, kilobytes = measured(alone, statement)
    assert (code, said) == (0, "spector: these are the first 125 rows; all of them: --limit 0\n")
    assert kilobytes < MOST / 3
    assert seconds < 20
    done = ask("sql", f"select {', '.join('1' * 2001)}", SPECTOR_DB=str(alone / ALONE))
    assert (done.code, done.err) == (2, "spector: an answer has 2,000 columns at most; name those that you need\n")


def test_a_table_in_a_pipe_takes_no_more_memory_than_a_short_one(alone: Path) -> None:
    statement = ENDLESS + "select i, 'row ' || i as text, null as empty from n limit "
    (code, _, _, short), (_, _, _, long) = (
        measured(alone, statement + rows, "--limit", "0") for rows in ("9", "30000")
    )
    assert code == 0
    assert long < short * 1.5


def test_a_picture_counts_as_time(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "thread_time", count(step=9).__next__)
    statement = ENDLESS + "select i from n limit 1500"
    rows = iter(sandbox.query(Path(case), statement, {}, rows=0, seconds=5, tell=print).rows)
    assert len(list(islice(rows, 1000))) == 1000
    with pytest.raises(LimitReached, match="stopped after 5 s"):
        next(rows)


def test_a_reader_that_stops_ends_it(alone: Path) -> None:
    line = f'"{SPECTOR}" sql --limit 0 -f csv "{ENDLESS} select i from n" | head -n 2'
    done = subprocess.run(
        line, shell=True, cwd=alone, env=environment(SPECTOR_DB=str(ALONE)), capture_output=True, timeout=9
    )
    assert (done.stdout, done.stderr) == (b"i\n1\n", b"")


# what it answers

ODD = (
    "select 1 as a, 2 as a, 3 as a_2, x'00ff' as blob, 9e999 as b, 9223372036854775807 as c, null as d, '' as \"|\x1b\""
)

ANSWERS = {
    "csv": "a,a_2,a_2_2,blob,b,c,d,|\\x1b\n1,2,3,x'00ff',inf,9223372036854775807,,\n",
    "tsv": "a\ta_2\ta_2_2\tblob\tb\tc\td\t|\\x1b\n1\t2\t3\tx'00ff'\tinf\t9223372036854775807\t\t\n",
    "json": '[\n  {"a": 1, "a_2": 2, "a_2_2": 3, "blob": "x\'00ff\'", "b": "inf", "c": 9223372036854775807, '
    '"d": null, "|\\\\x1b": ""}\n]\n',
    "jsonl": '{"a": 1, "a_2": 2, "a_2_2": 3, "blob": "x\'00ff\'", "b": "inf", "c": 9223372036854775807, '
    '"d": null, "|\\\\x1b": ""}\n',
    "md": "| a | a_2 | a_2_2 | blob | b | c | d | \\|\\\\x1b |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
    "| 1 | 2 | 3 | x'00ff' | inf | 9223372036854775807 |  |  |\n",
    "table": "SQL\na  a_2  a_2_2  blob     b                      c  d  |\\x1b\n"
    "1    2      3  x'00ff'  inf  9223372036854775807\n",
}


@pytest.mark.parametrize("format", ANSWERS)
def test_odd_values_in_every_format(case: str, format: str) -> None:
    assert ANSWERS.keys() == FORMATS.keys() - {"timeline", "svg"}
    assert ask("sql", ODD, "-f", format, SPECTOR_DB=case) == Done(0, ANSWERS[format].encode(), "")


@pytest.mark.parametrize("format", ANSWERS)
def test_no_rows(case: str, format: str) -> None:
    statement = "select id, name from markets where id = 'nothing'"
    answers = {"csv": "id,name\n", "tsv": "id\tname\n", "json": "[]\n", "jsonl": "", "table": "SQL\nnothing found\n"}
    expected = answers.get(format, "| id | name |\n| --- | --- |\n")
    assert ask("sql", statement, "-f", format, SPECTOR_DB=case) == Done(0, expected.encode(), "")


def test_columns_that_questions_draw_in_their_own_way_are_plain(case: str) -> None:
    statement = "select 'x' as share, 'y' as dispute, 'z' as grade, 12345 as value, 'w' as also"
    done = ask("sql", statement, SPECTOR_DB=case)
    assert done.text == "SQL\nshare  dispute  grade  value  also\nx      y        z      12345  w\n"


def test_what_does_not_fit_is_drawn_row_by_row(case: str) -> None:
    done = draw("sql", "select 1 as n, printf('%.30c', 'a') as a, null as b", columns=30, NO_COLOR="1", SPECTOR_DB=case)
    assert done.text == f"SQL\nrow 1\n  n 1\n  a {'a' * 30}\n"


REFUSED = {
    "": 'there is no statement in it; try: spector sql "select * from arrests"',
    "-- only a comment": 'there is no statement in it; try: spector sql "select * from arrests"',
    "select 1; select 2": "sqlite says: You can only execute one statement at a time.",
    "selec 1": 'sqlite says: near "selec": syntax error',
    "select * from arests": "sqlite says: no such table: arests; did you mean 'arrests'?",
    "select contry from arrests": "sqlite says: no such column: contry; did you mean 'country'?",
    "select ?": "sqlite says: Binding 1 has no name, but you supplied a dictionary (which has only names).",
    "select cast(x'ff' as text) as a": "sqlite says: Could not decode to UTF-8 column 'a' with text '\ufffd'",
    "select 1 \udcff": "the argument b'select 1 \\xff' is not UTF-8",
}


@pytest.mark.parametrize("typed", [".tables", "  .schema arrests", ".help", r"\d", "show tables", "DESCRIBE arrests"])
def test_what_other_shells_are_asked_with_leads_to_fields(case: str, typed: str) -> None:
    done = ask("sql", typed, SPECTOR_DB=case)
    assert (done.code, done.out) == (2, b"")
    assert done.err == f"spector: '{typed.split()[0]}' is not SQL; for tables and their columns: spector fields\n"


@pytest.mark.parametrize("statement", REFUSED)
def test_a_bad_statement(case: str, statement: str) -> None:
    done = ask("sql", statement, SPECTOR_DB=case)
    assert (done.code, done.out) == (2, b"")
    assert done.err == f"spector: {REFUSED[statement]}\n"


def test_nothing_or_too_much_is_asked(case: str) -> None:
    for words in ((), ("select 1", "--show", "arrests")):
        done = ask("sql", *words, SPECTOR_DB=case)
        assert (done.code, done.out) == (2, b"")
        assert done.err == 'spector: give a statement, such as "select * from arrests", or --show QUESTION\n'


@pytest.mark.parametrize(("wall", "stands"), [("query_only", 1), ("trusted_schema", 0), ("cell_size_check", 1)])
def test_no_question_trusts_what_is_in_a_case_file(case: str, wall: str, stands: int) -> None:
    """A view in it could else call a function that does more than compute."""
    with closing(open_database(Path(case))) as opened:
        assert opened.execute(f"pragma {wall}").fetchone() == (stands,)


# parameters, and the SQL of questions


def test_parameters_are_text_and_null_if_not_given(case: str) -> None:
    statement = "select :a as a, @b as b, $c as c, typeof(:a) as type"
    done = ask("sql", statement, "-p", "a", "1", "-p", "b", "x' or 1 --", "-f", "jsonl", SPECTOR_DB=case)
    assert done.text == '{"a": "1", "b": "x\' or 1 --", "c": null, "type": "text"}\n'


@pytest.mark.parametrize(("statement", "known"), [("select :b, :a", "there are: a, b"), ("select 1", "there are none")])
def test_a_parameter_that_is_not_there(case: str, statement: str, known: str) -> None:
    done = ask("sql", statement, "-p", "c", "1", SPECTOR_DB=case)
    assert (done.code, done.err) == (2, f"spector: no parameter 'c' in the statement; {known}\n")


@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"timeline", "table", "md", "svg"}))
def test_the_sql_of_a_question_answers_as_the_question_does(bundled: str, format: str) -> None:
    shown = ask("sql", "--show", "arrests", SPECTOR_DB=bundled).text
    assert shown == statement("questions/arrests")
    asked = ask("sql", shown, "-p", "country", "DE", "-p", "operation", "spector", "-f", format, SPECTOR_DB=bundled)
    assert asked.out == ask("arrests", "--country", "DE", "-f", format, SPECTOR_DB=bundled).out
    assert "arrests-spector-de" in asked.text


@pytest.mark.parametrize("question", questions())
def test_the_sql_of_every_question_is_allowed(case: str, question: str) -> None:
    shown = ask("sql", "--show", question, SPECTOR_DB=case)
    done = ask("sql", shown.text, "-f", "csv", SPECTOR_DB=case)
    assert (shown.code, done.code, done.told) == (0, 0, "")


@pytest.mark.parametrize("question", questions())
def test_an_empty_filter_restricts_nothing(case: str, question: str) -> None:
    """Of a form, as Datasette makes one of a question, an empty field is an empty text."""
    shown = statement(f"questions/{question}")
    empty = [word for name in sorted(set(re.findall(r":([a-z]+)", shown))) for word in ("-p", name, "")]
    asked = [ask("sql", shown, *words, "-f", "csv", SPECTOR_DB=case) for words in ([], empty)]
    assert asked[0] == asked[1]


def test_the_sql_of_an_unknown_question(case: str) -> None:
    done = ask("sql", "--show", "arests", SPECTOR_DB=case)
    assert (done.code, done.out) == (3, b"")
    start = "spector: no question 'arests'; did you mean 'arrests'?; there are: agencies, arrests, "
    assert done.err.startswith(start)


@pytest.mark.parametrize("internal", ["candidates", "graph", "overview", "../checks/no-claims", "schema"])
def test_the_sql_of_what_is_no_question_is_not_shown(case: str, internal: str) -> None:
    done = ask("sql", "--show", internal, SPECTOR_DB=case)
    assert (done.code, done.out) == (3, b"")
    assert done.err.endswith(f"; there are: {', '.join(questions())}\n")


def test_questions_are_commands() -> None:
    assert set(questions()) <= set(QUESTIONS)
