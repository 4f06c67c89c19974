"""The rule of weighing, sentence by sentence, the traps in it, and what holds for whatever is claimed.

A source is named by its letter and a word, with the root that it goes back to: ``Cpaper<Arelease``; one of several
roots, or of an origin that is not known, ``Cpaper?``, confirms nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectorcli.folder.values import read_value
from spectorcli.values.date import read as read_date
from spectorcli.values.number import read as read_number
from spectorcli.values.span import Relation, Span
from spectorcli.vocabulary import Property, read_vocabulary
from spectorcli.weigh import Claim, Fact, Rank, Weighed, Witness, weigh
from spectorcli.weigh.rivals import weigh_rivals
from spectorcli.weigh.support import Stated, Support
from spectorcli.weigh.unanimous import is_unanimous, weigh_unanimous

KINDS = read_vocabulary()
COUNT = KINDS["arrests"].properties["count"]
AMOUNT = KINDS["seizures"].properties["amount"]
SENTENCE = KINDS["proceedings"].properties["sentence"]
STATUS = KINDS["people"].properties["status"]
ACCEPTS = KINDS["markets"].properties["currencies"]
DATE = KINDS["events"].properties["date"]
WORDS = KINDS["events"].properties["description"]


def said(
    value: str,
    source: str,
    what: Property = COUNT,
    *,
    unit: str = "",
    when: str = "",
    rank: str = "",
    published: str = "2023-05-02",
    at: str = "",
) -> Claim:
    unit = unit or ("persons" if what is COUNT else "")
    id, _, roots = source.rstrip("?").partition("<")
    day = date.fromisoformat(published).toordinal()
    return Claim(
        id=0,
        value=value,
        unit=unit,
        reading=read_value(what, value, unit),
        when=read_date(when) if when else None,
        period=when,
        witness=Witness(id, id[0], day, id),
        origin="" if source.endswith("?") or "," in roots else roots or id,
        rank=Rank(rank),
        at=at,
    )


def only(claims: Sequence[Claim]) -> Weighed:
    """Weigh claims that all stand against each other."""
    (weighed,) = weigh(claims)
    return weighed


def answer(*claims: Claim) -> Fact:
    fact = only(claims).fact
    assert fact
    return fact


def verdicts(*claims: Claim) -> dict[str, str]:
    """Return verdict and grade of each source."""
    return {one.claim.witness.id: f"{one.verdict} {one.grade}" for one in only(claims).judged}


# 2. Origin


def test_sources_of_one_origin_confirm_nothing() -> None:
    fact = answer(said("288", "Arelease"), said("288", "Cpaper<Arelease"), said("288", "Bagency<Arelease"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 3, 1)


def test_a_source_that_says_it_twice_is_one_source() -> None:
    fact = answer(said("288", "Arelease", at="para 1"), said("288", "Arelease", at="para 9"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 1, 1)


def test_a_source_of_mixed_origin_confirms_nobody_anew() -> None:
    fact = answer(said("288", "Arelease"), said("288", "Bmixed<Arelease,Aother"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 2, 1)


# 3. Relation


RELATIONS = """
288     281     differs
288     300     agrees
288     250..288 agrees
153     155     differs
153     ~150    agrees
153     >100    allows
153     >155    differs
153     >153    agrees
152     >153    differs
153     >=153   agrees
152     >=153   differs
153     <1000   allows
153     <100    differs
288     <300    agrees
300     <300    agrees
301     <300    differs
301     <=300   differs
300     <=300   agrees
~200    >200    agrees
~200    >400    differs
~800    >200    allows
250..288 >288   differs
250..288 >=288  agrees
250..288 >280   agrees
>100    >100    agrees
>100    >=100   agrees
>100    >500    allows
<100    <100    agrees
<100    <=100   agrees
<100    <50     allows
>100    <500    allows
>500    <100    differs
>100    <100    differs
>=100   <100    differs
>=100   <=100   agrees
>=100   <=500   allows
>=101   <=100   differs
"""
"""Every cell of the table of docs/weighing.md, in persons."""


@pytest.mark.parametrize("line", RELATIONS.strip().splitlines())
def test_relation_of_figures(line: str) -> None:
    one, other, relation = line.split()
    first, second = (read_number(value, "persons") for value in (one, other))
    assert first.relation(second) == second.relation(first) == relation


@pytest.mark.parametrize(
    ("what", "unit", "one", "other", "relation"),
    [
        (AMOUNT, "kg", "17.3..21", "20..25", "agrees"),
        (AMOUNT, "kg", "17..21", "21..25", "agrees"),  # both hold 21
        (AMOUNT, "kg", "299.5", ">299", "agrees"),
        (AMOUNT, "EUR", "<2000000", ">2000000", "differs"),
        (AMOUNT, "USD", "53000000", "53400000", "agrees"),
        (AMOUNT, "USD", "53400000", ">50000000", "agrees"),
        (AMOUNT, "USD", "53400000", ">50800000", "allows"),
        (AMOUNT, "USD", "53400000", ">54800000", "differs"),
        (DATE, "", "2022-11-02", "2022", "agrees"),
        (DATE, "", "2021-12", "2021-11-30", "differs"),
        (DATE, "", "2022-10/2022-11", "2022-11-02", "agrees"),
    ],
)
def test_relation_of_what_is_measured_and_of_dates(
    what: Property, unit: str, one: str, other: str, relation: str
) -> None:
    first, second = read_value(what, one, unit), read_value(what, other, unit)
    assert isinstance(first, Span)
    assert isinstance(second, Span)
    assert first.relation(second) == second.relation(first) == relation


@pytest.mark.parametrize(("other", "also"), [("charged", ""), ("Charged", "Charged")])
def test_terms_are_equal_or_differ(other: str, also: str) -> None:
    assert answer(said("charged", "Aone", STATUS), said(other, "Btwo", STATUS)).also == also


def test_mass_is_compared_in_whatever_unit() -> None:
    fact = answer(said("299.5", "Aone", AMOUNT, unit="kg"), said("660", "Btwo", AMOUNT, unit="lb"))
    assert (fact.value, fact.grade, fact.also) == ("299.5", "A1", "")
    fact = answer(said("64", "Aone", AMOUNT, unit="kg"), said("64", "Btwo", AMOUNT, unit="lb"))
    assert (fact.grade, fact.also, fact.dispute) == ("A2", "64 lb", "settled")


def test_months_and_years_are_compared_and_days_are_not() -> None:
    fact = answer(said("14", "Aone", SENTENCE, unit="years"), said("168", "Btwo", SENTENCE, unit="months"))
    assert (fact.value, fact.grade, fact.sources, fact.also) == ("14", "A1", 2, "")
    fact = answer(said("14", "Aone", SENTENCE, unit="years"), said("160", "Btwo", SENTENCE, unit="months"))
    assert (fact.grade, fact.also, fact.dispute) == ("A2", "160 months", "settled")
    stated = {"years": "14", "days": "5113"}
    assert facts([said(value, "Aone", SENTENCE, unit=unit) for unit, value in stated.items()]) == stated


# 5. The best: what decides, first thing first; each winner here would lose by every later one


@pytest.mark.parametrize(
    ("decided", "best", "others"),
    [
        ("rank", said("~300", "Fz", rank="preferred", published="2020-01-01"), [said("55", "Aa"), said("55", "Ab")]),
        ("reliability", said("~300", "Bz", published="2020-01-01"), [said("55", "Ca"), said("55", "Cb")]),
        (
            "origins",
            said("~300", "Az", published="2020-01-01"),
            [said("~300", "Dy", published="2020-01-01"), said("55", "Aa"), said("55", "Da<Aa")],
        ),
        ("precision", said("155", "Az", published="2020-01-01"), [said("~9", "Aa")]),
        ("precision", said("~6", "Az", published="2020-01-01"), [said(">300", "Aa")]),
        ("publication", said("155", "Az", published="2023-05-03"), [said("55", "Aa")]),
        ("id", said("155", "Aa"), [said("55", "Ab")]),
    ],
)
def test_what_decides(decided: str, best: Claim, others: list[Claim]) -> None:
    fact = answer(*others, best)
    assert (fact.best, fact.decided_by) == (best, decided)


def test_nothing_is_decided_where_nothing_differs() -> None:
    assert answer(said("288", "Aone"), said("300", "Btwo")).decided_by == ""


@pytest.mark.parametrize("deprecated", ["Aone", "Cthree"])
def test_deprecated_is_never_the_best(deprecated: str) -> None:
    fact = answer(said("288", deprecated, rank="deprecated"), said("281", "Ffriend"))
    assert (fact.best.witness.id, fact.also, fact.dispute) == ("Ffriend", "288", "settled")


def test_a_deprecated_claim_confirms_nothing() -> None:
    fact = answer(said("288", "Aone"), said("288", "Btwo", rank="deprecated"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 1, 1)


def test_only_deprecated_claims_give_no_answer() -> None:
    weighed = only([said("288", "Aone", rank="deprecated"), said("281", "Btwo", rank="deprecated")])
    assert weighed.fact is None
    assert [(one.verdict, one.credibility) for one in weighed.judged] == [("differs", 6)] * 2


def test_coarse_but_more_reliable_beats_precise() -> None:
    fact = answer(said("~300", "Bagency"), said("153", "Cpaper"), said("153", "Cother"))
    assert (fact.value, fact.also, fact.decided_by) == ("~300", "153 (2 sources)", "reliability")


def test_a_plain_figure_comes_before_about() -> None:
    assert answer(said("~288", "Aone"), said("300", "Atwo<Aone")).value == "300"


def test_of_equal_sources_the_more_precise_is_best() -> None:
    fact = answer(said("300", "Aone"), said("288", "Atwo"))
    assert (fact.value, fact.grade, fact.also) == ("288", "A1", "")


def test_what_is_more_precise_backs_nothing_coarse() -> None:
    """53.4 and 55.9 million exclude each other: they cannot both speak for "more than 50 million"."""
    over, one, other = (
        said(value, source, AMOUNT, unit="USD")
        for value, source in ((">50000000", "Aover"), ("53400000", "Aone"), ("55900000", "Aother"))
    )
    fact = answer(over, one, other)
    assert (fact.value, fact.sources, fact.also) == ("53400000", 2, "55900000")
    assert verdicts(over, one, other) == {"Aone": "best A1", "Aover": "coarser A1", "Aother": "differs A5"}


# 4. Support


@pytest.mark.parametrize(
    ("claims", "origins"),
    [
        ([said("288", "Aone"), said("288", "Bmixed<Aone,Atwo")], 1),
        ([said("288", "Aone"), said("288", "Cpaper?")], 1),
        ([said("288", "Cpaper?"), said("288", "Cother?")], 1),  # never none
        ([said("288", "Aone"), said("~300", "Ctwo"), said("300", "Ctwo<Dthree")], 3),
        ([said("288", "Aone"), said("288", "Ctwo"), said("281", "Cthree")], 2),
        ([said("288", "Aone"), said("285..310", "Btwo"), said("302", "Athree")], 1),  # fits both sides
        ([said("288", "Aone"), said("285..310", "Btwo"), said("302", "Cthree")], 2),  # the other side is weaker
        ([said("288", "Aone"), said(">200", "Btwo")], 1),  # allows
        ([said("288", "Aone"), said("288", "Btwo", rank="inferred")], 1),
    ],
)
def test_support(claims: list[Claim], origins: int) -> None:
    fact = answer(*claims)
    assert (fact.value, fact.origins, fact.grade) == ("288", origins, fact.grade[0] + fact.grade[1])
    assert (fact.grade[1] == "1") is (origins > 1)


def test_what_straddles_is_never_best() -> None:
    fact = answer(said(">300", "Aone"), said("<300", "Atwo"), said("~300", "Athree"))
    assert (fact.value, fact.also, fact.dispute) == (">300", "<300", "open")


# 6. Beyond a bound


@pytest.mark.parametrize(
    ("claims", "best", "also"),
    [
        ([said(">300", "Aone"), said("900", "Atwo")], "900", ""),
        ([said(">300", "Aone"), said("900", "Btwo")], ">300", "900"),
        ([said(">300", "Aone"), said("900", "Btwo"), said("900", "Cthree")], "900", ">300"),
        ([said(">300", "Aone"), said("900", "Btwo"), said("900", "Dthree")], ">300", "900 (2 sources)"),
        (
            [said(">300", "Aone"), said(">900", "Atwo"), said(">500", "Athree"), said(">300", "Afour")],
            ">900",
            ">300 (2 sources), >500",
        ),
        (
            [said(">300", "Aone"), said(">900", "Atwo"), said("500", "Athree"), said(">300", "Afour")],
            "500",
            ">900",
        ),
        ([said(">300", "Aone", rank="preferred"), said("900", "Atwo")], ">300", "900"),
        ([said(">300", "Aone"), said("900", "Atwo", rank="inferred")], ">300", "900"),
        ([said("<300", "Aone"), said("<300", "Atwo"), said("100", "Athree")], "100", ""),
        (
            [said(">300", "Aone"), said(">500", "Atwo"), said("900", "Bthree"), said("900", "Cfour")],
            "900",
            ">300, >500",
        ),
    ],
)
def test_beyond_a_bound(claims: list[Claim], best: str, also: str) -> None:
    fact = answer(*claims)
    assert (fact.value, fact.also) == (best, also)


# 1 to 9. The examples of docs/weighing.md

EXAMPLES: dict[int, tuple[list[Claim], tuple[str, str, str, str]]] = {
    1: ([said("153", "Aone"), said("155", "Atwo")], ("153", "A2", "155", "open")),
    2: ([said("288", "Aone"), said("<300", "Btwo")], ("288", "A1", "", "")),
    3: ([said("153", "Aone"), said(">100", "Btwo")], ("153", "A2", "", "")),
    4: (
        [said("53400000", "Aone", AMOUNT, unit="USD"), said("53000000", "Btwo", AMOUNT, unit="USD")],
        ("53400000", "A1", "", ""),
    ),
    6: (
        [said(">50800000", "Aone", AMOUNT, unit="EUR"), said("50800000", "Btwo", AMOUNT, unit="EUR")],
        (">50800000", "A1", "", ""),
    ),
    7: ([said("9", "Aone"), said(">9", "Btwo")], ("9", "A1", "", "")),
    8: ([said("299.5", "Aone", AMOUNT, unit="kg"), said(">299", "Btwo", AMOUNT, unit="kg")], ("299.5", "A1", "", "")),
    9: (
        [
            said("64", "Aone", AMOUNT, unit="kg"),
            said("~152", "Atwo", AMOUNT, unit="lb"),
            said("141", "Ccopy<Aone", AMOUNT, unit="lb"),
        ],
        ("64", "A2", "~152 lb", "open"),
    ),
    10: (
        [
            said(">1500", "Aone", AMOUNT, unit="kg"),
            said(">2", "Btwo", AMOUNT, unit="t"),
            said(">2", "Bthree", AMOUNT, unit="t"),
        ],
        (">2", "B1", ">1500 kg", ""),
    ),
    11: ([said(">4000", "Aone"), said(">5500", "Atwo")], (">5500", "A2", ">4000", "")),
    12: (
        [said(">300", "Aone"), *(said("900", f"C{name}") for name in ("one", "two", "three")), said(">2000", "Bone")],
        ("900", "C1", ">300, >2000", ""),
    ),
    13: ([said(">200", "Aone"), said("~200", "Btwo")], (">200", "A1", "", "")),
    14: (
        [said("2019-06~", "Aone", DATE), said("2019-11~", "Atwo", DATE), said("2019", "Athree", DATE)],
        ("2019-06~", "A2", "2019-11~", "open"),
    ),
    16: (
        [said("14", "Done?", SENTENCE, unit="years"), said("168", "Dtwo?", SENTENCE, unit="months")],
        ("14", "D6", "", ""),
    ),
}


@pytest.mark.parametrize("number", EXAMPLES)
def test_example(number: int) -> None:
    claims, expected = EXAMPLES[number]
    fact = answer(*claims)
    assert (fact.value, fact.grade, fact.also, fact.dispute) == expected


def test_example_5() -> None:
    """One figure against three bounds: within the half step, beyond it, below it."""
    claims = [said("53400000", "Aone", AMOUNT, unit="USD")]
    claims += [said(f">{n}00000", f"C{n}", AMOUNT, unit="USD") for n in ("500", "508", "548")]
    assert verdicts(*claims) == {"Aone": "best A1", "C500": "coarser C1", "C508": "coarser C3", "C548": "differs C5"}
    assert answer(*claims).sources == 2


def test_example_15() -> None:
    claims = [said(">1000", "Aone", when="2024-02"), said(">2500", "Atwo", when="2024-05"), said(">2500", "Bthree")]
    assert facts(claims) == {"persons 2024-02": ">1000", "persons 2024-05": ">2500"}
    assert [one.fact.sources for one in weigh(claims) if one.fact] == [1, 2]


# 7 and 8. Verdicts and credibility


def test_verdicts() -> None:
    assert verdicts(
        said("288", "Arelease"),
        said("288", "Bpaper"),
        said("300", "Cblog"),
        said(">100", "Ccoarse"),
        said("281", "Dslip"),
        said("288", "Aeditor", rank="inferred"),
        said("228", "Aold", rank="deprecated"),
    ) == {
        "Arelease": "best A1",
        "Bpaper": "agrees B1",
        "Cblog": "coarser C1",
        "Ccoarse": "coarser C3",
        "Dslip": "differs D5",
        "Aeditor": "agrees A6",
        "Aold": "differs A6",
    }
    assert verdicts(said(">300", "Aone"), said("900", "Cpaper"), said("<2000", "Ctwo")) == {
        "Aone": "best A2",
        "Cpaper": "allows C3",
        "Ctwo": "allows C3",
    }


@pytest.mark.parametrize(
    ("claims", "grades"),
    [
        ([said("288", "Aone"), said("288", "Ftwo")], "A1 F1"),
        ([said("288", "Aone")], "A2"),
        ([said("288", "Bone")], "B2"),
        ([said("288", "Cone")], "C3"),
        ([said("288", "Done")], "D6"),
        ([said("288", "Eone")], "E6"),
        ([said("288", "Fone")], "F6"),
        ([said("288", "Aone"), said("281", "Btwo")], "A2 B4"),
        ([said("288", "Aone"), said("281", "Btwo"), said("288", "Cthree")], "A1 B5 C1"),
        ([said("288", "Aone"), said("281", "Btwo"), said("281", "Cthree")], "A2 B4 C4"),
        ([said("288", "Aone"), said("288", "Ctwo<Aone")], "A2 C3"),
        ([said("288", "Aone"), said("288", "Ctwo?")], "A2 C3"),
        ([said("288", "Ctwo?"), said("288", "Dthree?")], "C3 D6"),
        ([said("288", "Aone", rank="inferred")], "A6"),
        ([said("288", "Aone", rank="inferred"), said("281", "Atwo", rank="inferred")], "A6 A6"),
    ],
)
def test_credibility(claims: list[Claim], grades: str) -> None:
    graded = {one.claim.witness.id: one.grade for one in only(claims).judged}
    assert [graded[claim.witness.id] for claim in claims] == grades.split()
    assert answer(*claims).grade == grades.split()[0]


def test_what_agrees_with_the_best_need_not_agree_with_each_other() -> None:
    low, high, best = said("250..290", "Dlow"), said("288..400", "Dhigh"), said("289", "Abest")
    assert verdicts(low, high, best) == {"Abest": "best A1", "Dlow": "coarser D1", "Dhigh": "coarser D1"}


# 9. Disputes


@pytest.mark.parametrize(
    ("claims", "dispute"),
    [
        ([said("288", "Aone"), said("300", "Atwo")], ""),
        ([said("288", "Aone"), said("281", "Atwo")], "open"),
        ([said("288", "Fone"), said("281", "Ftwo")], "open"),
        ([said("288", "Aone"), said("281", "Btwo"), said("281", "Cthree")], "settled"),
        ([said("288", "Aone"), said("288", "Atwo"), said("281", "Athree")], "settled"),
        ([said("288", "Aone"), said("288", "Atwo<Aone"), said("281", "Athree")], "open"),
        ([said("288", "Aone"), said("288", "Btwo"), said("281", "Athree")], "open"),
        ([said(v, f"A{v}{n}") for v in ("288", "281") for n in (1, 2)], "open"),
        ([said("288", "Aone", rank="preferred"), said("281", "Atwo")], "settled"),
        ([said("288", "Cone", rank="preferred"), said("281", "Atwo"), said("281", "Athree")], "settled"),
        ([said("288", "Aone"), said("281", "Atwo", rank="deprecated")], "settled"),
        ([said("288", "Aone"), said("281", "Atwo", rank="inferred")], "settled"),
        ([said("288", "Cone"), said("281", "Atwo", rank="inferred")], "settled"),
        ([said("288", "Aone"), said(">100", "Atwo"), said("<1000", "Athree")], ""),
    ],
)
def test_dispute(claims: list[Claim], dispute: str) -> None:
    assert answer(*claims).dispute == dispute


@pytest.mark.parametrize("weak", ["Bfriend", "Dfriend", "Ffriend"])
def test_a_weak_friend_does_not_settle_what_two_strong_ones_dispute(weak: str) -> None:
    fact = answer(said("288", "Aone"), said("281", "Atwo"), said("281", weak))
    assert (fact.value, fact.dispute, fact.decided_by) == ("281", "open", "origins")


def test_what_else_is_said_comes_best_first() -> None:
    fact = answer(
        said("153", "Arelease"),
        said("55", "Dslip"),
        *(said("155", f"C{name}") for name in ("one", "two", "three")),
        said("155", "Cthree", at="para 2"),
        said("150..156", "Ecoarse"),
    )
    assert (fact.value, fact.also) == ("153", "155 (3 sources), 55")


# 1. What is weighed together


def test_wordings_come_in_one_order_however_the_file_has_them() -> None:
    texts = [
        said("under the trees", "Bpaper", WORDS),
        said("in Vienna", "Aagency", WORDS),
        said("at sea", "Bnet", WORDS),
    ]
    facts = [one.fact.value for one in weigh(texts) if one.fact]
    assert facts == ["in Vienna", "at sea", "under the trees"]
    assert facts == [one.fact.value for one in weigh(texts[::-1]) if one.fact]


def facts(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the answers by unit and time."""
    found = [weighed.fact for weighed in weigh(claims)]
    return {f"{fact.best.unit} {fact.best.period}".strip(): fact.value for fact in found if fact}


