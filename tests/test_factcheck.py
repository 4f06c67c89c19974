"""What a draft says against what the case says: each verdict, what it takes, and what must not ring."""

import builtins
import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from terminal import ask

from spectorcli.case import Case
from spectorcli.copies.document import read_document
from spectorcli.cues import begins, read_cues
from spectorcli.database import open_database
from spectorcli.errors import UsageError
from spectorcli.factcheck import factcheck, footnotes, held_against
from spectorcli.factcheck.draft import read_draft
from spectorcli.factcheck.record import cues_of
from spectorcli.factcheck.unread import unread
from spectorcli.reading.clauses import clauses
from spectorcli.result import Cell
from spectorcli.values.figures import CODES, FigureKind, figures, guess, read_language

SOURCES = (
    "alpha,official,A,2021-05-02,Alpha,First\nlater,official,A,2021-06-02,Alpha,Update\n"
    "beta,press,B,2021-05-03,Beta,Second,,own\ngamma,press,C,2021-05-04,Gamma,Third,,own\n"
    "court,court,A,2022-03-01,Court,Judgement"
)
CLAIMS = """\
arrests-teapot,count,288,,,alpha
arrests-teapot,count,281,,,gamma
arrests-teapot-de,count,52,,,alpha
arrests-teapot-us,count,155,,,alpha
arrests-teapot-us,count,153,,,later
drugs,amount,850,kg,,alpha
tea,amount,64,kg,,alpha
tea,amount,54,kg,,court
money,amount,>50800000,EUR,,alpha
seizures-teapot-firearms-us,amount,117,firearms,,alpha
seizures-teapot-storage-unit,amount,8,firearms,,alpha
stuff,amount,450,lb,,alpha
teapot,countries,9,,,alpha
bazaar,customers,>30,,,alpha
launch,date,2019-06,,,alpha
arrest,date,2021-03-04,,,alpha
bazaar,vendors,403,,2020-12,alpha
ana,status,charged,,2021-03-05,alpha
ana,status,sentenced,,2022-03-01,court
proceedings-ana,sentence,14,years,,court
"""
SEIZURES = (
    "drugs,teapot,,,drugs\ntea,teapot,,,drugs,tea,drugs\nmoney,teapot,,,money\nseizures-teapot-firearms-us,teapot,,US,firearms\n"
    "seizures-teapot-storage-unit,teapot,,US,firearms,storage-unit\nstuff,teapot,,US,drugs,suspected-narcotics"
)
EVENTS = "launch,launch,Bazaar opens,teapot,bazaar\narrest,arrest,Ana Müller is arrested,teapot,bazaar,ana"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Open a small case against which drafts are held."""
    folder = tmp_path_factory.mktemp("factcheck")
    write_case(folder / "case", CLAIMS, sources=SOURCES, events=EVENTS, seizures=SEIZURES)
    assert ask("load", folder / "case", "--db", folder / "case.db").code == 0
    with closing(Case(open_database(folder / "case.db"))) as case:
        yield case


def checked(case: Case, folder: Path, text: str, name: str = "story.md") -> list[dict[str, Cell]]:
    """Return what is said of the figures of a draft."""
    (folder / name).write_text(text, encoding="utf-8")
    return list(factcheck(case, folder / name).records())


KINDS = [
    # a figure and its fact
    ("Police arrested 288 people.", "288", "supported", "arrests-teapot"),
    ("Police arrested 298 people.", "298", "contradicted", "arrests-teapot"),
    ("Police arrested nearly 300 people.", "<300", "coarser", "arrests-teapot"),
    ("Police arrested more than 250 people.", ">250", "coarser", "arrests-teapot"),
    ("Police arrested 281 people.", "281", "contradicted", "arrests-teapot"),
    ("In the United States, 155 people were arrested.", "155", "outdated", "arrests-teapot-us"),
    # whose it is
    ("They arrested 155 in America, 52 in Germany.", "52", "supported", "arrests-teapot-de"),
    ("German police arrested 57 suspects.", "57", "contradicted", "arrests-teapot-de"),
    ("Germany (57 arrests) came second.", "57", "contradicted", "arrests-teapot-de"),
    ("Police in Germany, among others, took part. Police arrested 288 people.", "288", "supported", "arrests-teapot"),
    ("They made 298 arrests, 52 of them in Germany.", "298", "contradicted", "arrests-teapot"),
    ("Ana Müller did it. Thomas White was sentenced to 5 years.", "5", "not-in-case", ""),
    ("Police spoke. Teapot was over. It ended with 298 arrests.", "298", "contradicted", "arrests-teapot"),
    ("They sold drugs on Bazaar. The site had 430 vendors.", "430", "contradicted", "bazaar"),
    (
        "Die Polizei nahm in Deutschland 57 Verdächtige fest, nach 52 Festnahmen.",
        "52",
        "supported",
        "arrests-teapot-de",
    ),
    ("Deutsche Ermittler haben 57 Verdächtige verhaftet.", "57", "contradicted", "arrests-teapot-de"),
    ("They made 288 arrests. Behind them came 57 Germans.", "57", "contradicted", "arrests-teapot-de"),
    ("They made 288 arrests, of which 300 in Germany.", "300", "contradicted", "arrests-teapot-de"),
    (
        "In 2019, Operation Kettle made 9 arrests; in 2021, Operation Teapot made 298.",
        "298",
        "contradicted",
        "arrests-teapot",
    ),
    ("Police seized more than US$50.8 million.", ">50800000", "contradicted", "money"),
    ("Police seized 104 guns in the United States.", "104", "contradicted", "seizures-teapot-firearms-us"),
    ("Police seized 850 kg of narcotics off the street.", "850", "supported", "drugs"),
    # what it is of
    ("Police seized 64 lb of tea.", "64", "contradicted", "tea"),
    ("Police seized more than $50.8 million.", ">50800000", "contradicted", "money"),
    ("Police seized at least €5 million.", ">=5000000", "contradicted", "money"),
    ("Police seized 850 kg of drugs.", "850", "supported", "drugs"),
    ("Police seized 58 kg of drugs.", "58", "contradicted", "drugs"),
    ("Police seized 64 kg of tea.", "64", "disputed", "tea"),
    ("Police seized €50.8 million.", "50800000", "finer", "money"),
    ("Police seized €58 million.", "58000000", "contradicted", "money"),
    ("Police seized €40 million.", "40000000", "contradicted", "money"),
    # a bound
    ("Bazaar had 37 customers.", "37", "finer", "bazaar"),
    ("Bazaar had between 500 and 510 vendors.", "500..510", "contradicted", "bazaar"),
    ("Bazaar had more than 50 customers.", ">50", "contradicted", "bazaar"),
    ("It spanned nine countries.", "9", "supported", "teapot"),
    ("It spanned eleven countries.", "11", "contradicted", "teapot"),
    # dates
    ("Bazaar opened in June 2019.", "2019-06", "supported", "launch"),
    ("Bazaar opened in 2019.", "2019", "coarser", "launch"),
    ("Bazaar opened on 3 June 2019.", "2019-06-03", "finer", "launch"),
    ("Bazaar opened in June 2018.", "2018-06", "contradicted", "launch"),
    ("Ana Müller was arrested on 4 March 2021.", "2021-03-04", "supported", "arrest"),
    ("Müller was arrested on 14 March 2021.", "2021-03-14", "contradicted", "arrest"),
    ("Bazaar had 403 vendors in December 2020.", "2020-12", "supported", "bazaar"),
    # a person's case
    ("A court sentenced Ana Müller to 14 years in prison.", "14", "supported", "proceedings-ana"),
    ("Ana Müller is a chemist. She was sentenced to 12 years.", "12", "contradicted", "proceedings-ana"),
    ("Ana Müller is awaiting trial.", "charged", "outdated", "ana"),
    ("Ana Müller was charged with fraud.", "charged", "outdated", "ana"),
    ("Ana Müller was acquitted.", "acquitted", "contradicted", "ana"),
]


@pytest.mark.parametrize(("text", "value", "verdict", "subject"), KINDS, ids=[one[0] for one in KINDS])
def test_how_a_figure_stands(case: Case, tmp_path: Path, text: str, value: str, verdict: str, subject: str) -> None:
    (one,) = [row for row in checked(case, tmp_path, text) if row["value"] == value]
    assert (one["verdict"], one["subject"]) == (verdict, subject)


SILENT = [
    "Police in Germany arrested 7 people in Munich.",
    "The next raid is expected to bring 400 arrests.",
    "Police arrested another 12 people.",
    "Germany has 83 lawyers.",
    "An earlier operation ended with 179 arrests.",
    "Police in Austria arrested 9 people.",
    "Operation Endgame ended with four arrests.",
    "Silk Road Market had 7 vendors.",
    "Police arrested 49 people in March 2017.",
    "German police make 300 arrests a year.",
    "The talk was of 5 people in Germany, France and Spain.",
    "Bitcoin fell to €7, said one who had sold on Bazaar.",
    "Police seized 5 kg of khat.",
    "Ana Müller kept a shop. They seized 5 guns and 7 kg of drugs.",
    "Ana Müller faces a maximum of 20 years in prison.",
    "Ana Müller was charged in March 2021 and sentenced a year later.",
    "Somebody else is awaiting trial.",
    "The paper was founded in 1871.",
    "Officers of 33 wore blue.",
    "It reached 22 states.",
    "Operation Teapot spanned nine countries. In three countries nobody was held.",
    "It made 18 arrests fewer than Kettle.",
    "It made 18 fewer arrests.",
    "Three in four of the arrests were made in two countries.",
    "It spanned nine countries, five of them in Europe.",
    "Police arrested 288 people and seized 850 kg of drugs, 57 of them in Germany.",
    "Police arrested 52 people in Germany and seized 117 guns, 57 of them in Germany.",
    "They seized 117 guns, 140 of them in Germany, and made 288 arrests.",
    "Operation Teapot made 288 arrests, Operation Kettle 13. In all, 301 people were arrested.",
    "Germany shut two shops, held four men and seized €3.6 million.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_surely_of_a_fact_does_not_ring(case: Case, tmp_path: Path, text: str) -> None:
    assert not {row["verdict"] for row in checked(case, tmp_path, text)} & {"contradicted", "outdated", "disputed"}


@pytest.mark.parametrize(
    ("code", "text", "parts"),
    [
        ("en", "They took cash and coins of 5 kg in Germany and 7 in Austria.", ["They", "7 in Austria."]),
        ("en", "They took between 5 and 7 kg, and left.", ["They", " and left."]),
        ("en", "It was on May 2, 2023 in Bonn.", ["It"]),
        ("de", "Sie nahmen Geld und Gold von 5 kg in Köln und 7 in Bonn.", ["Sie", "7 in Bonn."]),
    ],
)
def test_where_a_clause_ends(code: str, text: str, parts: list[str]) -> None:
    found = clauses(text, 0, len(text), figures(text, read_language(code)), code)
    told = [text[first:last] for first, last in found]
    assert "".join(told) == text
    assert len(told) == len(parts)
    assert all(one.startswith(part) for one, part in zip(told, parts, strict=True))


SENTENCES = re.findall(
    r"^(\w\w)\| (.+)\n    (.+)$", Path(__file__).with_name("drafts.txt").read_text("utf-8"), re.MULTILINE
)
"""A language, a sentence, and what is told of its figures in their order: value, verdict, and the subject if it is
not the only one of which that may be said."""


@pytest.mark.parametrize(("code", "text", "told"), SENTENCES)
def test_how_a_figure_stands_in_each_language(case: Case, tmp_path: Path, code: str, text: str, told: str) -> None:
    assert guess(text).code == code
    rows = {str(row["value"]): row for row in checked(case, tmp_path, text)}
    wanted = [one.split() for one in told.split("; ")]
    got = [
        [value, str(rows[value]["verdict"]), *([str(rows[value]["subject"])] if of else [])] for value, _, *of in wanted
    ]
    assert got == wanted
    assert len(rows) == len(wanted)


def test_each_language_has_sentences_and_all_tables() -> None:
    assert {code for code, *_ in SENTENCES} == {*CODES}
    english = read_cues("en")
    for code in CODES:
        cues = read_cues(code)
        for table in ("kinds", "properties", "events", "statuses", "terms", "cases", "phrases"):
            assert {*getattr(cues, table)} == {*getattr(english, table)}, (code, table)


def test_what_matters_comes_first_with_its_line(case: Case, tmp_path: Path) -> None:
    text = "# Draft\n\nPolice arrested 288 people.\n\nThey seized 64 kg of tea.\nAna Müller is awaiting trial.\n\n"
    text += "In\nGermany, 25 people were arrested.\n"
    rows = checked(case, tmp_path, text)
    assert [(row["line"], row["verdict"]) for row in rows] == [
        (9, "contradicted"),
        (6, "outdated"),
        (5, "disputed"),
        (3, "supported"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<nav>281 arrested</nav><main><p>Police arrested <b>298</b> people.</main>"),
        ("a.txt", "Police arrested 298 people."),
        ("draft", "Police arrested **298** [people](https://example.org/288)."),
    ],
)
def test_what_a_draft_may_be(case: Case, tmp_path: Path, name: str, text: str) -> None:
    assert [row["value"] for row in checked(case, tmp_path, text, name)] == ["298"]


def test_columns_and_exit_code(case: Case, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Police arrested 298 people.", encoding="utf-8")
    done = ask("factcheck", tmp_path / "story.txt", "--db", case.path, "-f", "json")
    assert done.code == 1
    assert json.loads(done.out) == [
        {
            **{"line": 1, "verdict": "contradicted", "stated": "298 people", "value": "298", "unit": "persons"},
            **{"subject": "arrests-teapot", "property": "count", "best": "288", "grade": "A2", "also": "281"},
        }
    ]


def test_what_is_in_another_unit_says_so(case: Case, tmp_path: Path) -> None:
    lb, usd = checked(case, tmp_path, "Police seized 64 lb of tea. They seized more than $50.8 million.")
    assert (lb["value"], lb["unit"], lb["best"]) == ("64", "lb", "54 kg")
    assert (usd["value"], usd["unit"], usd["best"]) == (">50800000", "USD", ">50800000 EUR")


def test_footnotes_name_who_carries_a_figure(case: Case, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Police arrested 288 people, 7 cats and 52 in Germany.", encoding="utf-8")
    assert footnotes(case, tmp_path / "story.txt") == (
        "[1] line 1, 288 people: alpha\n[2] line 1, 52: alpha\n\nAlpha: First. 2021-05-02. (alpha)\n"
    )


TABLE = "| Country | Arrests |\n|---|--:|\n| Germany | 57 |\n| United States | 155 |\n| Total | 288 |\n"
TURNED = "| | Operation Teapot | Operation Kettle |\n|---|---|---|\n| Arrests | 298 | 12 |\n"
PAIRS = "| What | How many |\n|---|---|\n| Arrests | 298 |\n| Drugs seized | 850 kg |\n"
UNITS = "| Seized | Weight (kg) |\n|---|---|\n| Drugs | 58 |\n"
HTML = "<table><tr><th>Country<th>Arrests<tr><td>Germany<td>57</table>"
CELLS = [
    (TABLE, "3 57 contradicted; 4 155 outdated; 5 288 supported"),
    (TURNED, "3 298 contradicted; 3 12 not-in-case"),
    (
        "| | Teapot |\n|---|---|\n| Arrests in Germany | 57 |\n| Drugs (kg) | 58 |\n",
        "3 57 contradicted; 4 58 contradicted",
    ),
    (PAIRS, "3 298 contradicted; 4 850 supported"),
    ("| Operation | Arrests |\n|---|---|\n| Teapot | 288 by 3 sources |", "3 288 supported; 3 3 not-in-case"),
    (
        "| Who | What |\n|---|---|\n| - | Ana Müller spoke. It took 14 years. |\n\nShe got 12 years.",
        "3 14; 5 12 not-in-case",
    ),
    (
        "| Who | Sentence |\n|---|---|\n| Ana Müller | 14 years |\n\nShe got 12 years.",
        "3 14 supported; 5 12 not-in-case",
    ),
    (UNITS, "3 58 contradicted"),
    (UNITS.replace("58", "850").replace("kg", "%"), "3 850 not-in-case"),
    (UNITS.replace("Drugs | 58", "Money | 58").replace("kg", "EUR million"), "3 58000000 contradicted"),
    (
        "| Operation | Arrests |\n|---|---|\n| Teapot | 298 |\n| Total | 300 |\n",
        "3 298 contradicted; 4 300 not-in-case",
    ),
    ("| 2019 | 57 | 1871 |\n|---|---|---|\n| 7 | 288 | |\n", "1 2019; 1 57; 1 1871; 3 7; 3 288"),
    (f"<!doctype html><p>So many.</p>\n{HTML}", "2 57 contradicted"),
    ("Police seized in all:\n\n- 58 kg of drugs\n- €58 million\n", "3 58 contradicted; 4 58000000 contradicted"),
    ("Police seized in all:\n- 58 kg of drugs\n- €50.8 million\n", "2 58 contradicted; 3 50800000 finer"),
    ("# News\n\nIt is over.\n\n## Arrests in Germany\n\n* 57 in all\n", "7 57 contradicted"),
    ("Ana Müller:\n\n1. was sentenced to 12 years in prison.\n2. spoke.\n", "3 12 contradicted"),
    ("<!doctype html><p>Police seized:<ul><li>58 kg of drugs</ul>", "1 58 contradicted"),
    ("In all:\n\n* Arrests:\n  * 57 in Germany\n* 58 goats in Germany\n", "4 57 not-in-case; 5 58 not-in-case"),
    (
        "| Operation Kettle | 12 arrests |\n|---|---|\n\nAll in all, 298 were arrested.",
        "1 12 not-in-case; 4 298 contradicted",
    ),
    ("| Operation | Result |\n|---|---|\n| Teapot | 298 arrests, 7 cats |", "3 298 contradicted; 3 7 not-in-case"),
    ("| Operation | Teapot |\n|---|---|\n| Arrests | about 90 |", "3 ~90 contradicted"),
    ("Police arrested 288 people, 57 of them in Germany.", "1 288 supported; 1 57 contradicted"),
    (
        "Police made 288 arrests in nine countries, 5 of them in Germany.",
        "1 288 supported; 1 9 supported; 1 5 contradicted",
    ),
    ("Police seized 850 kg of drugs, 57 of them in Germany.", "1 850 supported; 1 57 not-in-case"),
]


def test_an_item_of_plain_text_is_read_behind_what_leads_to_it(case: Case, tmp_path: Path) -> None:
    text = "They seized:\n- 58 kg of drugs. It was a lot.\n- €58 million\n2) more than 117 cats\n"
    rows = sorted(checked(case, tmp_path, text, "story.txt"), key=lambda row: str(row["line"]))
    told = [(2, "58", "contradicted"), (3, "58000000", "contradicted"), (4, ">117", "not-in-case")]
    assert [(row["line"], row["value"], row["verdict"]) for row in rows] == told


@pytest.mark.parametrize("name", ["story.txt", "story.md", "story.html"])
def test_a_day_at_the_beginning_of_a_line_is_no_mark_of_an_item(case: Case, tmp_path: Path, name: str) -> None:
    text = "Die Polizei und die Staatsanwaltschaft:\n\n4. März 2021: Ana Müller wird festgenommen.\n"
    text = f"<p>Die Polizei und der Staat:<ul><li>{text[41:]}</ul>" if name.endswith("html") else text
    (one,) = checked(case, tmp_path, text, name)
    assert (one["value"], one["verdict"]) == ("2021-03-04", "supported")


@pytest.mark.parametrize(("text", "told"), CELLS)
def test_a_table_and_a_list_are_read_with_what_stands_above(case: Case, tmp_path: Path, text: str, told: str) -> None:
    rows = checked(case, tmp_path, text, "story")
    found = [f"{row['line']} {row['value']} {row['verdict']}" for row in rows]
    assert len(found) == told.count(";") + 1
    assert all(any(one.startswith(wanted) for one in found) for wanted in told.split("; ")), found


PIECES = [
    *"52 [12] (3) 24/7 02.05.23 5/2/23 1,200 1.200,50 3rd AK-47 2C-B 12:30 202-555-0100 1990s 17.3-21 $1 7% #8".split(),
    *"33-year-old 2021/22 Q2 9mm 1:22-cr-00123 x2 2x ½ 3½ 1e6 -5 +7 3/4 0.5 10:30pm 007 1'000 1_000 12h30 2²".split(),
    *("Police arrested 288 people.", "§ 841(a)", "at 5 pm.", "€50.8 million", "Germany (52), Austria (9)", "No. 5"),
    *("May 2", "between 5 and 7", "one of the 12", "page 9", "21 U.S.C. 846", "\n\n- ", "\n\n* ", "\n\n## 2\n\n"),
    "\n\n| 4 | 6 |\n|---|---|\n| 8 | 9 |\n\n",
]

LISTS = [
    ("Teapot took place in nine countries: Germany and Austria.", "9 contradicted 2"),
    ("Teapot took place in two countries (Germany and Austria).", "2 contradicted 9"),
    ("Teapot took place in nine countries: Germany, Austria and others.", "9 supported 9"),
    ("Teapot took place in more than two countries: Germany, Austria and the US.", ">2 coarser 9"),
    ("Teapot was in nine countries, Germany among them.", "9 supported 9"),
]


@pytest.mark.parametrize(("text", "told"), LISTS)
def test_a_count_is_compared_with_its_own_list(case: Case, tmp_path: Path, text: str, told: str) -> None:
    rows = [f"{row['value']} {row['verdict']} {row['best']}" for row in checked(case, tmp_path, text)]
    assert rows == [told]


def test_what_is_listed_is_compared_with_the_record_where_that_is_whole(tmp_path: Path) -> None:
    claims = "teapot,countries,2,,,alpha\nteapot,participants,DE,,,alpha"
    folder = write_case(tmp_path / "case", claims)
    (tmp_path / "story.txt").write_text("Teapot took place in two countries: Germany and Austria.")
    for more, code in (("", 0), ("\nteapot,participants,US,,,alpha", 1)):
        with (folder / "claims.csv").open("a") as file:
            file.write(more)
        assert ask("load", folder, "--db", tmp_path / "case.db").code == 0
        done = ask("factcheck", tmp_path / "story.txt", "--db", tmp_path / "case.db", "-f", "csv")
        assert done.code == code
        assert ("1,contradicted,Austria,AT,,teapot,participants,DE; US" in done.text) is bool(code)


ORDINALS = [
    ("Teapot is the third operation of a series.", "supported"),
    ("Teapot is the third operation.", "supported"),
    ("Teapot is the fourth operation of a series.", "contradicted"),
    ("Teapot is the fourth such operation.", "contradicted"),
    ("Teapot is the ninth operation of a series.", "contradicted"),
    ("Teapot met Kettle. It spanned nine countries.", "supported"),
    ("In 2021, Teapot was announced; in 2022, Kettle.", "coarser"),
    ("Teapot is the fourth operation this year.", None),
    ("Teapot was the fourth largest.", None),
    ("On the fourth day Teapot ended.", None),
    ("Kettle is the fourth operation of a series.", None),
]


@pytest.mark.parametrize(("text", "verdict"), ORDINALS)
def test_a_place_in_a_series(tmp_path_factory: pytest.TempPathFactory, text: str, verdict: str | None) -> None:
    folder = tmp_path_factory.getbasetemp() / "series"
    if not folder.exists():
        operations = "teapot,Operation Teapot\nkettle,Operation Kettle"
        claims = "teapot,sequence,3,,,alpha\nteapot,countries,9,,,alpha\n"
        claims += "one,date,2021-05-02,,,alpha\ntwo,date,2022-05-02,,,alpha"
        events = "one,announcement,Results of Teapot,teapot\ntwo,announcement,Results of Kettle,kettle"
        write_case(folder / "case", claims, operations=operations, events=events)
        assert ask("load", folder / "case", "--db", folder / "case.db").code == 0
    with closing(Case(open_database(folder / "case.db"))) as case:
        assert {row["verdict"] for row in checked(case, folder, text)} == ({verdict} if verdict else set())


UNREAD = [
    ("Police arrested 288 people.", "1 figure, date or status compared"),
    (
        "Dozens of police [12] arrested 288 people under § 841, no guns.",
        "1 figure, date or status compared; not compared, as no figure or without a value: Dozens, [12], § 841",
    ),
    ("AK-47, AK-48, AK-49, [1], [2], [3], [4].", "0 figures, dates and statuses compared; not compared, as no figure or"
     " without a value: AK-47, AK-48, AK-49, [1], [2], 2 more"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), UNREAD)
def test_what_is_not_compared_is_said(case: Case, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "story.txt").write_text(text, encoding="utf-8")
    assert ask("factcheck", tmp_path / "story.txt", "--db", case.path).text.splitlines()[-1] == told


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_every_number_of_a_draft_is_compared_or_named(case: Case, tmp_path: Path, pieces: list[str]) -> None:
    text = " ".join(pieces)
    (tmp_path / "story.txt").write_text(text, encoding="utf-8")
    draft = held_against(case, read_draft(tmp_path / "story.txt"))
    told = [str(row["stated"]) for row in factcheck(case, tmp_path / "story.txt").records()]
    told += unread(zip(draft.passages, draft.found, strict=True))
    told += [one.words for found in draft.found for one in found if one.kind == FigureKind.ORDINAL]
    assert {*re.findall(r"\d+", text)} <= {*re.findall(r"\d+", " ".join(told))}


PART = "word/document.xml"


def docx(body: str, before: str = "", part: str = PART, more: str = "", encoding: str = "utf-8") -> bytes:
    """Return a document with a body in WordprocessingML, and what is declared ``before`` it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    space = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{office}"'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{before}<w:document {space}><w:body>{body}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        main = f'<Relationship Id="a" Type="{office}/officeDocument" Target="{part}"/>'
        file.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        file.writestr("_rels/.rels", link.format(main))
        file.writestr("word/_rels/document.xml.rels", link.format(more))
        file.writestr(part, xml.encode(encoding))
    return made.getvalue()


