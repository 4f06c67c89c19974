"""What a value covers: the examples of the rule, its edges, and laws that hold for every number and day."""

import calendar
import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectorcli.values import KILOGRAMS, BadValue, Span, dimension, read_date, read_number


def number(text: str, unit: str = "persons") -> Span:
    """Read a number as the loader does: persons and tablets are counted, mass and money are measured."""
    return read_number(text, unit, measured=unit not in {"persons", "tablets"})


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
        ("1000.0", "persons", 1000, 1000),
        ("-300", "EUR", -350, -250),
        ("~300", "persons", 200, 400),
        ("~288", "persons", 287, 289),
        ("~5", "persons", 4, 6),
        (">100", "persons", 100, 200),
        (">5", "persons", 5, 6),
        ("<1300", "persons", 1200, 1300),
        ("17.3..21", "persons", 17.3, 21),
        ("-5..5", "EUR", -5, 5),
        ("55", "kg", 54.5, 55.5),
        ("10", "kg", 9.5, 10.5),
        ("5.0", "kg", 4.95, 5.05),
        ("850", "kg", 845, 855),
        ("2", "t", 1500, 2500),
        (">2", "t", 2000, 3000),
        ("1..2", "t", 1000, 2000),
        ("53000000", "USD", 52.5e6, 53.5e6),
        ("53400000", "USD", 53.35e6, 53.45e6),
        (">50800000", "EUR", 50.8e6, 50.9e6),
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
        (">100", "153", "persons", True),
        (">100", "5000", "persons", False),
        ("<1300", "1290", "persons", True),
        ("<1300", "1301", "persons", False),
        ("17.3..21", "20", "persons", True),
        ("<2000000", ">2000000", "persons", False),  # "nearly" and "over" only touch
        ("1..2", "2..3", "persons", True),  # both hold 2
        ("53000000", "54000000", "persons", False),  # they touch where rounding ends
        ("1..2", "3..4", "persons", False),
        ("1..2", "2", "persons", True),  # a point on the edge
        (">2", "2", "persons", True),
        ("2", "2.0", "persons", True),
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


def test_dimensions() -> None:
    assert {dimension(unit) for unit in KILOGRAMS} == {"mass"}
    assert [dimension(unit) for unit in ("EUR", "USD", "tablets", "")] == ["EUR", "USD", "tablets", ""]


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


@given(st.integers(0, 10**15), st.sampled_from(["persons", "kg", "USD"]))
def test_a_qualifier_widens(figure: int, unit: str) -> None:
    plain, about = number(str(figure), unit), number(f"~{figure}", unit)
    assert plain.low <= figure <= plain.high
    assert about.low <= plain.low
    assert plain.high <= about.high
    assert bounds(number(f">{figure}", unit)) == (figure, about.high)
    assert bounds(number(f"<{figure}", unit)) == (about.low, figure)
    assert plain.figure == about.figure == figure


@given(st.decimals(0, 10**6, places=2), st.sampled_from(list(KILOGRAMS)))
def test_mass_is_the_same_in_kilograms(figure: object, unit: str) -> None:
    span, factor = number(str(figure), unit), float(KILOGRAMS[unit])
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
        ("2019-21", "2019-03-01", "2019-05-31"),
        ("2019-22", "2019-06-01", "2019-08-31"),
        ("2019-22/2020", "2019-06-01", "2020-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2019-XX", "2019-01-01", "2019-12-31"),
        ("2019-05-XX", "2019-05-01", "2019-05-31"),
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
        *((text, "is no day of the calendar") for text in ("2023-02-30", "2023-02-29", "2023-04-31", "2023-05-32")),
        *((text, "is no day of the calendar") for text in ("2023-13", "2023-13-01", "2023-99", "0000", "0000-01-01")),
        *((text, "ends before it begins") for text in ("2023-05/2021-10", "2023-05-02/2023-05-01")),
        *((text, "is no date; write an EDTF date: 2019, ") for text in ("", "yesterday", "unknown", "soon~", "~2019")),
        *(
            (text, "is no date")
            for text in ("2023-5-2", "2023-5", "20230502", "2023/", "/2023", "2021/2022/2023", "../../x", "2019~~")
        ),
        *(
            (text, "is no date")
            for text in ("02.05.2023", "5/2/2023", "May 2023", "2023-05-02T10:00:00Z", "{2019,2020}")
        ),
        *(
            (text, "is no date")
            for text in ("-0050", "Y17000", "XXXX", "२०१९", "２０１９", "2023-05-02 10:00", "9" * 5000)
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