def test_no_claims() -> None:
    assert weigh([]) == []


def test_each_dimension_has_its_own_answer() -> None:
    stated = {"kg": "850", "EUR": "50800000", "USD": "53400000", "tablets": "1000", "accounts": "10"}
    claims = [said(value, "Aone", AMOUNT, unit=unit) for unit, value in stated.items()]
    assert facts([*claims, said("852000", "Btwo", AMOUNT, unit="g")]) == stated


def test_values_of_different_times_are_a_sequence() -> None:
    claims = [
        said("charged", "Aone", STATUS, when="2022-07-26"),
        said("arrested", "Btwo", STATUS, when="2022-11"),
        said("pleaded-guilty", "Aone", STATUS, when="2023-11-08"),
        said("sentenced", "Cthree", STATUS),
    ]
    assert facts(claims) == {
        "2022-07-26": "charged",
        "2022-11": "arrested",
        "2023-11-08": "pleaded-guilty",
        "": "sentenced",
    }


@pytest.mark.parametrize("when", ["2021", "2021-12", "2021-12-31/2022-01", "2021-12~", "../2021-12-01", ""])
def test_values_of_overlapping_times_are_rivals(when: str) -> None:
    fact = answer(said("seized", "Aone", STATUS, when="2021-12"), said("shut-down", "Btwo", STATUS, when=when))
    assert (fact.value, fact.also) == ("seized", "shut-down")


