"""Copies of sources: what counts as a match, what a locator names, what is read, and what is kept on record."""

import base64
import gzip
import hashlib
import io
import json
import logging
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectorcli.copies import RECORD, archive, folder, verify
from spectorcli.copies.block import Block
from spectorcli.copies.locator import find_place
from spectorcli.copies.markup import Tag, tokens
from spectorcli.copies.match import Readings
from spectorcli.copies.page import read_page
from spectorcli.copies.text import READERS, read_blocks
from spectorcli.copies.unreadable import Unreadable
from spectorcli.copies.verdict import VERDICTS
from spectorcli.errors import NotFound, Refused
from spectorcli.result import Result
from spectorcli.values import date
from spectorcli.words import say

TEXT = """Police of nine countries arrested 288 people.
A second paragraph, on money:\u00a0€ 50 800 000 and 850kg of drugs, one of them a rare one, and so on and on, so that \
the line is longer than any that somebody would wrap, which makes each line of this text a paragraph of its own.
What comes next
The third says that “the alliance” of three continents is stronger – much stronger.
"""

PAGE = """<!doctype html><html><head><title>Teapot seized</title><style>p { width: 999px }</style></head>
<body><nav><ul><li>Home<li>777</ul></nav><h1>Operation Teapot</h1>
<table class="vcard infobox"><tr><th>Launched</th><td>2019</td></tr></table>
<p>The <b>lead</b> says 5<sup>[12]</sup> people.<p>Second<br>paragraph, 1&#44;230 kg &amp; more.
<h2>Results<span>[edit]</span></h2><p>Results say 117 guns.</p><script>var x = "<p>666</p>"</script>
<h2>References</h2><ol><li>First of 2021</li><li>Second of 2022</li></ol></body></html>"""

MARKDOWN = """# Operation *Teapot*

The lead has **53** million and a [link to 42](https://example.org/99).

Results
-------
Results say `117` guns.
- item of 2021
- item of 2022

> quoted 88
"""


