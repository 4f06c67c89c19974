"""A workbook comes back as the case that it was made of, with what was edited in it."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from terminal import ask

from spectorcli.answers.diff import diff
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import Refused
from spectorcli.exchange import as_case_folder, export
from spectorcli.load.load import check, load


@pytest.fixture
def book(awkward: str, tmp_path: Path) -> Path:
    path = tmp_path / "case.xlsx"
    with closing(Case(open_database(Path(awkward)))) as case:
        assert not list(export(case, "xlsx", path))
    return path


def edit(path: Path, change: Callable[[Any], None]) -> None:
    opened = load_workbook(path)
    change(opened)
    opened.save(path)


def refusals(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused, as_case_folder(path) as folder:
        check(folder)
    return refused.value.mistakes


@pytest.mark.parametrize("saved", [False, True], ids=["as written", "saved by another program"])
def test_a_workbook_comes_back_whole(awkward: str, book: Path, tmp_path: Path, saved: bool) -> None:
    if saved:
        edit(book, lambda opened: None)
    with as_case_folder(book) as folder:
        assert list(load(folder, tmp_path / "back.db").left_out) == list(check(folder).left_out)
    assert not list(diff(Path(awkward), tmp_path / "back.db").rows)
    with closing(Case(open_database(tmp_path / "back.db"))) as case:
        assert (case.operation, case.metadata["title"].split(":")[0]) == ("teapot", "Operation Teapot")


def test_what_was_edited_is_loaded(book: Path) -> None:
    def add(opened: Any) -> None:
        columns = [cell.value for cell in opened["claims"][1]]
        row = {"subject": "arrests-teapot-jp", "property": "count", "value": 77, "source": "bslh-2031-05-02"}
        opened["claims"].append([row.get(column) for column in columns])
        opened["people"].cell(1, opened["people"].max_column + 1, "Born in")
        opened["people"].append(["zoe", "Zoë"])

    edit(book, add)
    with as_case_folder(book) as folder:
        before = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()[-1]
        told = list(check(folder).left_out)
    assert before.startswith("arrests-teapot-jp,count,77,")
    assert "people.csv: column 'Born in' kept but not read, for the vocabulary does not have it" in told[0]


def test_mistakes_are_told_by_sheet_and_row(book: Path) -> None:
    def alter(opened: Any) -> None:
        claims = opened["claims"]
        columns = [cell.value for cell in claims[1]]
        claims.cell(3, columns.index("note") + 1, "two\nlines\nand one")
        claims.cell(5, columns.index("property") + 1, "cuont")
        opened["sources"].cell(4, 1, "no id!")

    edit(book, alter)
    found = [mistake for mistake in refusals(book) if "cuont" in mistake or "no id!" in mistake]
    assert [mistake.partition(": ")[0] for mistake in found] == ["sheet claims, row 5", "sheet sources, row 4"]


def test_a_best_value_that_nobody_claims_is_refused(book: Path) -> None:
    def alter(opened: Any) -> None:
        columns = [cell.value for cell in opened["arrests"][1]]
        opened["arrests"].cell(2, columns.index("count") + 1, 999)

    edit(book, alter)
    (mistake,) = refusals(book)
    assert mistake.startswith("sheet arrests, row 2: count '999' of arrests-")
    assert mistake.endswith(" is in no claim; write it in the sheet claims, or empty the cell")


def test_an_empty_sheet_is_passed_over(book: Path) -> None:
    edit(book, lambda opened: opened.create_sheet("Sheet1"))
    with as_case_folder(book) as folder:
        assert not (folder / "Sheet1.csv").exists()


def test_what_is_no_workbook_of_a_case_is_refused(book: Path) -> None:
    edit(book, lambda opened: opened.remove(opened["claims"]))
    assert refusals(book) == ["it has no sheet claims; spector export xlsx writes one"]
    book.write_bytes(b"PK\x03\x04 and no more")
    assert refusals(book) == [
        "it is damaged, or not a workbook of the format xlsx; open it, and save it as one (File is not a zip file)"
    ]


def test_an_answer_is_written_as_a_workbook(awkward: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.XLSX"
    done = ask("arrests", "-o", file, SPECTOR_DB=awkward)
    assert (done.code, done.out) == (0, b""), done.err
    header, *rows = load_workbook(file)["answer"].iter_rows(values_only=True)
    answer = json.loads(ask("arrests", "-f", "json", SPECTOR_DB=awkward).out)
    read = [dict(zip(header, row, strict=True)) for row in rows]
    assert read == [{name: None if cell == "" else cell for name, cell in row.items()} for row in answer]


def test_a_workbook_does_not_go_into_a_pipe(awkward: str) -> None:
    done = ask("arrests", "-f", "xlsx", SPECTOR_DB=awkward)
    assert (done.code, done.err) == (2, "spector: xlsx goes into a file; name it with -o FILE.xlsx\n")
