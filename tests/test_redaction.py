"""Redaction leaves no name, however it is written, and takes no word for a name that is none."""

import html
import json
import re
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from cases import write_case
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal import ask, build

from spectorcli import report
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import NameLeft, Refused
from spectorcli.exchange import redacted
from spectorcli.exchange.redacted import Redaction
from spectorcli.redaction.people import Person
from spectorcli.redaction.plain import plain
from spectorcli.redaction.pseudonyms import Pseudonyms
from spectorcli.report.texts import of_page
from spectorcli.values.names import fold, fold_letter


def redact(name: str, text: str, *aliases: str, id: str = "p1") -> str:
    pseudonyms = Pseudonyms([Person(id, (name, *aliases), hidden=True)], ["Romania", "Monaco"])
    redacted = pseudonyms.redact(text)
    assert pseudonyms.left([redacted], frozenset()) == 0
    return redacted


@pytest.mark.parametrize(
    ("name", "text", "redacted"),
    [
        ("Jose Garcia", "José García was held", "Person 1 was held"),
        ("Jürgen Müller", "Müllers Anwalt; Mueller; MUELLER", "Person 1 Anwalt; Person 1; Person 1"),
        ("Łukasz Wałęsa", "Lukasz Walesa; o Wałęsie", "Person 1; o Person 1"),
        ("Grace Desnica", "Desnica², De\u200dsnica, Desnica's, D\u0301e\u00adsnica", "Person 1², Person 1, Person 1's, Person 1"),  # noqa: E501
        ("Grace Desnica", "G. Desnica; Desnica, Grace; grace desnica; desnica", "Person 1; Person 1; Person 1; desnica"),  # noqa: E501
        ("Jane Doe", "JaneyD, JaneDoeCoin, janedoe99", "Person 1, Person 1, Person 1-99"),
        ("Jane Doe", "D. Doe does in Rio de Janeiro", "D. Person 1 does in Rio de Janeiro"),
        ("Jürgen Müller", "https://de.wikipedia.org/wiki/J%C3%BCrgen_M%C3%BCller", "de.wikipedia.org/wiki/person-1"),
        ("Jürgen Müller", "J&uuml;rgen M&amp;#252;ller, M%FCller, M\\u00fcller", "Person 1, Person 1, Person 1"),
        ("Jane O_Doe", "Jane O\\_Doe; xn--mller-kva.example", "person-1; xn--mller-kva.example"),
        ("Al Müller", "http://www.xn--mller-kva.example", "person-1.example"),
        ("王伟", "警方逮捕了王伟先生", "警方逮捕了Person 1先生"),
        ("김철수", "김 철수, 김철수는 체포됐다", "Person 1, Person 1는 체포됐다"),
        ("山田 太郎", "太郎が山田太郎さん", "Person 1がPerson 1さん"),
        ("ภูมิ ใจดี", "นายภูมิใจดีถูกจับ", "นายPerson 1ถูกจับ"),
        ("שרה כהן", "ושרה הלכה", "Person 1 הלכה"),
        ("Ахмед Иванов", "у Иванова", "у Person 1"),
        ("Ελένη Παππά", "της Ελένης Παππά", "της Person 1"),
        ("Tran Ng", "Mr Ng said so; ng", "Mr Person 1 said so; ng"),
        ("Will May", "It will be in May; Mr May; Will J. May; will-may", "It will be in May; Mr Person 1; Person 1; person-1"),  # noqa: E501
        ("Roman Monaco", "Romania, Monaco; Roman Monaco", "Romania, Monaco; Person 1"),
        ("danah boyd", "said danah", "said Person 1"),
        ("Paul Abbate", "pauldavis.example, pauls-case", "pauldavis.example, person-1-case"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(name: str, text: str, redacted: str) -> None:
    assert redact(name, text) == redacted


@pytest.mark.parametrize(
    ("alias", "text", "redacted"),
    [
        ("The King", "the king; The King sold", "the king; Person 1 sold"),
        ("The Xanax King", "the Xanax King; xanax king; Xanax", "the Person 1; Person 1; Xanax"),
        ("dark831", "dark831 and Dark831's", "Person 1 and Person 1's"),
        ("Jo Else", "Jo", "Person 1"),
    ],
)
def test_an_alias_counts_as_a_whole(alias: str, text: str, redacted: str) -> None:
    assert redact("Someone Else", text, alias) == redacted


def test_who_shares_a_name_is_someone() -> None:
    people = [
        Person("jane", ("Jane Doe",), hidden=True),
        Person("john", ("John Doe",), hidden=True),
        Person("max", ("Max Moritz",), hidden=True),
        Person("eve", ("Eve Moritz",), hidden=False),
    ]
    pseudonyms = Pseudonyms(people)
    text = "John Doe, Jane and John Doe; Doe. Moritz, Eve Moritz, Max Moritz"
    assert pseudonyms.redact(text) == "Person 1, Person 2 and Person 1; someone. someone, Eve Moritz, Person 3"
    assert pseudonyms.told() == "Person 1 2 ×, someone 2 ×, Person 2 1 ×, Person 3 1 ×"


@given(st.text(max_size=20))
@settings(max_examples=50)
def test_every_letter_of_a_copy_has_its_place(text: str) -> None:
    copy = plain(text)
    assert len(copy.letters) == len(copy.of)
    assert len(copy.text) == len(copy.starts) == len(copy.ends)
    if "%" not in text and "&" not in text and "\\" not in text and "xn--" not in text.lower():
        assert (copy.text, copy.letters) == (text, "".join(map(fold_letter, text)))


@given(st.text("abcXYZéüßøłđæœıſﬁабвЙёαβγΣςاأبتىک", max_size=20))
@settings(max_examples=50)
def test_letters_fold_as_names_do(name: str) -> None:
    assert "".join(map(fold_letter, name)) == fold(name)


# Whatever a name is, wherever it stands

SCRIPTS = {
    "Latin": "abcdefghijklmnoprstuvzéüłøßžñ",
    "Cyrillic": "абвгдежзиклмнопрстуфхюя",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Arabic": "ابتثجحخدذرزسشصضطظعغقكلمنهوي",
    "Hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "Devanagari": "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
    "Thai": "กขคงจฉชซญฎฐณดตถทธนบปผพภมยรลวสหอ",
    "Hangul": "가나다라마바사아자차카타파하김이박최정강",
    "Kana": "アイウエオカキクケコサシスセソタチツテト",
    "Han": "王李张刘陈杨黄赵吴周伟芳娜敏静丽强磊军洋",
}

SPACED = {"Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari"}


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A name of two parts, and a text with it in one of the ways in which people write."""
    script = draw(st.sampled_from([*SCRIPTS]))
    part = st.text(SCRIPTS[script], min_size=5 if script in SPACED else 2, max_size=9).map(str.title)
    name = f"{draw(part)} {draw(part)}"
    ways: list[Callable[[str], str]] = [
        str,
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "".join(reversed(text.partition(" "))),
        lambda text: text.split()[draw(st.integers(0, 1))] + draw(st.sampled_from(["", "s", "в", "の", "가"])),
        lambda text: "\u200d".join(text),
        lambda text: text.replace(" ", draw(st.sampled_from(["_", "", "-", ".", "%20", "&nbsp;"]))),
        quote,
        lambda text: "".join(f"&#{ord(letter)};" for letter in text),
        lambda text: quote(html.escape(text).replace(" ", "\\_")),
    ]
    return name, draw(st.sampled_from(ways))(name)


@given(written(), st.sampled_from(["{}", "said {} today", "({}),", "https://example.org/a/{}?b", "見{}た"]))
@settings(max_examples=400, deadline=None)
def test_no_name_is_left(written: tuple[str, str], around: str) -> None:
    name, text = written
    redacted = redact(name, around.format(text))
    assert "erson" in redacted
    letters = plain(redacted).letters
    assert not [part for part in "".join(map(fold_letter, name)).split() if len(part) > 4 and part in letters]


# A whole case


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A case with a name in every column that can hold one."""
    folder = write_case(
        tmp_path_factory.mktemp("named") / "case",
        "doe-sale,description,Jane Doe's arrest,,,jane-source,Doe para 1,J. Doe,,of Jane Doe\n"
        "bazaar,operator,jane,,,jane-source\njane,status,charged,,2021,jane-source\npaul,status,sentenced,,2021,jane-source",
        people="zoe,Zoe Zimmer\njane,Jane Doe,Janey D; The Duchess\npaul,Paul Guilty",
        events="doe-sale,launch,Jane Doe opens,teapot,bazaar\njane-sale,launch,Bazaar closes,teapot,bazaar",
        markets="bazaar,Doe's Bazaar,Jane's",
        proceedings="",
        statements="",
        sources="jane-source,official,A,2021-05-02,Jane Doe,Doe and Paul Guilty,https://example.org/jane%20doe\n"
        "beta,press,B,2021-05-03,Beta,Own,https://example.org/story",
    )
    (folder / "exceptions.csv").write_text("id,finding,subject,reason\nx1,no-claims,jane,Doe is fine\n")
    (folder / "vocabulary.csv").write_text(
        "kind,property,type,many,unit,claimed,description\nvans,,,,,,Vans of Jane Doe\nvans,driver,ref:people,yes,,,\n"
    )
    (folder / "vans.csv").write_text("id,driver\nvan-doe,jane; paul\n")
    package = {"title": "The Doe case", "operation": "teapot", "keywords": [{"x": ["Jane Doe"]}]}
    (folder / "datapackage.json").write_text(json.dumps(package))
    return build(folder, folder.parent / "case.db")


def test_a_folder_holds_no_name_and_loads(named: str, tmp_path: Path) -> None:
    done = ask("export", "folder", "--redact", "people", "-o", tmp_path / "out", "--db", named)
    assert (done.code, done.out) == (0, b"")
    assert re.fullmatch("spector: replaced: Person 1 [0-9]+ ×, Person 2 1 ×\n", done.err)
    files = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir()}
    assert not re.search(r"jane|\bdoe\b|duchess", "".join(files.values()), re.IGNORECASE)
    assert files["people.csv"] == "id,name,aliases\npaul,Paul Guilty,\nperson-1,Person 1,\nperson-2,Person 2,\n"
    assert files["vans.csv"] == "id,driver\nvan-person-1,person-1; paul\n"
    assert re.findall("^person-.*?,", files["events.csv"], re.MULTILINE) == ["person-1-sale,", "person-1-sale-2,"]
    assert "x1,no-claims,person-1,Person 1 is fine" in files["exceptions.csv"]
    assert "Person 1 and Paul Guilty,example.org/person-1" in files["sources.csv"]
    assert "https://example.org/story" in files["sources.csv"]
    again = build(tmp_path / "out", tmp_path / "out.db")
    for name in ("xlsx", "ftm", "stix"):
        assert ask("export", name, "-o", tmp_path / name, "--db", again).code == 0


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_a_page_holds_no_name(named: str, tmp_path: Path, suffix: str) -> None:
    done = ask("report", "-o", tmp_path / f"case.{suffix}", "--redact", "people", "--db", named)
    assert (done.code, done.out) == (0, b"")
    text = (tmp_path / f"case.{suffix}").read_text(encoding="utf-8")
    assert not re.search(r"jane|\bdoe\b|duchess", text, re.IGNORECASE)
    assert "2 people of this case, not convicted as far as it says, bear pseudonyms." in text


@pytest.mark.parametrize("format", ["html", "md"])
def test_a_page_in_which_a_name_is_left_is_not_written(named: str, tmp_path: Path, format: str) -> None:
    said = r"[0-9]+ names are left in the page, so nothing was written"
    with closing(Case(open_database(Path(named)))) as case, pytest.raises(NameLeft, match=said):
        redaction = Redaction(case)
        report.write(case, format, tmp_path / "page", None, 2, redaction.refuse)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_would_not_load_is_refused(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Redaction, "_text", lambda self, cell: "")  # also titles, which no source goes without
    with closing(Case(open_database(Path(named)))) as case, pytest.raises(Refused) as refused:
        redacted.write(case, tmp_path)
    assert any("title is empty" in mistake for mistake in refused.value.mistakes)


def test_every_text_of_a_page_is_searched() -> None:
    page = '<p title="Jane">a &amp; <a href="x/jane">b</a></p><style>c</style><meta content="d">'
    assert of_page(page, "html") == ["Jane", "a & ", "x/jane", "b", "c"]
    assert of_page('| <a id="c7"></a>a | b |\nc', "md") == ["| a", "b |", "c"]


@pytest.mark.parametrize("words", [(), ("--subject", "US"), ("--subject", "christopher-hampton")], ids=str)
def test_no_name_of_the_bundled_case_is_left(bundled: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = ask("report", "-o", tmp_path / "case.md", "--redact", "people", *words, "--db", bundled)
    assert done.code == 0
    text = (tmp_path / "case.md").read_text(encoding="utf-8")
    with closing(Case(open_database(Path(bundled)))) as case:
        hidden = [person for person in Redaction(case).known if person.hidden]
    assert len(hidden) == 45
    for person in hidden:
        assert person.names[0] not in text
        assert person.id not in text
    if not words:
        assert "Milomir Desnica" in text
        assert "Person 1 is charged in California" in text
        assert text.count("Someone charged is presumed innocent") == 1


def test_a_property_called_like_somebody_is_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", people="doe,Jane Doe", proceedings="", statements="")
    (folder / "vocabulary.csv").write_text(
        "kind,property,type,many,unit,claimed,description\nvans,,,,,,Vans\nvans,jane_doe,text,,,,x\n"
    )
    done = ask(
        "export", "folder", "--redact", "people", "-o", tmp_path / "out", "--db", build(folder, tmp_path / "c.db")
    )
    assert (done.code, done.out) == (5, b"")
    assert done.err == (
        "spector: a name is left in line 1 of vans.csv, so nothing was written; "
        "is a kind, a property or a unit of this case called like somebody?\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_name_is_redacted_before_it_is_shortened(tmp_path: Path) -> None:
    write_case(tmp_path / "case", "bazaar,operator,ana,,,alpha", people="ana,Anastasia Konstantinopolitanskaya")
    db = build(tmp_path / "case", tmp_path / "case.db")
    assert ask("report", "-o", tmp_path / "case.html", "--redact", "people", "--db", db).code == 0
    text = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert "Konst" not in text
    assert ">Person 1</text>" in text


def test_a_redacted_case_can_be_redacted_again(named: str, tmp_path: Path) -> None:
    assert ask("export", "folder", "--redact", "people", "-o", tmp_path / "one", "--db", named).code == 0
    again = build(tmp_path / "one", tmp_path / "one.db")
    assert ask("export", "folder", "--redact", "people", "-o", tmp_path / "two", "--db", again).code == 0
    one, two = ((tmp_path / name / "claims.csv").read_text() for name in ("one", "two"))
    assert one == two


def test_what_cannot_be_redacted(bundled: str, tmp_path: Path) -> None:
    for words in (("report", "-o", tmp_path / "case.html"), ("export", "folder", "-o", tmp_path / "case")):
        done = ask(*words, "--redact", "money", "--db", bundled)
        assert (done.code, done.err) == (2, "spector: --redact takes people, not 'money'\n")
    done = ask("export", "xlsx", "-o", tmp_path / "x", "--redact", "people", "--db", bundled)
    assert (done.code, done.out) == (2, b"")
    assert "export folder --redact people" in done.err
    assert not list(tmp_path.iterdir())


def test_no_name_is_left_in_what_goes_back_to_another_program(tmp_path: Path) -> None:
    """JSON spells a line end and other letters than ASCII in its own way, and a list of names is several."""
    person = {"id": "p", "schema": "Person", "caption": "Ana Müller", "properties": {"name": ["Ana Müller"]}}
    person["properties"]["alias"] = ["The Fox; Foxy"]  # type: ignore[index]
    company = {"id": "c", "schema": "Company", "properties": {"notes": ["Ana\nMüller, or\tFoxy"]}, "x": ["Ana\nMüller"]}
    (tmp_path / "a.json").write_text(f"{json.dumps(person)}\n{json.dumps(company)}\n", encoding="utf-8")
    db = build(tmp_path / "a.json", tmp_path / "case.db")
    assert ask("export", "folder", "--redact", "people", "-o", tmp_path / "folder", "--db", db).code == 0
    text = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "folder").glob("*.csv"))
    assert not re.search(r"ana|m(ü|\\u00fc)ller|fox", text, re.IGNORECASE)
    assert build(tmp_path / "folder", tmp_path / "again.db")