def test_what_has_no_time_is_a_rival_where_there_is_only_one() -> None:
    fact = answer(said("9", "Aone", when="2023"), said("8", "Btwo"))
    assert (fact.value, fact.also) == ("9", "8")


@pytest.mark.parametrize(
    ("undated", "joined"),
    [("288", "2021"), ("153", "2023"), (">150", "2023"), ("55", "")],
)
def test_what_has_no_time_joins_the_latest_with_which_it_agrees(undated: str, joined: str) -> None:
    dated = [said(value, f"A{when}", when=when) for value, when in (("288", "2021"), ("153", "2022"), ("153", "2023"))]
    groups = [[one.claim for one in weighed.judged] for weighed in weigh([*dated, said(undated, "Bnone")])]
    (group,) = (group for group in groups if any(claim.witness.id == "Bnone" for claim in group))
    assert {claim.period for claim in group if claim.period} == ({joined} if joined else set())


def test_what_is_true_of_several_times_joins_the_latest_with_which_it_agrees() -> None:
    """Only claims whose own times overlap can differ, so a chain of times is no group."""
    chain = [
        said(value, f"A{when[:4]}", when=when)
        for value, when in (("5", "2019/2021"), ("6", "2021/2023"), ("5", "2023/2025"))
    ]
    assert [[one.claim.value for one in weighed.judged] for weighed in weigh(chain)] == [["5", "6"], ["5"]]
    vague = [said("5", "Aone", when="2019-02"), said("6", "Atwo", when="2019-11"), said("5", "Bthree", when="2019")]
    assert [[one.claim.value for one in weighed.judged] for weighed in weigh(vague)] == [["5", "5"], ["6"]]


