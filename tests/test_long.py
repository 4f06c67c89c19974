"""A table in a pipe is drawn in little memory, and looks as if it were drawn at once."""

import io
from contextlib import closing
from pathlib import Path

import pytest
from rich.cells import cell_len

from spectorcli import pretty
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.result import Column, Look, Result, Shows

COLUMNS = (
    Column("id", Shows.ID),
    Column("title", Shows.TEXT),
    Column("country", Shows.REF),
    Column("count", Shows.NUMBER, "persons"),
    Column("dispute", Shows.DISPUTE, "grade"),
    Column("grade", Shows.GRADE),
    Column("nothing", Shows.TERM),
    Column("name", Shows.NAME, "country"),
    Column("also", Shows.ALSO, "count"),
)

ROWS = [
    ("a", "A title\x1b", "DE", "~300", "open", "A4", None, "Germany", "288"),
    ("bb", "王伟 [sic]", "AT", "5000000", "none", "B2", "", "Austria", None),
    ("ccc", None, None, None, None, None, None, None, None),
]


def drawn(result: Result, many: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(pretty, "MANY", many)
    out = io.StringIO()
    pretty.draw("table", result._replace(rows=iter(result.rows)), out)
    return out.getvalue()


@pytest.mark.parametrize("look", [Look.TABLE, Look.TIMELINE])
@pytest.mark.parametrize("rows", [ROWS, [ROWS[0]] * 3, [*ROWS, ("i" * 41, *ROWS[0][1:])]])
def test_a_long_table_looks_like_a_short_one(
    rows: list[tuple[str | None, ...]], look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Result("A title (x)", COLUMNS, rows, look=look)
    long = drawn(result, 0, monkeypatch)
    assert long == drawn(result, 1000, monkeypatch)
    assert len({cell_len(line.rstrip()) for line in long.splitlines()[1:]}) > 1


@pytest.mark.parametrize("many", [0, 1000])
@pytest.mark.parametrize(("length", "names"), [(40, "id title"), (41, "title id")])
def test_an_id_that_fills_half_a_page_comes_last(
    many: int, length: int, names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Result("A title", COLUMNS[:2], [("a", "One"), ("i" * length, "Other")])
    assert drawn(result, many, monkeypatch).splitlines()[1].split() == names.split()
    assert result.names == ["id", "title"]


@pytest.mark.parametrize("question", ["countries", "people", "statements", "markets", "timeline"])
def test_a_question_looks_the_same(bundled: str, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Case(open_database(Path(bundled)))) as case:
        _same(case, question, monkeypatch)


def _same(case: Case, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = dict.fromkeys(("kind", "country", "person", "market", "operation", "from", "to", "question"))
    parameters |= {"today": "2026-01-01"}
    result = case.result(question, f"questions/{question}", parameters)
    result = result._replace(rows=list(result.rows))
    assert drawn(result, 0, monkeypatch) == drawn(result, 10_000, monkeypatch)
