"""What a value covers: the examples of the rule, its edges, and laws that hold for every number and day."""

import calendar
import math
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectorcli.values import also, listing, ref, units, wording
from spectorcli.values import date as dates
from spectorcli.values import number as numbers
from spectorcli.values.span import BadValue, Span
from spectorcli.values.units import Measure

MASSES = units.GROUPS["mass"]
read_date = dates.read


def number(text: str, unit: str = "persons") -> Span:
    return numbers.read(text, unit)


def bounds(span: Span) -> tuple[float, float]:
    return span.low, span.high


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("153", "persons", 153, 153),
        ("0", "persons", 0, 0),
        ("55", "persons", 55, 55),
        ("50", "persons", 50, 50),
        ("99", "persons", 99, 99),
        ("100", "persons", 50, 150),
        ("300", "persons", 250, 350),
        ("290", "persons", 285, 295),
        ("1000.0", "EUR", 999.95, 1000.05),
        ("-300", "EUR", -350, -250),
        ("~300", "persons", 200, 400),
        ("~288", "persons", 287, 289),
        ("~5", "persons", 4, 6),
        (">100", "persons", 100, 150),
        (">=5", "persons", 5, 5.5),
        ("<1300", "persons", 1250, 1300),
        ("17.3..21", "percent", 17.3, 21),
        ("-5..5", "EUR", -5, 5),
        ("55", "kg", 54.5, 55.5),
        ("10", "kg", 9.5, 10.5),
        ("5.0", "kg", 4.95, 5.05),
        ("850", "kg", 845, 855),
        ("2", "t", 1500, 2500),
        (">2", "t", 2000, 2500),
        ("1..2", "t", 1000, 2000),
        ("53000000", "USD", 52.5e6, 53.5e6),
        ("53400000", "USD", 53.35e6, 53.45e6),
        (">50800000", "EUR", 50.8e6, 50.85e6),
        ("9" * 18, "persons", 1e18 - 1, 1e18 - 1),
    ],
)
def test_number_covers(text: str, unit: str, low: float, high: float) -> None:
    assert bounds(number(text, unit)) == pytest.approx((low, high), rel=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "unit", "agree"),
    [
        ("53000000", "53400000", "USD", True),
        ("300", "288", "persons", True),
        ("300", "281", "persons", True),
        ("300", "228", "persons", False),
        ("155", "153", "persons", False),
        ("50", "52", "persons", False),
        ("100", "52", "persons", True),
        ("55", "54.6", "kg", True),
        ("55", "54.4", "kg", False),
        ("~300", "288", "persons", True),
        (">100", "143", "persons", True),
        (">100", "153", "persons", False),  # beyond what it covers: it allows it
        (">100", "5000", "persons", False),
        ("<1300", "1290", "persons", True),
        ("<1300", "1301", "persons", False),
        ("17.3..21", "20", "percent", True),
        ("<2000000", ">2000000", "persons", False),  # "fewer" and "more" only touch
        ("1..2", "2..3", "persons", True),  # both hold 2
        ("53000000", "54000000", "persons", False),  # they touch where rounding ends
        ("1..2", "3..4", "persons", False),
        ("1..2", "2", "persons", True),  # a point on the edge
        (">2", "2", "persons", True),
        ("2", "2.0", "years", True),
    ],
)
def test_numbers_agree(one: str, other: str, unit: str, agree: bool) -> None:
    first, second = number(one, unit), number(other, unit)
    assert first.overlaps(second) is second.overlaps(first) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("660", "lb"), ("299.5", "kg"), True),
        (("660", "lb"), ("303", "kg"), False),
        (("64", "lb"), ("64", "kg"), False),
        (("850000", "g"), ("0.85", "t"), True),
        (("16", "oz"), ("1", "lb"), True),
        (("2", "t"), ("2000", "kg"), True),
        ((">44000000", "GBP"), (">44000000", "EUR"), True),  # money is not converted: it is not even compared
    ],
)
def test_only_mass_converts(one: tuple[str, str], other: tuple[str, str], agree: bool) -> None:
    assert number(*one).overlaps(number(*other)) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("14", "years"), ("168", "months"), True),
        (("14", "years"), ("167", "months"), False),  # a sentence is set, not measured
        (("2", "years"), ("2", "months"), False),
        (("1.5", "years"), ("18", "months"), True),
        (("500", "ml"), ("0.5", "l"), True),
        (("1000", "mg"), ("1", "g"), True),
        (("1000", "µg"), ("1", "mg"), True),
    ],
)
def test_what_converts_is_compared_in_one_unit(one: tuple[str, str], other: tuple[str, str], agree: bool) -> None:
    assert units.base(one[1]) == units.base(other[1])
    assert number(*one).overlaps(number(*other)) is agree