def test_text_is_never_compared() -> None:
    weighed = weigh([said(words, source, WORDS) for words, source in (("x", "Aone"), ("x", "Btwo"), ("y", "Atwo"))])
    assert len(weighed) == 3
    for one in weighed:
        assert one.fact
        assert (one.fact.sources, one.fact.also, one.fact.dispute) == (1, "", "")
        assert [verdict.verdict for verdict in one.judged] == ["best"]
        assert one.fact.grade[1] == "2"


# Lists


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("BTC", "XMR", True),
        ("only BTC", "BTC", True),
        ("only BTC", "XMR", False),
        ("only BTC; XMR", "XMR", True),
        ("only BTC; XMR", "only BTC", False),
        ("only BTC; XMR", "only XMR; BTC", True),
        ("only BTC; XMR", "LTC", False),
    ],
)
def test_values_of_a_list_are_no_rivals_but_for_only(one: str, other: str, both: bool) -> None:
    fact = answer(said(one, "Aone", ACCEPTS), said(other, "Btwo", ACCEPTS))
    assert (fact.also, fact.dispute) == (("", "") if both else (other, "settled"))


def test_a_list_is_all_that_is_accepted_best_first() -> None:
    claims = [said("XMR", "Btwo", ACCEPTS), said("BTC", "Aone", ACCEPTS), said("XMR", "Cthree", ACCEPTS)]
    fact = answer(*claims, said("LTC", "Aone", ACCEPTS, rank="deprecated"))
    assert (fact.value, fact.grade, fact.also) == ("BTC; XMR", "A2", "LTC")
    assert verdicts(*claims) == {"Aone": "best A2", "Btwo": "best B1", "Cthree": "agrees C1"}


