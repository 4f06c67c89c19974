"""What a user may call a thing, in any letters, and what is said when nothing is called so."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from cases import write_case

from spectorcli.answers.search import _excerpts, search
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import NotFound
from spectorcli.load.load import load
from spectorcli.values import countries

PEOPLE = """p1,Søren Kjærgård
p2,Jean-Luc Müller
p3,Seán O’Brien
p4,Иван Петров
p5,张伟明
p6,محمد المصري
p7,Mueller-Lüdenscheidt
p8,Yuriy Mazur
p9,สมชาย ใจดี
p10,İsmail Işık"""

CLAIMS = """p1,description,Søren’s boat,,,alpha
p5,description,东京警视厅逮捕了三名嫌疑人,,,alpha
p9,description,ตำรวจจับกุมผู้ต้องสงสัยสามคน,,,alpha
p4,description,金浦空港で逮捕,,,alpha"""

PLACES = "US,United States\nDE,Germany\nAT,Austria\nGB,United Kingdom\nCZ,Czechia\nXK,Kosovo\nSU,Soviet Union\nEU,Union"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = write_case(tmp_path_factory.mktemp("names") / "case", CLAIMS, people=PEOPLE, countries=PLACES)
    for file in ("proceedings", "statements"):
        (folder / f"{file}.csv").unlink()
    db = folder.with_name("case.db")
    load(folder, db)
    with closing(Case(open_database(db))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("soren kjaergard", {"p1"}),
        ("Soren", {"p1"}),
        ("Kjaergaard", {"p1"}),
        ("Luc Muller", {"p2"}),
        ("Jean-Luc Mueller", {"p2"}),
        ("Mueller", {"p7"}),  # as it is written comes before what sounds like it
        ("Muller", {"p2"}),
        ("Sean OBrien", {"p3"}),
        ("O'Brien", {"p3"}),
        ("Petrov", {"p4"}),
        ("Иван", {"p4"}),
        ("张伟", {"p5"}),
        ("伟明", {"p5"}),
        ("مصري", {"p6"}),
        ("Юрий Мазур", {"p8"}),
        ("ใจดี", {"p9"}),
        ("ISIK", {"p10"}),
        ("UK", {"GB"}),
        ("u.k.", {"GB"}),
        ("GBR", {"GB"}),
        ("Britain", {"GB"}),
        ("Tschechien", {"CZ"}),
        ("Österreich", {"AT"}),
        ("美国", {"US"}),
        ("USSR", {"SU"}),
        ("Ös", set()),
        ("", set()),
    ],
)
def test_a_thing_is_found_as_it_is_typed(case: Case, text: str, ids: set[str]) -> None:
    assert {id for id, _, _ in case.find(text)} == ids


@pytest.mark.parametrize(
    ("text", "kind", "end"),
    [
        ("Kjargort", "people", "no person 'Kjargort' in this case; did you mean 'Søren Kjærgård' (p1)?"),
        ("Germny", "countries", "no country 'Germny' in this case; did you mean 'Germany' (DE)?"),
        ("Australia", "countries", "no country 'Australia' in this case"),
        ("Ungarn", "countries", "no country 'Ungarn' in this case"),
        ("England", "countries", "no country 'England' in this case; did you mean 'United Kingdom' (GB)?"),
        ("Finland", "countries", "no country 'Finland' in this case"),
        ("mark", "agencies", "no agency 'mark' in this case"),
    ],
)
def test_what_may_be_meant_is_said_by_name(case: Case, text: str, kind: str, end: str) -> None:
    with pytest.raises(NotFound) as refusal:
        case.thing(text, kind)
    assert str(refusal.value) == end


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("soren", {"p1"}),
        ("Kjaergaard", {"p1"}),
        ("mueller", {"p7"}),
        ("muller", {"p2", "p7"}),
        ("obrien", {"p3"}),
        ("petrov", {"p4"}),
        ("Мазур", {"p8"}),
        ("嫌疑人", {"p5"}),
        ("警视厅 逮捕", {"p5"}),
        ("逮捕", {"p4", "p5"}),
        ('"逮捕"', {"p4", "p5"}),
        ("嫌疑* OR 空港", {"p4", "p5"}),
        ("逮视", set()),
        ("จับกุม", {"p9"}),
        ("مصري", {"p6"}),
        ("isik", {"p10"}),
    ],
)
def test_words_are_found_in_other_letters(case: Case, text: str, ids: set[str]) -> None:
    assert {row[1] for row in search(case, text).rows} == ids


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[
            ("gb", "GB"),
            ("UK", "GB"),
            ("EL", "GR"),
            ("DEU", "DE"),
            ("Germany", "DE"),
            ("Německo", "DE"),
            ("中国", "CN"),
        ],
        *[("U.S.A.", "US"), ("Großbritannien", "GB"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("YUG", "YU")],
        *[
            ("Sikkim", None),
            ("East Germany", "DD"),
            ("Zaire", "ZR"),
            ("SK", "SK"),
            ("Gilbert and Ellice Islands", None),
        ],
        *[("England", "GB"), ("XX", None), ("Narnia", None), ("", None)],
    ],
)
def test_a_country_is_known_by_its_everyday_names(text: str, code: str | None) -> None:
    assert countries.meant(text) == code


def test_no_name_of_a_country_means_two() -> None:
    names: dict[str, set[str]] = {}
    for code, name in countries.keys(countries.codes()):
        names.setdefault(name, set()).add(code)
    assert [name for name, codes in names.items() if len(codes) > 1] == []
    assert len(names) > 15_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jean-Luc Mueller", ["'Jean-Luc Mueller' is read as 'Jean-Luc Müller' (p2)"]),
        ("Petrov", ["'Petrov' is read as 'Иван Петров' (p4)"]),
        ("Iurii", ["'Iurii' is read as 'Yuriy Mazur' (p8)"]),
        *((text, []) for text in ("jean luc muller", "Luc Muller", "Иван", "OBrien", "张伟", "p8", "Deutschland")),
    ],
)
def test_who_is_found_by_a_weaker_key_is_told_once(case: Case, text: str, told: list[str]) -> None:
    with closing(Case(open_database(case.path))) as asked:
        lines: list[str] = []
        asked.tell = lines.append
        assert asked.meant(text) == asked.meant(text)
        assert lines == told


def test_who_is_only_looked_up_is_not_told(case: Case) -> None:
    with closing(Case(open_database(case.path))) as asked:
        asked.tell = pytest.fail
        assert search(asked, "Jean-Luc Mueller")


LONG = " ".join(f"w{number}" for number in range(40))


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("Short: (of tea).", "tea", "Short: (of tea)."),
        (f"Tea, {LONG}", "tea", f"Tea, {LONG[: LONG.index(' w15')]} …"),
        (f"{LONG}, tea.", "tea", f"… {LONG[LONG.index('w25') :]}, tea."),
        (f"{LONG} ({LONG})", "w39", f"… {LONG[LONG.index('w31') :]} ({LONG[: LONG.index(' w7')]} …"),
        (f"{LONG} Thé {LONG}", "the", f"… {LONG[LONG.index('w32') :]} Thé {LONG[: LONG.index(' w7')]} …"),
        (LONG, "none", f"{LONG[: LONG.index(' w16')]} …"),
    ],
)
def test_of_a_long_text_what_is_around_a_word_is_shown(text: str, word: str, shown: str) -> None:
    [(*_, found, _)] = _excerpts([("claims", "id", "label", "property", text, "command")], [word])
    assert found == shown
