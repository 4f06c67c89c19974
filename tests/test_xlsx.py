"""The workbook holds what the database holds, as numbers, dates and text, and nothing that a spreadsheet obeys."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from cases import write_case
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from terminal import Done, ask, build, stored

from spectorcli import sheets
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.exchange import export, xlsx
from spectorcli.vocabulary import REQUIRED

NO_FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("https://example.org")', "https://example.org", "{=1}")
MARKUP = (
    "<r><t>x</t></r>",
    "<r></r>",
    "<r><t>&lt;</t></r> </r>",
    " blank ",
    "<b>bold</b> & more",
    "007",
    "1e5",
    "TRUE",
)


@pytest.fixture(scope="module", params=["bundled", "awkward"])
def db(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def written(db: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workbook, Done]:
    path = tmp_path_factory.mktemp("written") / "case.xlsx"
    return path, *write(db, path)


def write(db: str, path: Path) -> tuple[Workbook, Done]:
    done = ask("export", "xlsx", "-o", path, "--db", db)
    assert (done.code, done.out) == (0, b""), done.err
    return load_workbook(path), done


def case_with(tmp_path: Path, claims: str, **files: str) -> str:
    return build(write_case(tmp_path / "case", claims, **files), tmp_path / "case.db")


def rows(book: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(book[name].iter_rows(values_only=True))


def test_each_sheet_is_the_table_of_the_database(db: str, written: tuple[Path, Workbook, Done]) -> None:
    _, book, done = written
    assert done.err == ""
    kinds = [kind for (kind,) in stored(db, "select kind from entities group by kind order by min(rowid)")]
    ((own,),) = stored(db, "select max(own) from vocabulary")
    assert book.sheetnames == [*kinds, *(["vocabulary"] if own else []), "claims"]
    for kind in kinds:
        columns = [name for (name,) in stored(db, f"select name from pragma_table_info('{kind}')")]  # noqa: S608
        header, *sheet = rows(book, kind)
        assert header == (*columns, "also")
        assert [row[:-1] for row in sheet] == stored(db, f"select * from [{kind}] order by rowid")  # noqa: S608


def test_every_claim_is_there(db: str, written: tuple[Path, Workbook, Done]) -> None:
    _, book, _ = written
    header, *sheet = rows(book, "claims")
    assert header == xlsx.CLAIM_SHEET
    columns = ", ".join(f"nullif(\"{name}\", '')" for name in header)
    claims = stored(db, f"select {columns} from claims order by id")  # noqa: S608
    assert len(sheet) == len(claims)
    for cells, claim in zip(sheet, claims, strict=True):
        shown = [cell.date().isoformat() if isinstance(cell, datetime) else cell for cell in cells]
        assert [str(cell) for cell in shown[:5]] == [str(cell) for cell in claim[:5]]
        assert shown[5:] == list(claim[5:])


def test_what_each_sheet_looks_like(written: tuple[Path, Workbook, Done]) -> None:
    _, book, _ = written
    for sheet in book:
        corner = get_column_letter(sheet.max_column)
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", f"A1:{corner}{sheet.max_row}")
        assert all(cell.font.bold for cell in sheet[1])
        assert all(5 < one.width <= sheets.WIDEST + 1 for one in sheet.column_dimensions.values())


def test_nothing_is_obeyed(written: tuple[Path, Workbook, Done]) -> None:
    with ZipFile(written[0]) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist())
    assert not any(tag in text for tag in ("<f>", "<f ", "<hyperlink", "externalLink"))


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def case_of_texts(tmp_path: Path, texts: Sequence[str]) -> str:
    """Build a case in which each text is a name, a place in a source and a note."""
    claims = [f"p{n},role,baker,,,alpha,{quoted(text)},,,{quoted(text)}" for n, text in enumerate(texts)]
    people = "\n".join(f"p{n},{quoted(text)}" for n, text in enumerate(texts))
    return case_with(tmp_path, "\n".join(claims), people=people, proceedings="", statements="")


def test_text_is_text(tmp_path: Path) -> None:
    texts = NO_FORMULAS + MARKUP
    book, _ = write(case_of_texts(tmp_path, texts), tmp_path / "case.xlsx")
    for row, text in enumerate(map(str.strip, texts), start=2):
        for cell in (book["people"][f"B{row}"], book["claims"][f"N{row}"], book["claims"][f"Q{row}"]):
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
            assert cell.quotePrefix == (text[0] in "=+-@"), text  # it stays text when someone edits it


def test_no_text_becomes_markup_of_the_workbook(tmp_path: Path) -> None:
    """XlsxWriter writes what looks like rich text unescaped, by a rule of its own that may change."""
    texts = ("<r><t>x</t></r>", "<r>x", "<si><t>x</t></si>", "zz</t></is></c>", "<![CDATA[x]]>")
    write(case_of_texts(tmp_path, texts), tmp_path / "case.xlsx")
    with ZipFile(tmp_path / "case.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not [text for text in texts for sheet in sheets if text in sheet]
    assert any(escape(texts[1]) in sheet for sheet in sheets)


def test_a_figure(tmp_path: Path) -> None:
    figures = {
        "153": 153,
        "-7.5": -7.5,
        "1234567890123.45": 1234567890123.45,
        "1234567890123456.7": "1234567890123456.7",
        "~300": "~300",
        ">100": ">100",
        "17.3..21": "17.3..21",
    }
    claims = "\n".join(f"m{n},turnover,{value},USD,,alpha" for n, value in enumerate(figures))
    markets = "\n".join(f"m{n},Market {n}" for n, _ in enumerate(figures))
    book, _ = write(case_with(tmp_path, claims, markets=markets, seizures="", events=""), tmp_path / "case.xlsx")
    header, *sheet = rows(book, "markets")
    assert [market[header.index("turnover")] for market in sheet] == list(figures.values())
    assert [claim[3] for claim in rows(book, "claims")[1:]] == list(figures.values())


def test_a_date_is_text_and_the_days_it_covers_are_dates(tmp_path: Path) -> None:
    dates = {
        "2021-05-02": (date(2021, 5, 2), date(2021, 5, 2)),
        "2021": (date(2021, 1, 1), date(2021, 12, 31)),
        "../2021-12": (None, date(2021, 12, 31)),
    }
    claims = "\n".join(f"e{n},date,{value},,,alpha" for n, value in enumerate(dates))
    events = "\n".join(f"e{n},launch,Event {n},teapot,bazaar" for n, _ in enumerate(dates))
    book, _ = write(case_with(tmp_path, claims, events=events), tmp_path / "case.xlsx")
    for claim, (value, days) in zip(rows(book, "claims")[1:], dates.items(), strict=True):
        covered = [day.date() if isinstance(day, datetime) else day for day in claim[7:9]]
        assert (claim[3], *covered) == (value, *days)
    header, *sheet = rows(book, "events")
    assert [event[header.index("date")] for event in sheet] == list(dates)


def test_what_else_is_said(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,288,,,alpha\narrests-teapot,count,155,,,beta\narrests-teapot-us,count,153,,,alpha"
    book, _ = write(case_with(tmp_path, claims), tmp_path / "case.xlsx")
    assert [row[-1] for row in rows(book, "arrests")] == ["also", "count: 155", None, None]


@pytest.mark.parametrize(
    ("claim", "note"),
    [
        ("bazaar,turnover,1234567890123457,USD,,alpha", "number of more than 15 digits as text"),
        ("launch,date,1899-12-31,,,alpha", "days before March 1900 as text"),
        (f"bazaar,description,{'x' * 32_768},,,alpha", "text cut to the 32,767 characters that a cell can hold"),
        (f"bazaar,description,{'🫖' * 16_384},,,alpha", "text cut to the 32,767 characters that a cell can hold"),
    ],
)
def test_what_excel_cannot_hold_is_said(claim: str, note: str, tmp_path: Path) -> None:
    _, done = write(case_with(tmp_path, claim), tmp_path / "case.xlsx")
    assert {line.split(" ", 3)[3] for line in done.err.splitlines()} == {note}


def test_rows_beyond_the_last_are_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    db, path = case_with(tmp_path, "arrests-teapot,count,288,,,alpha"), tmp_path / "case.xlsx"
    with closing(Case(open_database(Path(db)))) as case:
        notes = export(case, "xlsx", path)
    book = load_workbook(path)
    assert [row[0] for row in rows(book, "arrests")] == ["id", "arrests-teapot", "arrests-teapot-us"]
    assert "arrests: 1 last row left out; a sheet has 3 rows" in notes


@pytest.mark.parametrize(
    ("kind", "sheet"),
    [("vehicles", "vehicles"), ("History", "History_2"), ("k" * 40, "k" * 27 + "_2")],
)
def test_a_kind_of_the_cases_own(kind: str, sheet: str, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    declared = f"{kind},,,,,,Vehicles\n{kind},wheels,number,,wheels,yes,How many\n"
    (folder / "vocabulary.csv").write_text(",".join(REQUIRED) + "\n" + declared)
    (folder / f"{kind}.csv").write_text("id\nvan\n")
    with (folder / "claims.csv").open("a") as claims:
        claims.write("van,wheels,4,,,alpha,,,,\n")
    book, done = write(build(folder, tmp_path / "case.db"), tmp_path / "case.xlsx")
    assert rows(book, sheet) == [("id", "wheels", "also"), ("van", 4, None)]
    told = f"spector: the sheet of {kind} is called {sheet}: Excel takes no such name\n"
    assert done.err == (told if kind != sheet else "")


def test_it_was_made_on_the_day_of_the_newest_source(tmp_path: Path) -> None:
    book, _ = write(case_with(tmp_path, "arrests-teapot,count,288,,,alpha"), tmp_path / "case.xlsx")
    assert book.properties.created == datetime(2021, 5, 4)  # delta is of 2021-06, which is no day