def test_a_weak_list_that_claims_to_be_complete_excludes_nothing() -> None:
    fact = answer(said("only XMR", "Dblog", ACCEPTS), said("BTC", "Arelease", ACCEPTS), said("XMR", "Bpaper", ACCEPTS))
    assert (fact.value, fact.also, fact.dispute) == ("BTC; XMR", "only XMR", "settled")


def test_a_strong_list_that_claims_to_be_complete_excludes_the_rest() -> None:
    fact = answer(said("only XMR", "Arelease", ACCEPTS), said("BTC", "Bpaper", ACCEPTS), said("XMR", "Dblog", ACCEPTS))
    assert (fact.value, fact.grade, fact.also) == ("XMR", "A1", "BTC")
    assert answer(said("only XMR", "Aone", ACCEPTS), said("BTC", "Atwo", ACCEPTS)).dispute == "open"


def test_a_list_is_as_sure_as_its_least_supported_value() -> None:
    fact = answer(
        *(said(value, source, ACCEPTS) for value, source in (("BTC", "Aone"), ("BTC", "Btwo"), ("XMR", "Dblog")))
    )
    assert (fact.value, fact.grade, fact.sources, fact.origins) == ("BTC; XMR", "D6", 1, 1)
    assert [(one.value, one.grade, one.sources) for one in fact.members] == [("BTC", "A1", 2), ("XMR", "D6", 1)]


