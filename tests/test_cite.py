"""References: what each style writes, that reference managers can read it, and that no title breaks out of it."""

import csv
import json
import re
import string
from pathlib import Path
from typing import Any

import bibtexparser.entrypoint
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from spectorcli.bundled import SEED
from spectorcli.cite import STYLES, csl_date, references, say_date
from spectorcli.errors import UsageError

SCHEMA = Draft7Validator(json.loads(Path(__file__).with_name("csl-data.json").read_text(encoding="utf-8")))

EUROPOL = {
    "id": "europol-2023-05-02",
    "kind": "official",
    "published": "2023-05-02",
    "publisher": "Europol",
    "title": "288 vendors arrested",
    "url": "https://example.org/a_b?c=1&d=%20#e~f",
    "note": None,
}
BLOG = {"id": "blog", "kind": "blog", "published": "", "publisher": "A Blog", "title": "What now?", "url": ""}

HOSTILE = [
    "{}",
    r"\input{/etc/passwd}",
    "100% of $5 #1 A&B a_b ~ ^",
    "un{balanced",
    "un}balanced}}, url = {x",
    "{{{",
    "ends with \\",
    '@misc{x, title = "y"}',
    "عملیات می‌خواهم",
    "🎉 Gefängnis — “Zitat” 逮捕",
    "[sic] <b> | `x`",
    "\x1b[31mred\u202e",
]


