"""Hostile text in each column of each file of a case: refused with its line, or harmless wherever it is shown.

One case holds it all. Every payload is written into every column; the loader takes out what it refuses, and what is
left is asked for in formats by turns, and exported in every way. A new kind, column, question, format or export is
tested by being there; an export also says in ``READERS`` who reads it.
"""

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

import icalendar
import networkx as nx  # type: ignore[import-untyped]
import pycountry
import pytest
import stix2
from cases import COLUMNS
from openpyxl import load_workbook  # type: ignore[import-untyped]
from terminal import AWKWARD, QUESTIONS, SGR, ask, build, draw, words
from test_cite import read_bibtex, validate
from test_report import FOREIGN, Page
from test_report_md import read as read_markdown
from test_report_md import rows as cells_of
from test_text import UNSEEN

from bench.folders import tried
from spectorcli.cite import STYLES
from spectorcli.errors import Refused
from spectorcli.escapes import clean
from spectorcli.exchange import EXPORTS
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.load.load import check
from spectorcli.output import FORMATS
from spectorcli.vocabulary import COLUMNS as DECLARATION
from spectorcli.vocabulary import read_vocabulary

UNSAFE = (
    *(
        "\x1b[2J\x1b[31mred",
        "\x1b]8;;https://example.org\x1b\\x\x1b]8;;\x1b\\",
        "\x1b]52;c;ZXZpbA==\x07",
        "\x1bP+q\x1b\\",
    ),
    *("\x9b31m", "\x9d0;title\x9c", "a\x00b", "a\x7f", "a\bb", "\x1b", "a\u2028b"),
    *("\u202eevil", "\u2066a\u2069", "a\u200bb", "a\u200fb", "a\u00adb", "\ufeffa", "a\U000e0041", "a\ufffe", "\u3164"),
    *("\udcff", "caf\udce9", "\ud800", "\udfff\ud800"),
)
"""May stand in no case: controls, what is not seen or turns writing round, bytes that are no UTF-8."""

REAL = ("سوق‌ها می‌خواهم", "क्‍ष हिन्दी", "שלום עולם", "👩‍👩‍👧 🏳️‍🌈", "Ångström Ångström", "日本語")
"""Real words, some spelled with joiners that are not seen: they come out as they went in."""

MARKUP = (
    "[red]x [/] [/foo] [link=file:///etc/passwd]y[/link] :smile: \\[x]",
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)></style></title><svg onload=alert(1)>&amp;<!-- ]]>",
    "a|b `c` **d** ![e](//example.org/f.png) [g](javascript:alert(1)) | --- |",
    "{{ 7*7 }} {% raw %} %s%n{0} $(id) '; drop table claims --",
    *("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", 'https://example.org/"onmouseover=alert(1)>'),
    *(
        "=1+1",
        "@SUM(1)",
        "+1+1",
        "-1+1",
        '=HYPERLINK("https://example.org")',
        "END:VEVENT",
        "a;b, c: d",
        'x"] --> y',
        "x\\",
    ),
)
"""Means something elsewhere, and is text here."""

ODD = (
    *(
        "１２",
        "1_000",
        "1e999",
        "NaN",
        "-Infinity",
        str(2**63),
        "9" * 5000,
        "²",
        "+1",
        "-1",
        "0x10",
        "1,000",
        "1..",
        "~",
    ),
    *("2023-02-30", "2023-02-29/..", "../..", "../../x", "/", "2021/2020", "２０２３", "2023-05-02T00:00:00Z", "XXXX"),
    *("x" * 200_000, "only ", "only ;", ";", "only x; x", "ref:", "ref:people", "id", "'", '"', "NULL", "CON", "\\"),
)
"""Nearly a number, a date, a list or a word of ours; written where that is judged."""

WORDING = {"at", "stated", "note", "description"} | {
    column.name for kind in read_vocabulary().values() for column in kind.columns if column.type == "text"
}

FIRST = {
    "exceptions": "accepted,single-origin,,Seen",
    "rejected": "rejected-alpha-1,alpha,para 1,9 cats,9",
    "vocabulary": "vans,,,,,,Vans,\nvans,name,text,,,,Its name,",
}
"""Rows of files that the awkward case does not have."""

