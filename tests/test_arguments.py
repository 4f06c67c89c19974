"""What is given on the command line, for each option and argument of each command: nothing, and what is no UTF-8."""

import os
import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
from cases import write_case
from terminal import AWKWARD, Done, ask, run

from spectorcli.cli.main import program
from spectorcli.cli.question import Shared

FILLED = {
    "cite": {"what": "bazaar"},
    "export": {"name": "datasette", "output": "case.json"},
    "read": {"copies": "copies"},
    "verify": {"copies": "copies"},
}
"""What is needed beside the one that is looked at, and is not any word."""


def every(command: Any, *before: str) -> list[tuple[tuple[str, ...], Any]]:
    """Return each command with each of its options and arguments."""
    if hasattr(command, "commands"):
        return [pair for name, one in command.commands.items() for pair in every(one, *before, name)]
    return [(before, parameter) for parameter in command.params if not getattr(parameter, "is_flag", False)]


PARAMETERS = {(*words, one.name): (words, one) for words, one in every(typer.main.get_command(program()))}
SHARED_BY_ALL = set(Shared._fields)
OWN = {name: one for name, one in PARAMETERS.items() if name[0] == "arrests" or name[-1] not in SHARED_BY_ALL}
"""But for the shared options, which are the same for every question: there they are tried with one."""

PATHS = [name for name, (_, one) in OWN.items() if one.type.name == "path"]
TEXTS = [name for name, (_, one) in OWN.items() if one.type.name == "str"]

LATIN = os.fsdecode(b"caf\xe9")
"""Bytes that a file may be called, but that are no UTF-8."""


def line(name: tuple[str, ...], value: str) -> list[str]:
    """Return a command line that gives a value to one parameter, and something to each that is needed."""
    words, chosen = PARAMETERS[name]
    typed = list(words)
    for one in (one for before, one in PARAMETERS.values() if before == words):
        needed = one.required or (one.param_type_name == "argument" and chosen.param_type_name == "argument")
        given = (
            value
            if one is chosen
            else FILLED.get(words[0], {}).get(one.name, "tea")
            if needed or one.name in FILLED.get(words[0], {})
            else None
        )
        if given is not None:
            typed += [given] if one.param_type_name == "argument" else [one.opts[0], given]
    return typed


def test_every_parameter_is_a_path_or_a_text_or_a_number() -> None:
    others = {one.type.name for _, one in PARAMETERS.values()} - {
        "path",
        "str",
        "float range",
        "int range",
        "<str str>",
    }
    assert not others, f"{others}: a path takes the parser of cli.options; say here what else there is"


@pytest.mark.parametrize("name", PATHS)
def test_an_empty_path_is_refused(case: str, tmp_path: Path, name: tuple[str, ...]) -> None:
    done = ask(*line(name, ""), cwd=tmp_path, SPECTOR_DB=case)
    assert (done.code, done.out) == (2, b"")
    assert re.fullmatch("spector: Invalid value for .*: it is empty; is a variable not set\\? .*\n", done.err)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [name for name in TEXTS if name[0] != "add"])
def test_an_empty_text_is_never_taken_for_none(case: str, tmp_path: Path, name: tuple[str, ...]) -> None:
    done = ask(*line(name, ""), cwd=tmp_path, SPECTOR_DB=case)
    assert (done.code, done.out) in {(2, b""), (3, b"")}
    assert done.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_no_utf8_is_refused(case: str, tmp_path: Path, name: tuple[str, ...]) -> None:
    done = ask(*line(name, LATIN), cwd=tmp_path, SPECTOR_DB=case)
    assert (done.code, done.out, done.err) == (2, b"", "spector: the argument b'caf\\xe9' is not UTF-8\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", PATHS)
def test_a_path_need_not_be_utf8(case: str, tmp_path: Path, name: tuple[str, ...]) -> None:
    """There is no such file, and so nothing to read; what is written has a name of these bytes."""
    done = ask(*line(name, f"{LATIN}.csv"), cwd=tmp_path, SPECTOR_DB=case)
    assert done.code in {0, 2, 3, 6}, done.err
    assert done.err.count("\n") <= 1
    assert {os.fsencode(file.name) for file in tmp_path.iterdir()} <= {b"caf\xe9.csv"}


def in_ascii(*words: str | Path, cwd: Path, **env: str) -> Done:
    """Run spector where the locale knows ASCII only."""
    return run(*words, cwd=cwd, LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="", **env)


@pytest.mark.parametrize(("name", "locale"), [("Österreich", "ascii"), (LATIN, "utf-8")])
def test_what_is_written_and_read_again_by_any_name(tmp_path: Path, locale: str, name: str) -> None:
    spector = partial(in_ascii if locale == "ascii" else ask, cwd=tmp_path)
    shutil.copytree(AWKWARD, tmp_path / name)
    for line in (
        "load {}",
        "agencies --country भारत --operation all -o {}.csv",
        "report -o {}.html",
        "export ftm -o {}.ftm.json",
        "load {}.ftm.json --db {}-2.db",
        "diff {}",
        "verify --copies {}/copies --case {} --record",
        "add source more-2031 --title Österreich --kind press --reliability B --case {}",
        "init {}-init",
        "load {}-init --db {}-init.db",
    ):
        done = spector(*(word.format(name, name) for word in line.split()), SPECTOR_DB=f"{name}.db")
        assert done.code == 0, (line, done.err)
    assert (tmp_path / f"{name}.csv").read_text().startswith("id,")
    assert (tmp_path / name / "copies.jsonl").is_file()
    assert "Österreich" in (tmp_path / name / "sources.csv").read_text()
    assert all(file.name.startswith(name) for file in tmp_path.iterdir())


def test_a_folder_without_a_title_is_called_by_its_name(tmp_path: Path) -> None:
    folder = write_case(tmp_path / LATIN)
    more = tmp_path / f"{LATIN}.csv"
    (folder / "claims.csv").rename(more)
    (folder / "claims.csv").write_text(more.read_text().splitlines()[0] + "\n")
    done = ask("load", folder, more, "--db", tmp_path / "case.db")
    assert (done.code, done.err) == (0, "")
    assert done.text.startswith("caf\\udce9: built ")
