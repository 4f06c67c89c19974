"""The report says what the questions answer, is the same for the same case, and does nothing but be read."""

import json
import os
import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cases import ROWS, write_case
from terminal import ask, build, run

from spectorcli.statements import questions

VOID = {"meta", "br", "link", "img", "input", "hr"}
FOREIGN = {"script", "iframe", "object", "embed", "form", "link", "img", "base", "foreignobject", "animate", "image"}
"""Elements that run, load or send something; the page has no use for any."""


class Page(HTMLParser):
    """Reads a page strictly: each element is closed where it was opened, and attributes come once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), tag
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "data":
            self.data.append((str(dict(attrs)["value"]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "data":
            value, text = self.data[-1]
            self.data[-1] = value, text + data

    def values(self, name: str) -> list[str]:
        """Return all values of an attribute."""
        return [str(attributes[name]) for _, attributes in self.tags if name in attributes]


@cache
def written(db: str, suffix: str) -> str:
    """Return the report of a case, which is written once for all that look at it."""
    with TemporaryDirectory() as folder:
        return write(db, Path(folder, f"case{suffix}"))


def write(db: str, path: Path) -> str:
    done = ask("report", "-o", path, "--db", db)
    assert (done.code, done.out, done.err) == (0, b"", "")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["bundled", "awkward"])
def case(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def page(case: str) -> Page:
    return Page(written(case, ".html"))


def test_the_same_case_gives_the_same_bytes_and_few(case: str, tmp_path: Path) -> None:
    text = written(case, ".html")
    assert text == write(case, tmp_path / "again.html")
    assert len(text.encode()) < 1_000_000


def test_nothing_comes_from_elsewhere(page: Page) -> None:
    tags = {tag for tag, _ in page.tags}
    assert tags.isdisjoint(FOREIGN)
    assert not any(page.values(name) for name in ("src", "srcset", "xlink:href", "action", "style", "background"))
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert all(tag == "a" for tag, attributes in page.tags if "href" in attributes)
    policies = [str(one["content"]) for _, one in page.tags if one.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_every_link_leads_somewhere(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in page.values("href") if link.startswith("#")}
    assert inner <= set(ids)
    assert all(re.match("https?://", link) for link in page.values("href") if not link.startswith("#"))
    assert set(" ".join(page.values("aria-labelledby")).split()) <= set(ids)


def test_the_figures_are_those_that_spector_answers(case: str, page: Page) -> None:
    shown = [value for value, _ in page.data]
    for question, column in (("arrests", "count"), ("seizures", "amount"), ("timeline", "date")):
        rows = json.loads(ask(question, "--operation", "all", "-f", "json", "--db", case).text)
        wanted = [str(row[column]) for row in rows if row[column] is not None]
        assert wanted
        assert all(shown.count(value) >= wanted.count(value) for value in wanted), question


def test_every_claim_is_there(case: str, page: Page) -> None:
    claims = json.loads(ask("sql", "select count(*) as claims from claims", "-f", "json", "--db", case).text)
    cells = [attributes for tag, attributes in page.tags if tag == "td" and attributes.get("class") == "grade"]
    assert len(cells) == claims[0]["claims"]


def test_headings_do_not_skip_and_tables_name_their_headers(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    pictures = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert all(one.get("aria-hidden") == "true" or one.get("aria-label") for one in pictures)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}</style>&amp;"


def test_a_hostile_case_is_harmless(tmp_path: Path) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    write_case(
        tmp_path / "case",
        f"arrests-teapot,count,288,,,alpha,{quoted},{quoted},,{quoted}\n"
        "arrests-teapot-us,count,153,,,beta\n"
        f"launch,date,2021-12~,,,beta\nana,role,{quoted},,,alpha\nbazaar,operator,ana,,,beta\n"
        f"arrests-teapot,count,281,,,copy,{quoted}",
        operations=f"teapot,{quoted},Tea Pot",
        people=f"ana,{quoted}",
        markets=f"bazaar,{quoted}",
        events=f"launch,{quoted},{quoted},teapot,bazaar",
        sources=f"alpha,official,A,2021-05-02,{quoted},{quoted},javascript:alert(1)\n"
        f'beta,press,B,2021-05-03,Beta,Own,"https://example.org/""onmouseover=alert(1)><script>"\n'
        f'copy,press,C,2021-05-04,Copy,Retold," javascript:alert(2)",alpha\ndelta,blog,D,2021-06,D,B,javascript://example.org/%0aalert(3)',
    )
    text = write(build(tmp_path / "case", tmp_path / "case.db"), tmp_path / "case.html")
    page = Page(text)
    assert "<script" not in text
    assert {tag for tag, _ in page.tags}.isdisjoint(FOREIGN)
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    outer = [link for link in page.values("href") if not link.startswith("#")]
    assert outer == ['https://example.org/"onmouseover=alert(1)><script>']
    assert "{{ 7*7 }}" in text
    assert "javascript:alert(1)" in text  # as text


def test_a_case_of_almost_nothing(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("agencies", "people", "markets", "seizures", "events", "proceedings", "statements"), "")
    write_case(tmp_path / "case", **nothing)
    page = Page(write(build(tmp_path / "case", tmp_path / "case.db"), tmp_path / "case.html"))
    assert ("288", "288 persons") in page.data


def test_partial_dates_are_never_drawn_as_days(bundled: str) -> None:
    text = written(bundled, ".html")
    events = json.loads(ask("timeline", "--operation", "all", "-f", "json", "--db", bundled).text)
    days = [event for event in events if re.fullmatch(r"\d{4}-\d\d-\d\d", event["date"] or "")]
    picture = text[text.index('<svg class="timeline"') : text.index("</figure>")]
    assert picture.count('class="day"') == len(days)
    assert picture.count("<rect") == len([event for event in events if event["date"]]) - len(days)


SEIZED = "drugs,amount,300,kg,2021-04,alpha\ndrugs,amount,>500,kg,2021-05,alpha\ndrugs,amount,40,tablets,,alpha"


@pytest.mark.parametrize("date", ["9999-05-05", "../9999-12-31", "0001-01-01/..", "0001/9999"])
def test_the_first_and_the_last_year_are_drawn(tmp_path: Path, date: str) -> None:
    write_case(tmp_path / "case", f"launch,date,{date},,,alpha")
    db = build(tmp_path / "case", tmp_path / "case.db")
    for words in (
        ("report", "-o", tmp_path / "case.html"),
        ("timeline", "--chart"),
        ("export", "ics", "-o", tmp_path / "i"),
    ):
        assert ask(*words, "--db", db).code == 0
    shares = re.findall(r'(?:x|width)="([0-9.]+)%"', (tmp_path / "case.html").read_text(encoding="utf-8"))
    assert all(0 <= float(share) <= 100 for share in shares)


def test_each_time_and_unit_has_an_answer_of_its_own(tmp_path: Path) -> None:
    db = build(write_case(tmp_path / "case", SEIZED), tmp_path / "case.db")
    told = ["300 kg (April 2021)", "more than 500 kg (May 2021)", "40 tablets"]
    cards = re.findall('<p class="big"><data value="[^"]*">(.*?)</data>', write(db, tmp_path / "case.html"))
    assert sorted(map(unescape, cards)) == sorted(told)
    text = write(db, tmp_path / "case.md")
    section = text[text.index("## Seizures") : text.index("## The series")]
    assert re.findall(r"(?:: |; )(.*?) A2", section) == [
        "more than 500 kg (May 2021)",
        "300 kg (April 2021)",
        "40 tablets",
    ]


def test_a_finding_leads_to_the_claims_of_its_unit(tmp_path: Path) -> None:
    """Not to those of the one that stands for the property."""
    claims = "money,amount,53,USD,,alpha,,fifty-three dollars\nmoney,amount,51,EUR,,beta,,fifty euros"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    page = written(db, ".md")
    findings = page[page.index("Annex B") : page.index("Annex C")]
    (number,) = re.findall(r"stated \|.*?#(c\d+)\)", findings)
    assert "51 EUR" in page[page.index(f'id="{number}"') :].split("<a id=", 1)[0]


def test_a_sentence_calls_things_by_name_and_changes_no_other_word(tmp_path: Path) -> None:
    sources = "2,press,B,2021-05-02,Weekly,Weekly story\n20210503,court,A,2021-05-03,Court,Judgement"
    claims = "\n".join(
        f"{id},count,{count},,,{source}"
        for id, count, source in [
            ("arrests-teapot", 17, "20210503"),
            ("arrests-teapot", 18, "20210503"),
            ("arrests-teapot-us", 5, "2"),
            ("arrests-teapot-de", 12, "2"),
        ]
    )
    db = build(write_case(tmp_path / "case", claims, sources=sources), tmp_path / "case.db")
    page = write(db, tmp_path / "case.html")
    sums = re.findall('<p class="dim sentence">(.*?)</p>', page)
    assert re.sub("#t[0-9]+", "#t", sums[0]) == (
        'the 2 parts of <a href="#t">Operation Teapot</a> add up to 17 persons, which is the stated total.'
    )
    findings = page[page.index("Annex B") : page.index("Annex C")]
    assert re.findall('<td>(<a href="#s[0-9]">20210503</a> says .*?)</td>', findings)


def test_nobody_is_told_to_run_a_command(bundled: str) -> None:
    for suffix in (".html", ".md"):
        text = written(bundled, suffix)
        commands = "|".join([*questions(), "check", "cite", "diff", "export", "graph", "load", "show", "sql", "verify"])
        assert re.findall(rf"spector (?:{commands})\b|--severity|--all", text) == []
        assert "Note(" not in text


def test_what_cannot_be_written_leaves_nothing(case: str, tmp_path: Path) -> None:
    done = ask("report", "-o", tmp_path / "missing" / "case.html", "--db", case)
    assert (done.code, done.err) == (6, f"spector: {tmp_path / 'missing'}: there is no such folder\n")
    assert not list(tmp_path.iterdir())


def test_a_report_without_jinja2(case: str, tmp_path: Path) -> None:
    (tmp_path / "jinja2.py").write_text("raise ImportError")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = run("report", "-o", tmp_path / "out.html", "--db", case, PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="1")
    assert (done.code, done.err) == (6, "spector: a report needs more: pip install 'spector-cli[report]'\n")
    assert [file.name for file in tmp_path.iterdir()] == ["jinja2.py"]


def test_parts_that_exceed_their_total_are_no_shares_of_it(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,2,,,alpha\narrests-teapot-us,count,2,,,copy\narrests-teapot-de,count,1,,,alpha"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    assert [row["share"] for row in json.loads(ask("arrests", "-f", "json", "--db", db).text)] == [None] * 3
    assert not {"█", "%"} & set(ask("arrests", "--db", db).text)
    text = write(db, tmp_path / "case.html")
    assert "%" not in "".join(re.findall('<td class="number">(.*?)</td>', text))
    assert set(re.findall(r'<rect class="bar" width="([\d.]+)%"', text)) == {"0", "100.0"}  # that of the series
    assert set(re.findall(r'<rect class="tile n(\d)"', text)) == {"0", "4"}


PEOPLE = "ana,Ana Müller\nbo,Bo Officer,\ncy,Cy Taken\ndi,Di Nobody\ned,Ed Waiting"


@pytest.mark.parametrize("format", ["html", "md"])
def test_a_case_against_someone_is_also_what_the_events_tell(tmp_path: Path, format: str) -> None:
    claims = (
        "ana,status,charged,,2021-03,alpha\nbo,agency,fbi,,,alpha\ntaken,date,2021-04-05,,,alpha\n"
        "ed,status,pleaded-guilty,,2021,alpha\ndue,date,2021-06-08,,,alpha"
    )
    events = "taken,arrest,Taken,,,cy\nsold,extradition,Given,,,cy\ntold,report,Told of,,,di\ndue,hearing,Due,,,ed"
    db = build(write_case(tmp_path / "case", claims, people=PEOPLE, events=events), tmp_path / "case.db")
    text = unescape(re.sub("<[^>]*>", "", write(db, tmp_path / f"case.{format}")))
    people = text[text.rindex("Someone charged is presumed innocent") : text.rindex("Who is connected with whom")]
    told = {name: people[people.index(name) :].partition("\n")[0] for name in ("Ana", "Bo", "Cy", "Di", "Ed")}
    assert "charged (March 2021)" in told["Ana"]
    assert "arrest 5 April 2021" in told["Cy"] and "extradition" in told["Cy"]
    assert not any("none" in told[name] for name in ("Ana", "Bo", "Cy", "Di"))  # nobody need have a case
    assert "an outcome was due 8 June 2021" in told["Ed"]


def test_a_bound_lies_at_its_figure(tmp_path: Path) -> None:
    claims = "arrests-teapot,count,288,,,alpha,,,,\narrests-teapot,count,>500,,,beta,,,,"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    page = run("report", "-f", "html", "--db", db).text
    assert "288 to more than 500" in page


def test_a_part_of_the_arrests_in_a_country_is_called_one_and_not_on_the_map(tmp_path: Path) -> None:
    claims = (
        "arrests-teapot,count,99,,,alpha\narrests-teapot-us,count,70,,,alpha\narrests-monday,count,30,,,alpha\n"
        "arrests-at,count,>8,,,alpha"
    )
    arrests = f"{ROWS['arrests']}\narrests-monday,teapot,US,arrests-teapot-us\narrests-at,kettle,AT,arrests-teapot"
    operations = ROWS["operations"] + "\nkettle,Operation Kettle"
    folder = write_case(tmp_path / "case", claims, arrests=arrests, operations=operations)
    package = {"name": "case", "title": "Case", "operation": "teapot"}
    (folder / "datapackage.json").write_text(json.dumps(package))
    assert ask("report", "-o", tmp_path / "r.html", "--db", build(folder, tmp_path / "case.db")).code == 0
    page = (tmp_path / "r.html").read_text()
    table = page[page.index('<h2 id="arrests">') : page.index('<h2 id="seizures">')]
    assert "United States, a part" in table
    map = table[: table.index("</svg>")]
    assert re.findall(r'class="many[^>]*>([^<]*)<', map) == ["70", "&gt;8"]


def test_an_operation_whose_only_figure_is_of_one_country_has_it(tmp_path: Path) -> None:
    claims = (
        "arrests-teapot,count,99,,,alpha\narrests-at,count,8,,,alpha\n"
        "tea-at,amount,3,t,,alpha\ncups-at,amount,2,t,,alpha"
    )
    folder = write_case(
        tmp_path / "case",
        claims,
        operations="teapot,Operation Teapot\nkettle,Operation Kettle",
        arrests="arrests-teapot,teapot\narrests-at,kettle,AT,arrests-teapot",
        seizures="tea-at,kettle,,AT,drugs,tea\ncups-at,kettle,,AT,drugs,cups",
    )
    page = ask("report", "-f", "md", "--db", build(folder, tmp_path / "case.db")).text
    series = page[page.index("## The series") : page.index("## People")]
    row = next(line for line in series.splitlines() if "Kettle" in line)
    assert "8 persons" in row and "t A" not in row  # of several parts none stands for all


@pytest.mark.parametrize("format", ["html", "md"])
def test_what_changed_since_an_earlier_case_is_a_section(tmp_path: Path, format: str) -> None:
    before = write_case(tmp_path / "june", "arrests-teapot,count,288,,,alpha")
    db = build(write_case(tmp_path / "july", "arrests-teapot,count,290,,,alpha"), tmp_path / "july.db")
    page = ask("report", "-f", format, "--since", before, "--db", db).text
    changes = page[page.rindex("Changes since june") :]
    assert "best value from 288 persons to 290 persons" in changes[: changes.index("Timeline")]
    assert page.index("Changes since june") > page.rindex("The case in figures")
    assert "Nothing changed." in ask("report", "-f", format, "--since", db, "--db", db).text
    assert "Changes" not in ask("report", "-f", format, "--db", db).text
    for more in (("--redact", "people"), ("--subject", "US")):
        done = ask("report", "-f", format, "--since", before, *more, "--db", db)
        assert (done.code, done.text) == (2, "")