def test_bases_and_measures() -> None:
    assert {units.base(unit) for unit in MASSES} == {"kg"}
    assert [units.base(unit) for unit in ("EUR", "tablets", "", "years", "days")] == [
        "EUR",
        "tablets",
        "",
        "months",
        "days",
    ]
    measures = [units.measure(unit) for unit in ("EUR", "DEM", "XMR", "tablets", "", "days", "percent", "ml")]
    assert measures == [
        *(Measure.MONEY, Measure.MONEY, Measure.CRYPTO, Measure.COUNT, Measure.NONE),
        *(Measure.TIME, Measure.SHARE, Measure.VOLUME),
    ]
    assert units.allowed(("mass", "tablets", "money")) == (*MASSES, "tablets", "money")
    assert all(map(units.is_currency, ("EUR", "BTC", "DEM", "ANG", "BGN")))
    assert not any(map(units.is_currency, ("eur", "XYZ", "kg", "MKN")))


def test_former_currencies_are_listed_once() -> None:
    former = units.FORMER_CURRENCIES.split()
    assert former == sorted(set(former))
    assert all(re.fullmatch("[A-Z]{3}", code) for code in former)


@pytest.mark.parametrize(
    ("text", "unit", "brief", "say"),
    [
        ("153", "persons", "153 persons", "153 persons"),
        ("1", "persons", "1 person", "1 person"),
        ("~1", "persons", "~1 person", "about 1 person"),
        (">=1", "persons", ">=1 person", "at least 1 person"),
        ("1", "countries", "1 country", "1 country"),
        ("1", "kg", "1 kg", "1 kg"),
        ("1", "years", "1 year", "1 year"),
        ("1", "percent", "1 percent", "1 percent"),
        ("1", "EUR", "1 EUR", "1 EUR"),
        ("~300", "kg", "~300 kg", "about 300 kg"),
        (">5500000", "USD", ">5,500,000 USD", "more than 5,500,000 USD"),
        ("<1300", "", "<1,300", "fewer than 1,300"),
        ("<=5.5", "kg", "<=5.5 kg", "at most 5.5 kg"),
        (">=12", "persons", ">=12 persons", "at least 12 persons"),
        ("<2", "t", "<2 t", "less than 2 t"),
        ("17.3..21", "percent", "17.3..21 percent", "17.3 to 21 percent"),
        ("1200..2500", "persons", "1,200..2,500 persons", "1,200 to 2,500 persons"),
        ("2600", "keys", "2,600 keys", "2,600 keys"),  # one rule for separators: from four digits on
        (">2500", "keys", ">2,500 keys", "more than 2,500 keys"),
        ("299.50", "kg", "299.50 kg", "299.50 kg"),  # decimals as they are stated
        ("-1234.5", "EUR", "-1,234.5 EUR", "-1,234.5 EUR"),
        ("0.000000001", "kg", "0.000000001 kg", "0.000000001 kg"),
        ("9" * 18, "", "999,999,999,999,999,999", "999,999,999,999,999,999"),
    ],
)
def test_a_number_for_people(text: str, unit: str, brief: str, say: str) -> None:
    assert (numbers.brief(text, unit), numbers.say(text, unit)) == (brief, say)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("2019", "2019"),
        ("2021-12", "December 2021"),
        ("2023-05-02", "2 May 2023"),
        ("2023-05-02T10:00:00Z", "2 May 2023"),
        ("2019-06~", "about June 2019"),
        ("2019-06?", "June 2019 (uncertain)"),
        ("2019-06%", "about June 2019 (uncertain)"),
        ("2021-10/2023-05", "October 2021 to May 2023"),
        ("../2028-12", "until December 2028"),
        ("2021-12/..", "from December 2021 on"),
        ("2021-12/", "from December 2021, end unknown"),
        ("/2021-12", "until December 2021, beginning unknown"),
        ("../..", "at an unknown time"),
        ("2019-24", "winter 2019"),
        ("2019-21~", "about spring 2019"),
        ("yesterday", "yesterday"),  # what is no date stays what it is
    ],
)
def test_a_date_for_people(text: str, say: str) -> None:
    assert (dates.say(text), dates.brief(text), dates.write(text)) == (say, text, text)


