"""What check finds, each finding with its whole sentence, and a near neighbour of each, of which nothing is said."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import ROWS, write_case
from terminal import ask, build, draw

from spectorcli.answers.check import check as check_case
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.errors import Refused
from spectorcli.load.load import check, load
from spectorcli.output import FORMATS
from spectorcli.result import Note
from spectorcli.statements import findings, gaps_known
from spectorcli.words import say

SOURCES = (
    f"{ROWS['sources']}\nagency,official,A,2021-05-05,Agency,Own\noffice,court,A,2021-05-01,Office,Own\n"
    "mix,press,C,2021-05-09,Mix,Both,,alpha; beta"
)
ANA = (
    "charged,charge,Is charged,,,ana\ncharged-again,charge,Again,,,ana\nplea,plea,Pleads guilty,,,ana\n"
    "end,sentence,Is sentenced,,,ana"
)
MARKET = "launch,launch,Opens,,bazaar\nrelaunch,launch,Opens anew,,bazaar\nraid,seizure,Is seized,,bazaar,ana"
CASH = "money,teapot,,,money\ncash,teapot,,,cash,,money"


def found(folder: Path, finding: str, claims: str, files: dict[str, str]) -> list[str]:
    """Return what one check finds in a case, as ``severity id property: sentence``."""
    load(write_case(folder, claims, **{"sources": SOURCES, **files}), folder / "case.db")
    with closing(Case(open_database(folder / "case.db"))) as opened:
        rows = [[*map(str, row)] for row in check_case(opened, finding, None, False, False).rows]
    assert {row[1] for row in rows} <= {finding}
    return [f"{severity} {id} {property}: {sentence}" for severity, _, id, property, sentence in rows]


def case(finding: str, claims: str, *lines: str, **files: str) -> Any:
    """Return the parameters of a test: claims with a ``;`` between them, the members of a list with a ``+``."""
    rows = claims.replace("; ", "\n").replace(" + ", "; ")
    return pytest.param(finding, rows, [*lines], files, id=f"{finding} {claims}")


@pytest.mark.parametrize(
    ("finding", "claims", "lines", "files"),
    [
        case(
            "a-against-a",
            "arrests-teapot,count,281,,,agency; arrests-teapot,count,288,,,alpha; arrests-teapot,count,288,,,office",
            "warning arrests-teapot count: alpha says 288 persons, and agency says 281 persons",
        ),
        case(
            "a-against-a",
            "launch,date,2019-11,,,office; launch,date,2019-11,,,alpha; launch,date,2019-06~,,,agency",
            "warning launch date: alpha says November 2019, and agency says about June 2019",
        ),
        case(
            "a-against-a",
            "tea,amount,64,kg,,agency; tea,amount,~152,lb,,alpha; tea,amount,~152,lb,,alpha,para 2; "
            "tea,amount,~152,lb,,office",
            "warning tea amount: agency says 64 kg, and alpha and office say about 152 lb",
            sources=SOURCES.replace("office,court,A,", "office,court,A,,Office,Own,,alpha\nnobody,press,F,"),
        ),
        case(
            "a-against-a",
            "launch,date,2021-03,,,agency; launch,date,2021-04,,,agency,para 2",
            "warning launch date: agency says April 2021, and also March 2021",
        ),
        case(
            "a-against-a",  # BTC is best, but what LTC contradicts is that the list was complete
            "bazaar,currencies,BTC,,,alpha; bazaar,currencies,BTC,,,agency; bazaar,currencies,only BTC + XMR,,,office; "
            "bazaar,currencies,LTC,,,alpha; bazaar,currencies,BTC,,,beta",
            "warning bazaar currencies: office says only BTC; XMR, and alpha says LTC",
        ),
        case(
            "checked",
            "tea,amount,64,kg,,alpha,,,,,,rk 2026-11-27 3f9a1c",
            "warning tea amount: 64 kg by alpha was changed after it was signed as compared with a copy, "
            "by rk 2026-11-27 3f9a1c",
        ),
        case(
            "checked",
            "tea,amount,64,kg,,alpha,,,,,,by telephone",
            'warning tea amount: 64 kg by alpha is signed "by telephone", which is not initials and a day, '
            "such as rk 2026-11-27",
        ),
        case(
            "count-list",
            "teapot,countries,33,,,beta; teapot,participants,US,,,beta",
            "note teapot countries: beta states 33 countries, and lists 1",
        ),
        case(
            "count-list",
            "teapot,countries,3,,,alpha; teapot,countries,8,,,beta; teapot,countries,8,,,copy; "
            "teapot,countries,8,,,copy,title; "
            "teapot,countries,>33,,,delta; teapot,participants,only US + DE + AT,,,alpha",
            "warning teapot countries: beta and copy state 8 countries, and 3 are listed",
            "warning teapot countries: delta states more than 33 countries, and 3 are listed",
        ),
        case(
            "count-list",
            "teapot,countries,2,,,alpha; teapot,countries,2,,,delta; teapot,participants,US + DE + AT,,,alpha",
            "error teapot countries: alpha states 2 countries, and lists 3",
            "error teapot countries: delta states 2 countries, and 3 are listed",
        ),
        case(
            "count-list",
            "teapot,countries,4,,,beta; teapot,participants,only US + DE + AT,,,alpha",
            "error teapot countries: beta states 4 countries, and 3 are listed",
        ),
        case(
            "count-list",  # that the list is complete is not what is accepted
            "teapot,countries,4,,,beta; teapot,participants,US + AT,,,alpha; teapot,participants,only DE,,,delta",
            "note teapot countries: beta states 4 countries, and 2 are listed",
        ),
        case(
            "count-list",
            "fbi,members,13,,,beta; fbi,member,bka + lab,,,beta",
            "note fbi members: beta states 13 agencies, and lists 2",
        ),
        case(
            "currency-rate",  # the retellings took the euros of alpha and converted them anew
            "money,amount,50800000,EUR,,alpha; money,amount,53400000,USD,,alpha; money,amount,55900000,USD,,copy; "
            "money,amount,55900000,USD,,retold",
            "note money amount: 55,900,000 USD by copy and retold, against 50,800,000 EUR by alpha, makes 1.098 to "
            "1.102 USD for 1 EUR; the best values make 1.049 to 1.053",
            sources=f"{SOURCES}\nretold,blog,E,,,Retold,,copy",
        ),
        case(
            "currency-rate",
            "money,amount,101,EUR,,alpha; money,amount,111,USD,,alpha; money,amount,101,EUR,,copy; "
            "money,amount,99,USD,,copy",
            "note money amount: 99 USD by copy, against 101 EUR, makes 0.9704 to 0.99 USD for 1 EUR; "
            "the best values make 1.089 to 1.109",
        ),
        case(
            "currency-rate",
            "money,value,101,EUR,,alpha; money,value,111,USD,,agency; money,value,101,EUR,,beta; "
            "money,value,123,USD,,beta",
            "note money value: 123 USD by beta, against 101 EUR, makes 1.207 to 1.229 USD for 1 EUR; "
            "the best values make 1.089 to 1.109",
        ),
        case(
            "date-order",
            "charged,date,2021-05,,,alpha; end,date,2021-04,,,delta",
            "error end date: sentence April 2021 comes before the charge May 2021 (charged)",
            events=ANA.replace("charged-again,charge", "other,report"),
        ),
        case(
            "date-order",
            "charged,date,2022,,,alpha; charged-again,date,2021-05,,,alpha; plea,date,2020,,,beta",
            "error plea date: plea 2020 comes before the first charge May 2021 (charged-again)",
            events=ANA,
        ),
        case(
            "date-order",
            "launch,date,2020,,,alpha; relaunch,date,2022,,,alpha; raid,date,../2019-12-31,,,alpha",
            "error raid date: seizure until 31 December 2019 comes before the first launch 2020 (launch)",
            events=MARKET,
        ),
        case(
            "date-order",
            "ana,status,charged,,2021-05,alpha; ana,status,charged,,2022,alpha; ana,status,sentenced,,2021-04,alpha",
            "error ana status: sentenced April 2021 comes before charged May 2021",
        ),
        case(
            "like-publishers",
            "launch,date,2021,,,one",
            "note three publisher: Min of Tea may be Min. of Tea, which published one; "
            "texts of one publisher do not confirm each other",
            "note two publisher: Min. of Tea, Press Office may be Min. of Tea, which published one; "
            "texts of one publisher do not confirm each other",
            sources='one,official,A,2021,Min. of Tea,One\ntwo,court,A,2021,"Min. of Tea, Press Office",Two\n'
            "three,official,A,2021,Min of Tea,Three\nfour,press,B,2021,Min of Tea Daily,Four",
        ),
        case(
            "likely-retelling",
            "arrests-teapot,count,288,,,alpha; tea,amount,64,kg,,alpha; "
            "arrests-teapot,count,288,,,delta; tea,amount,64,kg,,delta",
            "note delta derived_from: its 2 figures are those of alpha, which came before; "
            "derived_from says whose they are, or own",
        ),
        case(
            "lost-qualifier",
            "arrests-teapot,count,>32,,,beta; arrests-teapot,count,32,,,copy,,,,,beta; "
            "tea,amount,~64,kg,,alpha; tea,amount,64,kg,,copy; tea,amount,64,kg,,delta",
            "warning arrests-teapot count: copy says 32 persons, and beta, whose figure it is, more than 32 persons; "
            "was a word lost on its way?",
            "note tea amount: copy says 64 kg, and alpha, whose figure it is, about 64 kg; was a word lost on its way?",
            sources="alpha,official,A,2021-05-02,Alpha,First release\nbeta,press,B,2021-05-03,Beta,Own report,,own\n"
            "copy,press,B,2021-05-04,Copy,Retold,,alpha\ndelta,official,A,2021-06,Delta,Delta",
        ),
        case(
            "no-claims",
            "bazaar,status,seized,,,alpha; drugs,description,much,,,alpha",
            "warning arrests-teapot-us None: nothing is claimed of it",
            "warning launch None: nothing is claimed of it",
            "warning tea None: nothing is claimed of it",
            "note lab None: nothing is claimed of it",
            "note statement-lab None: nothing is claimed of it",
            agencies="bka,Bundeskriminalamt\nlab,BKA laboratory,,,bka",
            arrests="arrests-teapot,teapot\narrests-teapot-us,teapot,,arrests-teapot",
            seizures="drugs,teapot,,,drugs\ntea,teapot,,,drugs,tea,drugs",
            statements="statement-lab,,bka",
            people="",
            proceedings="",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,7,,,beta; arrests-teapot-de,count,5,,,beta",
            "warning arrests-teapot count: beta states 10 persons, and its 2 parts add up to 12 persons",
        ),
        case(
            "date-order",  # what has no time joins what says the same
            "ana,status,charged,,,alpha; ana,status,charged,,2021,alpha; ana,status,sentenced,,2020,alpha",
            "error ana status: sentenced 2020 comes before charged 2021",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,10,,,alpha; arrests-teapot-us,count,6,,,alpha; arrests-teapot-de,count,4,,,alpha; "
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,5,,,beta; arrests-teapot-de,count,4,,,beta",
            "warning arrests-teapot count: beta states 10 persons, and its 2 parts add up to 9 persons",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,5,,,beta; arrests-teapot-de,count,4,,,beta",
            "note arrests-teapot count: beta states 10 persons, and its 2 parts add up to 9 persons",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,20,,,alpha; arrests-teapot,count,10,,,beta; arrests-teapot-us,count,7,,,beta; "
            "arrests-teapot-de,count,5,,,beta",
            "warning arrests-teapot count: beta states 10 persons, and its 2 parts add up to 12 persons",
        ),
        case(
            "parts-source",
            "drugs,amount,661,lb,,beta; tea,amount,400,kg,,beta; tea,amount,400,kg,,beta,para 2",
            "warning drugs amount: beta states 661 lb, and its one part is 350 to 450 kg",
        ),
        case(
            "parts-total",
            "arrests-teapot,count,10,,,alpha; arrests-teapot-us,count,7,,,beta; arrests-teapot-de,count,5,,,delta",
            "error arrests-teapot count: its 2 parts add up to 12 persons, more than the stated 10 persons",
        ),
        case(
            "parts-total",
            "arrests-teapot,count,10,,,alpha; arrests-teapot-us,count,7,,,beta",
            "note arrests-teapot count: its one part is 7 persons of the stated 10 persons",
        ),
        case(
            "parts-total",
            "drugs,amount,661,lb,,alpha; tea,amount,>440,kg,,beta",
            "error drugs amount: its one part is about 440 kg, more than the stated 661 lb",
        ),
        case(
            "parts-total",
            "money,amount,101,USD,,alpha; money,amount,51,EUR,,beta; cash,amount,91,EUR,,beta",
            "error money amount: its one part is 91 EUR, more than the stated 51 EUR",
            seizures=CASH,
        ),
        case(
            "same-name",
            "ana,role,Owner,,,alpha",
            "note ann None: ANA MÜLLER is also what ana is called; one of them twice, or two of one name",
            "note js2 None: JOHN SMITH is also what js1 is called; one of them twice, or two of one name",
            "note js3 None: John Smith is also what js1 is called; one of them twice, or two of one name",
            people="ana,Ana Müller,Ana Muller\nann,Anna,Ana Mueller; ANA MÜLLER\njs1,John Smith\njs2,JOHN SMITH\n"
            "js3,Jon Smith,John Smith",
        ),
        case(
            "stated",
            "arrests-teapot,count,43,,,alpha,,34 suspects",
            'warning arrests-teapot count: "34 suspects" by alpha does not say 43 persons, but 34',
        ),
        case(
            "stated",
            'money,amount,5000000,USD,,copy,,EUR 5 million; launch,date,2023-05-03,,,beta,,"Monday, May 3"',
            'warning launch date: "Monday, May 3" by beta does not say 3 May 2023',
            'warning money amount: "EUR 5 million" by copy does not say 5,000,000 USD, but 5,000,000 EUR',
        ),
        case(
            "stated",
            "tea,amount,64,kg,,alpha,para 2; tea,amount,46000,g,,alpha,para 2; tea,amount,~64,kg,,alpha,para 2",
            "warning tea amount: alpha says 46,000 g and 64 kg, both at para 2",
        ),
        case(
            "stated",
            "launch,date,2021,,,alpha,title; launch,date,2022-05,,,alpha,title; launch,date,2021-03,,,alpha,title",
            "warning launch date: alpha says March 2021 and May 2022, both at title",
        ),
        case(
            "term",
            "ana,status,pleaded guilty,,2021-03,alpha; proceedings-ana,status,charged,,2021-03,alpha",
            "warning ana status: pleaded guilty is none of: suspected, wanted, arrested, detained, remanded, charged, "
            "indicted, extradited, pleaded-guilty, convicted, sentenced, acquitted, dismissed, died",
        ),
        case(
            "term",
            "arrests-teapot,count,34,,,alpha",
            "warning e1 kind: pela is none of: launch, policy, investigation, seizure, shutdown, report, operation, "
            "announcement, arrest, charge, extradition, hearing, plea, verdict, sentence, acquittal, dismissal; "
            "2 things have it",
            events="e1,pela,One\ne2,pela,Two",
        ),
        case(
            "unit-alone",
            "proceedings-ana,sentence,14,years,,alpha; proceedings-ana,sentence,14,years,,delta; "
            "proceedings-ana,sentence,5110,days,,beta; proceedings-ana,sentence,5110,days,,beta,para 2",
            "note proceedings-ana sentence: 5,110 days by beta is the only claim in days and was weighed against "
            "nothing; in other units: 14 years",
        ),
        case(
            "unused-source",
            "delta,dated,2021,,,alpha",
            "warning copy None: no claim and no other source uses it",
            "warning delta None: no claim and no other source uses it",
            sources="alpha,official,A,,,Alpha\nbeta,press,B,,,Beta\ncopy,press,C,,,Copy,,beta\ndelta,blog,D,,,Delta",
        ),
    ],
)
def test_a_finding(tmp_path: Path, finding: str, claims: str, lines: list[str], files: dict[str, str]) -> None:
    assert found(tmp_path, finding, claims, files) == lines


@pytest.mark.parametrize(
    ("finding", "claims", "lines", "files"),
    [
        # nothing is against an A but a lesser source, a coarser figure, a withdrawn one, another currency or time
        case("a-against-a", "tea,amount,64,kg,,alpha; tea,amount,70,kg,,beta"),
        case("a-against-a", "tea,amount,70,kg,,beta,,,preferred,Corrected; tea,amount,64,kg,,alpha"),
        case("a-against-a", "tea,amount,64,kg,,alpha; tea,amount,~63,kg,,agency"),
        case("a-against-a", "tea,amount,64,kg,,alpha; tea,amount,141,lb,,agency"),
        case("a-against-a", "tea,amount,64,kg,,alpha; tea,amount,99,kg,,agency,,,deprecated,Withdrawn"),
        case("a-against-a", "money,amount,53,USD,,alpha; money,amount,64,EUR,,agency"),
        case("a-against-a", "ana,status,charged,,2021-05,alpha; ana,status,sentenced,,2022,agency"),
        case("a-against-a", "ana,role,Owner,,,alpha; ana,role,Speaker,,,agency"),
        case(
            "a-against-a",
            "bazaar,currencies,BTC,,,alpha; bazaar,currencies,only BTC + XMR,,,beta; bazaar,currencies,LTC,,,agency",
        ),
        case("checked", "tea,amount,64,kg,,alpha,,,,,,rk 2026-11-27"),
        # the count fits the list; or it held at another time; or nothing is listed at all
        case("count-list", "teapot,countries,3,,,alpha; teapot,participants,US + DE + AT,,,alpha"),
        case("count-list", "teapot,countries,~4,,,alpha; teapot,participants,US + DE + AT,,,alpha"),
        case("count-list", "teapot,countries,2..5,,,alpha; teapot,participants,only US + DE + AT,,,alpha"),
        case("count-list", "teapot,countries,9,,,alpha"),
        case(
            "count-list",
            "teapot,countries,3,,,alpha; teapot,countries,8,,,beta,,,deprecated,Slip; "
            "teapot,participants,only US + DE + AT,,,alpha",
        ),
        case(
            "count-list",
            "teapot,countries,2,,2020,alpha; teapot,countries,3,,2021,alpha; "
            "teapot,participants,only US + DE + AT,,,alpha",
        ),
        case("count-list", "teapot,foreign_countries,8,,,alpha; teapot,participants,US,,,alpha"),
        case(
            "count-list",
            "teapot,countries,1,,,alpha; teapot,participants,only US,,,alpha; teapot,participants,DE,,,beta",
        ),
        # rounding explains it; or the pair is of two who know nothing of each other; or no money, or not of one time
        case("currency-rate", "money,amount,51,EUR,,alpha; money,amount,53.4,USD,,alpha; money,amount,54,USD,,copy"),
        case(
            "currency-rate",
            "money,amount,50000000,EUR,,alpha; money,amount,53400000,USD,,alpha; money,amount,57900000,USD,,copy",
        ),
        case("currency-rate", "money,amount,101,EUR,,alpha; money,amount,111,USD,,agency; money,amount,123,USD,,beta"),
        case(
            "currency-rate",
            "money,amount,101,EUR,,alpha; money,amount,111,USD,,alpha; money,amount,123,USD,,copy; "
            "money,amount,112,EUR,,copy",
        ),
        case("currency-rate", "money,amount,101,EUR,,alpha; money,amount,5.5,BTC,,alpha; money,amount,9.5,BTC,,copy"),
        case(
            "currency-rate",
            "money,amount,101,EUR,2020,alpha; money,amount,111,USD,2021,alpha; money,amount,123,USD,2021,copy",
        ),
        case(
            "currency-rate",
            "money,amount,101,EUR,,alpha; money,amount,111,USD,,alpha; money,amount,123,USD,,copy,,,deprecated,Slip",
        ),
        case(
            "currency-rate",
            "drugs,amount,101,kg,,alpha; drugs,amount,111,tablets,,alpha; drugs,amount,123,tablets,,copy",
        ),
        case("currency-rate", "money,amount,0,EUR,,alpha; money,amount,111,USD,,alpha; money,amount,123,USD,,copy"),
        case("currency-rate", "money,amount,101,EUR,,alpha; money,value,123,USD,,alpha; money,value,111,USD,,alpha"),
        # dates that may be in order: partial, equal, open, unknown; or of another person or another market
        case(
            "date-order",
            "charged,date,2021-05,,,alpha; end,date,2021,,,alpha",
            events=ANA.replace("charged-again,charge", "x,report"),
        ),
        case(
            "date-order",
            "charged,date,2021-05-02,,,alpha; plea,date,2021-05-02,,,alpha",
            events=ANA.replace("charged-again,charge", "x,report"),
        ),
        case(
            "date-order",
            "charged,date,2021-05,,,alpha; end,date,2021-04~,,,alpha",
            events=ANA.replace("charged-again,charge", "x,report"),
        ),
        case("date-order", "charged,date,2022,,,alpha; end,date,2021,,,alpha", events=ANA),
        case(
            "date-order",
            "charged,date,../2022,,,alpha; charged-again,date,2022,,,alpha; end,date,2021,,,alpha",
            events=ANA,
        ),
        case(
            "date-order",
            "charged,date,2022,,,alpha; charged-again,date,2020,,,alpha; end,date,2021/..,,,alpha",
            events=ANA,
        ),
        case(
            "date-order",
            "charged,date,2022,,,alpha; end,date,2021,,,alpha",
            events="charged,charge,C,,,ana\nend,sentence,S,,,bob",
            people="ana,Ana\nbob,Bob",
        ),
        case(
            "date-order",
            "charged,date,2022,,,alpha; end,date,2021,,,alpha",
            events="charged,charge,C,,bazaar\nend,sentence,S,,bazaar",
        ),
        case(
            "date-order",
            "launch,date,2022,,,alpha; raid,date,2021,,,alpha",
            events="launch,launch,L,,bazaar\nraid,seizure,R,teapot",
        ),
        case("date-order", "ana,status,charged,,2021-05,alpha; ana,status,sentenced,,2021,alpha"),
        case("date-order", "ana,status,charged,,2021-05~,alpha; ana,status,sentenced,,2021-04,alpha"),
        case("date-order", "ana,status,charged,,2021-21,alpha; ana,status,sentenced,,2021-12,alpha"),
        case(
            "date-order", "ana,status,charged,,2021,alpha; ana,status,freed,,2022,alpha; ana,status,sentenced,,,alpha"
        ),
        case("date-order", "ana,status,charged,,2021-05,alpha; proceedings-ana,status,sentenced,,2020,alpha"),
        # a newspaper's name; of one publisher
        case("like-publishers", "launch,date,2021,,,alpha", sources="alpha,official,A,,Tea,A\nb,press,B,,Tea Daily,B"),
        case("like-publishers", "launch,date,2021,,,alpha", sources="alpha,official,A,,Tea,A\nb,court,B,,Tea,B"),
        # one figure alone; its own reporting; of another value; said before
        case("likely-retelling", "arrests-teapot,count,288,,,alpha; arrests-teapot,count,288,,,delta"),
        case(  # said both ways, by another, or as the editor's own
            "lost-qualifier",
            "arrests-teapot,count,>32,,,alpha; arrests-teapot,count,32,,,alpha; arrests-teapot,count,32,,,copy; "
            "tea,amount,>64,kg,,alpha; tea,amount,64,kg,,delta",
        ),
        case(  # in that month, but not before that day
            "likely-retelling",
            "arrests-teapot,count,288,,,delta; tea,amount,64,kg,,delta; "
            "arrests-teapot,count,288,,,last; tea,amount,64,kg,,last",
            sources=f"{ROWS['sources']}\nlast,blog,D,2021-06-18,Last,Blog",
        ),
        case(
            "likely-retelling",
            "arrests-teapot,count,288,,,alpha; tea,amount,64,kg,,alpha; "
            "arrests-teapot,count,288,,,beta; tea,amount,64,kg,,beta",
        ),
        case(
            "likely-retelling",
            "arrests-teapot,count,288,,,alpha; tea,amount,64,kg,,alpha; "
            "arrests-teapot,count,288,,,delta; tea,amount,64,lb,,delta",
        ),
        # who is named by another, or is only there to name things, needs no claim
        case(
            "no-claims",
            "tea,amount,64,kg,,alpha; bazaar,operator,ana,,,alpha; launch,date,2021,,,alpha; lab,description,s,,,alpha",
            **dict.fromkeys(["arrests", "proceedings", "statements"], ""),
            agencies="bka,BKA\nlab,Laboratory,,,bka",
            events="launch,launch,Opens",
            seizures="drugs,teapot,,,drugs\ntea,teapot,,,drugs,tea,drugs",
        ),
        # a source that states not every part, or not all at one time, or of which a claim is withdrawn
        case(
            "parts-source",
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,6,,,beta; arrests-teapot-de,count,4,,,beta",
        ),
        case("parts-source", "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,7,,,beta"),
        case(
            "parts-source",
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,7,,,alpha; arrests-teapot-de,count,5,,,beta",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,7,,,beta; "
            "arrests-teapot-de,count,5,,,beta,,,deprecated,Slip",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,10,,2020,beta; arrests-teapot-us,count,7,,2021,beta; "
            "arrests-teapot-de,count,5,,2021,beta",
        ),
        case(
            "parts-source",
            "arrests-teapot,count,10,,,beta; arrests-teapot-us,count,7,,,beta; "
            "arrests-teapot-us,count,7,,,beta,title; arrests-teapot-de,count,3,,,beta",
        ),
        case("parts-source", "drugs,amount,660,lb,,beta; tea,amount,301,kg,,beta"),
        case("parts-source", "drugs,amount,5,kg,,beta; tea,amount,900,tablets,,beta"),
        case(
            "parts-source",
            "drugs,amount,101,kg,,beta; tea,amount,50,kg,,beta",
            seizures="drugs,,,,drugs\ntea,,,,drugs,,drugs",
        ),
        # it adds up; or it does as far as the figures are rounded; or the parts are of another unit, or an earlier time
        case(
            "parts-total",
            "arrests-teapot,count,12,,,alpha; arrests-teapot-us,count,7,,,beta; arrests-teapot-de,count,5,,,beta",
        ),
        case(
            "parts-total",
            "arrests-teapot,count,300,,,alpha; arrests-teapot-us,count,153,,,beta; arrests-teapot-de,count,135,,,beta",
        ),
        case(
            "parts-total",
            "arrests-teapot,count,10..14,,,alpha; arrests-teapot-us,count,7,,,beta; arrests-teapot-de,count,5,,,beta",
        ),
        case("parts-total", "arrests-teapot,count,>10,,,alpha; arrests-teapot-us,count,15,,,beta"),
        case(
            "parts-total",
            "arrests-teapot,count,288,,,alpha; arrests-teapot-us,count,~150,,,beta; arrests-teapot-de,count,135,,,beta",
        ),
        case("parts-total", "drugs,amount,660,lb,,alpha; tea,amount,299.5,kg,,beta"),
        case(
            "parts-total",
            "drugs,amount,234,kg,,alpha; tea,amount,233,kg,,beta; oolong,amount,0.3,kg,,beta",
            seizures=ROWS["seizures"] + "\noolong,teapot,,,drugs,oolong,drugs",
        ),
        case("parts-total", "drugs,amount,101,kg,,alpha; tea,amount,99,lb,2020,beta; tea,amount,101,kg,2021,beta"),
        case("parts-total", "drugs,amount,5,kg,,alpha; tea,amount,900,tablets,,beta"),
        case("parts-total", "money,amount,101,USD,,alpha; cash,amount,201,EUR,,alpha", seizures=CASH),
        case(
            "parts-total",
            "arrests-teapot,count,10,,,alpha; arrests-teapot-us,count,4,,2020,beta; "
            "arrests-teapot-us,count,6,,2021,beta; arrests-teapot-de,count,4,,,beta",
        ),
        case(
            "parts-total",
            "arrests-teapot,count,20,,2020,alpha; arrests-teapot,count,10,,2021,alpha; "
            "arrests-teapot-us,count,10,,2021,beta",
        ),
        # of two kinds; what only sounds alike
        case("same-name", "ana,role,Owner,,,alpha", people="ana,Bazaar\nann,Ana Mueller\nanne,Ana Müller"),
        # others use the unit too; or nobody uses another; mass is one
        case("stated", "arrests-teapot,count,34,,,alpha,,34 suspects; arrests-teapot,count,>33,,,beta,,at least 33"),
        case("stated", "arrests-teapot,count,43,,,alpha,,34,,So in the source: the headline has 43"),
        case(
            "stated", "arrests-teapot,description,43 suspects,,,alpha,,34; arrests-teapot,described_as,43,,,alpha,,34"
        ),
        case("stated", "arrests-teapot,count,43,,,alpha,,dozens; arrests-teapot,count,43,,,beta"),
        # at two places, of two times, in two dimensions, or corrected by the editor; and what agrees
        case("stated", "tea,amount,64,kg,,alpha,para 2; tea,amount,46,kg,,alpha,para 3; tea,amount,9,kg,,beta,para 2"),
        case("stated", "tea,amount,64,kg,2021,alpha,para 2; tea,amount,46,kg,2022,alpha,para 2"),
        case("stated", "money,amount,64,EUR,,alpha,para 2; money,amount,46,USD,,alpha,para 2"),
        case("stated", "tea,amount,64,kg,,alpha,para 2; tea,amount,46,kg,,alpha,para 2,,deprecated,Slip"),
        case("stated", "tea,amount,64,kg,,alpha,para 2; tea,amount,64000,g,,alpha,para 2; tea,amount,9,kg,,alpha"),
        case(
            "term", "ana,status,charged,,2021-03,alpha; arrests-teapot,described_as,pela,,,alpha", events="e1,,No kind"
        ),
        case("term", "arrests-teapot,description,pela,,,alpha; bazaar,status,seized,,,alpha", seizures="s1,,,,pela"),
        case(
            "unit-alone",
            "money,amount,53,USD,,alpha; money,amount,53,USD,,beta; money,amount,50,EUR,,alpha; "
            "money,amount,51,EUR,,beta",
        ),
        case("unit-alone", "tea,amount,64,kg,,alpha; tea,amount,141,lb,,beta"),
        case("unit-alone", "arrests-teapot,count,288,,,alpha"),
        case("unit-alone", "tea,amount,64,kg,,alpha; tea,amount,64000,g,,alpha,para 2"),
        case("unit-alone", "money,amount,53,USD,2020,alpha; money,amount,99,USD,2021,alpha"),
        case("unit-alone", "money,amount,53,USD,,alpha; money,amount,50,EUR,,beta,,,deprecated,Slip"),
        case("unit-alone", "money,amount,53,USD,,alpha; money,value,50,EUR,,alpha"),
        # a source that is retold or cited is used, and so is one whose claims all are withdrawn
        case(
            "unused-source",
            "tea,amount,64,kg,,copy; tea,amount,70,kg,,beta,,,deprecated,Slip",
            sources=ROWS["sources"].rpartition("\n")[0],
        ),
        case("unused-source", "alpha,cites,beta,,,alpha", sources="alpha,official,A,,,Alpha\nbeta,press,B,,,Beta"),
        # units that convert into each other were weighed together
        case("unit-alone", "proceedings-ana,sentence,14,years,,alpha; proceedings-ana,sentence,168,months,,beta"),
        case("unit-alone", "tea,amount,2,t,,alpha; tea,amount,1900,kg,,beta"),
    ],
)
def test_a_near_neighbour(tmp_path: Path, finding: str, claims: str, lines: list[str], files: dict[str, str]) -> None:
    assert found(tmp_path, finding, claims, files) == lines == []


def test_every_finding_is_tested() -> None:
    for test in (test_a_finding, test_a_near_neighbour):
        (mark,) = test.pytestmark  # type: ignore[attr-defined]
        assert list(dict.fromkeys(one.values[0] for one in mark.args[1])) == findings()


# What is shown, what is told, and what is accepted

CLAIMS = """\
arrests-teapot,count,10,,,alpha
arrests-teapot-us,count,12,,,alpha
arrests-teapot-de,count,1,,,beta
tea,amount,64,kg,,alpha
tea,amount,70,kg,,agency
"""
"""An error, warnings and notes."""

ERROR = "error,parts-total,arrests-teapot,count"
WARNINGS = ["warning,a-against-a,tea,amount", "warning,parts-source,arrests-teapot,count"]
LEFT = ["warning,unused-source,copy,", "warning,unused-source,delta,"]
SHOWN = [ERROR, *WARNINGS, *LEFT]
NOTES = "see the notes with --severity note"
IDLE = "x in exceptions.csv accepts nothing any more"
UNCLAIMED = [f"note,no-claims,{id}," for id in ("m1", "m2", "m3", "m4")]
FEW = {
    "sources": f"{ROWS['sources']}\nagency,official,A,2021-05-05,Agency,Own",
    **dict.fromkeys(["people", "events", "proceedings", "statements", "agencies"], ""),
    "seizures": "tea,teapot,,,drugs,tea",
    "markets": "m1,One\nm2,Two\nm3,Three\nm4,Four",
}


def counts(errors: int, warnings: int, notes: int, accepted: int) -> str:
    return f"error: {errors}, warning: {warnings}, note: {notes}, accepted in exceptions.csv: {accepted}"


def build_case(folder: Path, exceptions: str = "") -> str:
    return build(write_case(folder, CLAIMS, exceptions=exceptions, **FEW), folder / "case.db")


@pytest.mark.parametrize(
    ("options", "code", "rows", "told"),
    [
        ([], 0, SHOWN, [counts(1, 4, 4, 0), NOTES]),
        (["--severity", "error"], 0, [ERROR], [counts(1, 4, 4, 0), NOTES]),
        (["--severity", "note"], 0, [ERROR, *WARNINGS, *LEFT, *UNCLAIMED], [counts(1, 4, 4, 0)]),
        (["--kind", "no-claims"], 0, UNCLAIMED, [counts(0, 0, 4, 0)]),
        (["-k", "no-claims", "--severity", "warning"], 0, [], [counts(0, 0, 4, 0), NOTES]),
        (
            ["-k", "a-against-a", "--severity", "error"],
            0,
            [],
            [counts(0, 1, 0, 0), "see the warnings with --severity warning"],
        ),
        (["--strict"], 1, SHOWN, [counts(1, 4, 4, 0), NOTES]),
        (["--strict", "-k", "parts-total"], 1, [ERROR], [counts(1, 0, 0, 0)]),
        (["--strict", "-k", "a-against-a"], 0, WARNINGS[:1], [counts(0, 1, 0, 0)]),
        (["--strict", "-k", "currency-rate"], 0, [], [counts(0, 0, 0, 0)]),
    ],
)
def test_what_is_shown(tmp_path: Path, options: list[str], code: int, rows: list[str], told: list[str]) -> None:
    db = build_case(tmp_path)
    done = ask("check", *options, "-f", "csv", SPECTOR_DB=db)
    assert (done.code, done.err) == (code, "")
    assert [",".join(line.split(",")[:4]) for line in done.text.splitlines()] == ["severity,finding,id,property", *rows]
    assert ask("check", *options, "-f", "table", SPECTOR_DB=db).text.splitlines()[-len(told) :] == told


@pytest.mark.parametrize(
    ("options", "code", "line"),
    [
        (
            ["--kind", "parts"],
            3,
            f"no finding 'parts'; did you mean 'parts-total'?; there are: {', '.join(findings())}",
        ),
        (["-k", "no-outcome"], 3, "no-outcome is not wrong but not known; see it with: spector gaps --kind no-outcome"),
        (["--kind", ""], 3, f"no finding ''; there are: {', '.join(findings())}"),
        (["--severity", "Error"], 2, "no severity 'Error'; did you mean 'error'?; there are: error, warning, note"),
    ],
)
def test_what_there_is_not(tmp_path: Path, options: list[str], code: int, line: str) -> None:
    done = ask("check", *options, SPECTOR_DB=build_case(tmp_path))
    assert (done.code, done.out, done.err) == (code, b"", f"spector: {line}\n")


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"timeline", "svg"}))
def test_every_format_holds_every_finding(tmp_path: Path, format: str) -> None:
    db = build_case(tmp_path)
    asked = json.loads(ask("check", "-f", "json", SPECTOR_DB=db).text)
    assert [list(row) for row in asked] == [["severity", "finding", "id", "property", "sentence"]] * 5
    assert asked[0]["sentence"] == "its 2 parts add up to 13 persons, more than the stated 10 persons"
    assert asked[-1]["property"] is None
    text = ask("check", "-f", format, SPECTOR_DB=db).text
    assert [row["sentence"] for row in asked if row["sentence"] not in text] == []


@pytest.mark.parametrize(
    ("accepted", "told", "left", "code"),
    [
        ("parts-total,arrests-teapot", [counts(0, 4, 4, 1)], [*WARNINGS, *LEFT], 0),
        ("parts-total,", [counts(0, 4, 4, 1)], [*WARNINGS, *LEFT], 0),
        ("no-claims,", [counts(1, 4, 0, 4)], SHOWN, 1),
        ("no-claims,m1", [counts(1, 4, 3, 1)], SHOWN, 1),
        (
            "parts-total,tea",
            [counts(1, 4, 4, 0), IDLE],
            SHOWN,
            1,
        ),
        (
            "currency-rate,",
            [counts(1, 4, 4, 0), IDLE],
            SHOWN,
            1,
        ),
    ],
)
def test_what_is_accepted_is_counted(
    tmp_path: Path, accepted: str, told: list[str], left: list[str], code: int
) -> None:
    db = build_case(tmp_path, f"x,{accepted},Looked at")
    done = ask("check", "--strict", "-f", "csv", SPECTOR_DB=db)
    assert (done.code, [",".join(line.split(",")[:4]) for line in done.text.splitlines()[1:]]) == (code, left)
    drawn = ask("check", "-f", "table", SPECTOR_DB=db).text.splitlines()
    assert [line for line in drawn if "exceptions.csv" in line] == told


def test_of_an_exception_that_is_not_asked_about_nothing_is_told(tmp_path: Path) -> None:
    db = build_case(tmp_path, "x,parts-total,tea,Looked at")
    assert "any more" not in ask("check", "-k", "no-claims", "-f", "table", SPECTOR_DB=db).text


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        ("x,single-orgin,tea,Known", "unknown finding 'single-orgin'; did you mean 'single-origin'?"),
        ("x,,tea,Known", f"unknown finding ''; there are: {', '.join(sorted([*findings(), *gaps_known()]))}"),
        ("x,single-origin,teas,Known", "unknown subject 'teas'; did you mean 'tea'?"),
        ("x,single-origin,tea", "reason is empty; say why the finding is accepted"),
    ],
)
def test_an_exception_that_cannot_be(tmp_path: Path, row: str, mistake: str) -> None:
    with pytest.raises(Refused) as refused:
        check(write_case(tmp_path, exceptions=row))
    assert refused.value.mistakes == [f"exceptions.csv:2: {mistake}"]


@pytest.mark.parametrize("files", [{}, dict.fromkeys(ROWS, "")])
def test_a_case_of_which_nothing_is_claimed(tmp_path: Path, files: dict[str, str]) -> None:
    db = build(write_case(tmp_path, "", **files), tmp_path / "case.db")
    rows = ask("check", "--strict", "--severity", "note", "-f", "csv", SPECTOR_DB=db)
    assert (rows.code, {line.split(",")[1] for line in rows.text.splitlines()[1:]}) == (
        0,
        {"no-claims", "unused-source"} if not files else set(),
    )


@pytest.mark.parametrize("finding", findings())
def test_what_a_finding_is_has_a_sentence(finding: str) -> None:
    assert say(Note(f"about {finding}", {}))


@pytest.fixture(scope="module")
def frequent(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A case with a warning of one kind, and more of another than a terminal is shown of anything."""
    folder = tmp_path_factory.mktemp("frequent")
    more = "".join(f"a-{n:04},press,C,,,Unused\n" for n in range(1200))
    claims = "tea,amount,64,kg,,alpha\ntea,amount,70,kg,,agency"
    return build(write_case(folder, claims, sources=f"{SOURCES}\n{more}"), folder / "case.db")


@pytest.mark.parametrize(
    ("words", "drawn"),
    [((), 3), (("--all",), 1200), (("--kind", "unused-source"), 1200), (("-f", "csv"), 1200), (("-f", "md"), 1200)],
)
def test_of_a_frequent_finding_the_first_few_are_drawn(frequent: str, words: tuple[str, ...], drawn: int) -> None:
    told = ask("check", *words, "--db", frequent).text
    assert len(re.findall(r"\ba-\d", told)) == drawn
    assert ("more: spector check --kind unused-source" in told) == (words == ())


def test_findings_are_counted_whole_on_a_terminal(frequent: str) -> None:
    assert re.search(r"unused-source .* \(1,2\d\d\)", draw("check", "--db", frequent, columns=120, NO_COLOR="1").text)