HEADERS = {**COLUMNS, "claims": [*CLAIM_COLUMNS], "vocabulary": [*DECLARATION]}


class Row(NamedTuple):
    """A row of a file, and if it was spoilt, where and with what."""

    cells: list[str]
    column: str = ""
    payload: str = ""


class Spoilt(NamedTuple):
    """The case that was left when the loader had refused the rest."""

    folder: Path
    db: str
    kept: dict[str, list[Row]]
    refused: dict[str, list[Row]]


def spoil(name: str) -> Iterator[Row]:
    """Yield the header and the rows of a file, and then a row for each column and payload."""
    file, header = AWKWARD / f"{name}.csv", HEADERS[name]
    text = file.read_text(encoding="utf-8") if file.exists() else f"{','.join(header)}\n{FIRST[name]}\n"
    clean = [[*cells, *[""] * (len(header) - len(cells))] for cells in csv.reader(text.splitlines())]
    assert clean[0] == header
    yield from map(Row, clean)
    codes = (one.alpha_2 for one in pycountry.countries if one.alpha_2 not in {row[0] for row in clean})
    spoilers = (
        (column, payload)
        for column in header
        for payload in (*UNSAFE, *REAL, *MARKUP, *(() if column in WORDING else ODD))
    )
    for number, (column, payload) in enumerate(spoilers):
        row = dict(zip(header, clean[1:][number % (len(clean) - 1)], strict=True))
        match name:
            case "claims":
                row["at"] = f"spoilt {number}"
            case "vocabulary":
                row = {**dict.fromkeys(header, ""), "kind": "vans", "property": f"p{number}"}
                row |= {"type": "text", "description": "More"}
            case "countries":
                row["id"] = next(codes) if column != "id" else ""
            case _:
                row["id"] = f"spoilt-{name}-{number}"
        yield Row([*{**row, column: payload}.values()], column, payload)


def dated(rows: dict[str, list[Row]]) -> Iterator[Row]:
    """Yield a date for each event with a spoilt title, so that it is drawn and exported."""
    for row in rows["events"]:
        if row.column == "title" and row.payload in (*REAL, *MARKUP):
            cells = {"subject": row.cells[0], "property": "date", "value": "2031-05-02", "source": "iif-2031-05-02"}
            yield Row([cells.get(column, "") for column in CLAIM_COLUMNS], "subject", row.payload)


def write(folder: Path, rows: dict[str, list[Row]]) -> dict[tuple[str, int], Row]:
    """Write the files and return which row begins in which line."""
    where = {}
    for name, lines in rows.items():
        count = 1
        with (folder / f"{name}.csv").open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
            for row in lines:
                csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(row.cells)
                where[name, count] = row
                count += 1 + sum(len(re.findall("\r\n|\r|\n", cell)) for cell in row.cells)
    return where