@pytest.mark.parametrize(
    ("text", "say", "brief"),
    [
        ("201X", "2010s", "2010s"),
        ("201X~", "about 2010s", "2010s~"),
        ("201X/2021-03", "2010s to March 2021", "2010s/2021-03"),
        ("156X-12", "December 1560s", "December 1560s"),
        ("20XX", "between 2000 and 2099", "between 2000 and 2099"),
        ("2019-XX", "2019", "2019"),
        ("2019-05-XX?", "May 2019 (uncertain)", "2019-05?"),
    ],
)
def test_no_reader_has_to_know_what_is_x(text: str, say: str, brief: str) -> None:
    assert (dates.say(text), dates.brief(text), dates.write(text)) == (say, brief, text)


@pytest.mark.parametrize(
    ("text", "year", "first", "interval", "approximate"),
    [
        ("2019~", "2019", "2019-01-01", False, True),
        ("2019-01~", "2019", "2019-01-01", False, True),
        ("2019-01-01~", "2019", "2019-01-01", False, True),
        ("2021-12%", "2021", "2021-12-01", False, True),
        ("2021-12?", "2021", "2021-12-01", False, True),
        ("../2021-12", "2021", "2021-12-01", True, False),
        ("2021-10~/2023-05-02", "2021", "2021-10-01", True, True),
        ("2021-12/..", "2021", "2021-12-01", True, False),
        ("201X", "201X", "2010-01-01", False, False),
        ("2019-21", "2019", "2019-03-01", False, False),
        ("2019-24", "2019", "2019-12-01", False, False),
    ],
)
def test_a_date_is_filed_by_its_own_text(text: str, year: str, first: str, interval: bool, approximate: bool) -> None:
    own, _ = dates.base(dates.read(text))
    assert own is not None
    assert (dates.year(text), dates.iso(own)) == (year, first)
    assert (dates.is_interval(text), dates.is_approximate(text)) == (interval, approximate)


def test_a_day_is_one_that_is_certain() -> None:
    told = ("2023-05-02", "2023-05-02T10:00Z", "2023-05-02~", "2023-05", "2023-05-XX", "2019/2020", "2019-21", "")
    assert [dates.day(text) for text in told] == [date(2023, 5, 2)] * 2 + [None] * 6


def test_the_parts_of_a_date() -> None:
    told = {text: dates.parts(text) for text in ("2019", "2021-12~", "2023-05-02", "2019-21", "201X", "2019/2020", "x")}
    assert list(told.values()) == [(2019,), (2021, 12), (2023, 5, 2), (), (), (), ()]
    assert [str(dates.first_day(text)) for text in ("../2021-12", "2021-12/..", "2021", None, "")] == [
        *("2021-12-31", "2021-12-01", "2021-01-01", "None", "None"),
    ]


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("1.200", "; 1200?"),
        ("~1.200", "; ~1200?"),
        (">1.200", "; >1200?"),
        ("1.200..1.500", "; 1200..1500?"),
        ("1.5", ""),
    ],
)
def test_what_is_counted_has_no_decimals(text: str, cure: str) -> None:
    with pytest.raises(BadValue) as refused:
        number(text)
    assert str(refused.value) == f"{text!r} counts persons, which have no decimals{cure}"


