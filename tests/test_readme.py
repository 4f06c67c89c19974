"""What the documents show is what spector prints. ``make readme`` puts the real output into them."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from terminal import SPECTOR, environment, run

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = {"timeline.svg": ("timeline", "--chart")}
"""Pictures in docs, and what they show."""

WRITE = "SPECTOR_GOLDEN" in os.environ
"""Write the documents instead of comparing with them."""

HELP = re.compile(r"(<!-- help -->\n```text\n\n*)(.*?)(\n+```\n<!-- /help -->)", re.DOTALL)
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:spector|printf).*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
"""A line that is typed, and what follows up to the next one; a line that is just … leaves out the rest."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder in which the bundled case is built already."""
    home = str(tmp_path_factory.mktemp("home"))
    assert run("arrests", XDG_DATA_HOME=home).code == 0
    return home


def printed(line: str, home: str, folder: Path) -> str:
    """Return what a line prints in a shell, without the blanks at the ends of its lines."""
    env = environment(PATH=f"{SPECTOR.parent}:{os.environ['PATH']}", XDG_DATA_HOME=home, COLUMNS="80")
    done = subprocess.run(
        ["bash", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder, env=env
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def test_readme_has_a_help_block() -> None:
    assert len(HELP.findall((ROOT / "README.md").read_text())) == 1, (
        "README.md needs the lines <!-- help -->, ```text, ``` and <!-- /help -->; make readme fills them"
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_shown_is_printed(document: Path, home: str, tmp_path: Path) -> None:
    def command(match: re.Match[str]) -> str:
        shown, real = match[2], printed(match[1], home, tmp_path)
        lines = shown.splitlines()
        if "…" in lines:
            real = "".join(f"{line}\n" for line in [*real.splitlines()[: lines.index("…")], "…"])
        return f"$ {match[1]}\n{real}"

    text = document.read_text()
    renewed = SESSION.sub(lambda session: COMMAND.sub(command, session[0]), text)
    usage = printed("spector --help", home, tmp_path).strip("\n")
    renewed = HELP.sub(lambda block: block[1] + usage + block[3], renewed)
    if WRITE:
        document.write_text(renewed)
    assert document.read_text() == renewed, "if that is meant: make readme"


def test_a_changed_document_is_noticed() -> None:
    """What the search above would miss, it would not compare."""
    text = "```console\n$ spector --version\nspector 0\n$ spector -h\n…\n```\n"
    (session,) = SESSION.findall(text)
    assert COMMAND.findall(session) == [("spector --version", "spector 0\n"), ("spector -h", "…\n")]


@pytest.mark.parametrize("name", [name for name in PICTURES if (ROOT / "docs").is_dir()])
def test_what_a_picture_shows_is_drawn(name: str, home: str) -> None:
    picture, done = ROOT / "docs" / name, run(*PICTURES[name], "-f", "svg", XDG_DATA_HOME=home)
    if WRITE:
        picture.write_bytes(done.out)
    assert picture.read_bytes() == done.out, "if that is meant: make readme"


@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="an sdist has no docs")
@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "SECURITY.md", *(f"docs/{path.name}" for path in DOCUMENTS[1:])]
)
def test_what_is_linked_is_there(name: str) -> None:
    document = ROOT / name
    links = re.findall(r"\]\((?!\w+:)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []
