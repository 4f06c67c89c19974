"""Names: which spellings are one, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectorcli.values.names import fold, is_written_without_spaces, sound

SAME = [
    ("José Núñez", "José Núñez"),  # one letter, and a letter with a mark behind it
    ("Søren Kjærgård", "soren kjaergard"),
    ("Łukasz Wałęsa", "Lukasz Walesa"),
    ("Nguyễn Văn An", "Nguyen Van An"),
    ("Đorđe Čolić", "Dorde Colic"),
    ("Jean-Luc Müller", "jean luc muller"),
    ("Jean‐Luc", "Jean–Luc"),
    ("İsmail Işık", "ISMAIL IŞIK"),
    ("İsmail Işık", "ismail isik"),
    ("Seán O’Brien", "Sean O'Brien"),
    ("D‘Angelo", "dangelo"),
    ("Jane\u00a0Roe", " jane  roe"),
    ("Straße", "STRASSE"),
    ("Ｊｏｈｎ ﬁn", "john fin"),
    ("J. R. St. Clair", "J R St Clair"),
    ("U.K.", "uk"),
    ("Αθηνάς", "ΑΘΗΝΑΣ"),
    ("أحمد محمّد", "احمد محمد"),
    ("کریم", "كريم"),
    ("Ёлкин", "Елкин"),
    ("卡尔·马克思", "卡尔 马克思"),
    ("Ma\u00adry\u200bAnn", "MaryAnn"),
]

LIKE = [
    ("Müller", "Mueller"),
    ("Gröger", "Groeger"),
    ("Kjærgård", "Kjaergaard"),
    ("Иван Петров", "Ivan Petrov"),
    ("Юрий", "Yuriy"),
    ("Юрий", "Iurii"),
    ("Юрий", "Juri"),
    ("Алексей", "Alexei"),
    ("Хрущёв", "Khrushchev"),
    ("Ельцин", "Yeltsin"),
    ("Щербаков", "Scherbakov"),
    ("Ксения", "Xenia"),
    ("Юлия", "Julia"),
    ("Зеленський", "Zelensky"),
    ("Ђоковић", "Djokovic"),
    ("Đoković", "Djokovic"),
    ("Παπαδόπουλος", "Papadopoulos"),
    ("المصري", "مصري"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), LIKE)
def test_two_ways_to_write_a_name_sound_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("นา", "นำ"),
        ("की", "कि"),
        ("가", "각"),
        ("Smith", "Smyth"),
        ("Case 1.2", "Case 12"),
        ("李", "李明"),
    ],
)
def test_two_names_are_not_one(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("text", "unspaced"),
    [
        ("张伟", True),
        ("ｶﾅ", True),
        ("서울", True),
        ("กรุงเทพ", True),
        ("Müller", False),
        ("Иван", False),
        ("مصر", False),
    ],
)
def test_it_is_known_which_scripts_have_no_spaces(text: str, unspaced: bool) -> None:
    assert is_written_without_spaces(text) == unspaced