def test_different_values_of_a_list_confirm_nothing_of_each_other() -> None:
    claims = [said("BTC", "Aone", ACCEPTS), said("only XMR", "Atwo", ACCEPTS), said("LTC", "Athree", ACCEPTS)]
    fact = answer(*claims)
    assert (fact.grade, fact.dispute) == ("A2", "open")
    assert verdicts(*claims) == {"Aone": "best A2", "Atwo": "differs A4", "Athree": "best A2"}
    confirmed = answer(*claims, said("BTC", "Afour", ACCEPTS))
    assert (confirmed.value, confirmed.dispute) == ("BTC; LTC", "settled")


def test_a_vague_date_of_publication_is_not_newer() -> None:
    early, late = date.fromisoformat("2020-09-01").toordinal(), date.fromisoformat("2020-09-22").toordinal()
    vague = replace(said("7", "Bone").witness, published=early)  # 2020-09, by its earliest day
    exact = replace(said("6", "Btwo").witness, published=late)
    fact = answer(said("7", "Bone")._replace(witness=vague), said("6", "Btwo")._replace(witness=exact))
    assert (fact.value, fact.decided_by, fact.dispute) == ("6", "publication", "open")


# What holds for whatever is claimed

SOURCES = ("Aone", "Atwo", "Bone<Aone", "Btwo", "Cone<Aone", "Ctwo<Aone,Btwo", "Cthree?", "Dthree", "Fone<Btwo")
VALUES = {
    WORDS: (("x", "y"), ("",)),
    COUNT: (
        ("288", "281", "153", "155", "55", "300", "~300", ">200", ">=288", "<300", "<=281", "250..290"),
        ("persons",),
    ),
    AMOUNT: (("850", "852", "~850", ">800", "900"), ("kg", "lb", "EUR", "USD")),
    STATUS: (("charged", "arrested", "sentenced"), ("",)),
    DATE: (("2021", "2021-12", "2021-12-05", "2022-01~", "../2021"), ("",)),
    ACCEPTS: (("BTC", "XMR", "LTC", "only BTC", "only BTC; XMR"), ("",)),
}
RIVALS = [COUNT, AMOUNT, STATUS, DATE]


