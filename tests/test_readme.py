"""What the documents show is what spector prints, and what they link to is there.

``make readme`` puts the real help, the real answers and the real pictures into them.
"""

import ast
import os
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import COMMANDS, SPECTOR, ask, environment, seen

from spectorcli import errors
from spectorcli.values.units import CRYPTOCURRENCIES, UNITS

ROOT = Path(__file__).parents[1]
HAS_DOCS = (ROOT / "docs").is_dir()
"""An sdist has none."""

CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKING = [*DOCUMENTS, *(ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md"))]
PICTURES = {"timeline.svg": ("timeline", "--chart")}
"""Pictures in docs, and what they show."""

WRITE = "SPECTOR_GOLDEN" in os.environ
"""Write the documents instead of comparing with them."""

HELP = re.compile(r"(?<=<!-- help -->\n).*?(?=<!-- /help -->)", re.DOTALL)
ROOMS = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- /rooms -->)", re.DOTALL)
DIFF = re.compile(r"^```diff\n(.*?)^```", re.MULTILINE | re.DOTALL)
HUNKS = re.compile(r"^\+\+\+ (.+)\n((?:(?!\+\+\+ ).*\n)+)", re.MULTILINE)
PANEL = re.compile(r"^╭─ (?!Arguments|Options)(\w+) ─+╮\n(.*?)^╰", re.MULTILINE | re.DOTALL)
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
"""A line that is typed, and what follows up to the next one; a line that is just … leaves out some of it."""


def printed(line: str, home: str, folder: Path) -> str:
    """Return what a line prints in a shell, without the blanks at the ends of its lines."""
    if re.fullmatch(r"""spector [^$|<>;&`]*""", line):
        text = seen(
            *shlex.split(line)[1:], cwd=folder, XDG_DATA_HOME=home, XDG_CACHE_HOME=str(folder / ".cache"), COLUMNS="80"
        )
    else:
        env = environment(
            PATH=f"{SPECTOR.parent}:{os.environ['PATH']}",
            XDG_DATA_HOME=home,
            XDG_CACHE_HOME=str(folder / ".cache"),
            COLUMNS="80",
        )
        shell = ["bash", "-c", line]
        text = subprocess.run(
            shell, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder, env=env
        ).stdout
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def shortened(real: str, shown: str) -> str:
    """Leave out of what is printed as much as is left out where it is shown."""
    before, dots, after = shown.partition("…\n")
    lines, last = real.splitlines(keepends=True), len(after.splitlines())
    return "".join([*lines[: len(before.splitlines())], dots, *lines[len(lines) - last :]]) if dots else real


def manual(home: str, folder: Path, *words: str) -> Iterator[str]:
    """Yield the section of a command with its help, and those of the commands in each of its panels."""
    line = " ".join(["spector", *words])
    text = printed(f"{line} --help", home, folder).strip("\n")
    yield f"{'###' if words else '##'} {line}\n\n```text\n{text}\n```\n\n"
    for panel, commands in PANEL.findall(text):
        if not words:
            yield f"## {panel}\n\n"
        for command in re.findall(r"^│ ([\w-]+)", commands, re.MULTILINE):
            yield from manual(home, folder, *words, command)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_shown_is_printed(document: Path, home: str, tmp_path: Path) -> None:
    def command(match: re.Match[str]) -> str:
        return f"$ {match[1]}\n{shortened(printed(match[1], home, tmp_path), match[2])}"

    text = document.read_text()
    renewed = SESSION.sub(lambda session: COMMAND.sub(command, session[0]), text)
    renewed = HELP.sub(lambda _: "\n" + "".join(manual(home, tmp_path)), renewed)
    if WRITE:
        document.write_text(renewed)
    assert document.read_text() == renewed, "if that is meant: make readme"


def test_a_changed_document_is_noticed() -> None:
    """What the searches above would miss, they would not compare."""
    text = "```console\n$ spector --version\nspector 0\n$ spector -h\n…\n```\n"
    (session,) = SESSION.findall(text)
    assert COMMAND.findall(session) == [("spector --version", "spector 0\n"), ("spector -h", "…\n")]
    assert shortened("1\n2\n3\n4\n", "one\n…\nfour\n") == "1\n…\n4\n"
    assert shortened("1\n2\n3\n4\n", "…\n") == "…\n"


@pytest.mark.skipif(not HAS_DOCS, reason="an sdist has no docs")
def test_the_help_of_each_command_is_shown() -> None:
    """So that a command which the search for panels would miss is missed here."""
    sections = re.findall(r"^##+ spector ([\w-]+)$", (ROOT / "docs/commands.md").read_text(), re.MULTILINE)
    assert sorted(sections) == COMMANDS


@pytest.mark.parametrize("name", [name for name in PICTURES if HAS_DOCS])
def test_what_a_picture_shows_is_drawn(name: str, home: str) -> None:
    picture, done = ROOT / "docs" / name, ask(*PICTURES[name], "-f", "svg", XDG_DATA_HOME=home)
    if WRITE:
        picture.write_bytes(done.out)
    assert picture.read_bytes() == done.out, "if that is meant: make readme"


def rooms() -> Iterator[str]:
    """Yield a line for each module: its floor, its name, and the first sentence that it says of itself."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = contracts[0]["layers"]
    for number, floor in enumerate(floors):
        for name in floor.split(" | "):
            room = ROOT / "src/spectorcli" / name
            file = room / "__init__.py" if room.is_dir() else room.with_suffix(".py")
            said = " ".join((ast.get_docstring(ast.parse(file.read_text())) or "").split())
            sentence = re.split(r"(?<=[.])\s", said)[0].replace("``", "")
            yield f"{len(floors) - 1 - number:2}  {name + '/' * room.is_dir():11} {sentence}\n"


def test_the_rooms_are_those_of_the_contract() -> None:
    text = CONTRIBUTING.read_text()
    renewed = ROOMS.sub(lambda _: "\n```text\n" + "".join(rooms()) + "```\n\n", text)
    if WRITE:
        CONTRIBUTING.write_text(renewed)
    assert ROOMS.findall(text)
    assert CONTRIBUTING.read_text() == renewed, "if that is meant: make readme"


def test_what_is_added_in_an_example_is_in_the_code() -> None:
    examples = DIFF.findall(CONTRIBUTING.read_text())
    assert examples
    for file, hunks in (found for text in examples for found in HUNKS.findall(text)):
        code = (ROOT / file).read_text()
        for hunk in hunks.split("@@\n"):
            assert re.sub(r"^[ +]", "", hunk, flags=re.MULTILINE) in code, file


@pytest.mark.skipif(not HAS_DOCS, reason="an sdist has no docs")
def test_each_exit_code_is_told() -> None:
    text = (ROOT / "docs/environment.md").read_text()
    told = [int(code) for line in re.findall(r"^\| (\d[\d, ]*) \|", text, re.MULTILINE) for code in line.split(", ")]
    ours = {value.code for value in vars(errors).values() if isinstance(value, type) and hasattr(value, "code")}
    assert told == sorted(ours | {0, 1, 130, 141, 143})


@pytest.mark.skipif(not HAS_DOCS, reason="an sdist has no docs")
def test_each_unit_is_told() -> None:
    text = (ROOT / "docs/case-folder.md").read_text()
    assert [unit for unit in (*UNITS, *sorted(CRYPTOCURRENCIES)) if f"`{unit}`" not in text] == []


def anchors(document: Path) -> set[str]:
    """Return the names under which the headings of a document can be linked to, as forges make them."""
    text = re.sub(r"^```.*?^```", "", document.read_text(), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.skipif(not HAS_DOCS, reason="an sdist has no docs")
@pytest.mark.parametrize("document", LINKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_linked_is_there(document: Path) -> None:
    missing = []
    for link in re.findall(r"\]\((?!\w+:)([^)]+)\)", document.read_text()):
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            missing.append(link)
    assert missing == []


@pytest.mark.skipif(not HAS_DOCS, reason="an sdist has no docs")
@pytest.mark.parametrize("document", LINKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_named_is_there(document: Path) -> None:
    named = re.findall(r"`((?:bench|docs|locks|src|tests)/[\w./-]+)`", document.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.skipif(not HAS_DOCS, reason="an sdist has no docs")
def test_each_document_is_in_the_index() -> None:
    index = ROOT / "docs/README.md"
    linked = re.findall(r"\]\((\w[\w-]*\.md)", index.read_text())
    assert sorted(set(linked)) == sorted(path.name for path in DOCUMENTS[1:] if path != index)
