"""The rule of weighing, sentence by sentence, the traps in it, and what holds for whatever is claimed.

A source is named by its letter and a word, with the roots that it goes back to: ``Cpaper<Arelease``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spectorcli.folder.values import read_value
from spectorcli.values.date import read as read_date
from spectorcli.values.listing import Listing
from spectorcli.values.span import Span
from spectorcli.vocabulary import Property, read_vocabulary
from spectorcli.weigh import Claim, Fact, Weighed, Witness, origins, weigh

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
    id, _, roots = source.partition("<")
    day = date.fromisoformat(published).toordinal()
    return Claim(
        number=0,
        value=value,
        unit=unit,
        reading=read_value(what, value, unit),
        when=read_date(when) if when else None,
        period=when,
        witness=Witness(id, id[0], day, frozenset(roots.split(",") if roots else [id])),
        rank=rank,
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


# 1. Origin


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ([], 0),
        (["Aone"], 1),
        (["Aone", "Btwo"], 2),
        (["Aone", "Ccopy<Aone"], 1),
        (["Ccopy<Aone", "Cother<Aone"], 1),
        (["Ccopy<Aone", "Cother<Btwo"], 2),
        (["Dmixed<Aone,Btwo"], 1),
        (["Dmixed<Aone,Btwo", "Dmixture<Btwo,Cthree"], 1),
        (["Aone", "Dmixed<Aone,Btwo"], 1),
        (["Cthree", "Dmixed<Aone,Btwo"], 1),
        (["Aone", "Btwo", "Dmixed<Aone,Btwo"], 2),
    ],
)
def test_origins(sources: list[str], count: int) -> None:
    assert origins(said("1", source) for source in sources) == count


def test_sources_of_one_origin_confirm_nothing() -> None:
    fact = answer(said("288", "Arelease"), said("288", "Cpaper<Arelease"), said("288", "Bagency<Arelease"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 3, 1)


def test_a_source_that_says_it_twice_is_one_source() -> None:
    fact = answer(said("288", "Arelease", at="para 1"), said("288", "Arelease", at="para 9"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 1, 1)


def test_a_source_of_mixed_origin_confirms_nobody_anew() -> None:
    fact = answer(said("288", "Arelease"), said("288", "Bmixed<Arelease,Aother"))
    assert (fact.grade, fact.sources, fact.origins) == ("A2", 2, 1)


# 2. Agreement


@pytest.mark.parametrize(
    ("what", "unit", "best", "other", "agree"),
    [
        (COUNT, "", "288", "300", True),
        (COUNT, "", "288", "281", False),
        (COUNT, "", "288", "250..288", True),  # the point on the edge of a range
        (AMOUNT, "kg", "17.3..21", "20..25", True),
        (AMOUNT, "kg", "17..21", "21..25", True),  # both hold 21
        (AMOUNT, "EUR", "<2000000", ">2000000", False),
        (DATE, "", "2022-11-02", "2022", True),
        (DATE, "", "2021-12", "2021-11-30", False),
        (DATE, "", "2022-10/2022-11", "2022-11-02", True),
        (STATUS, "", "charged", "charged", True),
        (STATUS, "", "charged", "Charged", False),
    ],
)
def test_agreement(what: Property, unit: str, best: str, other: str, agree: bool) -> None:
    fact = answer(said(best, "Aone", what, unit=unit), said(other, "Btwo", what, unit=unit))
    assert (fact.value, fact.origins, fact.also) == ((best, 2, "") if agree else (best, 1, other))


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


# 3. The best: what decides, first thing first; each winner here would lose by every later one


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
        ("precision", said("<6", "Az", published="2020-01-01"), [said(">300", "Aa")]),
        ("publication", said("155", "Az", published="2023-05-03"), [said("55", "Aa")]),
        ("id", said("155", "Aa"), [said("55", "Ab")]),
    ],
)
def test_what_decides(decided: str, best: Claim, others: list[Claim]) -> None:
    fact = answer(*others, best)
    assert (fact.best, fact.decided) == (best, decided)


def test_nothing_is_decided_where_nothing_differs() -> None:
    assert answer(said("288", "Aone"), said("300", "Btwo")).decided == ""


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
    assert (fact.value, fact.also, fact.decided) == ("~300", "153 (2 sources)", "reliability")


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


# 4 and 5. Verdicts and credibility


def test_verdicts() -> None:
    assert verdicts(
        said("288", "Arelease"),
        said("288", "Bpaper"),
        said("300", "Cblog"),
        said("281", "Dslip"),
        said("228", "Aold", rank="deprecated"),
    ) == {
        "Arelease": "best A1",
        "Bpaper": "agrees B1",
        "Cblog": "coarser C1",
        "Dslip": "differs D5",
        "Aold": "differs A5",
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
    ],
)
def test_credibility(claims: list[Claim], grades: str) -> None:
    graded = {one.claim.witness.id: one.grade for one in only(claims).judged}
    assert [graded[claim.witness.id] for claim in claims] == grades.split()
    assert answer(*claims).grade == grades.split()[0]


def test_what_agrees_with_the_best_need_not_agree_with_each_other() -> None:
    low, high, best = said("250..290", "Dlow"), said("288..400", "Dhigh"), said("289", "Abest")
    assert verdicts(low, high, best) == {"Abest": "best A1", "Dlow": "coarser D1", "Dhigh": "coarser D1"}


# 6. Disputes


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
    ],
)
def test_dispute(claims: list[Claim], dispute: str) -> None:
    assert answer(*claims).dispute == dispute


@pytest.mark.parametrize("weak", ["Bfriend", "Dfriend", "Ffriend"])
def test_a_weak_friend_does_not_settle_what_two_strong_ones_dispute(weak: str) -> None:
    fact = answer(said("288", "Aone"), said("281", "Atwo"), said("281", weak))
    assert (fact.value, fact.dispute, fact.decided) == ("281", "open", "origins")


def test_what_else_is_said_comes_best_first() -> None:
    fact = answer(
        said("153", "Arelease"),
        said("55", "Dslip"),
        *(said("155", f"C{name}") for name in ("one", "two", "three")),
        said("155", "Cthree", at="para 2"),
        said("150..156", "Ecoarse"),
    )
    assert (fact.value, fact.also) == ("153", "155 (3 sources), 55")


# What is weighed together


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
    first, second = (read_value(ACCEPTS, value, "") for value in (one, other))
    assert isinstance(first, Listing)
    assert isinstance(second, Listing)
    assert first.allows(second) is second.allows(first) is both
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
    assert (fact.value, fact.decided, fact.dispute) == ("6", "publication", "open")


def test_a_deprecated_claim_is_graded_by_the_others() -> None:
    claims = [
        said("70", "Aone", rank="preferred"),
        said("70", "Athree", rank="deprecated"),
        said("50", "Atwo"),
    ]
    assert verdicts(*claims) == {"Aone": "best A2", "Athree": "agrees A2", "Atwo": "differs A4"}


# What holds for whatever is claimed

SOURCES = ("Aone", "Atwo", "Bone<Aone", "Btwo", "Cone<Aone", "Ctwo<Aone,Btwo", "Dthree", "Fone<Btwo")
VALUES = {
    WORDS: (("x", "y"), ("",)),
    COUNT: (("288", "281", "153", "155", "55", "300", "~300", ">200", "<300", "250..290"), ("persons",)),
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
        st.sampled_from(["", "", "", "", "preferred", "deprecated"]),
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


def with_another(claims: list[Claim], source: str) -> list[tuple[Fact, Fact, set[frozenset[str]]]]:
    """Let a further source say what each best claim says: the answers before and after, and the roots before."""
    changes = []
    for one in weigh(claims):
        if one.fact:
            best, group = one.fact.best, [verdict.claim for verdict in one.judged]
            further = best._replace(witness=said("1", source).witness, rank="", at="further")
            after = only([*group, further]).fact
            assert after
            agreeing = [verdict.claim for verdict in one.judged if verdict.verdict != "differs"]
            roots = {claim.witness.roots for claim in agreeing if claim.rank != "deprecated"}
            changes.append((one.fact, after, roots))
    return changes


@given(claims_about(RIVALS), st.sampled_from(["Anew", "Bnew", "Dnew", "Fnew"]))
def test_one_more_who_agrees_never_lowers_the_grade(claims: list[Claim], source: str) -> None:
    for before, after, _ in with_another(claims, source):
        assert after.grade <= before.grade
        assert after.origins >= before.origins


@given(claims_about(RIVALS), st.sampled_from(["Fnew<Aone", "Fnew<Btwo", "Fnew<Aone,Dthree"]))
def test_a_copy_is_never_a_second_origin(claims: list[Claim], source: str) -> None:
    copied = said("1", source).witness.roots
    for before, after, roots in with_another(claims, source):
        if copied in roots or len(copied) > 1:
            assert (after.grade, after.origins) == (before.grade, before.origins)


@given(claims_about([AMOUNT]), st.sampled_from(["850", ">800"]), st.sampled_from(SOURCES))
def test_another_dimension_changes_nothing(claims: list[Claim], value: str, source: str) -> None:
    further = said(value, source, AMOUNT, unit="tablets")
    verdicts_before, facts_before = outcome(claims)
    verdicts_after, facts_after = outcome([*claims, further])
    assert verdicts_before < verdicts_after
    assert facts_before <= facts_after


@given(claims_about([COUNT, DATE]))
def test_what_differs_from_the_best_does_not_overlap_with_it(claims: list[Claim]) -> None:
    for one in weigh(claims):
        if one.fact:
            assume(isinstance(one.fact.best.reading, Span))
            for verdict in one.judged:
                best, reading = one.fact.best.reading, verdict.claim.reading
                assert isinstance(best, Span)
                assert isinstance(reading, Span)
                assert best.overlaps(reading) is (verdict.verdict != "differs")