@st.composite
def claims_about(draw: st.DrawFn, properties: Sequence[Property]) -> list[Claim]:
    what = draw(st.sampled_from(properties))
    values, units = VALUES[what]
    parts = st.tuples(
        st.sampled_from(values),
        st.sampled_from(SOURCES),
        st.sampled_from(units),
        st.sampled_from(["", "", "", "2020", "2021", "2020/2021"]),
        st.sampled_from(["", "", "", "", "preferred", "inferred", "deprecated"]),
    )
    return [
        said(value, source, what, unit=unit, when=when, rank=rank, at=str(place), published=f"2023-05-{len(source):02}")
        for place, (value, source, unit, when, rank) in enumerate(draw(st.lists(parts, min_size=1, max_size=7)))
    ]


def outcome(claims: Sequence[Claim]) -> tuple[set[object], set[object]]:
    """Return all that is found, in no order."""
    weighed = weigh(claims)
    return {verdict for one in weighed for verdict in one.judged}, {one.fact for one in weighed}


@given(claims_about(list(VALUES)), st.randoms())
def test_the_order_of_claims_never_matters(claims: list[Claim], random: Random) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert outcome(shuffled) == outcome(claims)
    assert [one.fact for one in weigh(shuffled)] == [one.fact for one in weigh(claims)]


@given(claims_about(list(VALUES)))
def test_each_claim_is_judged_once(claims: list[Claim]) -> None:
    judged = [verdict.claim for one in weigh(claims) for verdict in one.judged]
    assert sorted(claim.at for claim in judged) == sorted(claim.at for claim in claims)


@given(claims_about(RIVALS))
def test_of_rivals_exactly_one_is_best(claims: list[Claim]) -> None:
    for one in weigh(claims):
        usable = any(verdict.claim.rank != "deprecated" for verdict in one.judged)
        best = [verdict for verdict in one.judged if verdict.verdict == "best"]
        assert len(best) == int(usable)
        assert (one.fact is not None) is usable
        if one.fact:
            assert (best[0].claim, best[0].grade) == (one.fact.best, one.fact.grade)


@given(claims_about([COUNT, AMOUNT, DATE]), st.sampled_from("ABCD"))
def test_the_sweep_counts_what_pairs_count(claims: list[Claim], letter: str) -> None:
    """Sentences 3 and 4 pair by pair, against what is counted over sorted spans."""
    readings = [(claim, claim.reading) for claim in claims]
    stated = [Stated(span, one.letter, one.origin) for one, span in readings if isinstance(span, Span)]
    near = [one.span for one in stated if one.letter <= letter]

    def agree(one: Span, other: Span) -> bool:
        return one.relation(other) == "agrees"

    def straddles(span: Span) -> bool:
        around = [one for one in near if agree(one, span)]
        return any(one.relation(other) == "differs" for one in around for other in around)

    def origins(span: Span, least: float = 0.0) -> set[str]:
        supporting = [one for one in stated if agree(one.span, span) and not straddles(one.span)]
        return {one.origin for one in supporting if one.origin and one.span.width >= least}

    support = Support(stated, letter, {})
    for one in stated:
        assert support.straddles(one.span) is straddles(one.span)
        assert support.confirms(one.span, one.origin) is bool(one.origin and len(origins(one.span) | {one.origin}) > 1)
        if one.letter == letter and not straddles(one.span):
            assert support.count(one.span) == len(origins(one.span, one.span.width))


