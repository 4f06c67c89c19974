"""The report as Markdown says what the page says, in tables that are whole, and holds nothing but its own anchors."""

import json
import re
from pathlib import Path

import pytest
from cases import write_case
from markdown_it import MarkdownIt
from terminal import ask, build
from test_report import HOSTILE, Page, write, written

TABLES = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module", params=["bundled", "awkward"])
def case(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def read(text: str) -> Page:
    """Return Markdown as a browser would get it; what is HTML in it must be one of our anchors."""
    for tag in re.findall(r"<(?!https?://)[^>]*>", re.sub(r"\\.|`[^`]*`", "", text)):
        assert re.fullmatch(r'<a id="c\d+">|</a>', tag)
    return Page(TABLES.render(text))


def rows(text: str) -> list[int]:
    """Return how many cells each row of a table has, with those of the rule that each table begins with."""
    return [len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", line))) for line in text.splitlines() if line[:1] == "|"]


def test_it_says_what_the_page_says(case: str) -> None:
    text, page = written(case, ".md"), Page(written(case, ".html"))
    shown = "".join(TABLES.render(text))
    for value, said in page.data:
        assert value
        assert re.sub("[<>&]", "", said) in re.sub("&[a-z]+;", "", shown)
    claims = json.loads(ask("sql", "select count(*) as claims from claims", "-f", "json", "--db", case).text)
    every = text[text.index("## Annex C") : text.index("## Annex D")]
    assert every.count("\n| | ") == claims[0]["claims"]


def test_tables_are_whole_and_links_lead_somewhere(case: str) -> None:
    text = written(case, ".md")
    page = read(text)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len(set(rows(table))) == 1, table[:200]
    inner = {link[1:] for link in page.values("href") if link.startswith("#")}
    headings = {re.sub("[^a-z -]", "", title.lower()).replace(" ", "-") for title in re.findall("^## (.*)", text, re.M)}
    assert inner <= {*page.values("id"), *headings}
    assert all(re.match("https?://", link) for link in page.values("href") if not link.startswith("#"))


def test_a_hostile_case_is_harmless(tmp_path: Path) -> None:
    text = f"{HOSTILE} | [x](javascript:alert(1)) ![y](https://example.org/y.png) `code` \\| # **bold**"
    quoted = '"' + text.replace('"', '""') + '"'
    write_case(
        tmp_path / "case",
        f"arrests-teapot,count,288,,,alpha,{quoted},{quoted},,{quoted}\narrests-teapot,count,281,,,beta,{quoted}",
        operations=f"teapot,{quoted},Tea Pot",
        sources=f"alpha,official,A,2021-05-02,{quoted},{quoted},javascript:alert(1)\n"
        f'beta,press,B,2021-05-03,Beta,Own,"https://example.org/)> | `x`\\\\<script>"',
        markets="", events="", proceedings="", seizures="", statements="", people="", agencies="",
    )  # fmt: skip
    written = write(build(tmp_path / "case", tmp_path / "case.db"), tmp_path / "case.md")
    page = read(written)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "code", "style"} - {"code"})
    outer = [link for link in page.values("href") if not link.startswith("#")]
    assert outer == ["https://example.org/)%3E%20%7C%20%60x%60%5C%5C%3Cscript%3E"]
    assert all(len(set(rows(table))) == 1 for table in re.findall(r"(?:^\|.*\n)+", written, re.MULTILINE))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("-o", "case.pdf"),
            2,
            "cannot tell the format from the suffix of case.pdf; "
            "use one of .html, .htm, .md, .markdown, or add --format",
        ),
        (("-f", "pdf"), 2, "no format 'pdf' of a report; there are: html, md"),
        ((), 2, "a report needs a file or a format: -o case.html, -o case.md, or -f md to write to stdout"),
    ],
)
def test_what_it_cannot_be_written_as(case: str, words: tuple[str, ...], code: int, said: str) -> None:
    done = ask("report", *words, "--db", case)
    assert (done.code, done.out, done.err) == (code, b"", f"spector: {said}\n")


def test_stdout_takes_it_too(case: str) -> None:
    assert ask("report", "-f", "md", "--db", case).text == written(case, ".md")