def test_machines_get_a_plain_figure_as_a_number() -> None:
    told = [numbers.write(text) for text in ("153", "-5", "299.50", "~300", ">100", "1..2", "9" * 18)]
    assert told == [153, -5, 299.5, "~300", ">100", "1..2", int("9" * 18)]
    assert [type(one) for one in told[:3]] == [int, int, float]


def test_what_else_is_said() -> None:
    others = [also.Other("155", "", 3), also.Other(">5500000", "USD", 1), also.Other("~1200", "kg", 2)]
    text = also.write(others)
    assert text == "155 (3 sources), >5500000 USD, ~1200 kg (2 sources)"
    assert also.read(text, "number") == others
    assert also.brief(text, "number") == "155 (3 sources), >5,500,000 USD, ~1,200 kg (2 sources)"
    assert also.say(text, "number") == "155 (3 sources), more than 5,500,000 USD, about 1,200 kg (2 sources)"
    assert also.say("2019-06~, 2019 (2 sources)", "date") == "about June 2019, 2019 (2 sources)"
    assert also.brief("356938035643810, Smith, John (2 sources)", "term") == "356938035643810, Smith, John (2 sources)"
    assert also.brief("", "number") == ""


def test_lists() -> None:
    complete, one, both = map(listing.read, ("only BTC; XMR", "BTC", "BTC; LTC"))
    assert (complete.complete, one.complete) == (True, False)
    assert (complete.values, both.values) == (frozenset({"BTC", "XMR"}), frozenset({"BTC", "LTC"}))
    assert listing.members("only a;b ; c;") == ["a", "b", "c"]
    with pytest.raises(BadValue, match="lists nothing"):
        listing.read("only ;")
    assert ref.say("only us; de", name=str.upper) == "only US; DE"


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("persons", "person"),
        ("people", "person"),
        ("countries", "country"),
        ("agencies", "agency"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("cases", "case"),
        ("glass", "glass"),
        ("series", "series"),
        ("gold", "gold"),
        ("ties", "tie"),
    ],
)
def test_one_of_many(plural: str, one: str) -> None:
    assert wording.singular(plural) == one
    assert wording.count(1, plural) == f"1 {one}"
    assert wording.count(1200, plural) == f"1,200 {plural}"


def test_words_and_sums() -> None:
    assert [wording.joined(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    told = [numbers.computed(figure, rough) for figure, rough in ((354.0, False), (0.5, True), (1234.5678, False))]
    assert told == ["354", "~0.5", "1234.568"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "~",
            "..",
            "1..",
            "..1",
            "1..2..3",
            "21..17.3",
            "~1..2",
            "1..~2",
            "<>5",
            "~~5",
            "5~",
            "+5",
            "--5",
            "−5",
        ),
        *(
            "1.",
            ".5",
            "1.2.3",
            "1,000",
            "1_000",
            "1 000",
            "1e5",
            "1e999",
            "0x10",
            "NaN",
            "nan",
            "inf",
            "-inf",
            "Infinity",
        ),
        *("١٢", "１２", "²", "Ⅻ", "5\n", " 5", "nine", "9" * 19, "9" * 5000, "1." + "9" * 10, "1.." + "9" * 5000),
    ],
)
def test_no_number(text: str) -> None:
    with pytest.raises(BadValue):
        number(text)


@given(
    st.integers(0, 12) | st.integers(0, 10**18 - 1),
    st.integers(0, 3) | st.integers(0, 17),
    st.sampled_from(["persons", "kg", "USD", "months", "percent", ""]),
)
def test_a_whole_figure_is_read_by_a_short_path_as_by_the_long_one(figure: int, zeros: int, unit: str) -> None:
    text = (str(figure) + zeros * "0")[:18]
    exact = numbers._exact(text)
    around = numbers._rounding(exact, numbers._step(text), units.measure(unit) in units.MEASURED)
    assert number(text, unit) == Span(float(exact - around), float(exact + around), float(exact), not around)
    assert number(text, unit).start == Span(*number(text, unit)).start