def pdf(*pages: str) -> bytes:
    """Write a PDF whose pages say this."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 72 720 Td {shown} ET"
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R {font} /MediaBox [0 0 612 792] >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for index, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{index} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    xref = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return out + f"{xref}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def claim(stated: str, at: str = "", source: str = "alpha", line: int = 2) -> dict[str, object]:
    there = {"stated": stated, "source": source, "at": at, "line": line, "seen": ""}
    return {"subject": "teapot", "property": "count", "type": "text", "value": "", "unit": "", **there}


def write(shelf: Path, **copies: str | bytes) -> Path:
    """Write copies, ``alpha_txt`` as ``alpha.txt``."""
    shelf.mkdir(exist_ok=True)
    for name, content in copies.items():
        target = shelf / name.replace("_", ".")
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return shelf


def verdicts(result: Result) -> list[str]:
    return [str(row[0]) for row in result.rows]


def remarks(result: Result) -> list[str]:
    """Return the remarks on the copies, without the places in them."""
    return [re.sub(r"^found in [^;]*(; )?", "", str(row[-1])) for row in result.rows]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("288", "arrested 288."),
        ("288", "(288)"),
        ("nine countries", "NINE\n  countries"),
        ("9 countries", "nine countries"),
        ("twenty", "20"),
        ("1,230", "1230 kg"),
        ("53400000", "$53,400,000"),
        ("53,400,000", "53 400 000 euros"),
        ("53,400,000", "53\u00a0400\u202f000"),
        ("53,400,000", "53.400.000 Euro"),
        ("53,400,000", "53'400’000 Franken"),
        ("850,000", "850.000 Euro"),
        ("53.4 Millionen", "53,4 Millionen"),
        ("850 kg", "850kg"),
        ("850kg", "850\u2009kg"),
        ("€1.23 billion", "€ 1.23 billion"),
        ("€1.23 billion", "US$2 or ~€1.23 billion"),
        ("5%", "5 %"),
        ("18-month", "an 18‑month sentence"),
        ("J-CODE", "the J–CODE team"),
        ('"clear signal"', "a “clear signal”"),
        ("don't", "don’t"),
        ("288 vendors", "288[12] vendors"),
        ("Milomir Desnica", "Milo\u00admir Desnica"),
        ("English", "Available inEnglish"),
        ("2019", "Launched2019"),
        ("SpecTor", "operation spector"),
        ("Café", "cafe\u0301".replace("cafe", "CAFE")),
        ("٢٨٨", "288"),
        ("288", "逮捕288人"),
        ("life; 20 years", "20 years, at most life"),
        ("ﬁve", "five"),
    ],
)
def test_counts_as_a_match(stated: str, text: str) -> None:
    assert Readings(text).hold(Readings(stated))


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("53", "153"),
        ("53", "530"),
        ("53", "53.4 million"),
        ("53", "53,4 Millionen"),
        ("4 million", "53.4 million"),
        ("53", "$53,400,000"),
        ("400", "53,400,000"),
        ("53", "the 53rd"),
        ("12", "288[12]"),
        ("8", "twenty-eight"),
        ("20", "twenty-eight"),
        ("Tor", "Torsten"),
        ("Tor", "actor"),
        ("52", "B52"),
        ("$53 million", "$53.4 million"),
        ("life; 20 years", "20 years"),
        ("[12]", "288[12]"),
        (";", "anything"),
        ("288", ""),
    ],
)
def test_is_no_match(stated: str, text: str) -> None:
    assert not Readings(text).hold(Readings(stated))


@given(
    st.integers(0, 10**12), st.sampled_from(["{:,}", "{}", "€{:,}", "{:,} kg", "({:,})", "{:,}."]), st.integers(1, 9)
)
def test_a_number_is_found_as_itself_and_not_in_a_longer_one(number: int, form: str, digit: int) -> None:
    text = Readings(f"some {form.format(number)} here")
    assert text.hold(Readings(str(number)))
    assert text.hold(Readings(f"{number:,}"))
    assert not text.hold(Readings(f"{number}{digit}"))
    assert not text.hold(Readings(f"{digit}{number}"))


@given(st.text(max_size=30))
def test_a_text_holds_itself(text: str) -> None:
    once = Readings(text)
    if once.english and ";" not in once.english:
        assert once.hold(once)


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        ("para 1", "found"),
        ("para 2", "elsewhere"),
        ("para 1-2", "found"),
        ("para 2; para 1", "found"),
        ("caption and para 1", "found"),
        ("caption and para 2", "anywhere"),
        ("para 9", "anywhere"),
        ("para 0", "anywhere"),
        ("last para", "elsewhere"),
        ("lead", "found"),
        ("excerpt", "anywhere"),
        ("", "anywhere"),
        ("What comes next", "elsewhere"),
    ],
)
def test_places_of_plain_text(shelf: Path, at: str, verdict: str) -> None:
    assert verdicts(verify([claim("288 people", at)], write(shelf, alpha_txt=TEXT))) == [verdict]


@pytest.mark.parametrize(
    ("stated", "at"),
    [
        ("What comes next", "heading before para 3"),
        ("three continents", "para 3"),
        ("three continents", "last para"),
        ("three continents", "section on What comes next"),
        ("50,800,000", "para 2"),
    ],
)
def test_a_heading_is_no_paragraph(shelf: Path, stated: str, at: str) -> None:
    assert verdicts(verify([claim(stated, at)], write(shelf, alpha_txt=TEXT))) == ["found"]


@pytest.mark.parametrize(
    ("stated", "at", "verdict"),
    [
        ("5 people", "para 1", "found"),
        ("5 people", "Lead [12]", "found"),
        ("1230 kg", "para 2", "found"),
        ("Second paragraph", "para 2", "found"),
        ("2019", "Infobox", "found"),
        ("Teapot seized", "title", "found"),
        ("Operation Teapot", "headline", "found"),
        ("117", "Results [8]", "found"),
        ("117", "Results section (uncited)", "found"),
        ("117", "section Results", "found"),
        ("117", "References", "elsewhere"),
        ("2022", "References, 2", "found"),
        ("2022", "References, 1", "elsewhere"),
        ("777", "para 1", "elsewhere"),
        ("666", "", "not-found"),
        ("999", "", "not-found"),
    ],
)
def test_places_of_html(shelf: Path, stated: str, at: str, verdict: str) -> None:
    assert verdicts(verify([claim(stated, at)], write(shelf, alpha_html=PAGE))) == [verdict]


@pytest.mark.parametrize(
    ("stated", "at", "verdict"),
    [
        ("53 million", "para 1", "found"),
        ("link to 42", "lead", "found"),
        ("Operation Teapot", "title", "found"),
        ("117 guns", "Results", "found"),
        ("2022", "Results, 3", "found"),
        ("88", "Operation Teapot", "elsewhere"),
        ("99", "", "not-found"),
    ],
)
def test_places_of_markdown(shelf: Path, stated: str, at: str, verdict: str) -> None:
    assert verdicts(verify([claim(stated, at)], write(shelf, alpha_md=MARKDOWN))) == [verdict]


AROUND = "<p>Menu.</p><p>Sign up for our letter.</p>"
STORY = "<p>One was held.</p><p>Two were held on Tuesday.</p>"

TEXTS_OF_PAGES = {
    "all of it": f"<body>{STORY}",
    "no body": STORY,
    "navigation": f"<nav>{AROUND}</nav>{STORY}<footer>{AROUND}</footer>",
    "a banner": f"<header>{AROUND}</header><aside>{AROUND}</aside>{STORY}",
    "by its role": f"<div role=navigation>{AROUND}</div><div role=main>{STORY}</div>",
    "main": f"<div>{AROUND * 3}</div><main>{STORY}</main><div>{AROUND * 3}</div>",
    "article": f"<div>{AROUND}</div><article><header>{STORY}</header></article><div>{AROUND}</div>",
    "articleBody": f"<article>{AROUND}<div itemprop='x articleBody'>{STORY}<p>{'Three. ' * 30}</div></article>",
    "an article of main": f"<main>{AROUND}<article>{STORY}<p>{'Three. ' * 30}</article></main>",
    "articles beside it": f"<article>{STORY * 2}</article>" + f"<article>{AROUND}</article>" * 2,
    "the smallest element": f"<div><div>{AROUND}</div><div><div>{STORY}<p>{'Three. ' * 30}</div></div></div>",
    "a cell": f"<table><tr><td>{AROUND}<td>{STORY}<p>{'Three. ' * 30}<tr><td>{AROUND}</table>",
    "an aside in it": f"<main><aside>{AROUND}</aside>{STORY}</main>",
    "an element that nobody closed": f"<div><span><div>{AROUND}</div></span><main><div>{STORY}</main>{AROUND}",
    "an end that nobody began": f"<main></section></nav>{STORY}</main>{AROUND * 3}",
    "an empty main": f"<main></main><div>{AROUND}</div><div>{STORY}<p>{'Three. ' * 30}</div>",
}
"""Pages whose text begins with the same two paragraphs, by what tells which part is the text."""


@pytest.mark.parametrize("page", TEXTS_OF_PAGES.values(), ids=TEXTS_OF_PAGES)
def test_paragraphs_are_counted_in_the_main_text(page: str) -> None:
    blocks, _ = read_blocks(page.encode(), ".html")
    texts = [block.text for block in find_place(blocks, "para 1-2").blocks]
    assert texts == ["One was held.", "Two were held on Tuesday."]
    assert find_place(blocks, "lead").blocks[0].text == "One was held."


def test_what_stands_around_the_main_text_is_found_elsewhere(shelf: Path) -> None:
    write(shelf, alpha_html=TEXTS_OF_PAGES["main"])
    assert verdicts(verify([claim("our letter", "para 1")], shelf)) == ["elsewhere"]
    assert verdicts(verify([claim("our letter", "lead")], shelf)) == ["elsewhere"]


def test_a_heading_counts_wherever_it_is(shelf: Path) -> None:
    write(shelf, alpha_html=f"<h3>Menu 1</h3><h1>Raid 7</h1><article><h2>Arrests 9</h2>{STORY}</article>")
    for stated, at in (("Menu 1", "title"), ("Arrests 9", "title"), ("Raid 7", "Raid 7"), ("Arrests 9", "Arrests 9")):
        assert verdicts(verify([claim(stated, at)], shelf)) == ["found"]


MARKUP = {
    "a < b and 3<5 <3": ["a ", "<", " b and 3", "<", "5 ", "<", "3"],
    "<A HREF='x>y' b=\"&lt;\" c=d/ e>t</A >": ["a{'href': 'x>y', 'b': '<', 'c': 'd/', 'e': ''}", "t", "/a"],
    "<br/><p/>": ["br/", "p/"],
    "<a b=1 B=2>": ["a{'b': '1'}"],
    "x<!-- <p> -- > -->y<!-->z<!--->u<!--": ["x", "y", "z", "u"],
    "<!doctype html><?xml a?><![CDATA[b]]></3 c>d": ["d"],
    "<script>'<p>'</scripty></SCRIPT >x": ["script", "/script", "x"],
    "<title>a <b> &amp; c</title>": ["title", "a <b> & c", "/title"],
    "<style>p{}": ["style"],
    "&lt;p&gt; &#8364;5 &amp &nosuch;": ["<p> €5 & &nosuch;"],
    "a <b c='d": ["a ", "b{'c': 'd'}"],
}
"""HTML, and what is in it; a tag as its name, with a stroke where it closes, and with its attributes."""


@pytest.mark.parametrize("text", MARKUP)
def test_the_tags_and_texts_of_a_page(text: str) -> None:
    found = [one if isinstance(one, str) else written(one) for one in tokens(text)]
    assert [one for one in found if one] == MARKUP[text]


def written(tag: Tag) -> str:
    attributes = str(tag.attributes) if tag.attributes else ""
    return f"{'' if tag.opens else '/'}{tag.name}{attributes}{'/' if tag.opens and tag.closes else ''}"


NAMES = st.sampled_from(["p", "div", "a", "b", "h2", "table", "td", "main"])
WORDS = st.text("ab1 &;é'\"", max_size=8)
PIECES = st.one_of(
    WORDS.map(lambda text: text.replace("&", "&amp;")),
    NAMES.map("</{}>".format),
    st.builds('<{} x="{}" y>'.format, NAMES, WORDS.map(lambda text: text.replace('"', "").replace("&", "&amp;"))),
    st.sampled_from(["<!-- x -->", "<br>", "<script>1 < 2 </script>", "<!doctype html>"]),
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_a_page_without_slips_is_read_as_the_standard_library_reads_it(page: str) -> None:
    class Other(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(f"{tag}{ {name: value or '' for name, value in attrs} or '' }")

        def handle_endtag(self, tag: str) -> None:
            found.append(f"/{tag}")

        def handle_data(self, data: str) -> None:
            found.append("" if "script" in found[-1:] else data)

    found: list[str] = []
    other = Other()
    other.feed(page)
    other.close()
    ours = [
        one if isinstance(one, str) else f"{'' if one.opens else '/'}{one.name}{one.attributes or ''}"
        for one in tokens(page)
    ]
    assert "|".join(filter(None, ours)) == "|".join(filter(None, found))


@pytest.mark.parametrize(
    "again",
    [
        *("<", "<a", "<a ", "<a x='", '<a x="', "<a =", "</", "</a", "<!--", "<!", "<?", "<![", "&", "&#", "<title>"),
        *("<script></", "<table>", "<td>", "<div>", "</div>", "<article>", "<main><p>a", "<nav>", "<template>", "a\n"),
    ],
)
def test_html_is_read_in_a_time_that_grows_with_it(again: str) -> None:
    """html.parser took 36 s for 40 kB of some of these, and four times as long for twice as much."""
    started = process_time()
    read_page(again * (40_000 // len(again)) + "</main>" * 4_000)
    assert process_time() - started < 2  # it takes 0.1 s


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "Two\nlines with `code`, **bold** and\\\n![a *picture*](x.png)",
            [("paragraph", "Two\nlines with code, bold and\na picture")],
        ),
        ("- one\n\n  more\n- two", [("item", "one"), ("item", "more"), ("item", "two")]),
        ("3. one\n4. two\n   - three", [("item", "3. one"), ("item", "4. two"), ("item", "three")]),
        ("> quoted\n\nnot", [("paragraph", "quoted"), ("paragraph", "not")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("other", "a b"), ("other", "1 2")]),
        ("```\n288 held\n```", [("other", "288 held")]),
        ("Held: <b>288</b><br>people", [("paragraph", "Held: 288 people")]),
        (
            "<h2>Arrests</h2>\n<p>288 held</p>\n\nAfter",
            [("heading", "Arrests"), ("paragraph", "288 held"), ("paragraph", "After")],
        ),
        (
            "Said[^1] [1]\n\n[^1]: Reuters said so",
            [("paragraph", "Said[^1] [1]"), ("paragraph", "[^1]: Reuters said so")],
        ),
        ("&euro;5 \\* 2", [("paragraph", "€5 * 2")]),
        ("> " * 90 + "deep", [("paragraph", "deep")]),
        ("- " * 45 + "deep", [("item", "deep")]),
        ("[" * 30 + "deep" + "](x)" * 30, [("paragraph", "[" * 29 + "deep" + "](x)" * 29)]),
    ],
)
def test_blocks_of_markdown(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in read_blocks(text.encode(), ".md")[0]] == blocks


def test_numbered_references_of_plain_text() -> None:
    text = "History edit\n\nIn 2019 it began.\n\nReferences edit\n\n1. ^ Reuters\n\n2. ^ a b CNBC\n"
    blocks, _ = read_blocks(text.encode(), ".txt")
    assert [block.text for block in find_place(blocks, "References, 2").blocks] == ["2. ^ a b CNBC"]
    assert find_place(blocks, "History [3]").blocks[0] == Block("heading", "History")


def test_places_of_pdf(shelf: Path) -> None:
    write(shelf, alpha_pdf=pdf("Arrested were 288", "and 850 kg of nar-\ncotics"))
    asked = [("288", "page 1"), ("288", "page 2"), ("850 kg of narcotics", "p. 2"), ("288", "para 1"), ("99", "")]
    rows = {(row[3], row[5]): row[0] for row in verify([claim(*one) for one in asked], shelf).rows}
    assert [rows[one] for one in asked] == ["found", "elsewhere", "found", "anywhere", "not-found"]


def test_pdf_without_pypdf(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    result = verify([claim("288")], write(shelf, alpha_pdf=pdf("288")))
    assert remarks(result) == ["is a PDF, which needs pypdf; install it with: pip install 'spector-cli[pdf]'"]
    assert (verdicts(result), result.exit_code) == (["unreadable"], 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\nno", pdf("")[:-120], pdf("")])
def test_pdf_that_cannot_be_read(shelf: Path, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    assert verdicts(verify([claim("288")], write(shelf, alpha_pdf=content))) == ["unreadable"]
    assert capfd.readouterr() == ("", "")


def test_a_pdf_leaves_the_log_of_pypdf_as_it_was(shelf: Path) -> None:
    logger = logging.getLogger("pypdf")
    logger.setLevel(logging.INFO)
    try:
        verify([claim("288")], write(shelf, alpha_pdf=pdf("288"), beta_pdf=b"no"))
        assert logger.level == logging.INFO
    finally:
        logger.setLevel(logging.NOTSET)


def test_result(shelf: Path) -> None:
    claims = [
        claim("nine countries", "para 1", line=2),
        claim("281", "para 1", line=3),
        claim("288 Personen", "para 1", line=4),
        claim("", line=5),
        claim("1", source="beta", line=6),
        claim("2", source="beta", line=7),
        claim("three continents", "para 1", line=8),
    ]
    result = verify(claims, write(shelf, alpha_txt=TEXT, gamma_txt="x"))
    assert result.names == ["verdict", "subject", "property", "stated", "source", "at", "copy", "line", "remark"]
    assert [tuple(row) for row in result.rows] == [
        ("not-found", "teapot", "count", "281", "alpha", "para 1", "alpha.txt", 3, ""),
        ("figure", "teapot", "count", "288 Personen", "alpha", "para 1", "alpha.txt", 4, ""),
        ("elsewhere", "teapot", "count", "three continents", "alpha", "para 1", "alpha.txt", 8, "found in paragraph 3"),
        ("found", "teapot", "count", "nine countries", "alpha", "para 1", "alpha.txt", 2, ""),
    ]
    assert told(result) == [
        "not-found: 1; figure: 1; elsewhere: 1; found: 1; 1 claim has no stated text and was not checked",
        "no copy of 1 source, on which 2 claims rest",
        "1 file matches no cited source: gamma.txt",
        "list the claims without a copy with --all",
    ]
    assert result.exit_code == 1
    everything = verify(claims, shelf, everything=True)
    assert verdicts(everything)[-2:] == ["no-copy", "no-copy"]
    assert set(verdicts(everything)) <= set(VERDICTS)


@pytest.mark.parametrize(
    ("stated", "at", "where"),
    [
        ("5 people", "para 2", "paragraph 1"),
        ("1,230 kg", "", "paragraph 2"),
        ("2019", "para 1", "the infobox"),
        ("Teapot seized", "para 1", "the title"),
        ("Results", "para 1", "the heading 'Results'"),
        ("First of 2021", "para 1", "an item of a list under 'References'"),
        ("Home", "para 1", "an item of a list outside the main text"),
        ("5 people; 117 guns", "para 1", ""),
    ],
)
def test_where_else_it_stands_is_said(shelf: Path, stated: str, at: str, where: str) -> None:
    (row,) = verify([claim(stated, at)], write(shelf, alpha_html=PAGE)).rows
    assert row[-1] == (f"found in {where}" if where else "")


@pytest.mark.parametrize(
    ("value", "unit", "type", "stated", "verdict"),
    [
        ("5", "persons", "number", "5 people", "found"),
        ("6", "persons", "number", "6 people", "not-found"),
        ("5", "persons", "number", "fünf Personen", "figure"),  # what is claimed stands there, in other words
        ("6", "persons", "number", "fünf Personen", "not-found"),
        ("~5", "persons", "number", "etwa fünf Personen", "not-found"),  # "5 people" does not say about
        ("1230", "kg", "number", "1230 kg", "elsewhere"),
        ("1230", "kg", "number", "1230", "bare"),
        ("5", "years", "number", "5", "bare"),
        ("5", "persons", "number", "5", "found"),
        ("5", "", "term", "5", "found"),
    ],
)
def test_the_value_is_compared(shelf: Path, value: str, unit: str, type: str, stated: str, verdict: str) -> None:
    one = {**claim(stated, "para 1"), "value": value, "unit": unit, "type": type}
    assert verdicts(verify([one], write(shelf, alpha_html=PAGE))) == [verdict]


def test_what_is_misread_is_no_proof(shelf: Path) -> None:
    dated = {**claim("arrested on Tuesday"), "type": "date", "value": "2023-05-02"}
    misread = {**claim("5 people"), "type": "number", "value": "6", "unit": "persons", "seen": "5"}
    result = verify([dated, misread], write(shelf, alpha_txt="5 people were arrested on Tuesday."))
    assert [(row[0], row[-1]) for row in result.rows] == [("misread", "says 5"), ("bare", "found in paragraph 1")]
    assert result.exit_code == 1


def test_nothing_to_check(shelf: Path) -> None:
    result = verify([], write(shelf))
    assert (list(result.rows), result.exit_code) == ([], 0)
    assert told(result) == ["nothing was checked; 0 claims have no stated text"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no folder of copies at"):
        verify([], tmp_path / "nowhere")


def test_the_better_of_two_copies_counts(shelf: Path) -> None:
    result = verify([claim("117", "Results")], write(shelf, alpha_txt=TEXT, alpha_html=PAGE))
    assert [(row[0], row[6]) for row in result.rows] == [("found", "alpha.html")]


def test_a_source_with_dots_in_its_id(shelf: Path) -> None:
    shelf.mkdir()
    (shelf / "a.b-2023.TXT").write_text(TEXT, encoding="utf-8")
    assert verdicts(verify([claim("288", source="a.b-2023")], shelf)) == ["anywhere"]


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ("cost €5 – Zürich".encode(), ""),
        ("cost €5 – Zürich".encode("utf-8-sig"), ""),
        ("cost €5 – Zürich".encode("utf-16"), ""),
        (b"\xfe\xff" + "cost €5 – Zürich".encode("utf-16-be"), ""),
        ("cost €5 – Zürich".encode("cp1252"), "not UTF-8, read as Windows-1252"),
    ],
)
def test_encodings(shelf: Path, content: bytes, remark: str) -> None:
    result = verify([claim("€5 - Zürich")], write(shelf, alpha_txt=content))
    assert (verdicts(result), remarks(result)) == (["anywhere"], [remark])


@pytest.mark.parametrize(
    ("content", "remark"),
    [(b"PK\0\0", "is not text"), (b"\xff\xfea", "begins as UTF-16 but is not")],
)
def test_not_text(shelf: Path, content: bytes, remark: str) -> None:
    assert remarks(verify([claim("1")], write(shelf, alpha_txt=content))) == [remark]


def test_too_large(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_BYTES", 2_000_000)
    fits = verify([claim("288")], write(shelf, alpha_txt="288 " + " " * 1_999_996))
    assert verdicts(fits) == ["anywhere"]
    assert remarks(verify([claim("288")], write(shelf, alpha_txt="288 " + " " * 1_999_997))) == ["is larger than 2 MB"]


def test_another_kind_of_file(shelf: Path) -> None:
    result = verify([claim("288")], write(shelf, alpha_docx="288"))
    assert remarks(result) == [
        "is not one of .txt, .text, .md, .markdown, .html, .htm, .xhtml, .pdf, .mhtml, .mht, .warc, .warc.gz, .wacz"
    ]


def test_hidden_files_and_folders_are_passed_over(shelf: Path) -> None:
    write(shelf, _alpha_txt=TEXT)
    (shelf / "alpha.txt").mkdir()
    (shelf / "alpha.txt" / "alpha.txt").write_text(TEXT, encoding="utf-8")
    result = verify([claim("288")], shelf, everything=True)
    assert (verdicts(result), len(result.notes)) == (["no-copy"], 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes")
def test_nothing_outside_the_folder_is_read(shelf: Path, tmp_path: Path) -> None:
    write(shelf, real_txt=TEXT)
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    (shelf / "within.txt").symlink_to("real.txt")
    (shelf / "outside.txt").symlink_to("../secret.txt")
    (shelf / "absolute.txt").symlink_to(tmp_path / "secret.txt")
    (shelf / "circle.txt").symlink_to("circle.txt")
    (shelf / "dangling.txt").symlink_to("gone.txt")
    os.mkfifo(shelf / "pipe.txt")
    names = ["within", "outside", "absolute", "circle", "dangling", "pipe"]
    rows = {row[4]: (row[0], row[-1]) for row in verify([claim("288", source=name) for name in names], shelf).rows}
    assert rows["within"] == ("anywhere", "found in paragraph 1")
    assert rows["outside"] == rows["absolute"] == ("unreadable", "is a link that leads out of the folder")
    assert rows["pipe"] == ("unreadable", "is not a regular file")
    for name in ("circle", "dangling"):
        verdict, remark = rows[name]
        assert verdict == "unreadable"
        assert str(remark).startswith("cannot be opened: ")


def test_a_folder_that_is_a_link(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(write(shelf, alpha_txt=TEXT))
    assert verdicts(verify([claim("288")], tmp_path / "link")) == ["anywhere"]


def record(case: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (case / RECORD).read_text(encoding="utf-8").splitlines()]


def told(result: Result) -> list[str]:
    return [say(note) for note in (*result.notes, *result.hints)]


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def test_record(shelf: Path, tmp_path: Path) -> None:
    claims = [claim("288"), {**claim("288", source="beta"), "url": "https://beta.example/288"}]
    write(shelf, alpha_txt=TEXT, beta_txt="288")
    first = verify(claims, shelf, tmp_path)
    assert not (tmp_path / RECORD).exists()
    assert told(first)[-1] == f"2 copies are not on record; --record keeps what is in them in {tmp_path / RECORD}"
    assert told(verify(claims, shelf, tmp_path, record=True))[-1] == f"recorded 2 copies in {tmp_path / RECORD}"
    alpha, beta = record(tmp_path)
    assert [*alpha] == ["time", "copy", "address", "size", "sha256", "text", "stood", "before"]
    assert (alpha["copy"], alpha["size"], alpha["sha256"]) == ("alpha.txt", len(TEXT.encode()), digest(TEXT))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", alpha["time"])
    assert (alpha["address"], beta["address"]) == ("", "https://beta.example/288")
    assert (len(alpha["text"]), len(beta["text"]), alpha["before"]) == (4, 1, "")
    assert beta["before"] == digest((tmp_path / RECORD).read_text(encoding="utf-8").splitlines(keepends=True)[0])
    again = verify(claims, shelf, tmp_path)
    assert (remarks(again), len(again.notes)) == (["", ""], 1)
    said = told(verify(claims, shelf, tmp_path, record=True))[-1]
    assert said == f"recorded 0 copies in {tmp_path / RECORD}; 2 are on record as they are"
    assert len(record(tmp_path)) == 2

    (shelf / "beta.txt").unlink()
    assert told(verify(claims, shelf, tmp_path))[-2] == "beta.txt is on record but missing"
    write(shelf, alpha_txt="288 changed")
    before = (tmp_path / RECORD).read_bytes()
    verify(claims, shelf, tmp_path, record=True)
    assert (tmp_path / RECORD).read_bytes().startswith(before)
    assert [one["copy"] for one in record(tmp_path)] == ["alpha.txt", "beta.txt", "alpha.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD, "shelf"]


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (PAGE + "<!-- another advertisement -->", "but not in its text"),
        (PAGE.replace("1&#44;230", "4"), "paragraph 2 is new or changed"),
        (PAGE.replace("<p>Results say 117 guns.</p>", ""), "1 piece of its text is gone"),
        (PAGE.replace("</table>", "</table><p>First.<p>Second."), "paragraph 1 and paragraph 2 are new or changed"),
        (
            PAGE.replace("people", "men").replace("Home", "Start").replace("2021", "21").replace("777", "7"),
            "an item of a list outside the main text, an item of a list outside the main text, paragraph 1 and 1 more "
            "are new or changed",
        ),
    ],
)
def test_what_is_other_in_a_copy_is_said(shelf: Path, tmp_path: Path, after: str, says: str) -> None:
    stated = [claim("5 people"), claim("8 people")]
    verify(stated, write(shelf, alpha_html=PAGE), tmp_path, record=True)
    changed = verify(stated, write(shelf, alpha_html=after), tmp_path)
    day = date.say(record(tmp_path)[0]["time"][:10])
    joint = ", " if says.startswith("but") else ": "
    assert told(changed)[1] == f"alpha.html: changed since it was recorded on {day}{joint}{says}"


def test_what_stood_in_a_copy_and_does_not_any_more_is_said(shelf: Path, tmp_path: Path) -> None:
    stated = [claim("5 people"), claim("8 people"), claim("117 guns")]
    verify(stated, write(shelf, alpha_html=PAGE), tmp_path, record=True)
    changed = verify(stated, write(shelf, alpha_html=PAGE.replace("5<sup>[12]</sup> people", "none")), tmp_path)
    assert [(row[0], row[3], str(row[-1]).partition(";")[0][:8]) for row in changed.rows] == [
        ("not-found", "5 people", "it stood"),
        ("not-found", "8 people", ""),
        ("anywhere", "117 guns", "found in"),
    ]
    assert changed.exit_code == 1


TORN = "does not follow from the line before it, which was changed or removed"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: [lines[1]], "1: does not follow from the line before it, which was changed or removed"),
        (
            lambda lines: [lines[1], lines[0]],
            "1: does not follow from the line before it, which was changed or removed",
        ),
        (
            lambda lines: [lines[0].replace(b"alpha", b"gamma"), lines[1]],
            "2: does not follow from the line before it, which was changed or removed",
        ),
        (lambda lines: [b"nonsense\n"], "1: is no entry of a record of copies"),
        (lambda lines: [lines[0].replace(b'"size": ', b'"size": "')], "1: is no entry of a record of copies"),
        (lambda lines: [lines[0], b"[]\n"], "2: is no entry of a record of copies"),
        (lambda lines: [b"[" * 100_000], "1: is no entry of a record of copies"),
        (lambda lines: [lines[0].replace(b'"text": [', b'"text": [1, ')], "1: is no entry of a record of copies"),
    ],
)
def test_a_record_that_was_meddled_with_is_refused_and_kept(
    shelf: Path, tmp_path: Path, spoil: Callable[[list[bytes]], list[bytes]], says: str
) -> None:
    write(shelf, alpha_txt=TEXT, beta_txt="288")
    verify([claim("288"), claim("288", source="beta")], shelf, tmp_path, record=True)
    spoilt = b"".join(spoil((tmp_path / RECORD).read_bytes().splitlines(keepends=True)))
    (tmp_path / RECORD).write_bytes(spoilt)
    for record in (False, True):
        with pytest.raises(Refused) as refused:
            verify([claim("1")], shelf, tmp_path, record=record)
        assert refused.value.mistakes == [f"{RECORD}:{says}"]
    assert (tmp_path / RECORD).read_bytes() == spoilt


# Archives


def message(*parts: tuple[str, bytes], boundary: str = "----b") -> bytes:
    """Write the parts of a page as a browser saves them in one file."""
    head = "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://a.example/\r\n"
    kinds = f'Content-Type: multipart/related; boundary="{boundary}"\r\n\r\n'
    body = b"".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(content)
        + b"\r\n"
        for kind, content in parts
    )
    return f"{head}{kinds}".encode() + body + f"--{boundary}--\r\n".encode()


Sent = tuple[str, str, str, bytes]
"""Address, status, kind and content of what was sent."""


def warc(*sent: Sent, packed: bool = True, more: str = "") -> bytes:
    """Write what was sent as a crawler keeps it: each by itself, so that an archive may begin anywhere."""
    records = []
    for address, status, kind, content in sent:
        body = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + content
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(body)}\r\n"
        records.append(f"{head}Content-Type: application/http; msgtype=response\r\n\r\n".encode() + body + b"\r\n\r\n")
    return b"".join([gzip.compress(one, mtime=0) for one in records] if packed else records)


def wacz(content: bytes, *listed: str) -> bytes:
    """Write an archive with a list of pages beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("archive/data.warc.gz", content)
        if listed:
            lines = [{"format": "json-pages-1.0"}, *({"url": one} for one in listed)]
            file.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)))
    return out.getvalue()