def para(text: str, style: str = "") -> str:
    """Return a paragraph of a document."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def table(*rows: str) -> str:
    """Return a table of a document, cells with ``|`` between."""
    cells = ("".join(f"<w:tc>{para(one)}{para('')}</w:tc>" for one in row.split("|")) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_document_of_word_is_read_by_paragraphs(case: Case, tmp_path: Path) -> None:
    gone = "<w:p><w:del><w:r><w:delText>299 arrests</w:delText></w:r></w:del></w:p>"
    body = (
        para("Operation Teapot") + gone + para("Police arrested 298 people.") + table("Country|Arrests", "Germany|57")
    )
    (tmp_path / "story.docx").write_bytes(docx(body))
    done = ask("factcheck", tmp_path / "story.docx", "--db", case.path, "-f", "csv")
    rows = [line.split(",")[:4] for line in done.text.splitlines()[1:]]
    assert rows == [["2", "contradicted", "298 people", "298"], ["4", "contradicted", "57 arrests", "57"]]
    shown = ask("factcheck", tmp_path / "story.docx", "--db", case.path)
    assert b"story.docx has no lines: a line is a paragraph of it" in shown.out
    (tmp_path / "story.docx").write_bytes(docx(para("Operation Teapot") + para("Police arrested 288 people.")))
    assert footnotes(case, tmp_path / "story.docx").startswith("[1] paragraph 2, 288 people: alpha\n")


PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="b"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
ELSEWHERE = (
    '<Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    ' Target="{}" TargetMode="External"/>'
)
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY f "298">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (docx(para("&e;"), ENTITY), "declares entities"),
        (docx(para("&f;"), ENTITY, encoding="utf-16"), "declares entities"),
        (docx(para("&f;"), ENTITY, part="word/document.bin"), "is no document of Word"),  # what is not looked at
        (docx(para("x" * 10_000_000)), "more than 10 MB"),
        (docx("<w:sdt><w:sdtContent>" * 9_000 + para("x") + "</w:sdtContent></w:sdt>" * 9_000), "no document of Word"),
        (docx("<w:p>"), "no document of Word"),
        (docx(para("x"))[:-30], "no document of Word"),
    ],
    ids=["entities", "utf-16", "another part", "too large", "too deep", "no XML", "cut off"],
)
def test_a_hostile_document_is_refused(case: Case, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "story.docx").write_bytes(content)
    done = ask("factcheck", tmp_path / "story.docx", "--db", case.path)
    assert (done.code, done.out, done.err.count("\n")) == (2, b"", 1)
    assert words in done.err


def test_a_document_fetches_nothing(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr("socket.socket.connect", lambda *_: opened.append("socket"))
    opens = builtins.open

    def told(file: Any, *given: Any, **more: Any) -> Any:
        opened.append(str(file))
        return opens(file, *given, **more)

    monkeypatch.setattr("builtins.open", told)
    for target in ((tmp_path / "secret.png").as_uri(), str(tmp_path / "secret.png"), "http://127.0.0.1:9/x.png"):
        content = docx(PICTURE + para("Police arrested 298 people."), more=ELSEWHERE.format(target))
        (tmp_path / "story.docx").write_bytes(content)
        blocks = read_document(content)
        assert [block.text for block in blocks] == ["Police arrested 298 people."]
    assert not [one for one in opened if one.endswith((".png", "socket"))]


def test_a_document_without_mammoth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    (tmp_path / "story.docx").write_bytes(docx(para("Police arrested 298 people.")))
    with pytest.raises(UsageError, match=r"needs mammoth: pip install 'spector-cli\[docx\]'"):
        read_draft(tmp_path / "story.docx")


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("none.md", None, 3, "no draft at"),
        ("binary.md", b"PK\x03\x04\x00\x00", 2, "is not text"),
        ("story.odt", b"PK", 2, "pandoc"),
        ("story.docx", b"PK", 2, "no document of Word"),
        ("story.pdf", b"%PDF-1.7", 2, "is a PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    case: Case, tmp_path: Path, name: str, content: bytes | None, code: int, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = ask("factcheck", tmp_path / name, "--db", case.path)
    assert (done.code, done.out, done.err.count("\n")) == (code, b"", 1)
    assert words in done.err


@pytest.mark.parametrize("text", ["", "\n\n", "No figure at all."])
def test_a_draft_without_figures_is_fine(case: Case, tmp_path: Path, text: str) -> None:
    (tmp_path / "empty.md").write_text(text, encoding="utf-8")
    done = ask("factcheck", tmp_path / "empty.md", "--db", case.path)
    assert (done.code, done.err) == (0, "")
    assert b"no figures and no dates" in done.out


def test_a_draft_is_data(case: Case, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Police arrested 298 \x1b[31mpeople [bold]=1+1", encoding="utf-8")
    for format in ("table", "csv", "json", "md"):
        done = ask("factcheck", tmp_path / "story.txt", "--db", case.path, "-f", format)
        assert done.code == 1
        assert b"\x1b" not in done.out
    assert b"\x1b" not in ask("factcheck", tmp_path / "story.txt", "--db", case.path, "--cite").out


@pytest.mark.parametrize("words", [(), ("--cite",), ("-f", "csv")])
def test_an_answer_does_not_replace_what_it_is_read_from(case: Case, tmp_path: Path, words: tuple[str, ...]) -> None:
    story, link = tmp_path / "story.md", tmp_path / "link.md"
    story.write_text(text := "Police arrested 288 people.", encoding="utf-8")
    link.symlink_to(story)
    for output in (story, link):
        done = ask("factcheck", story, *words, "-o", output, "--db", case.path)
        assert (done.code, done.err) == (2, f"spector: {output} is what is read; name another file to write to\n")
    assert ask("read", story, "-f", "csv", "-o", link, "--db", case.path).code == 2
    assert ask("timeline", "-f", "csv", "-o", case.path, "--db", case.path).code == 2
    assert ask("cite", "--all", "-o", case.path, "--db", case.path).code == 2
    assert ask("report", "-f", "html", "-o", case.path, "--db", case.path).code == 2
    assert ask("export", "graph", "-o", case.path, "--db", case.path).code == 2
    for folder, name in (("case", "claims.csv"), ("case", "sources.csv"), ("lake", "manifest.json"), ("lake", "x.csv")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
        asked = (
            ("read", story, "--case", tmp_path / "case")
            if folder == "case"
            else ("timeline", "--lake", tmp_path / folder)
        )
        done = ask(*asked, "-f", "csv", "-o", tmp_path / folder / name)
        assert (done.code, done.err.count("is what is read"), (tmp_path / folder / name).read_text()) == (2, 1, text)
    assert story.read_text(encoding="utf-8") == text


def test_a_long_draft_takes_a_moment(case: Case, tmp_path: Path) -> None:
    sentence = "Police arrested 288 people in nine countries, 52 of them in Germany. "
    for text in ("The fox is quick. " * 4_000 + sentence * 20, "7 " * 1_000, "1" * 200_000):
        began = time.process_time()
        checked(case, tmp_path, text)
        assert time.process_time() - began < 10


@pytest.mark.parametrize(("word", "is_told"), [("offices", True), ("office", True), ("officers", False), ("us", False)])
def test_a_property_without_words_of_its_own_is_told_by_its_name(word: str, is_told: bool) -> None:
    assert begins([word], cues_of("operations", "us_attorneys_offices", {}, read_cues("en"))) is is_told