def bundled() -> list[dict[str, str]]:
    with (SEED / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Read entries back as any reference manager would: nothing may be left over or malformed."""
    library = bibtexparser.entrypoint.parse_string(text)
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [
        {"type": entry.entry_type, "id": entry.key} | {field.key: str(field.value) for field in entry.fields}
        for entry in library.entries
    ]


def unlatex(text: str) -> str:
    """Return the text that LaTeX would set; a straight double quote is set as two single ones."""
    text = text.replace(r"{\textbraceleft}", r"\{").replace(r"{\textbraceright}", r"\}")  # names it does not know
    plain: str = LatexNodes2Text(keep_comments=True).latex_to_text(text)
    return plain.replace("ˆ", "^")


def straight(text: str) -> str:
    text = re.sub(r'(?<![^\s(=])"(?=\S)', "“", text)  # LaTeX knows no straight ones
    return text.replace('"', "”").replace("''", "”").replace("---", "—").replace("--", "–").replace("``", "“")


def validate(text: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(text)
    assert [error.message for error in SCHEMA.iter_errors(items)] == []
    return items


def test_plain() -> None:
    assert references([EUROPOL, BLOG]) == (
        "Europol: 288 vendors arrested. 2023-05-02. https://example.org/a_b?c=1&d=%20#e~f (europol-2023-05-02)\n"
        "A Blog: What now? n.d. (blog)\n"
    )


def test_an_official_text_with_authors_names_its_publisher_beside_them() -> None:
    [item] = validate(references([EUROPOL | {"author": "Jane Roe"}], "csl"))
    assert (item["author"], item["publisher"]) == ([{"literal": "Jane Roe"}], "Europol")


def test_bibtex() -> None:
    assert references([EUROPOL, BLOG], "bibtex") == (
        "@online{europol-2023-05-02,\n"
        "  author = {{Europol}},\n"
        "  title = {{288 vendors arrested}},\n"
        "  date = {2023-05-02},\n"
        "  year = {2023},\n"
        "  url = {https://example.org/a_b?c=1&d=%20#e~f},\n"
        "}\n"
        "\n"
        "@misc{blog,\n"
        "  title = {{What now?}},\n"
        "  organization = {A Blog},\n"
        "}\n"
    )


def test_csl() -> None:
    assert validate(references([EUROPOL, BLOG], "csl")) == [
        {
            "id": "europol-2023-05-02",
            "type": "webpage",
            "title": "288 vendors arrested",
            "author": [{"literal": "Europol"}],
            "issued": {"date-parts": [[2023, 5, 2]]},
            "URL": "https://example.org/a_b?c=1&d=%20#e~f",
        },
        {"id": "blog", "type": "post-weblog", "title": "What now?", "container-title": "A Blog"},
    ]


@pytest.mark.parametrize(
    ("kind", "type", "holder"),
    [
        ("court", "legal_case", "authority"),
        ("press", "article-newspaper", "container-title"),
        ("encyclopedia", "entry-encyclopedia", "container-title"),
        ("podcast", "document", "container-title"),
    ],
)
def test_kind_chooses_the_type(kind: str, type: str, holder: str) -> None:
    [item] = validate(references([EUROPOL | {"kind": kind}], "csl"))
    assert (item["type"], item[holder]) == (type, "Europol")


@pytest.mark.parametrize(
    ("edtf", "said", "csl"),
    [
        ("", "", None),
        ("2023-05-02", "2023-05-02", {"date-parts": [[2023, 5, 2]]}),
        ("2021-12", "2021-12", {"date-parts": [[2021, 12]]}),
        ("2019", "2019", {"date-parts": [[2019]]}),
        ("2021-12~", "c. 2021-12", {"date-parts": [[2021, 12]], "circa": True}),
        ("2019?", "2019?", {"date-parts": [[2019]], "circa": True}),
        ("2019%", "c. 2019?", {"date-parts": [[2019]], "circa": True}),
        ("2021-10/2023-05", "2021-10 to 2023-05", {"date-parts": [[2021, 10], [2023, 5]]}),
        ("2021~/2023-05-02", "c. 2021 to 2023-05-02", {"date-parts": [[2021], [2023, 5, 2]], "circa": True}),
        ("../2021-12", "until 2021-12", {"literal": "until 2021-12"}),
        ("2021-12/..", "from 2021-12", {"literal": "from 2021-12"}),
        ("2021-22", "summer 2021", {"date-parts": [[2021]], "season": 2}),
        ("2021-24~", "c. winter 2021", {"date-parts": [[2021]], "season": 4, "circa": True}),
        ("2021-21/2021-23", "spring 2021 to autumn 2021", {"literal": "spring 2021 to autumn 2021"}),
        ("2021-25", "2021-25", {"literal": "2021-25"}),
        ("201X", "2010s", {"literal": "2010s"}),
        ("20XX~", "c. between 2000 and 2099", {"literal": "c. between 2000 and 2099"}),
    ],
)
def test_dates_stay_as_partial_as_they_are(edtf: str, said: str, csl: dict[str, object] | None) -> None:
    assert (say_date(edtf), csl_date(edtf)) == (said, csl)
    [item] = validate(references([EUROPOL | {"published": edtf, "accessed": edtf}], "csl"))
    assert item.get("issued") == item.get("accessed") == csl
    [entry] = read_bibtex(references([EUROPOL | {"published": edtf}], "bibtex"))
    assert entry.get("date", "") == edtf
    assert ("year" in entry) == bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", edtf))


def test_every_bundled_source() -> None:
    sources = bundled()
    assert len(references(sources).splitlines()) == len(sources)
    for source, entry in zip(sources, read_bibtex(references(sources, "bibtex")), strict=True):
        assert entry["id"] == source["id"]
        assert unlatex(entry["title"]) == straight(source["title"])
        assert unlatex(entry.get("author") or entry["organization"]) == straight(source["publisher"])
        assert entry.get("url", "") == source["url"]
        assert entry.get("date", "") == source["published"]
        assert unlatex(entry.get("annotation", "")) == straight(source["note"])
    for source, item in zip(sources, validate(references(sources, "csl")), strict=True):
        assert (item["id"], item["title"], item.get("URL", "")) == (source["id"], source["title"], source["url"])


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles(title: str) -> None:
    safe = title.replace("\x1b", r"\x1b").replace("\u202e", r"\u202e")
    source = EUROPOL | {"title": title, "publisher": title, "note": title, "url": f"https://example.org/{title}"}
    assert validate(references([source, BLOG], "csl"))[0]["title"] == title
    entry, after = read_bibtex(references([source, BLOG], "bibtex"))
    assert unlatex(entry["title"]) == unlatex(entry["author"]) == unlatex(entry["annotation"]) == straight(safe)
    assert after["id"] == "blog"
    assert len(references([source]).splitlines()) == 1


@given(st.text(st.sampled_from(string.printable + "éß€„“سی\u200c🎉"), max_size=40))
@example("}\\")
@example("\\{")
def test_no_title_breaks_out_of_its_field(title: str) -> None:
    source = EUROPOL | {"id": f"x{title}", "title": title, "url": title, "published": title}
    text = references([source, BLOG], "bibtex")
    depth = 0
    for character in text:  # BibTeX counts braces, escaped or not
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert [entry["id"] for entry in read_bibtex(text)][1:] == ["blog"]
    field = text.partition("title = {{")[2].partition("}},\n  ")[0]
    assert not re.search(r"(?<!\\)[$#%&_]", field)
    assert set(re.findall(r"\\([a-zA-Z]+)", field)) <= {
        "textbackslash",
        "textbraceleft",
        "textbraceright",
        "textasciitilde",
        "textasciicircum",
        "ensuremath",
    }
    validate(references([source, BLOG], "csl"))


def test_each_source_once_in_the_order_given() -> None:
    assert references([BLOG, EUROPOL, BLOG]) == references([BLOG, EUROPOL])


@pytest.mark.parametrize(("style", "text"), [("plain", ""), ("bibtex", ""), ("csl", "[]\n")])
def test_nothing_to_cite(style: str, text: str) -> None:
    assert references([], style) == text


def test_unknown_style() -> None:
    with pytest.raises(UsageError, match=f"no style 'mla'; there are: {', '.join(STYLES)}"):
        references([EUROPOL], "mla")


def test_who_wrote_it_and_when_it_was_read_stand_in_every_style() -> None:
    paper = {
        **{
            "id": "p",
            "kind": "press",
            "publisher": "The Paper",
            "title": 'A "quoted" title',
            "author": "Jane Roe; Ann Doe",
        },
        **{"published": "2023-05-02", "url": "https://example.org/a", "retrieved": "2023-06-01"},
        "archived": "https://archive.example.org/a",
    }
    assert references([paper]) == (
        'Jane Roe, Ann Doe, The Paper: A "quoted" title. 2023-05-02. https://example.org/a, retrieved 2023-06-01 '
        "Archived: https://archive.example.org/a (p)\n"
    )
    bibtex = references([paper], "bibtex")
    for line in (
        "author = {{Jane Roe} and {Ann Doe}}",
        "title = {{A “quoted” title}}",
        "urldate = {2023-06-01}",
        r"note = {Archived at \url{https://archive.example.org/a}}",
    ):
        assert line in bibtex
    (item,) = validate(references([paper], "csl"))
    assert item["author"] == [{"literal": "Jane Roe"}, {"literal": "Ann Doe"}]
    assert item["accessed"] == {"date-parts": [[2023, 6, 1]]}
    assert item["archive_location"] == "https://archive.example.org/a"