def no_bytes(value: str | bytes) -> str:
    """Name a test without what it reads, in which there is a time."""
    return value if isinstance(value, str) else "archive"


OTHER = "<p>Nothing of it.</p>"
IMAGE: Sent = ("https://a.example/x.png", "200 OK", "image/png", b"\x89PNG 288")
FIRST: Sent = (
    "https://a.example/",
    "200 OK",
    "text/html; charset=windows-1252",
    PAGE.replace("5", "£5").encode("cp1252"),
)
SECOND: Sent = ("https://b.example/", "200 OK", "text/html", OTHER.encode())


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".mhtml", message(("image/png", b"\x89PNG"), ("text/html; charset=windows-1252", FIRST[3]))),
        (".MHT", message(("text/html; charset=windows-1252", FIRST[3]), ("text/html", OTHER.encode()))),
        (".warc.gz", warc(IMAGE, FIRST, SECOND)),
        (".warc", warc(FIRST, SECOND, packed=False)),
        (".warc", warc(("https://a.example/", "404 Not Found", "text/html", OTHER.encode()), FIRST)),
        (".warc", warc(("https://a.example/robots.txt", "200 OK", "text/plain", b"Disallow"), FIRST)),
        (".warc", warc(("https://a.example/a.pdf", "200 OK", "application/pdf", pdf("£5 people, more")), SECOND)),
        (".warc", warc(("https://a.example/a.txt", "200 OK", "text/plain; charset=utf-8", "£5 people".encode()))),
        (".wacz", wacz(warc(FIRST, SECOND))),
        (".wacz", wacz(warc(SECOND, FIRST), "https://a.example/", "https://b.example/")),
        (".wacz", wacz(warc(FIRST, SECOND), "https://not-kept.example/")),
    ],
    ids=no_bytes,
)
def test_the_page_in_an_archive_is_read(shelf: Path, tmp_path: Path, suffix: str, content: bytes) -> None:
    shelf.mkdir()
    (shelf / f"a.b-2023{suffix}").write_bytes(content)
    found = verify([claim("£5 people", source="a.b-2023")], shelf, tmp_path, record=True)
    assert verdicts(found) == ["anywhere"], remarks(found)
    (entry,) = record(tmp_path)
    assert entry["address"].startswith("https://a.example/")
    assert (entry["size"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


PACKED = "holds a page that is packed as"


@pytest.mark.parametrize(
    ("suffix", "content", "remark"),
    [
        ("mhtml", b"", "holds no text"),
        ("mhtml", message(("image/png", b"5")), "is an archive without a page"),
        ("warc", warc(IMAGE), "is an archive without a page"),
        ("warc", b"5 people", "is an archive that cannot be read: ArchiveLoadFailed"),
        ("warc.gz", warc(FIRST)[:60], "is an archive without a page"),
        ("wacz", b"PK\3\4", "is an archive that cannot be read: BadZipFile"),
        ("wacz", wacz(b"nonsense"), "is an archive that cannot be read: ArchiveLoadFailed"),
        (
            "warc",
            warc(FIRST, more="Content-Encoding: br\r\n"),
            "holds a page that is packed as 'br'; save it as MHTML or HTML",
        ),
    ],
    ids=no_bytes,
)
def test_an_archive_without_a_page_says_so(shelf: Path, suffix: str, content: bytes, remark: str) -> None:
    shelf.mkdir()
    (shelf / f"alpha.{suffix}").write_bytes(content)
    assert remarks(verify([claim("5 people")], shelf)) == [remark]


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED", 2_000_000_000)
    bomb = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/png\r\nContent-Length: 3000000000\r\n\r\n5"
    shelf.mkdir()
    (shelf / "alpha.warc").write_bytes(bomb)
    assert remarks(verify([claim("5")], shelf)) == ["unpacks to more than 2 GB"]
    monkeypatch.setattr(archive, "LARGEST", 2_000_000)
    (shelf / "alpha.warc").write_bytes(warc(("https://a.example", "200 OK", "text/html", b"5 " * 1_000_001)))
    assert remarks(verify([claim("5")], shelf)) == ["holds a page of more than 2 MB"]


def test_an_archive_without_warcio(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    shelf.mkdir()
    (shelf / "alpha.warc").write_bytes(warc(FIRST))
    says = "is a web archive, which needs warcio; install it with: pip install 'spector-cli[read]'"
    assert remarks(verify([claim("5")], shelf)) == [says]


def test_a_message_that_is_nested_too_deep(shelf: Path) -> None:
    nested = message(("text/plain", b"5 people"))
    for number in range(1200):
        nested = f"Content-Type: multipart/mixed; boundary=x{number}\r\n\r\n--x{number}\r\n".encode() + nested
    shelf.mkdir()
    (shelf / "alpha.mhtml").write_bytes(nested)
    assert verdicts(verify([claim("5 people")], shelf)) in (["unreadable"], ["anywhere"])


@given(st.binary(max_size=60) | st.text("<>!/-[]ptableclass=\"'& \n#*_`()1a", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for suffix in archive.ARCHIVES:
        with suppress(Unreadable):
            archive.take_page(content, suffix)
    for suffix in READERS:
        try:
            blocks, _ = read_blocks(content, suffix)
        except Unreadable:
            continue
        assert all(block.text for block in blocks)


@pytest.mark.parametrize("again", ["[", "<![", "[a](", "\n* a", "# a\n", "1,111", "1 111 ", '"', "[1]"])
def test_repetition_is_read_in_a_moment(again: str) -> None:
    """Brackets once took minutes: a pattern looked again from every one of them."""
    started = process_time()
    for suffix in (".txt", ".md"):
        assert read_blocks((again * 4_000).encode(), suffix)
    assert process_time() - started < 2  # it takes 0.05 s


@given(st.lists(st.sampled_from(["heading", "paragraph", "item"]), max_size=6), st.text(max_size=30))
def test_any_locator_names_a_place_or_none(kinds: Iterable[str], at: str) -> None:
    blocks = [Block(kind, f"text {number}") for number, kind in enumerate(kinds)]
    for one in (at, f"para {at}", "para 99999999999999999999", "References, 1", "p. 0", "heading before para 2"):
        assert set(find_place(blocks, one).blocks) <= set(blocks)
