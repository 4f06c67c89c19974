"""A question starts fast: what is costly to import is imported only by the command that needs it."""

import shutil
import sys
from pathlib import Path

import platformdirs
import pytest
from terminal import AWKWARD, COMMANDS, QUESTIONS, imported, run, words

from spectorcli.bundled import default_path
from spectorcli.cli.main import alone, rooms
from spectorcli.output import FORMATS

LOADING = {"pycountry", "sqlite_utils"}
COSTLY = LOADING | {"http", "pydantic"}
"""What no question may import; http comes by way of xml.sax, pydantic with newer versions of Typer."""

ASKING = [question for question in QUESTIONS if question not in ("diff", "read")]
"""What only reads a case file; diff may have to build one of a folder, read knows countries that the case has not."""


@pytest.mark.parametrize("question", ASKING)
def test_an_answer_for_a_machine_needs_no_rich(case: str, question: str) -> None:
    assert not imported(*words(question), "-f", "csv", SPECTOR_DB=case) & (COSTLY | {"rich"})


@pytest.mark.parametrize("format", FORMATS)
def test_only_a_picture_needs_rich(case: str, format: str) -> None:
    found = imported("timeline", "-f", format, SPECTOR_DB=case)
    assert not found & COSTLY
    assert ("rich" in found) == (FORMATS[format].drawn or format == "svg")


@pytest.mark.parametrize("question", ASKING)
def test_a_picture_needs_no_more(case: str, question: str) -> None:
    assert imported(*words(question), SPECTOR_DB=case) & (COSTLY | {"rich"}) == {"rich"}


def test_reading_needs_names_of_countries_and_no_more(case: str) -> None:
    assert imported(*words("read"), "-f", "csv", SPECTOR_DB=case) & (COSTLY | {"rich"}) == {"pycountry"}


def test_loading_needs_them(tmp_path: Path) -> None:
    """The guard above looks for names that do turn up where they should."""
    assert imported("load", AWKWARD, "--db", tmp_path / "case.db") >= LOADING


# One command is built, or all


ROOMS = {room.__name__ for _, room in rooms()}


@pytest.mark.parametrize("command", COMMANDS)
def test_only_the_command_that_is_asked_for_is_built(command: str) -> None:
    app = alone(command)
    assert app
    built = [one.name for one in app.registered_commands] + [one.name for one in app.registered_groups]
    assert built == [command]


@pytest.mark.parametrize("asked", ["", "--help", "--version", "arrest", "ARRESTS"])
def test_for_any_other_word_all_are_built(asked: str) -> None:
    assert alone(asked) is None


def test_a_question_imports_no_other_room_of_commands(case: str) -> None:
    found = imported("arrests", SPECTOR_DB=case)
    assert ROOMS & found == {"spectorcli.cli.look"}


def test_a_word_that_is_no_command_is_compared_with_all() -> None:
    done = run("arests")
    assert (done.code, done.err) == (
        2,
        "spector: No such command 'arests'. Did you mean 'arrests', 'markets'? (see --help)\n",
    )


def test_what_is_typed_behind_a_word_is_completed_with_all() -> None:
    """Some shells give the words as arguments too."""
    env = {"_SPECTOR_COMPLETE": "complete_bash", "COMP_WORDS": "spector ", "COMP_CWORD": "1"}
    assert set(run("arrests", cwd=None, **env).text.split()) == set(COMMANDS)


# Where the bundled case is


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is platformdirs that knows")
def test_platformdirs_is_not_imported_to_find_the_case(case: str, tmp_path: Path) -> None:
    (tmp_path / "spector").mkdir()
    shutil.copy(case, tmp_path / "spector" / "case.db")
    assert "platformdirs" not in imported("arrests", "-f", "csv", XDG_DATA_HOME=str(tmp_path))


@pytest.mark.parametrize("data", [None, "", " ", "data", "/data", "/data/../more", "//data/"])
@pytest.mark.parametrize("home", [None, "/home/ana", "/", "//home", "home"])
def test_but_the_case_is_where_platformdirs_says(
    monkeypatch: pytest.MonkeyPatch, data: str | None, home: str | None
) -> None:
    for name, value in (("XDG_DATA_HOME", data), ("HOME", home)):
        monkeypatch.delenv(name) if value is None else monkeypatch.setenv(name, value)
    assert default_path() == platformdirs.user_data_path("spector", appauthor=False) / "case.db"