def find_refused(folder: Path, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Load the files and return the rows with mistakes: each is told in one line, and nothing else is blamed."""
    where, refused = write(folder, rows), dict[str, list[Row]]()
    try:
        check(folder)
    except Refused as error:
        for mistake in error.mistakes:
            assert UNSEEN.search(clean(mistake)) is None
            found = re.fullmatch(r"([a-z]+)\.csv:(\d+): .*\w.*", mistake)
            assert found, mistake[:200]
            row = where[found[1], int(found[2])]
            assert row.payload, mistake[:200]
            refused.setdefault(found[1], []).append(row)
    return refused


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Spoilt:
    folder = shutil.copytree(AWKWARD, tmp_path_factory.mktemp("spoilt") / "case")
    rows = {name: list(spoil(name)) for name in HEADERS}
    rows["claims"] += dated(rows)
    gone: dict[str, list[Row]] = {name: [] for name in rows}
    for _ in range(4):  # what cannot be read hides what refers to it
        refused = find_refused(folder, rows)
        if not refused:
            return Spoilt(folder, build(folder, folder.with_name("case.db")), rows, gone)
        for name, bad in refused.items():
            gone[name] += bad
            numbers = {id(row) for row in bad}
            rows[name] = [row for row in rows[name] if id(row) not in numbers]
    raise AssertionError("each time that mistakes are mended there are others")


def spoilt_by(rows: Sequence[Row], payloads: Sequence[str]) -> dict[str, set[str]]:
    """Return the columns into which each of the payloads was written."""
    return {payload: {row.column for row in rows if row.payload == payload} for payload in payloads}


@pytest.mark.parametrize("name", HEADERS)
def test_what_is_unsafe_is_refused_in_every_column(spoilt: Spoilt, name: str) -> None:
    assert spoilt_by(spoilt.refused[name], UNSAFE) == {payload: {*HEADERS[name]} for payload in UNSAFE}


@pytest.mark.parametrize("name", HEADERS)
def test_words_and_markup_are_text_like_any_other(spoilt: Spoilt, name: str) -> None:
    kind = read_vocabulary().get(name)
    texts = {one.name for one in kind.columns if one.type in {"text", "term"}} if kind else {"at", "stated", "note"}
    judged = {"reliability", "finding", "subject"} if name in {"sources", "exceptions"} else set()
    texts = {"description"} if name == "vocabulary" else texts - judged
    for payload, columns in spoilt_by(spoilt.kept[name], (*REAL, *MARKUP)).items():
        assert columns >= texts, payload


def test_what_is_kept_is_kept_as_it_is(spoilt: Spoilt) -> None:
    with closing(sqlite3.connect(spoilt.db)) as connection:
        columns = ", ".join(f'"{column}"' for column in CLAIM_COLUMNS if column != "unit")
        claims = connection.execute(f"select {columns} from claims order by id").fetchall()  # noqa: S608
        cells = connection.execute("select entity, property, value from cells").fetchall()
    unit = CLAIM_COLUMNS.index("unit")
    assert claims == [
        tuple(cell.strip() for column, cell in enumerate(row.cells) if column != unit)
        for row in spoilt.kept["claims"][1:]
    ]
    assert sorted(cells) == sorted(
        (row.cells[0].strip(), column, cell.strip())
        for name in COLUMNS
        for row in spoilt.kept[name][1:]
        for column, cell in zip(HEADERS[name][1:], row.cells[1:], strict=True)
        if cell.strip()
    )


# Every question


def strictly(text: str) -> Any:
    """Read JSON that has no duplicate keys and no numbers that JSON does not have."""

    def no_number(name: str) -> None:
        raise AssertionError(name)

    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    return json.loads(text, parse_constant=no_number, object_pairs_hook=whole)


def of_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def of_markdown(text: str) -> None:
    read_markdown(text)
    table = text.partition("\n\n")[0]
    assert len(set(cells_of(table))) <= 1


def of_svg(text: str) -> None:
    tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(text).iter()}
    assert tags <= {"svg", "title", "rect", "text"}


SHAPES: dict[str, Callable[[str], Any]] = {
    "csv": of_csv,
    "json": strictly,
    "jsonl": lambda text: [strictly(line) for line in text.splitlines()],
    "md": of_markdown,
    "svg": of_svg,
    "tsv": lambda text: [line.split("\t") for line in text.removesuffix("\n").split("\n")],
}
"""What a format that is read by machines must be; any other is only looked at."""

OTHERS = [format for format in FORMATS if format not in {"json", "csv", "table", "timeline"}]
"""What two questions of four are asked in: a terminal draws the rest."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_harmless(spoilt: Spoilt, question: str) -> None:
    """In JSON and CSV, in two other formats in turn, for none knows the question, and on a terminal."""
    read: dict[str, Any] = {}
    turn = QUESTIONS.index(question)
    for format in ("json", "csv", *(OTHERS[(turn + step) % len(OTHERS)] for step in (0, 1))):
        done = ask(*words(question), "-f", format, SPECTOR_DB=spoilt.db)
        assert (done.code, done.told) in {(0, ""), (1, "")}, format
        assert not UNSEEN.search(done.text.replace("\t", "") if format == "tsv" else done.text), format
        read[format] = SHAPES.get(format, str)(done.text)
    assert read["json"] == read.get("jsonl", read["json"])
    shown = [["" if cell is None else str(cell) for cell in row.values()] for row in read["json"]]
    assert shown == read["csv"][1:] == read.get("tsv", read["csv"])[1:]
    done = draw(*words(question), columns=100, SPECTOR_DB=spoilt.db)
    assert not UNSEEN.search(SGR.sub("", done.text) + done.err)


def test_real_words_come_out_as_they_went_in(spoilt: Spoilt, tmp_path: Path) -> None:
    for format in ("csv", "json", "tsv", "jsonl", "svg", "md", "table"):
        text = ask("sources", "-f", format, SPECTOR_DB=spoilt.db).text
        assert not {word for word in REAL if word not in text}, format
    ask("report", "-o", tmp_path / "case.html", SPECTOR_DB=spoilt.db)
    text = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert not {word for word in REAL if word not in text}


# Every export, reports and references


def of_folder(path: Path, spoilt: Spoilt) -> None:
    strictly((path / "datapackage.json").read_text(encoding="utf-8"))
    for name, rows in spoilt.kept.items():
        if name in COLUMNS:
            read = of_csv((path / f"{name}.csv").read_bytes().decode())
            assert read == [[cell.strip() for cell in row.cells] for row in rows]


def of_workbook(path: Path, spoilt: Spoilt) -> None:
    path = path.rename(path.with_suffix(".xlsx"))
    with ZipFile(path) as parts:
        for name in parts.namelist():
            tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(parts.read(name)).iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks", "externalReference"}
    cells = {cell.value for row in load_workbook(path)["sources"] for cell in row}
    assert {*REAL, *(text for text in MARKUP if text[0] in "=@+-")} <= cells


def of_graph(read: Callable[[Path], Any]) -> Callable[[Path, Spoilt], None]:
    def look(path: Path, spoilt: Spoilt) -> None:
        labels = {str(one["label"]) for _, one in read(path).nodes(data=True)}
        assert {*REAL} <= labels or not {word for word in REAL if not any(word in label for label in labels)}

    return look


STRING = r'"(?:[^"\\\n]|\\.)*"'
DOT = re.compile(rf"digraph {STRING} \{{\n(?:  (?:rankdir=LR|(?:node|edge)|{STRING}|->|=|,|\w+| |\[|\])*;\n)*\}}\n")


def of_dot(path: Path, spoilt: Spoilt) -> None:
    assert DOT.fullmatch(path.read_bytes().decode())


def of_mermaid(path: Path, spoilt: Spoilt) -> None:
    first, *lines = path.read_bytes().decode().splitlines()
    assert first == "flowchart LR"
    for line in lines:
        assert re.fullmatch(r'n\d+(?:\["[^"<>`\[\]]*"\]| (?:-->|-\.->)\|"[^"<>`\[\]]*"\| n\d+)', line), line


def of_stix(path: Path, spoilt: Spoilt) -> None:
    text = path.read_text(encoding="utf-8")
    bundle = stix2.parse(text, allow_custom=True)
    assert len(bundle.objects) == len(strictly(text)["objects"])


def of_timelinejs(path: Path, spoilt: Spoilt) -> None:
    for slide in strictly(path.read_text(encoding="utf-8"))["events"]:
        for text in (*slide["text"].values(), slide.get("group", ""), slide["display_date"]):
            page = Page(text)
            assert {tag for tag, _ in page.tags} <= {"p", "a"}
            assert all(re.match("https?://", link) for link in page.values("href"))
            assert {name for _, attributes in page.tags for name in attributes} <= {"href"}


def of_calendar(path: Path, spoilt: Spoilt) -> None:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    titles = {str(event["summary"]) for event in calendar.walk("VEVENT")}
    assert {*REAL, "END:VEVENT", "a;b, c: d", "x\\"} <= titles
    assert {one.name for one in calendar.walk()} == {"VCALENDAR", "VEVENT"}


def of_entities(path: Path, spoilt: Spoilt) -> None:
    """Read entities: a name with a semicolon is no member of a list there, and nothing else is odd."""
    for line in path.read_text(encoding="utf-8").splitlines():
        assert {"id", "schema", "properties"} <= strictly(line).keys()
    told = loaded_again(path, ".ftm.json")
    assert re.fullmatch(r"(spector: \d+ values? kept as wording, not of the type of the property: .*\n)?", told)


def of_statements(path: Path, spoilt: Spoilt) -> None:
    """Read statements: the case itself again, of whose odd words a load tells."""
    header, *rows = of_csv(path.read_bytes().decode())
    assert {len(row) for row in rows} == {len(header)}
    assert "left out" not in loaded_again(path, ".csv")


def loaded_again(path: Path, suffix: str) -> str:
    """Load an export as what it is, and return what that told."""
    done = ask("load", path.rename(path.with_suffix(suffix)), "--check")
    assert done.code == 0
    return done.err


def of_json(path: Path, spoilt: Spoilt) -> None:
    strictly(path.read_text(encoding="utf-8"))


READERS: dict[str, Callable[[Path, Spoilt], None]] = {
    "folder": of_folder,
    "xlsx": of_workbook,
    "graphml": of_graph(nx.read_graphml),
    "graph": of_graph(nx.read_graphml),
    "gexf": of_graph(nx.read_gexf),
    "dot": of_dot,
    "mermaid": of_mermaid,
    "stix": of_stix,
    "timelinejs": of_timelinejs,
    "ics": of_calendar,
    "geojson": of_json,
    "ftm": of_entities,
    "ftm-statements": of_statements,
    "datasette": of_json,
}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_what_it_says(spoilt: Spoilt, name: str, tmp_path: Path) -> None:
    assert name in READERS, f"say in tests/test_hostile.py what reads {name}"
    done = ask("export", name, "-o", tmp_path / "case", "--db", spoilt.db)
    assert (done.code, done.out) == (0, b"")
    assert not UNSEEN.search(done.err)
    READERS[name](tmp_path / "case", spoilt)


@pytest.mark.parametrize("redact", [(), ("--redact", "people")])
def test_a_report_is_read_and_nothing_else(spoilt: Spoilt, redact: tuple[str, ...], tmp_path: Path) -> None:
    for file in ("case.html", "case.md"):
        done = ask("report", "-o", tmp_path / file, *redact, "--db", spoilt.db)
        assert (done.code, done.out) == (0, b"")
        assert re.fullmatch("(spector: replaced: .*\n(spector: left as common: .*\n)?)?", done.err)
    page = Page((tmp_path / "case.html").read_text(encoding="utf-8"))
    assert {tag for tag, _ in page.tags}.isdisjoint(FOREIGN)
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert all(re.match("https?://|#", link) for link in page.values("href"))
    text = (tmp_path / "case.md").read_text(encoding="utf-8")
    assert not UNSEEN.search(text + (tmp_path / "case.html").read_text(encoding="utf-8"))
    read_markdown(text)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len(set(cells_of(table))) == 1, table[:200]


@pytest.mark.parametrize("style", STYLES)
def test_every_reference_is_one(spoilt: Spoilt, style: str) -> None:
    done = ask("cite", "--all", "--style", style, SPECTOR_DB=spoilt.db)
    assert (done.code, done.err) == (0, "")
    assert not UNSEEN.search(done.text)
    count = len(spoilt.kept["sources"]) - 1
    readers: dict[str, Callable[[str], Sequence[object]]]
    readers = {"plain": str.splitlines, "bibtex": read_bibtex, "csl": validate}
    assert len(readers[style](done.text)) == count


@pytest.mark.parametrize("seed", [1, 4])
def test_an_odd_folder_leads_to_refusals_only(seed: int, tmp_path: Path) -> None:
    def run(words: Sequence[str]) -> tuple[int, str]:
        done = ask(*words, XDG_STATE_HOME=str(tmp_path))
        return done.code, done.err

    findings, asked = tried(tmp_path / "odd", seed, run)
    assert not findings
    assert asked > 30
