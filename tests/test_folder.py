"""What the loader refuses, word for word and line by line, and what it takes from a spreadsheet all the same."""

import csv
import hashlib
import json
import os
import re
import sqlite3
from collections import deque
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from cases import ROWS, write_case
from terminal import ask

from spectorcli.errors import NotFound, Refused
from spectorcli.folder.claims import CheckedClaim, check_claim, check_claims
from spectorcli.folder.columns import BASIC_COLUMNS
from spectorcli.folder.known import Known
from spectorcli.folder.mistakes import GUESSES, MOST_MISTAKES, Mistake, Unknown
from spectorcli.folder.read import read_folder
from spectorcli.folder.table import LONGEST_LINE, Raw, count_lines
from spectorcli.load.load import check, fingerprint, load
from spectorcli.result import Cell
from spectorcli.values import listing
from spectorcli.vocabulary import BUNDLED, read_vocabulary

KINDS = read_vocabulary()

CLAIMS = """\
arrests-teapot,count,288,,,alpha
tea,amount,850,kg,,beta
launch,date,2021-05,,,alpha
bazaar,currencies,BTC,,,alpha
"""
"""Lines 2 to 5 of claims.csv."""


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """Where a test may write the folder of a case."""
    return tmp_path / "case"


@pytest.fixture
def folder(case_folder: Path) -> Path:
    return write_case(case_folder, CLAIMS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that no refused folder may touch."""
    home = tmp_path_factory.mktemp("built")
    load(write_case(home / "case"), home / "db" / "case.db")
    return home / "db" / "case.db"


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        check(folder)
    return refused.value.mistakes


def misread(folder: Path) -> list[str]:
    """Return the mistakes that are found before anything is built."""
    case = read_folder(folder, KINDS)
    deque(case.mistakes.sift(check_claims(case.claims.rows(), case.known)), maxlen=0)
    return case.mistakes.messages()


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that stands there; without one, add a line. Lone surrogates are bytes that are not UTF-8."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert old in text
    text = text.replace(old, new) if old else text + new
    file.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")


OWN = "; one of your own is declared in vocabulary.csv"
GIVEN = f"it needs a unit, such as kg, l, USD, tablets, plants, doses, firearms, items, accounts{OWN}"
DATE = "write an EDTF date: 2019, 2021-12, 2023-05-02, 2021-12~, 2021-10/2023-05 or ../2021-12"
NUMBER = "is not a number; write 153, ~300, >100, >=100, <1300, <=1300 or 17.3..21"
ID = "must be letters, digits, dots and hyphens, as in 'arrests-spector-us'"
COUNTRY = "write its code of ISO 3166-1 alpha-2"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("arrests-teapot,cuont,9,,,alpha", "unknown property 'cuont' of arrests; did you mean 'count'?"),
        ("arrests-teapot,turnover,9,EUR,,alpha", "unknown property 'turnover' of arrests"),
        ("arrests-teapot,,9,,,alpha", "unknown property '' of arrests"),
        ("tea,country,DE,,,alpha", "property 'country' of seizures is a column of seizures.csv and is not claimed"),
        ("arrests-teepot,count,9,,,alpha", "unknown subject 'arrests-teepot'; did you mean 'arrests-teapot'?"),
        (",count,9,,,alpha", "unknown subject ''"),
        ("tea,amount,9,tabletts,,alpha", "unknown unit 'tabletts' of amount; did you mean 'tablets'?"),
        ("tea,amount,9,units,,alpha", f"unknown unit 'units' of amount; {GIVEN}"),
        ("tea,amount,9,hg,,alpha", f"unknown unit 'hg' of amount; {GIVEN}"),
        ("tea,amount,9,cm,,alpha", f"unknown unit 'cm' of amount; {GIVEN}"),
        ("tea,amount,9,months,,alpha", f"unknown unit 'months' of amount; {GIVEN}"),
        ("tea,amount,9,Pounds,,alpha", "unknown unit 'Pounds' of amount; lb is the weight, GBP the currency"),
        ("tea,amount,9,XYZ,,alpha", f"unknown unit 'XYZ' of amount; {GIVEN}"),
        (
            "tea,amount,9,,,alpha",
            "amount needs a unit, such as kg, l, USD, tablets, plants, doses, firearms, items, accounts",
        ),
        ("tea,value,9,kg,,alpha", f"unknown unit 'kg' of value; it needs a currency, such as USD, EUR, BTC{OWN}"),
        ("arrests-teapot,count,9,kg,,alpha", f"unknown unit 'kg' of count; it needs a unit: persons{OWN}"),
        ("launch,date,2021,days,,alpha", "date has no unit, but 'days' is given"),
        ("arrests-teapot,count,about 288,,,alpha", "'about 288' is not a number; write ~288"),
        ('arrests-teapot,count,"1,288",,,alpha', "'1,288' is not a number; write 1288"),
        ("arrests-teapot,count,1..2..3,,,alpha", f"'1..2..3' {NUMBER}"),
        ("arrests-teapot,count,1..,,,alpha", "'1..' is not a number; write 1"),
        ("arrests-teapot,count,-2,,,alpha", "'-2' counts less than nothing"),
        ("arrests-teapot,count,21..17.3,,,alpha", "range '21..17.3' ends before it begins"),
        ("launch,date,2021-02-30,,,alpha", "'2021-02-30' is not a day of the calendar"),
        ("launch,date,May 2021,,,alpha", "'May 2021' is not a date in EDTF; write 2021-05"),
        ("launch,date,2021-05/2021-04,,,alpha", "interval '2021-05/2021-04' ends before it begins"),
        ("bazaar,status,seized,,2021-13,alpha", "when: '2021-13' is not a day of the calendar"),
        ("bazaar,status,seized,,today,alpha", f"when: 'today' is not a date; {DATE}"),
        ("arrests-teapot,count,,,,alpha", "value is empty"),
        ("bazaar,description, ,,,alpha", "value is empty"),
        ("bazaar,commercial,maybe,,,alpha", "'maybe' is neither yes nor no"),
        ("arrests-teapot,count,9", "a claim needs a source; name one of sources.csv"),
        ("arrests-teapot,count,9,,,betta", "unknown source 'betta'; did you mean 'beta'?"),
        ("arrests-teapot,count,9,,,bka", "'bka' is one of the agencies, not of the sources"),
        ("arrests-teapot,count,9,,,alpha,,,normal", "rank is preferred, inferred, deprecated or empty, not 'normal'"),
        ("arrests-teapot,count,9,,,alpha,,,preferred", "rank 'preferred' needs its reason in note"),
        ("arrests-teapot,count,9,,,alpha,,,deprecated, ", "rank 'deprecated' needs its reason in note"),
        ("teapot,led_by,fbbi,,,alpha", "unknown agency 'fbbi'; did you mean 'fbi'?"),
        ("teapot,led_by,ana,,,alpha", "'ana' is one of the people, not of the agencies"),
        ("teapot,participants,us,,,alpha", "unknown country 'us'; did you mean 'US'?"),
        ("teapot,participants,only US; GB,,,alpha", "country 'GB' has no row in countries.csv; add one"),
        ("arrests-teapot,count,\x00,,,alpha", "the character U+0000 is not allowed in a case; remove it"),
        ("arrests-teapot,count,9,,,alpha,,\x1b[2J", "the character U+001B is not allowed in a case; remove it"),
        ("arrests-teapot,count,9,,,alpha,,\x9b2J", "the character U+009B is not allowed in a case; remove it"),
        ("arrests-teapot,count,9,,,alpha,,,,\u202e", "the character U+202E is not allowed in a case; remove it"),
        ("arrests-teapot,count,9,,,alpha,,,,\u200b", "the character U+200B is not allowed in a case; remove it"),
    ],
)
def test_a_claim_that_is_refused(case_folder: Path, row: str, message: str) -> None:
    assert misread(write_case(case_folder, CLAIMS + row)) == [f"claims.csv:6: {message}"]


@pytest.mark.parametrize(
    ("kind", "row", "message"),
    [
        ("markets", "bazaar,Souk", "duplicate id 'bazaar', first in markets.csv:2"),
        ("people", "fbi,Fred", "duplicate id 'fbi', first in agencies.csv:2"),
        ("markets", "the souk,Souk", f"id 'the souk' {ID}"),
        ("markets", "-souk,Souk", f"id '-souk' {ID}"),
        ("markets", ",Souk", f"id '' {ID}"),
        ("people", "müller,Müller", f"id 'müller' {ID}"),
        ("markets", "souk", "name is empty; every one of the markets has one"),
        ("events", "closing,shutdown, ,teapot", "title is empty; every one of the events has one"),
        ("countries", "XX,Nowhere", f"unknown country 'XX'; {COUNTRY}: DE"),
        ("countries", "gb,United Kingdom", f"unknown country 'gb'; {COUNTRY}, GB"),
        ("countries", "GBR,United Kingdom", f"unknown country 'GBR'; {COUNTRY}, GB"),
        ("countries", "id,name,aliases", "the header appears again; remove it"),
        ("arrests", "more,teapot,us", "country of more: unknown country 'us'; did you mean 'US'?"),
        ("arrests", "more,teapot,GB", "country of more: country 'GB' has no row in countries.csv; add one"),
        ("arrests", "more,teapot,Germany", "country of more: unknown country 'Germany'; did you mean 'DE'?"),
        ("arrests", "more,teapot,allemagne", "country of more: unknown country 'allemagne'; did you mean 'DE'?"),
        ("arrests", "more,teapot,ZZ", "country of more: unknown country 'ZZ'"),
        ("arrests", "more,teepot", "operation of more: unknown operation 'teepot'; did you mean 'teapot'?"),
        ("arrests", "more,bazaar", "operation of more: 'bazaar' is one of the markets, not of the operations"),
        ("arrests", "more,teapot,,drugs", "part_of of more: 'drugs' is one of the seizures, not of the arrests"),
        (
            "sources",
            "echo,blog,D,,,Echo,,beta; betta",
            "derived_from of echo: unknown source 'betta'; did you mean 'beta'?",
        ),
        ("sources", "echo,blog,G,,,Echo", "reliability of echo must be a letter from A to F; F if it cannot be judged"),
        (
            "sources",
            "echo,blog,AB,,,Echo",
            "reliability of echo must be a letter from A to F; F if it cannot be judged",
        ),
        ("sources", "echo,blog,,,,Echo", "reliability of echo must be a letter from A to F; F if it cannot be judged"),
        ("sources", "echo,blog,D,2021-06-31,,Echo", "published of echo: '2021-06-31' is not a day of the calendar"),
        ("agencies", "unit,Unit,,,unit", "part_of goes in a circle: unit -> unit; remove one of them"),
        (
            "sources",
            "echo,blog,D,,,Echo,,beta; echo",
            "derived_from goes in a circle: echo -> echo; remove one of them",
        ),
    ],
)
def test_a_thing_that_is_refused(case_folder: Path, kind: str, row: str, message: str) -> None:
    write_case(case_folder, CLAIMS, **{kind: f"{ROWS[kind]}\n{row}"})
    line = len(ROWS[kind].splitlines()) + 2
    assert misread(case_folder) == [f"{kind}.csv:{line}: {message}"]


CLAIM = "arrests-teapot,count,{},,,alpha,,,,\n".format
FILES: dict[str, tuple[str, str, str, list[str]]] = {
    # what is wrong: the file, a text in it (none: its end), what stands there instead, all messages
    "column missing": ("countries.csv", ",name", "", ["countries.csv:1: missing column 'name'"]),
    "column of claims missing": ("claims.csv", ",value", "", ["claims.csv:1: missing column 'value'"]),
    "column unknown": (
        "countries.csv",
        "aliases",
        "flag",
        ["countries.csv:1: unknown column 'flag'; is it aliases? else remove it"],
    ),
    "column of what is claimed": (
        "arrests.csv",
        "part_of",
        "part_of,count",
        ["arrests.csv:1: column 'count' is a property that needs a source; write it in claims.csv"],
    ),
    "column misspelt": (
        "claims.csv",
        "subject",
        "subjet",
        ["claims.csv:1: missing column 'subject'", "claims.csv:1: unknown column 'subjet'; did you mean 'subject'?"],
    ),
    "column twice": ("claims.csv", "rank,", "rank,rank,", ["claims.csv:1: column 'rank' appears twice"]),
    "kind unknown": (
        "towns.csv",
        "",
        "id\n",
        ["towns.csv:1: unknown kind 'towns'; declare a kind of your own in vocabulary.csv"],
    ),
    "kind misspelt": ("arests.csv", "", "id\n", ["arests.csv:1: unknown kind 'arests'; did you mean 'arrests'?"]),
    "kind in capitals": (
        "Arrests.csv",
        "",
        "id\n",
        ["Arrests.csv:1: looks like a copy of arrests.csv; move it elsewhere"],
    ),
    "suffix in capitals": (
        "PEOPLE.CSV",
        "",
        "id\n",
        ["PEOPLE.CSV:1: a file by this name is not read; rename it to people.csv"],
    ),
    "suffix partly in capitals": (
        "Vans.Csv",
        "",
        "id\n",
        ["Vans.Csv:1: a file by this name is not read; rename it to vans.csv"],
    ),
    "package in capitals": (
        "DataPackage.JSON",
        "",
        "{}",
        ["DataPackage.JSON:1: a file by this name is not read; rename it to datapackage.json"],
    ),
    "claims in capitals": (
        "Claims.csv",
        "",
        "id\n",
        ["Claims.csv:1: looks like a copy of claims.csv; move it elsewhere, or read it as well: spector load DIR FILE"],
    ),
    "parts of each other": (
        "agencies.csv",
        "BKA,DE,",
        "BKA,DE,lab",
        ["agencies.csv:3: part_of goes in a circle: bka -> lab -> bka; remove one of them"],
    ),
    "derived from each other": (
        "sources.csv",
        "First release,,",
        "First release,,copy",
        ["sources.csv:2: derived_from goes in a circle: alpha -> copy -> alpha; remove one of them"],
    ),
    "claim thrice": (
        "claims.csv",
        "",
        CLAIM(288) + "arrests-teapot,count,288,persons,,alpha,,x,,y\n",  # in other words, but the same claim
        [f"claims.csv:{line}: the same claim is in line 2; remove one of them" for line in (6, 7)],
    ),
    "claim twice, one line after the other": (
        "claims.csv",
        CLAIM(288),
        CLAIM(288) * 2,
        ["claims.csv:3: the same claim is in line 2; remove one of them"],
    ),
    "Latin-1": ("claims.csv", "", CLAIM("\udcfc"), ["claims.csv:6: byte 0xFC is not UTF-8; save the file as UTF-8"]),
    "Latin-1 in the header": (
        "countries.csv",
        "name",
        "n\udce4me",
        ["countries.csv:1: byte 0xE4 is not UTF-8; save the file as UTF-8"],
    ),
    "line end in a cell": (
        "claims.csv",
        "",
        CLAIM('"2\n88"') + CLAIM("x"),
        [f"claims.csv:6: '2 88' {NUMBER}", f"claims.csv:8: 'x' {NUMBER}"],
    ),
    "row cut short": (
        "claims.csv",
        "",
        "arrests-teapot,count,28",
        ["claims.csv:6: a claim needs a source; name one of sources.csv"],
    ),
    "row too long": (
        "claims.csv",
        "",
        CLAIM("1,288"),
        ["claims.csv:6: the row has 11 cells and the header 10; put what holds ',' in quotes"],
    ),
    "quote not closed": (
        "claims.csv",
        "",
        CLAIM('"288') + CLAIM(9),
        ["claims.csv:6: the row that begins here cannot be read: unexpected end of data; check its quotes"],
    ),
    "quote within a cell": (
        "claims.csv",
        "",
        CLAIM('"2"88') + CLAIM("x"),
        [
            "claims.csv:6: the row that begins here cannot be read: ',' expected after '\"'; check its quotes",
            f"claims.csv:7: 'x' {NUMBER}",
        ],
    ),
    "no JSON": (
        "datapackage.json",
        "",
        "{title: Teapot}",
        ["datapackage.json:1: is not a data package: it cannot be read as a JSON object"],
    ),
    "no JSON object": (
        "datapackage.json",
        "",
        "[]",
        ["datapackage.json:1: is not a data package: it cannot be read as a JSON object"],
    ),
    "a package nested too deep": (
        "datapackage.json",
        "",
        f'{{"mine": {"[" * 100_000}{"]" * 100_000}}}',
        ["datapackage.json:1: is not a data package: it cannot be read as a JSON object"],
    ),
    **{
        f"a package of other types: {text}": ("datapackage.json", "", text, [f"datapackage.json:1: {problem}"])
        for text, problem in {
            **{f'{{"operation": {odd}}}': "operation is not a text" for odd in ("5", '["x"]', '{"a": 1}', "true")},
            **{
                f'{{"as_of": {odd}}}': "as_of is not a day, such as 2023-05-02"
                for odd in ("2023", '["2023-05-02"]', '"2023"', "false")
            },
            '{"title": NaN}': "is not a data package: it cannot be read as a JSON object",
            '{"a": 1e999}': "is not a data package: it cannot be read as a JSON object",
            '{"description": "a\\u001bb"}': "description holds the character U+001B; remove it",
            '{"licenses": [{"name": "\\u202e"}]}': "licenses holds the character U+202E; remove it",
            '{"mine": {"a\\u009b": 1}}': "mine holds the character U+009B; remove it",
            '{"a\\u0007": 1}': "a\\x07 holds the character U+0007; remove it",
            '{"mine": "\\ud800"}': "mine holds the character U+D800; remove it",
            '{"name": "a\\nb"}': "name holds the character U+000A; remove it",
        }.items()
    },
    "a mistake in a later line": (
        "datapackage.json",
        "",
        '{\n  "name": "x",\n  "as_of": 5,\n  "operation": "nope"\n}',
        [
            "datapackage.json:3: as_of is not a day, such as 2023-05-02",
            "datapackage.json:4: operation: unknown operation 'nope'; there are: teapot",
        ],
    ),
    "a torn package": (
        "datapackage.json",
        "",
        '{\n  "name": "x"\n  "title": 5\n}',
        ["datapackage.json:3: is not a data package: it cannot be read as a JSON object"],
    ),
    "ESC in the title": (
        "datapackage.json",
        "",
        '{"title": "\\u001b[2J"}',
        ["datapackage.json:1: title holds the character U+001B; remove it"],
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "messages"), FILES.values(), ids=FILES)
def test_a_file_that_is_refused(folder: Path, file: str, old: str, new: str, messages: list[str]) -> None:
    change(folder / file, old, new)
    assert mistakes(folder) == messages


@pytest.mark.parametrize(
    "text",
    [
        '{"title": null, "licenses": null, "description": null}',
        '{"licenses": [], "description": "Two\\nlines,\\ta tab", "mine": [1, null, {"a": [true, "b"]}]}',
        '{"licenses": [{"name": "CC0-1.0"}, {"title": null, "path": "LICENSE.txt"}]}',
    ],
)
def test_a_package_that_is_taken(folder: Path, text: str) -> None:
    change(folder / "datapackage.json", "", text)
    assert misread(folder) == []


LICENSES: list[object] = ["x", [5], {"a": 1}, [None], [{"path": 5}], [{}, {"title": []}]]


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        *((key, odd) for key in ("title", "name", "description") for odd in (5, ["about", "Ana"], {"a": 1}, False)),
        *[("licenses", odd) for odd in LICENSES],
    ],
)
def test_what_describes_a_case_and_is_odd_is_left_out_and_told(folder: Path, key: str, odd: object) -> None:
    change(folder / "datapackage.json", "", json.dumps({"operation": "teapot", "mine": 1, key: odd}))
    case = read_folder(folder, read_vocabulary())
    assert not case.mistakes
    (told,) = case.changes.told()
    assert told.startswith(f"changed to be read: datapackage.json: {key} left out, for it is not a ")
    assert json.loads(case.metadata["package"]) == {"operation": "teapot", "mine": 1}


@pytest.mark.parametrize("file", [f"{kind}.csv" for kind in (*ROWS, "claims")])
def test_an_empty_file(folder: Path, file: str) -> None:
    (folder / file).write_text("")
    assert f"{file}:1: the file is empty; its first line names the columns" in mistakes(folder)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_another_encoding(folder: Path, encoding: str) -> None:
    file = folder / "arrests.csv"
    file.write_bytes(file.read_text().encode(encoding))
    assert mistakes(folder) == ["arrests.csv:1: is UTF-16 or UTF-32, not UTF-8; save it as CSV in UTF-8"]


def test_a_circle_of_three(case_folder: Path) -> None:
    rows = "one,press,C,,,One,,three\ntwo,press,C,,,Two,,alpha; one\nthree,press,C,,,Three,,two\nalpha,court,A,,,Zero"
    assert mistakes(write_case(case_folder, sources=rows)) == [
        "sources.csv:2: derived_from goes in a circle: one -> three -> two -> one; remove one of them"
    ]


def test_a_long_line_of_sources_is_no_circle(case_folder: Path) -> None:
    rows = "\n".join(f"s{n},press,C,,,Source,,{f's{n + 1}' if n < 300 else ''}" for n in range(301))
    check(write_case(case_folder, "arrests-teapot,count,288,,,s0", sources=rows))


def test_all_mistakes_are_told_at_once_in_the_order_of_files_and_lines(folder: Path) -> None:
    change(folder / "claims.csv", "count,288,,,alpha", "cuont,288,,,alfa")
    change(folder / "claims.csv", "850,kg", "many,kg")
    change(folder / "claims.csv", "", "".join(CLAIM(f"x{n}") for n in range(6)))
    change(folder / "agencies.csv", ",US,", ",us,")
    change(folder / "sources.csv", "blog,D", "blog,G")
    change(folder / "towns.csv", "", "id\n")
    assert mistakes(folder) == [
        "agencies.csv:2: country of fbi: unknown country 'us'; did you mean 'US'?",
        "claims.csv:2: unknown property 'cuont' of arrests; did you mean 'count'?",
        "claims.csv:2: unknown source 'alfa'; did you mean 'alpha'?",
        f"claims.csv:3: 'many' {NUMBER}",
        *(f"claims.csv:{6 + n}: 'x{n}' {NUMBER}" for n in range(6)),
        "sources.csv:5: reliability of delta must be a letter from A to F; F if it cannot be judged",
        "towns.csv:1: unknown kind 'towns'; declare a kind of your own in vocabulary.csv",
    ]


def test_what_cannot_be_read_is_not_blamed_on_what_refers_to_it(folder: Path) -> None:
    change(folder / "arrests.csv", "country", "land")
    change(folder / "claims.csv", "850", "many")
    assert mistakes(folder) == [
        "arrests.csv:1: unknown column 'land'; is it country? else remove it",
        f"claims.csv:3: 'many' {NUMBER}",
    ]


@pytest.mark.parametrize(
    "case", ["column missing", "kind unknown", "Latin-1", "quote not closed", "row too long", "no JSON"]
)
def test_a_refused_folder_leaves_the_database_alone(folder: Path, built: Path, case: str) -> None:
    file, old, new, messages = FILES[case]
    change(folder / file, old, new)
    before = hashlib.sha256(built.read_bytes()).digest(), built.stat()
    with pytest.raises(Refused, match=rf"{folder.name} is not a valid case: 1 mistake; nothing was built") as refused:
        load(folder, built)
    assert refused.value.mistakes == messages
    assert refused.value.code == 5
    assert (hashlib.sha256(built.read_bytes()).digest(), built.stat()) == before
    assert list(built.parent.iterdir()) == [built]
    new_one = built.with_name("new.db")
    with pytest.raises(Refused):
        load(folder, new_one)
    assert list(built.parent.iterdir()) == [built]


@pytest.mark.parametrize("missing", ["", "claims.csv"])
def test_what_is_no_case_folder(folder: Path, tmp_path: Path, missing: str) -> None:
    (folder / "claims.csv").unlink()
    with pytest.raises(NotFound) as refused:
        load(folder if missing else folder / "nowhere", tmp_path / "case.db")
    assert str(refused.value) == (
        f"{folder} is not a case folder: it has no claims.csv" if missing else f"no case folder at {folder}/nowhere"
    )
    assert list(tmp_path.iterdir()) == [folder]


def test_a_file_of_claims_in_capitals(folder: Path) -> None:
    (folder / "claims.csv").rename(folder / "Claims.CSV")
    with pytest.raises(NotFound) as refused:
        check(folder)
    assert str(refused.value) == f"{folder} is not a case folder: it has no claims.csv; rename Claims.CSV"


# What is accepted


def facts(folder: Path, db: Path) -> list[tuple[object, ...]]:
    load(folder, db)
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(
            """
            select claims.subject, claims.property, facts.value, facts.unit, stated, note
            from facts
            join claims on claims.id = facts.claim
            """
        ).fetchall()


def counts(folder: Path) -> dict[Cell, Cell]:
    return {row[0]: row[1] for row in check(folder).rows}


def save_anew(folder: Path, encoding: str, delimiter: str, end: str, quoting: Literal[0, 1]) -> None:
    """Write each file as a spreadsheet may save it."""
    for file in folder.glob("*.csv"):
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        with file.open("w", encoding=encoding, newline="") as out:
            csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end", "quoting"),
    [
        ("utf-8", ",", "\n", csv.QUOTE_ALL),
        ("utf-8", ",", "\n\n", csv.QUOTE_MINIMAL),
        ("utf-8", ";", "\n", csv.QUOTE_MINIMAL),
        ("utf-8", ";", "\r", csv.QUOTE_ALL),
        ("utf-8-sig", ",", "\r\n", csv.QUOTE_MINIMAL),
        ("utf-8-sig", ",", "\r\n\r\n", csv.QUOTE_ALL),
        ("utf-8-sig", ";", "\r\n", csv.QUOTE_MINIMAL),
        ("utf-8-sig", ";", "\r\n", csv.QUOTE_ALL),
    ],
)
def test_what_a_spreadsheet_saves(
    folder: Path, tmp_path: Path, encoding: str, delimiter: str, end: str, quoting: Literal[0, 1]
) -> None:
    change(folder / "claims.csv", "", 'launch,description,"Tea, ""hot""; and cakes",,,alpha,,"a; b, c",,\n')
    plain = facts(folder, tmp_path / "case.db")
    assert ("launch", "description", 'Tea, "hot"; and cakes', "", "a; b, c", "") in plain
    save_anew(folder, encoding, delimiter, end, quoting)
    assert facts(folder, tmp_path / "case.db") == plain


def test_lines_are_counted_as_an_editor_does(folder: Path) -> None:
    change(folder / "claims.csv", "", "x" + CLAIM(1))
    save_anew(folder, "utf-8-sig", ";", "\r\n\r\n", csv.QUOTE_MINIMAL)
    assert mistakes(folder) == ["claims.csv:11: unknown subject 'xarrests-teapot'; did you mean 'arrests-teapot'?"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("claims.csv", "288,", "  288  ,"),  # blanks around a cell
        ("claims.csv", "288,", "288,persons"),  # a unit that goes without saying
        ("claims.csv", "", "arrests-teapot,count,288,,,beta,,,,\n"),  # who agrees is no repetition
        ("claims.csv", "", "arrests-teapot,count,288,,,alpha,para 9,,,\n"),  # nor is another place in the source
        ("claims.csv", "", "arrests-teapot,count,9,,2020,alpha,,,deprecated,A slip\n"),
        ("claims.csv", "", "money,amount,53400000,BTC,,alpha,,,,\n"),
        ("claims.csv", "", "drugs,amount,660,lb,,alpha,,,,\n"),
        ("claims.csv", "", 'teapot,participants,"only US; DE",,,alpha,,,,\n'),
        ("claims.csv", "", "sources,published,2021,,,alpha,,,,\n".replace("sources,published", "copy,dated")),
        ("markets.csv", "", "0-to.9,Souk,سوق‌ها\n"),
        ("README.md", "", "Anything"),
        ("vocabulary.csv", "", BUNDLED.read_text()),
        ("datapackage.json", "", '\ufeff{"title": "Teapot"}'),
        ("datapackage.json", "", "{}"),
    ],
)
def test_accepted(folder: Path, file: str, old: str, new: str) -> None:
    change(folder / file, old, new)
    check(folder)


def test_a_folder_may_hold_claims_and_what_they_are_about_alone(case_folder: Path) -> None:
    write_case(case_folder, "bazaar,vendors,5,,,delta")
    for kind in {*ROWS} - {"markets", "sources"}:
        (case_folder / f"{kind}.csv").unlink()
    change(case_folder / "sources.csv", "copy,press,C,2021-05-04,Copy,Retold,,alpha,\n", "")
    assert counts(case_folder) == {"markets": 1, "sources": 3, "claims": 1}


@pytest.mark.parametrize(
    "name", [".#claims.csv", "._claims.csv", ".people.csv", "._datapackage.json", ".x.CSV", "~$claims.csv"]
)
@pytest.mark.parametrize("dangling", [True, False])
def test_what_begins_with_a_dot_is_not_of_the_case(folder: Path, name: str, dangling: bool) -> None:
    """An editor's lock is a link to nowhere, a copy of macOS's own is binary."""
    before = check(folder), fingerprint(folder)
    if dangling:
        (folder / name).symlink_to("me@host.1:2")
    else:
        (folder / name).write_bytes(b"\0\5\26\7Mac OS X")
    assert (check(folder), fingerprint(folder)) == before


def test_what_looks_like_a_table_and_is_not_read_is_told(folder: Path) -> None:
    for name in (
        "people.tsv",
        "Claims.XLSX",
        "arrests.csv.txt",
        "towns.ods",
        "README.txt",
        "people.md",
        "~$people.xlsx",
    ):
        (folder / name).write_text("Anything")
    (folder / "sources.numbers").mkdir()
    told = "not read: Claims.XLSX, arrests.csv.txt, people.tsv; a case is read from .csv files"
    done = ask("load", "--check", folder)
    assert (done.code, done.text.splitlines()[-1]) == (0, told)


def test_a_case_without_claims(case_folder: Path) -> None:
    assert counts(write_case(case_folder, ""))["claims"] == 0


def test_columns_may_stand_in_any_order(folder: Path, tmp_path: Path) -> None:
    plain = facts(folder, tmp_path / "case.db")
    for file in folder.glob("*.csv"):
        rows = [row[::-1] for row in csv.reader(file.read_text(encoding="utf-8").splitlines())]
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    assert facts(folder, tmp_path / "case.db") == plain


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_claims_id_is_its_line_counted_on_over_further_files(folder: Path, tmp_path: Path, end: str) -> None:
    """Whatever ends a line: two claims with one id would be one."""
    header = ",".join(BASIC_COLUMNS)
    more = [tmp_path / name for name in ("more.csv", "claims.csv")]
    save_anew(folder, "utf-8", ",", end, csv.QUOTE_MINIMAL)
    for file, value in zip(more, (7, 8), strict=True):
        file.write_text(f"{header}\n{CLAIM(value)}", newline=end)
    load(folder, tmp_path / "case.db", more)
    with closing(sqlite3.connect(tmp_path / "case.db")) as connection:
        places = connection.execute("select id, value from claims where property = 'count' order by id").fetchall()
    lines = [count_lines(file) for file in (folder / "claims.csv", *more)]
    assert places == [(2, "288"), (lines[0] + 2, "7"), (lines[0] + lines[1] + 2, "8")]
    more[1].write_text(f"{header}\n{CLAIM(7)}{CLAIM('x')}", newline=end)
    with pytest.raises(Refused) as refused:
        check(folder, more)
    assert refused.value.mistakes == [
        f"{more[1]}:2: the same claim is in more.csv:2; remove one of them",
        f"{more[1]}:3: 'x' {NUMBER}",
    ]


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r", "a\r\n", "a\r\n\rb\n\nc", "\r" * 7 + "\n" * 3])
def test_lines_are_counted_as_they_are_read(tmp_path: Path, text: str) -> None:
    for before in ("", "x" * ((1 << 20) - 1), "x" * ((1 << 20) - 2)):  # a line end may be torn by a block
        file = tmp_path / "file"
        file.write_text(before + text, newline="")
        assert count_lines(file) == len(re.findall("\r\n|\r|\n", text)) + 1


def test_what_is_wrong_with_a_header_is_told_with_its_line(folder: Path) -> None:
    change(folder / "countries.csv", "id,name,aliases", "\n\r\nid,names,aliases")
    assert mistakes(folder) == [
        "countries.csv:3: missing column 'name'",
        "countries.csv:3: unknown column 'names'; did you mean 'name'?",
    ]


def test_a_file_is_read_as_its_first_row_is_written(folder: Path, tmp_path: Path) -> None:
    """Empty lines before it tell nothing; a comma in it is what divides, whatever else stands there."""
    plain = facts(folder, tmp_path / "case.db")
    save_anew(folder, "utf-8-sig", ";", "\r\n", csv.QUOTE_MINIMAL)
    for file in folder.glob("*.csv"):
        file.write_bytes(b"\xef\xbb\xbf\r\n\n" + file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    assert facts(folder, tmp_path / "case.db") == plain
    change(folder / "countries.csv", "id;name;aliases", '"id","name;x","aliases"')
    assert mistakes(folder) == [
        "countries.csv:3: missing column 'name'",
        "countries.csv:3: unknown column 'name;x'; did you mean 'name'?",
    ]


def test_a_row_is_checked_by_what_is_known_alone() -> None:
    """No folder is needed: what checks a row is a function that changes nothing."""
    known = Known(KINDS, {"arrests-teapot": "arrests", "alpha": "sources"}.get)
    raw = Raw("claims.csv", 6, 16, ["arrests-teapot", "count", "288", "", "", "alpha", *[""] * 6])
    checked = check_claim(raw, known)
    assert isinstance(checked, CheckedClaim)
    assert (checked.id, checked.cells[3], checked.declared.name) == (16, "persons", "count")
    assert raw.cells[3] == ""
    wrong = raw._replace(cells=["x", *raw.cells[1:5], "beta", *[""] * 6])
    assert check_claim(wrong, known) == [
        Mistake("claims.csv", 6, "", Unknown("beta", "sources")),
        Mistake("claims.csv", 6, "", Unknown("x", None)),
    ]
    assert check_claim(wrong, Known(KINDS, known.kind_of, incomplete=True)) == []


def test_what_was_meant_is_guessed_for_the_first_mistakes(case_folder: Path) -> None:
    told = misread(write_case(case_folder, "arrests-teepot,count,9,,,alpha\n" * (GUESSES + 5)))
    assert [one.endswith("; did you mean 'arrests-teapot'?") for one in told] == [True] * GUESSES + [False] * 5


def test_helpers_of_messages() -> None:
    assert listing.split(" BTC ;; XMR; ") == ["BTC", "XMR"]


def test_a_mistake_is_one_line_that_can_be_read(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", f"arrests-teapot,count,{'9' * 100_000},,,alpha\n")
    with pytest.raises(Refused) as caught:
        check(folder)
    (mistake,) = caught.value.mistakes
    assert re.fullmatch(r"claims\.csv:2: '9{299} … 9+' is not a number; write 153, .*", mistake)
    assert len(mistake) < 650


def test_a_line_without_an_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "")
    with (folder / "claims.csv").open("a") as claims:
        claims.write(f'arrests-teapot,count,288,,,alpha,"{"y" * LONGEST_LINE}')
    with pytest.raises(Refused) as caught:
        check(folder)
    (mistake,) = caught.value.mistakes
    assert mistake.startswith("claims.csv:2: the row that begins here cannot be read: a line of more than 2,097,152 ")


def test_nobody_reads_more_than_ten_thousand_mistakes(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "no,such,thing,,,x\n" * (MOST_MISTAKES + 10))
    with pytest.raises(Refused, match=r"10,000 mistakes; the rest was not read; nothing was built") as caught:
        check(folder)
    assert len(caught.value.mistakes) == MOST_MISTAKES


@pytest.mark.parametrize("name", ["people.csv", "datapackage.json"])
def test_what_has_no_end_is_not_read(tmp_path: Path, name: str) -> None:
    folder = write_case(tmp_path / "case")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises(Refused) as refused:
        read_folder(folder, read_vocabulary())
    assert refused.value.mistakes == [f"{name}:1: is not a regular file; put the file itself there"]
