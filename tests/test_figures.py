"""Figures in running text: what sentences in six languages say, and that a value is compared with its words."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectorcli.bundled import SEED
from spectorcli.values import number, units
from spectorcli.values.figures import (
    Amount,
    Figure,
    FigureKind,
    Moment,
    Verdict,
    figures,
    fit,
    follows,
    guess,
    read_language,
)
from spectorcli.values.figures.language import CODES
from spectorcli.vocabulary import declare, read_vocabulary

SENTENCES = [
    (language, sentence, said.strip())
    for language, sentence, said in re.findall(
        r"^(\w\w)\| (.+)\n(.*)$", Path(__file__).with_name("figures.txt").read_text("utf-8"), re.MULTILINE
    )
]


def said(figure: Figure) -> str:
    """Return the likeliest reading of a figure, its words if it has none, with a mark if it is not sure."""
    reading = figure.readings[0] if figure.readings else None
    if reading is None or not reading.text:
        words = f"[{figure.words}]"
    elif isinstance(reading, Moment):
        words = reading.text
    else:
        behind = {FigureKind.AGE: " of age", FigureKind.ORDINAL: "."}.get(figure.kind, "")
        words = f"{reading.text} {reading.unit}".strip() + behind
    return words if figure.sure else f"{words}?"


@pytest.mark.parametrize("code", CODES)
def test_what_sentences_say(code: str) -> None:
    told = {one: said_there for language, one, said_there in SENTENCES if language == code}
    assert told
    assert {one: "; ".join(map(said, figures(one, read_language(code)))) for one in told} == told


def test_the_language_of_a_sentence_is_guessed() -> None:
    assert {guess(sentence).code for language, sentence, _ in SENTENCES if language == "en"} == {"en"}
    wrong = [sentence for language, sentence, _ in SENTENCES if guess(sentence).code != language]
    assert not wrong
    assert guess("").code == guess("850 kg").code == "en"


def test_a_date_takes_what_it_leaves_out_from_the_day_of_its_text() -> None:
    texts = ("on Tuesday", "May 25", "December 30", "in 2019", "Tuesday, May 2")
    found = [figures(text, read_language("en"), date(2023, 1, 4))[0] for text in texts]
    assert [one.readings[0].text for one in found] == ["2023-01-03", "2023-05-25", "2022-12-30", "2019", "2023-05-02"]
    assert [one.sure for one in found] == [False, False, False, True, False]


def test_languages_have_the_same_tables_and_no_units_of_their_own() -> None:
    languages = [read_language(code) for code in CODES]
    for one in languages:
        assert one.sets.keys() == languages[0].sets.keys()
        assert set(one.months.values()) == set(range(1, 13))
        assert set(one.weekdays.values()) == set(range(1, 8))
        named = {unit for meanings in one.units.values() for unit in meanings}
        assert not {unit for unit in named if unit not in units.UNITS and not units.is_currency(unit)}
        meant = {meaning for meanings in one.hedges.values() for meaning in meanings}
        assert meant - {""} == {"~", ">", ">=", "<", "<="}
    symbols = {unit for meanings in units.SYMBOLS.values() for unit in meanings}
    assert not {unit for unit in symbols if unit not in units.UNITS and not units.is_currency(unit)}


PIECES = [
    *(
        "1",
        "2",
        "300",
        "1,2",
        "2023",
        "M",
        "kg ",
        "€",
        "$",
        "%",
        "½",
        "[",
        "(",
        "'",
        "~",
        ">",
        "/",
        ":",
        "§",
        "-",
        "–",
        ". ",
    ),
    *(
        ", ",
        " ",
        "and ",
        "zwei ",
        "und",
        "hundert",
        "June ",
        "May ",
        "Monday ",
        "half a ",
        "of ",
        "de ",
        "mil ",
        "million ",
    ),
    *("one ", "about ", "no more than ", "between ", "to ", "years ", "or more", "late ", "y medio "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join), st.sampled_from(CODES))
def test_any_text_has_figures_in_order(text: str, code: str) -> None:
    found = figures(text, read_language(code), date(2023, 5, 2))
    assert [one.words for one in found] == [text[one.start : one.end] for one in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert one.readings or one.kind == FigureKind.VAGUE
        assert all(re.fullmatch(r"\S*", reading.text) for reading in one.readings)
        assert all(number.parts(each.text) for each in one.readings if isinstance(each, Amount) and each.value < 10**17)


@pytest.mark.parametrize(
    "piece", ["9", "1,", "1/2/", "in 2019 ", "a@", "zwei", "million one thousand ", "5 million million "]
)
def test_time_grows_with_the_text(piece: str) -> None:
    """What looks back to the beginning takes a minute for such a text."""
    start = process_time()
    figures(piece * (20_000 // len(piece)), read_language("en" if " " in piece else "de"))
    assert process_time() - start < 2  # it takes 0.1 s


# A claim checked against itself

FITS = {
    "yes": (
        "34 of 34 servers | 10000000 EUR of €10 million | ~200 of some 200 | ~200 of environ 200 | 850 kg of 850",
        "168 months of 14 years | 850 kg of 0.85 t | 5 of fifth | 2 counts of two-count | 31 years of aged 31",
        ">50 g of 50 grams or more | >9 of at least nine | >=9 of at least nine | <20 years of up to 20 years",
        ">500 kg of über 500 Kilo | 0.75 kg of 3/4 kg",
        "17.3..21 kg of 17.3 to 21 kg | 12 of fell from 20 to 12 | 1200 of 1.200 Festnahmen | 1.5 kg of 1,5 kg",
        "2022-04 of April 2022 | 2023-05-25 of May 25 | 2023-06-26 of Monday | 2021-11~ of late 2021 | 2019 of 2019",
        "2021-11 of Nov. 2, 2021 | 2019 of from 2019 to 2021 | 2019/2021 of from 2019 to 2021 | 201X of 2019",
        "0.5 g of .5 grams | 3.5 t of 3 1/2 tons | 5000000 EUR of 5 M€ | 5 NZD of 5 dollars | ~200 of 200-odd",
        "2021/2022 of 2021/22 | 2021-01/2021-03 of first quarter of 2021 | 2023-05-03 of 03-05-2023",
        "20 years of a maximum of 20 years | 10 years of un minimum de 10 ans",
        "2023-05-02 of 2023-05-02T00:00:00Z | 2023-05-02 of at 2023-05-02T10:00:00.5+02:00",
        "2019-01-11/2019-03 of Jan. 11 to March | 2021-21 of spring 2021 | ~5 kg of ca. 5 kg",
    ),
    "no": (
        "43 of 34 servers | 1000000 EUR of €10 million | 300 of some 200 | 200 of some 200 | 200 of environ 200",
        "5000000 USD of EUR 5 million | 10000000 USD of 10 million euros | 14 years of 14 years and 6 months",
        "850 kg of 850 pounds | <5 kg of more than 5 kg | >5 kg of no more than 5 kg | 17.3 kg of 17.3 to 18 kg",
        ">220000 GBP of GBP 220,000 | 201 of ponad 200 osób | 12 of 1,2 | >=9 of more than nine",
        "500 kg of über 500 Kilo | 9 countries of 9 years | 17..21 kg of 17 kg",
        "2023-05-03 of 2023-05-02T00:00:00Z | 2023-05-03 of 2023-05-02 | 2023-05-03 of 2023-05-02T10:00:00.5+02:00",
        "2023-04 of April 2022 | 2023-05-03 of Monday, May 3 | 2023-06-27 of Monday | 2021-03~ of late 2021",
        "2021-05-02 of May 2021 | 2021-10 of in 2021 | 2019~ of in 2019 | 2021-22 of spring 2021",
    ),
    "silent": (
        "7 of dozens of servers | 7 of arrested on 3 May 2021 | 7 of | 2023 of this spring | 2024 of last year",
        "Seven of 8 | 2021-13 of May | 7 of dozens, first of all a man aged 33",
        ">200 of ponad 200 osób | 2023-05-02 of 2 maja 2023 | 5000000 EUR of 5 milionów euro",
    ),
}


@pytest.mark.parametrize("verdict", FITS)
def test_a_value_follows_from_its_words(verdict: str) -> None:
    claims = [re.split(r"\s?\bof\b\s?", one, maxsplit=1) for line in FITS[verdict] for one in line.split(" | ")]
    dated = re.compile(r"\d{3}[\dX]\D|20\d\d$|201X")
    wrong = [
        (value, stated)
        for (value, _, unit), stated in ((said_value.partition(" "), stated) for said_value, stated in claims)
        if follows(value, unit or "persons", "date" if dated.match(value) else "number", stated).verdict != verdict
    ]
    assert not wrong
    assert follows("seven", "", "term", "eight").verdict == follows("Seven", "", "text", "8").verdict == "silent"


@pytest.mark.parametrize("value", ["1400", "10000", "1234567", "2023000"])
@pytest.mark.parametrize("unit", ["persons", "kg", "EUR", ""])
def test_a_figure_with_separators_is_found_as_by_reading_it(value: str, unit: str) -> None:
    stated = f"{int(value):,}"
    assert follows(value, unit, "number", stated) == fit(value, unit, "number", figures(stated, guess(stated)))


@pytest.mark.parametrize(
    ("value", "stated", "language", "verdict"),
    [
        (">100", "mere end 100 adresser", "da", "silent"),  # end, mere: words that English has, too
        (">100", "mere end 100 adresser", "DA-dk", "silent"),
        (">101", "mere end 100 adresser", "da", "no"),
        (">100", "plus de 100", "fr", "yes"),
        ("100", "plus de 100", "fr-CA", "no"),
        ("100", "plus de 100", "", "no"),
    ],
)
def test_the_language_of_a_source_tells_which_hedges_are_known(
    value: str, stated: str, language: str, verdict: str
) -> None:
    assert follows(value, "persons", "number", stated, language).verdict == verdict


def test_an_estimate_that_is_passed_is_a_bound_or_about() -> None:
    told = {
        ">": "more than an estimated 1 million; over some 1 million; mehr als rund 1 Million; plus d'environ 1 million",
        "<=": "up to about 1 million; jusqu'à environ 1 million",
    }
    for qualifier, all_stated in told.items():
        for stated in all_stated.split("; "):
            for value, verdict in ((qualifier, "yes"), ("~", "yes"), ("", "no")):
                found = follows(f"{value}1000000", "EUR", "number", stated)
                assert found.verdict == verdict, (value, stated, found.seen)


def test_what_was_seen_is_said() -> None:
    assert follows("43", "persons", "number", "34 servers, more than 2 kg").seen == "34 and more than 2 kg"
    assert follows("2022", "", "date", "since May 2021").seen == "May 2021"
    many = ", ".join(f"{one} a" for one in range(1, 2001))
    assert follows("2001", "persons", "number", many).seen == "1, 2, 3, 4, 5 and 1,995 more"


MASS, MONEY = re.compile(r"kg|kilogram|pound|gram|\bton|\blb"), re.compile(r"[$€]|[A-Z]{3}|euro|bitcoin")
TIME, MONTHS = re.compile("year|month|day"), "JanFebMarAprMayJunJulAugSepOctNovDec"


def slips(value: str, unit: str, stated: str) -> Iterator[tuple[str, str]]:
    """Yield what might have been typed for a number by mistake."""
    sign = value[: len(value) - len(value.lstrip("<>~="))]
    digits = value.removeprefix(sign)
    for place, (one, other) in enumerate(pairwise(digits)):
        if one != other and (one + other).isdigit():
            yield f"{sign}{digits[:place]}{other}{one}{digits[place + 2 :]}", unit
    if "." not in digits:
        yield f"{value}0", unit
    if digits.endswith("0"):
        yield value[:-1], unit
    yield from ((f"{other}{digits}", unit) for other in ("", "~", "<", ">", "<=", ">=") if other[:1] != sign[:1])
    for words, others in ((MONEY, "EUR GBP XMR"), (MASS, "kg lb t g"), (TIME, "years months days")):
        if words.search(stated) and unit and units.measure(unit) == units.measure(others.split()[0]):
            yield from ((value, other) for other in others.split() if other != unit)


def slips_of_date(value: str, stated: str) -> Iterator[tuple[str, str]]:
    """Yield what might have been typed for a date by mistake; of what the words do not say nothing."""
    year, month, day = (*value.rstrip("~").split("-"), "", "")[:3]
    if year in stated:
        yield value.replace(year, str(int(year) + 1), 1), ""
    if month and MONTHS[3 * int(month) - 3 : 3 * int(month)] in stated:
        yield value.replace(f"-{month}", f"-{int(month) % 12 + 1:02}", 1), ""
    if day and re.search(rf"\b{int(day)}\b", stated):
        yield f"{value[:-2]}{int(day) % 27 + 1:02}", ""


def test_every_slip_in_the_bundled_case_is_seen() -> None:
    """Digits, zeros, qualifiers, units, years, months and days: each that the words of the source speak against."""
    files = {file.stem: list(csv.DictReader(file.read_text("utf-8").splitlines())) for file in SEED.glob("*.csv")}
    kinds = declare(files["vocabulary"], read_vocabulary())
    kind_of = {row["id"]: name for name in kinds for row in files.get(name, ())}
    planted, passed, odd = 0, [], []
    for claim in files["claims"]:
        declared, value, stated = (
            kinds[kind_of[claim["subject"]]].properties[claim["property"]],
            claim["value"],
            claim["stated"],
        )
        if declared.type not in ("number", "date") or not stated or "so in the source" in claim["note"].lower():
            continue
        unit = claim["unit"] or (declared.units[0] if declared.single_unit else "")
        found = figures(stated, guess(stated))
        if fit(value, unit, declared.type, found).verdict == Verdict.NO:
            odd.append((claim["subject"], value, stated))
        if fit(value, unit, declared.type, found).verdict == Verdict.YES and not re.search(r"\.\.|/", value):
            for slip in slips_of_date(value, stated) if declared.type == "date" else slips(value, unit, stated):
                planted += 1
                if fit(*slip, declared.type, found).verdict != Verdict.NO:
                    passed.append((slip, value, unit, stated))
    assert not odd
    assert planted > 2000
    assert not passed
