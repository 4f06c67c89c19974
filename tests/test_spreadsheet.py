"""CSV is faithful, and says so where a spreadsheet may take a cell for a formula; what is made safe can be undone."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import ask

from spectorcli.escapes import FORMULA, like_formula, spreadsheet_safe
from spectorcli.output import FORMATS

TEXTS = st.text(st.sampled_from([*FORMULA, "'", "1", "5", ".", "e", "a", " "]), max_size=8) | st.text()
QUERY = """
select '=1+1' as "=a", '-5' as b, '@x' as c, '''=y' as d, 'plain' as e, -5 as f
union all
select 1, 2, '+z', 4, 5, 6
"""


@given(TEXTS)
def test_what_is_made_safe_is_no_formula_and_comes_back(text: str) -> None:
    safe = spreadsheet_safe(text)
    assert safe[:1] not in FORMULA or not like_formula(safe)
    assert (safe[1:] if safe.startswith("'") and like_formula(safe) else safe) == text


@pytest.mark.parametrize("text", ["-5", "+5", "-5.25", "-.5", "5", "", "'", "2023-05-02", "~5"])
def test_a_figure_is_no_formula(text: str) -> None:
    assert spreadsheet_safe(text) == text


@pytest.mark.parametrize("text", ["-5x", "-5+2", "--5", "-", "+", "-५", "=5", "\t5", "\uff1d5", "-1_000", "-inf"])
def test_a_figure_and_more_is(text: str) -> None:
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("format", [name for name, format in FORMATS.items() if format.for_spreadsheets])
def test_cells_are_faithful_and_told(case: str, tmp_path: Path, format: str) -> None:
    told = (
        "spector: 4 cells look like a formula, which a spreadsheet may run (in =a, c, d); "
        "--spreadsheet-safe puts an apostrophe before such\n"
    )
    separator = "," if format == "csv" else "\t"
    done = ask("sql", QUERY, "-f", format, SPECTOR_DB=case)
    assert done.err == told
    assert done.text == "=a,b,c,d,e,f\n=1+1,-5,@x,'=y,plain,-5\n1,2,+z,4,5,6\n".replace(",", separator)
    done = ask("sql", QUERY, "-f", format, "--spreadsheet-safe", "-o", tmp_path / "safe", SPECTOR_DB=case)
    assert done.err == ""
    assert (tmp_path / "safe").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO((tmp_path / "safe").read_text("utf-8-sig")), delimiter=separator))
    assert rows == [["'=a", *"bcdef"], ["'=1+1", "-5", "'@x", "''=y", "plain", "-5"], ["1", "2", "'+z", "4", "5", "6"]]


@pytest.mark.parametrize("format", [name for name, format in FORMATS.items() if not format.for_spreadsheets])
def test_other_formats_are_for_no_spreadsheet(case: str, format: str) -> None:
    done = ask("sql", QUERY, "-f", format, "--spreadsheet-safe", SPECTOR_DB=case)
    assert (done.code, done.out) == (2, b"")
    assert done.err == f"spector: --spreadsheet-safe is for csv and tsv, not for {format}\n"
    assert "formula" not in ask("sql", QUERY, "-f", format, SPECTOR_DB=case).err
