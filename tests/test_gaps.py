"""What gaps find, each with its whole sentence, and a near neighbour of each, of which nothing is said."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from cases import ROWS, write_case
from terminal import ask, build
from test_check import ANA, MARKET, SOURCES, case

from spectorcli.answers.gaps import ORDER, gaps
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.load.load import load
from spectorcli.statements import UNREAD_COPY, gaps_known

DUE = "charged,date,2021-03,,,alpha; due,date,2021-05,,,alpha"
CHARGED, _, ENDED = ANA.rpartition("\n")
OVERDUE = {
    "events": f"{CHARGED}\ndue,hearing,Sentencing,,,ana\nbo-due,hearing,Sentencing,,,bo",
    "people": "ana,Ana\nbo,Bo",
}


def found(folder: Path, gap: str, claims: str, files: dict[str, str], copies: Path | None = None) -> list[str]:
    """Return what one gap is in a case, as ``id property: sentence``."""
    write_case(folder, claims, **{"sources": SOURCES, **files})
    load(folder, folder / "case.db")
    with closing(Case(open_database(folder / "case.db"))) as case:
        rows = [[*map(str, row)] for row in gaps(case, gap, copies).rows]
    assert {row[1] for row in rows} <= {gap}
    assert [row[0] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    return [f"{id} {property}: {sentence}" for _, _, id, property, sentence, *_ in rows]


@pytest.mark.parametrize(
    ("gap", "claims", "lines", "files"),
    [
        case(
            "no-outcome",
            "ana,status,charged,,2021-03,alpha; ana,status,arrested,,2021-04,alpha",
            "ana status: arrested April 2021; no outcome as of 2 May 2021",
            proceedings="",
        ),
        case(
            "no-outcome",  # a word that is none is no outcome
            "ana,status,pleaded guilty,,2021-04,alpha",
            "ana status: pleaded guilty April 2021; no outcome as of 2 May 2021",
            proceedings="",
        ),
        case(
            "no-outcome",  # a hearing that is still to come
            "charged,date,2021-02,,,alpha; due,date,9021-05,,,alpha",
            "ana None: hearing May 9021; no outcome as of 2 May 2021",
            events="charged,charge,Is charged,,,ana\ndue,hearing,Sentencing,,,ana",
            proceedings="",
        ),
        case(
            "no-outcome",  # told once, where it is before a court
            "proceedings-ana,status,indicted,,,alpha; ana,status,arrested,,2021-04,alpha",
            "proceedings-ana status: indicted; no outcome",
            sources="alpha,press,F,,,Undated",
        ),
        case(
            "no-outcome",
            "charged,date,2021-05,,,alpha; charged-again,date,2021-02,,,alpha; plea,date,2021-03,,,alpha",
            "ana None: charge May 2021; no outcome as of 2 May 2021",
            events=ANA.rpartition("\n")[0],
            proceedings="",
        ),
        case(
            "no-outcome",  # the oldest first, what has no date last
            "bo,status,charged,,2021-03,alpha; ana,status,charged,,,alpha; cy,status,charged,,2020,alpha",
            "cy status: charged 2020; no outcome as of 2 May 2021",
            "bo status: charged March 2021; no outcome as of 2 May 2021",
            "ana status: charged; no outcome as of 2 May 2021",
            people="ana,Ana\nbo,Bo\ncy,Cy",
            proceedings="",
        ),
        case("no-outcome", DUE, "bo None: hearing; no outcome as of 2 May 2021", **OVERDUE),  # Ana's is overdue
        case("no-outcome", "ana,status,charged,,2021-03,alpha; ana,status,acquitted,,2021-05,alpha", proceedings=""),
        case("no-outcome", "ana,status,charged,,2021-03,alpha"),
        case("no-outcome", "proceedings-ana,status,charged,,2021-03,alpha; proceedings-ana,sentence,14,years,,alpha"),
        case("no-outcome", "proceedings-ana,status,charged,,2021-03,alpha; end,date,2022,,,alpha", events=ANA),
        case("no-outcome", "charged,date,2021-03,,,alpha; end,date,2022,,,alpha", events=ANA, proceedings=""),
        case(
            "no-outcome",
            "charged,date,2021-03,,,alpha; ana,status,acquitted,,,alpha",
            events=ANA.rpartition("\n")[0],
            proceedings="",
        ),
        case("no-outcome", "bazaar,status,seized,,,alpha; raid,date,2021,,,alpha", events="raid,arrest,Unnamed"),
        case(
            "single-origin",
            "arrests-teapot,count,288,,,alpha; arrests-teapot,count,288,,,copy; launch,date,2019,,,beta",
            "arrests-teapot count: 288 persons; its only origin is alpha",  # the headline before the rest
            "launch date: 2019; its only origin is beta",
        ),
        case(
            "single-origin",
            "money,amount,53,USD,,alpha; money,amount,50,EUR,,beta; launch,date,../2019,,,mix; "
            "raid,date,2019/..,,,delta",
            "money amount: 53 USD; its only origin is alpha",
            "launch date: until 2019; its only source mixes alpha and beta",
            "money amount: 50 EUR; its only origin is beta",
            "raid date: from 2019 on; nobody knows whose figure it is, for delta does not say",
            events=MARKET,
        ),
        case(
            "single-origin",
            "launch,date,2019,,,mix; launch,date,2019-06,,,delta; launch,date,2020,,,beta,,,deprecated,Withdrawn",
            "launch date: 2019; nobody knows whose figure it is, for delta does not say",
        ),
        case(
            "single-origin",  # of two that agree the best is of unknown origin
            "arrests-teapot,count,288,,,copy; arrests-teapot,count,288,,,a-blog",
            "arrests-teapot count: 288 persons; its only origin is alpha",
            sources=f"{ROWS['sources']}\na-blog,press,C,2021-06,Blog,Newest",
        ),
        case("single-origin", "arrests-teapot,count,288,,,alpha; arrests-teapot,count,288,,,beta"),
        case("single-origin", "arrests-teapot,count,288,,,alpha; arrests-teapot,count,300,,,beta"),
        case("single-origin", "ana,role,Owner,,,alpha; bazaar,operator,ana,,,alpha"),
        case(
            "single-origin",  # what retells, and says that it had this itself
            "arrests-teapot,count,288,,,copy,,,,,own",
            "arrests-teapot count: 288 persons; its only origin is copy",
        ),
        case(
            "single-origin",
            "bazaar,turnover,5,USD,,delta; bazaar,turnover,6,USD,,delta,,,deprecated,Slip",
            "bazaar turnover: 5 USD; nobody knows whose figure it is, for delta does not say",
        ),
        case(
            "outcome-overdue",  # the longest due first; before a court it is told there
            f"{DUE}; bo-due,date,2021-02,,,alpha; bo,status,charged,,2020-12,alpha",
            "bo status: charged December 2020; an outcome was due February 2021, and none is told",
            "proceedings-ana status: an outcome was due May 2021, and none is told",
            **OVERDUE,
        ),
        case(
            "outcome-overdue",
            "ana,status,arrested,,2020-01-02,alpha; bo,status,detained,,9020,alpha",
            "ana status: arrested 2 January 2020, more than a year ago, and no charge is told",
            people="ana,Ana\nbo,Bo",
            proceedings="",
        ),
        case(
            "outcome-overdue",
            f"{DUE}; end,date,2021-06,,,alpha",
            **OVERDUE | {"events": f"{OVERDUE['events']}\n{ENDED}"},
        ),
        case("outcome-overdue", f"{DUE}; proceedings-ana,status,acquitted,,2021-06,alpha", **OVERDUE),
        case("outcome-overdue", "due,date,9021-05,,,alpha", **OVERDUE),
        case("outcome-overdue", "ana,status,arrested,,2020,alpha; ana,status,charged,,2019,alpha", proceedings=""),
        case(
            "outcome-overdue", "ana,status,arrested,,2020,alpha; charged,date,2020,,,alpha", events=ANA, proceedings=""
        ),
        case(
            "no-status",
            "launch,date,2021,,,alpha; bazaar,operator,bo,,,alpha",
            "ana status: Ana is accused, and no status is told",
            "bo status: Bo is accused, and no status is told",
            people="ana,Ana\nbo,Bo\njudge,Judge",
        ),
        case("no-status", "proceedings-ana,status,charged,,,alpha; ana,role,Cook,,,alpha"),
        case(
            "not-itemised",
            "arrests-teapot,count,17,,,alpha; arrests-teapot-us,count,5,,,alpha",
            "arrests-teapot count: its one part is 5 persons of 17 persons; 12 persons are not itemised; "
            "no count is told of arrests-teapot-de",
        ),
        case(
            "not-itemised",  # "more than" on one side leaves a bound
            "drugs,amount,>850,kg,,alpha; tea,amount,354,kg,,alpha; money,amount,9,USD,,alpha; "
            "cash,amount,>2,USD,,alpha",
            "money amount: its one part is about 2 USD of 9 USD; at most 7 USD are not itemised",
            "drugs amount: its one part is 354 kg of more than 850 kg; at least 496 kg are not itemised",
            seizures="drugs,teapot,,,drugs\ntea,teapot,,,drugs,tea,drugs\nmoney,teapot,,,money\ncash,teapot,,,cash,,money",
        ),
        case("not-itemised", "drugs,amount,354,kg,,alpha; tea,amount,354000,g,,alpha; money,amount,5,USD,,alpha"),
        case(
            "untold-arrests",
            "teapot,participants,US,,,alpha; teapot,participants,DE,,,alpha; teapot,participants,AT,,,alpha; "
            "arrests-teapot,count,8..14,,,alpha; arrests-teapot-us,count,5,,,alpha",
            "teapot participants: no arrest figure is told of AT and DE, and the others leave 3 to 9 persons in all",
        ),
        case(
            "untold-arrests",
            "teapot,participants,US,,,alpha; teapot,participants,DE,,,alpha; "
            "arrests-teapot,count,5,,,alpha; arrests-teapot-us,count,5,,,alpha",
            "teapot participants: no arrest figure is told of DE; those of the others add up to the total",
        ),
        case(
            "untold-arrests",
            "teapot,participants,DE,,,alpha",
            "teapot participants: no arrest figure is told of DE",
        ),
        case("untold-arrests", "teapot,participants,US,,,alpha; arrests-teapot-us,count,0,,,alpha"),
        case(  # told under the name that the operation had there
            "untold-arrests",
            "teapot,participants,AT,,,alpha; arrests-kettle,count,9,,,alpha",
            operations="teapot,Operation Teapot\nkettle,Operation Kettle",
            arrests="arrests-teapot,teapot\narrests-kettle,kettle,AT,arrests-teapot",
        ),
        case(
            "open-dispute",
            "tea,amount,64,kg,,alpha; tea,amount,70,kg,,agency; tea,amount,9,kg,,delta",
            "tea amount: agency says 70 kg, and alpha 64 kg; a text of Agency or Alpha that says which is right would "
            "settle it",
        ),
        case(
            "open-dispute",
            "tea,amount,64,kg,,alpha; tea,amount,70,kg,,alpha,para 2",
            "tea amount: alpha says 64 kg, and alpha 70 kg, both of Alpha; an editor settles it",
        ),
        case("open-dispute", "tea,amount,64,kg,,alpha; tea,amount,70,kg,,beta"),
        case(
            "source-date",
            "tea,amount,64,kg,,alpha; tea,amount,64,kg,,old",
            "old published: it has no date, so that its claim is in no case as of a day",
            sources="alpha,official,A,2021,Alpha,A\nold,press,C,,Old,O\nsilent,press,C,,Silent,S",
        ),
        case("source-date", "tea,amount,64,kg,,alpha"),
        case(
            "source-origin",
            "tea,amount,64,kg,,delta; tea,value,6,USD,,delta; tea,amount,64,kg,,copy; tea,value,6,USD,,beta",
            "delta derived_from: nobody knows whose facts its 2 claims have, so that they confirm nothing",
        ),
        case("source-origin", "tea,amount,64,kg,,alpha; tea,amount,64,kg,,delta,,,,,own"),
        case(
            "no-stated",
            "tea,amount,64,kg,,alpha,,64 kilos; tea,value,6,USD,,alpha; tea,amount,64,kg,,beta",
            "alpha None: 1 of its 2 claims has no stated words to be looked up",
            "beta None: 1 of its 1 claim has no stated words to be looked up",
        ),
        case("no-stated", "tea,amount,64,kg,,alpha,,64 kilos"),
        case(
            "unchecked",
            "tea,amount,64,kg,,alpha; tea,amount,64,kg,,beta,,,,,,rk 2026-11-27",
            "None checked: 1 of 2 claims is not signed as compared with a copy of the source",
        ),
        case(
            "unchecked",  # and was changed since
            "tea,amount,64,kg,,alpha,,,,,,rk 2026-11-27 3f9a1c",
            "None checked: 1 of 1 claim is not signed as compared with a copy of the source",
        ),
        case("unchecked", "tea,amount,64,kg,,alpha,,,,,,rk 2026-11-27"),
    ],
)
def test_a_gap(tmp_path: Path, gap: str, claims: str, lines: list[str], files: dict[str, str]) -> None:
    assert found(tmp_path, gap, claims, files) == lines


def test_every_gap_is_tested_and_has_its_place() -> None:
    (mark,) = test_a_gap.pytestmark  # type: ignore[attr-defined]
    tested = {one.values[0]: bool(one.values[2]) for one in mark.args[1]}
    assert {*tested, UNREAD_COPY} == {*gaps_known()} == {place.partition(" ")[0] for place in ORDER}
    for gap in tested:
        assert {bool(one.values[2]) for one in mark.args[1] if one.values[0] == gap} == {True, False}, gap


WIRE = " ".join(f"word{n}" for n in range(40))
OWN = " ".join(f"other{n}" for n in range(400))


@pytest.mark.parametrize(
    ("delta", "copy", "says"),
    [
        (f"{WIRE} and what follows is its own.", f"Before. {WIRE}", "; 85% of its wording stands in copy"),
        (f"{WIRE} {OWN}", WIRE.upper(), "; 8% of its wording stands in copy"),
        (f"{' '.join(WIRE.split()[:16])} {OWN}", WIRE, ""),  # 9 runs are too little of so many
        (" ".join(WIRE.split()[:14]), WIRE, ""),  # 7 are too few
        (OWN, WIRE, ""),
    ],
)
def test_wording_that_stands_in_an_older_copy_too(tmp_path: Path, delta: str, copy: str, says: str) -> None:
    (tmp_path / "copies").mkdir()
    texts = {"delta": delta, "copy": copy, "late": delta, "office": "word"}
    for name, text in texts.items():
        (tmp_path / "copies" / f"{name}.txt").write_text(text)
    files = {"sources": f"{SOURCES}\nlate,press,C,2022-01,Late,Later"}
    claims = "tea,amount,64,kg,,alpha; tea,amount,64,kg,,delta"
    lines = found(tmp_path, "source-origin", claims.replace("; ", "\n"), files, tmp_path / "copies")
    unknown = "delta derived_from: nobody knows whose facts its claim has, so that it confirms nothing"
    assert lines == [f"{unknown}{says}"]


def test_copies_from_which_no_claim_was_read(tmp_path: Path) -> None:
    for name in ("alpha.txt", "beta.html", "stray.txt", ".hidden"):
        (tmp_path / "copies").mkdir(exist_ok=True)
        (tmp_path / "copies" / name).write_text("Text")
    (tmp_path / "copies" / "folder").mkdir()
    lines = found(tmp_path, UNREAD_COPY, "tea,amount,64,kg,,alpha", {}, tmp_path / "copies")
    assert lines == [
        "beta None: no claim was read from beta.html",
        "None None: stray.txt is called like no source of this case",
    ]


CLAIMS = "arrests-teapot,count,288,,,alpha\nlaunch,date,2019,,,beta\nproceedings-ana,status,charged,,2021-03,alpha"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("gaps")
    return build(
        write_case(folder / "case", CLAIMS, exceptions="x,no-stated,beta,Seen\ny,no-stated,tea,Idle"), folder / "db"
    )


def test_the_worst_comes_first_and_what_is_accepted_is_counted(db: str) -> None:
    rows = json.loads(ask("gaps", "-f", "json", SPECTOR_DB=db).text)
    assert list(rows[0]) == ["rank", "gap", "id", "property", "sentence", "mend", "show"]
    assert [(row["rank"], row["gap"], row["id"]) for row in rows] == [
        (1, "no-outcome", "proceedings-ana"),
        (2, "single-origin", "arrests-teapot"),
        (3, "no-stated", "alpha"),
        (4, "single-origin", "launch"),
        (5, "unchecked", None),
    ]
    assert rows[1]["mend"] == "spector add claim arrests-teapot count VALUE --source SOURCE"
    assert rows[1]["show"] == "spector why arrests-teapot count"
    told = ask("gaps", "-f", "table", SPECTOR_DB=db).text.splitlines()[-2:]
    counts = "no-outcome: 1; single-origin: 2; no-stated: 1; unchecked: 1; accepted in exceptions.csv: 1"
    assert told == [counts, "y in exceptions.csv accepts nothing any more"]
    assert "any more" not in ask("gaps", "-k", "unchecked", "-f", "table", SPECTOR_DB=db).text
    assert "any more" not in ask("check", "-f", "table", SPECTOR_DB=db).text


def test_markdown_is_a_list_of_what_is_to_be_done(db: str) -> None:
    text = ask("gaps", "-f", "md", SPECTOR_DB=db).text
    first, *_ = text.splitlines()
    assert first == (
        "- [ ] **proceedings-ana status** charged March 2021; no outcome as of 3 May 2021 "
        "(spector show proceedings-ana): spector add claim proceedings-ana status OUTCOME --when DATE --source SOURCE"
    )
    assert text.count("- [ ] ") == 5


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "no-outcom"), "no gap 'no-outcom'; did you mean 'no-outcome'?"),
        (("--copies", "nowhere"), "no folder of copies at nowhere"),
    ],
)
def test_what_there_is_not(db: str, words: tuple[str, ...], told: str) -> None:
    done = ask("gaps", *words, SPECTOR_DB=db)
    assert (done.code, told in done.err) == (3, True)


def test_the_outcomes_that_are_not_known_come_first_in_the_bundled_case(bundled: str) -> None:
    rows = json.loads(ask("gaps", "-f", "json", SPECTOR_DB=bundled).text)
    assert {row["id"] for row in rows[:2]} == {"proceedings-hampton", "proceedings-banner"}
    assert {row["gap"] for row in rows[:2]} == {"outcome-overdue"}
    assert not [row for row in rows if "desnica" in str(row["id"]) and "outcome" in row["gap"]]