@given(st.integers(0, 10**15), st.sampled_from(["persons", "kg", "USD"]))
def test_a_qualifier_widens(figure: int, unit: str) -> None:
    plain, about = number(str(figure), unit), number(f"~{figure}", unit)
    assert plain.low <= figure <= plain.high
    assert about.low <= plain.low
    assert plain.high <= about.high
    assert bounds(number(f">{figure}", unit)) == (figure, figure + (about.high - figure) / 2)
    assert bounds(number(f"<={figure}", unit)) == (figure - (figure - about.low) / 2, figure)
    assert plain.figure == about.figure == figure


@given(st.decimals(0, 10**6, places=2), st.sampled_from(MASSES))
def test_mass_is_the_same_in_kilograms(figure: object, unit: str) -> None:
    span, factor = number(str(figure), unit), float(units.factor(unit))
    assert span.figure == pytest.approx(float(str(figure)) * factor)
    assert span.overlaps(Span(float(str(figure)) * factor, float(str(figure)) * factor))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2021-12", "2021-12-01", "2021-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-05-02", "2023-05-02", "2023-05-02"),
        ("2019~", "2018-01-01", "2020-12-31"),
        ("2021-12~", "2021-11-01", "2022-01-31"),
        ("2021-12?", "2021-11-01", "2022-01-31"),
        ("2021-12%", "2021-11-01", "2022-01-31"),
        ("2020-03-01~", "2020-02-29", "2020-03-02"),
        ("2021-10/2023-05", "2021-10-01", "2023-05-31"),
        ("2021-10~/2023-05-02", "2021-09-01", "2023-05-02"),
        ("2023-05-02/2023-05-02", "2023-05-02", "2023-05-02"),
        ("../2021-12", "", "2021-12-31"),
        ("2021-12/..", "2021-12-01", ""),
        ("2019-21", "2019-02-01", "2019-06-30"),
        ("2019-22", "2019-05-01", "2019-09-30"),
        ("2019-23", "2019-08-01", "2019-12-31"),
        ("2019-24", "2018-11-01", "2020-03-31"),  # a winter is at either end of its year
        ("2019-21~", "2018-11-01", "2019-09-30"),
        ("2019-22/2020", "2019-05-01", "2020-12-31"),
        ("1952-23~/1953", "1952-05-01", "1953-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("201X-02", "2010-02-01", "2019-02-28"),  # of any of these years
        ("201X-24", "2009-11-01", "2020-03-31"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("156X-12-25~", "1560-12-24", "1569-12-26"),
        ("2019-XX", "2019-01-01", "2019-12-31"),
        ("2019-05-XX", "2019-05-01", "2019-05-31"),
        ("2019-XX-XX", "2019-01-01", "2019-12-31"),
        ("2019-XX~", "2018-01-01", "2020-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("156X~", "1550-01-01", "1579-12-31"),  # a decade either way
        ("16XX~", "1500-01-01", "1799-12-31"),
        ("198X?", "1970-01-01", "1999-12-31"),
        ("0XXX", "0001-01-01", "0999-12-31"),
        ("9999~", "9998-01-01", "9999-12-31"),  # no further than the calendar goes
        ("0001-01-01~", "0001-01-01", "0001-01-02"),
        ("2023-05-02T10:00:00Z", "2023-05-02", "2023-05-02"),  # a date-time is read as its day
        ("2023-05-02T10:00+02:00", "2023-05-02", "2023-05-02"),
        ("2021-06/", "2021-06-01", ""),  # until unknown
        ("/2021-06", "", "2021-06-30"),
        *((text, "", "") for text in ("../..", "/..", "../")),  # nothing is known, and that is said
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_date_covers(text: str, first: str, last: str) -> None:
    low = date.fromisoformat(first).toordinal() if first else -math.inf
    high = date.fromisoformat(last).toordinal() if last else math.inf
    assert bounds(read_date(text)) == (low, high)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        *((text, "is not a date; write an EDTF date") for text in ("2019-21-05", "2019-24-XX")),
        *((text, "is not a day of the calendar") for text in ("2023-02-30", "2023-02-29", "2023-04-31", "2023-05-32")),
        *(
            (text, "is not a day of the calendar")
            for text in ("2023-05-00", "2023-13", "2023-13-01", "2023-99", "2023-00")
        ),
        *((text, "years run from 0001 to 9999") for text in ("0000", "0000-01-01")),
        *((text, "ends before it begins") for text in ("2023-05/2021-10", "2023-05-02/2023-05-01")),
        *(
            (text, "is not a date; write an EDTF date: 2019, ")
            for text in ("", "yesterday", "unknown", "soon~", "~2019")
        ),
        *(
            (text, "is not a date")
            for text in (
                "2023-5-2",
                "2023-5",
                "/",
                "20230502",
                "2021/2022/2023",
                "2X19",
                "2019-X1",
                "../../x",
                "2019~~",
            )
        ),
        *((text, "is not a date") for text in ("02.05.2023", "5/2/2023", "May 2023", "2023-05T10:00", "{2019,2020}")),
        *(
            (text, "is not a date")
            for text in (
                "-0050",
                "Y17000",
                "XXXX",
                "2X19",
                "2019-X1",
                "2019-XX-05",
                "२०१९",
                "２０１９",
                "2023-05-02 10:00",
                "9" * 5000,
            )
        ),
    ],
)
def test_no_date(text: str, say: str) -> None:
    with pytest.raises(BadValue, match=say):
        read_date(text)


@given(st.integers(1900, 2100), st.integers(1, 13), st.integers(1, 32))
def test_days_are_those_of_the_calendar(year: int, month: int, day: int) -> None:
    text = f"{year}-{month:02}-{day:02}"
    if month <= 12 and day <= calendar.monthrange(year, month)[1]:
        ordinal = date(year, month, day).toordinal()
        assert bounds(read_date(text)) == (ordinal, ordinal)
        assert bounds(read_date(f"{text}~")) == (ordinal - 1, ordinal + 1)
    else:
        with pytest.raises(BadValue):
            read_date(text)


def test_every_month_and_year_from_1900_to_2100() -> None:
    last = date(1899, 12, 31)
    for year in range(1900, 2101):
        begin = last
        for month in range(1, 13):
            span = read_date(f"{year}-{month:02}")
            assert span.low == last.toordinal() + 1  # each begins where the one before has ended
            last += timedelta(days=calendar.monthrange(year, month)[1])
            assert span.high == last.toordinal()
        assert bounds(read_date(str(year))) == (begin.toordinal() + 1, last.toordinal())


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_agrees_with_all_that_it_is_part_of(day: date) -> None:
    exact, iso = read_date(day.isoformat()), day.isoformat()
    for text in (iso[:4], iso[:7], f"{iso[:4]}~", f"{iso[:7]}~", f"{iso}~", f"../{iso}", f"{iso}/..", f"{iso[:3]}X"):
        assert exact.overlaps(read_date(text))
        assert read_date(text).width >= exact.width == 0


@given(st.text("0123456789-~?%/.XTY{}[]:+<>,e_ ", max_size=14) | st.text(max_size=9))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    for read in (read_date, number):
        try:
            assert read(text).low <= read(text).high
        except BadValue as error:
            assert repr(text) in str(error) or ".." in text or "/" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "count: 1200 (2 sources), 3; held: 5000 GBP (2024-05)",
            "count: 1,200 (2 sources), 3; held: 5,000 GBP (2024-05)",
        ),
        ("name: of count: 1200; count: >1200", "name: of count: 1200; count: >1,200"),
        ("when: 2021-05 (2 sources)", "when: 2021-05 (2 sources)"),
        ("unknown: 1200", "unknown: 1200"),
        ("", ""),
    ],
)
def test_what_else_is_said_of_several_is_put_as_of_one(text: str, said: str) -> None:
    types = {"count": "number", "held": "number", "name": "text", "when": "date"}
    assert also.brief_each(text, types) == said