@given(claims_about(RIVALS), st.integers(0))
def test_what_all_say_is_weighed_as_by_the_whole_rule(claims: list[Claim], which: int) -> None:
    """What can be claimed is said by all of these sources; times, units and what is written stay their own."""
    reading = claims[which % len(claims)].reading
    group = [claim._replace(reading=reading, rank=Rank.NONE) for claim in claims]
    assert is_unanimous(group)
    assert weigh_unanimous(group) == weigh_rivals(group)


@given(claims_about(RIVALS))
def test_who_differs_or_is_ranked_is_not_passed_over(claims: list[Claim]) -> None:
    said_once = len({claim.reading for claim in claims}) == 1
    assert is_unanimous(claims) is (said_once and all(claim.rank == "" for claim in claims))


def agree(one: Claim, other: Claim) -> bool:
    if isinstance(one.reading, Span) and isinstance(other.reading, Span):
        return one.reading.relation(other.reading) == "agrees"
    return one.reading == other.reading


def with_another(claims: list[Claim], source: str) -> list[tuple[Fact, Fact, set[str]]]:
    """Let a further source say what each best claim says: the answers before and after, and the origins before."""
    changes = []
    for one in weigh(claims):
        if one.fact:
            best, group = one.fact.best, [verdict.claim for verdict in one.judged]
            new = said("1", source)
            rank = best.rank if best.rank == "inferred" else Rank.NONE
            further = best._replace(witness=new.witness, origin=new.origin, rank=rank, at="further")
            after = only([*group, further]).fact
            assert after
            stated = [claim for claim in group if claim.rank.is_stated]
            changes.append((one.fact, after, {claim.origin for claim in stated if agree(claim, best)}))
    return changes


@given(claims_about(RIVALS), st.sampled_from(["Anew", "Bnew", "Dnew", "Fnew"]))
def test_one_more_who_agrees_never_lowers_the_grade(claims: list[Claim], source: str) -> None:
    for before, after, _ in with_another(claims, source):
        assert after.grade <= before.grade
        assert after.origins >= before.origins


@given(claims_about(RIVALS), st.sampled_from(["Fnew<Aone", "Fnew<Btwo", "Fnew<Aone,Dthree", "Fnew?"]))
def test_a_copy_is_never_a_second_origin(claims: list[Claim], source: str) -> None:
    copied = said("1", source).origin
    for before, after, origins in with_another(claims, source):
        if copied in origins or not copied:
            assert (after.grade, after.origins) == (before.grade, before.origins)


@given(claims_about([AMOUNT]), st.sampled_from(["850", ">800"]), st.sampled_from(SOURCES))
def test_another_dimension_changes_nothing(claims: list[Claim], value: str, source: str) -> None:
    further = said(value, source, AMOUNT, unit="tablets")
    verdicts_before, facts_before = outcome(claims)
    verdicts_after, facts_after = outcome([*claims, further])
    assert verdicts_before < verdicts_after
    assert facts_before <= facts_after


@given(claims_about(RIVALS))
def test_what_differs_and_is_as_reliable_is_always_shown(claims: list[Claim]) -> None:
    """Two of the best letter that exclude each other are never passed over: one of them is in what else is said."""
    for one in weigh(claims):
        if not one.fact or one.fact.best.rank != "":
            continue
        equals = [
            judged for judged in one.judged if judged.claim.letter == one.fact.best.letter and judged.claim.rank == ""
        ]
        spans = [(judged.claim.reading, judged.verdict) for judged in equals if isinstance(judged.claim.reading, Span)]
        for first, verdict in spans:
            for second, other in spans:
                if isinstance(first, Span) and isinstance(second, Span) and first.relation(second) == "differs":
                    assert {verdict, other} & {"allows", "differs"}


@pytest.mark.parametrize("many", [[f"{n}..{n + 99999}" for n in range(2000)], [f"{n * 7}" for n in range(2000)]])
def test_weighing_takes_no_square_of_the_claims(many: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in comparisons of two spans, which do not depend on the machine."""
    compared = 0
    relation = Span.relation

    def counted(one: Span, other: Span) -> Relation:
        nonlocal compared
        compared += 1
        return relation(one, other)

    monkeypatch.setattr(Span, "relation", counted)
    weigh([said(value, f"A{value}") for value in many])
    assert compared < 10 * len(many)
