"""Every statement that is run on a case, by its name: a file in ``sql/`` without its suffix.

What a user can ask for by itself is a question; the rest is used by answers, loads, checks and exports.
"""

from functools import cache
from pathlib import Path

from spectorcli.errors import NotFound, did_you_mean

_SQL = Path(__file__).with_name("sql")


@cache
def statement(name: str) -> str:
    """Return the SQL of a statement, such as ``checks/no-claims``, as it stands in its file."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Return the names of the statements in a folder of ``sql/``, sorted."""
    return sorted(path.stem for path in (_SQL / folder).glob("*.sql"))


def sql_of(question: str) -> str:
    """Return the SQL of a question.

    Raises:
        NotFound: there is no such question.
    """
    known = [name for name in names("") if name != "schema"]
    if question not in known:
        raise NotFound(f"no question {question!r}{did_you_mean(question, known)}; there are: {', '.join(known)}")
    return statement(question)
