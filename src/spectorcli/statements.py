"""Every statement that is run on a case, by its name: a file in ``sql/`` without its suffix.

Those in ``sql/questions`` are commands by themselves, each with the same name; a filter that is null or empty
restricts nothing. The rest is used by answers, loads, checks, comparisons and exports.
"""

from functools import cache
from itertools import takewhile
from pathlib import Path

from spectorcli.errors import NotFound, no_such
from spectorcli.result import Column, columns

_SQL = Path(__file__).with_name("sql")


@cache
def statement(name: str) -> str:
    """Return the SQL of a statement, such as ``checks/no-claims``, as it stands in its file."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def heading(name: str) -> str:
    """Return what a statement answers, as its first comment says."""
    return _header(name)[0]


@cache
def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns that a statement declares in its first comment, behind ``columns:``; none if it does not."""
    declared = _header(name)[1]
    return columns(declared) if declared else ()


def _header(name: str) -> tuple[str, str]:
    lines = takewhile(lambda line: line.startswith("--"), statement(name).splitlines())
    said, _, declared = " ".join(line.removeprefix("--").strip() for line in lines).partition("columns: ")
    return said.strip(), declared


def questions() -> list[str]:
    """Return the names of all questions, sorted."""
    return _names("questions")


def findings() -> list[str]:
    """Return the names of all that check can find, sorted: one statement for each."""
    return _names("checks")


UNREAD_COPY = "unread-copy"
"""The gap that no statement finds, for it is among files."""


def gaps_known() -> list[str]:
    """Return the names of all that gaps can find, sorted: one statement for each, but for copies without a claim."""
    return sorted([*_names("gaps"), UNREAD_COPY])


def _names(folder: str) -> list[str]:
    return sorted(path.stem for path in (_SQL / folder).glob("*.sql"))


def sql_of(question: str) -> str:
    """Return the SQL of a question.

    Raises:
        NotFound: there is no such question.
    """
    known = questions()
    if question not in known:
        raise NotFound(no_such("question", question, known))
    return statement(f"questions/{question}")
