"""A case's own kinds and properties work like the bundled ones; further files of claims count as its own."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cases import write_case
from terminal import ask, build

from spectorcli.errors import Refused
from spectorcli.folder.vocabulary import MOST_KINDS, MOST_PROPERTIES
from spectorcli.load.load import check, load

HEADER = "kind,property,type,many,unit,claimed,description\n"
VOCABULARY = (
    HEADER
    + """vehicles,,,,,,Cars and other vehicles
vehicles,name,text,,,,What it is called
vehicles,owner,ref:people,,,,Whose it is
vehicles,plate,term,,,yes,Its plate
vehicles,worth,number,,money,yes,What it is worth
vehicles,doors,number,,doors,yes,How many doors it has
vehicles,parked,ref:garages,yes,,yes,Where it was parked
vehicles,lender,ref:things,,,,Who lends it
vehicles,seen_with,ref:things,yes,,yes,What it was seen with
garages,,,,,,Where vehicles stand
garages,name,text,,,,What it is called
people,phone,term,yes,,yes,A phone number
"""
)
CLAIMS = """car,plate,B-123,,,alpha
car,plate,B-124,,,delta
car,doors,4,,,alpha
car,worth,20000,EUR,,alpha
car,parked,court,,,beta
car,seen_with,ana; court,,,beta
ana,phone,+49 1,,,alpha"""


def write_own(folder: Path) -> Path:
    write_case(folder, CLAIMS)
    (folder / "vocabulary.csv").write_text(VOCABULARY)
    (folder / "vehicles.csv").write_text("id,name,owner,lender\ncar,The car,ana,court\n")
    (folder / "garages.csv").write_text("id,name\ncourt,Garage court\n")
    return folder


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("own")
    return build(write_own(folder / "case"), folder / "case.db")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("show car", {"B-123", "ana", "4", "court"}),
        ("show ana", {"+49 1", "car"}),
        ("show court", {"car", "lender", "seen_with"}),
        ("graph car", {"ana", "court", "seen_with"}),
        ("show vehicles", {"car"}),
        ("why car plate", {"B-123", "B-124"}),
        ("conflicts car", {"B-123", "B-124"}),
        ("search B-124", {"car", "plate"}),
        ("fields vehicles", {"plate", "Its plate", "doors"}),
        ("fields people", {"phone"}),
    ],
)
def test_own_kinds_answer(own: str, asked: str, told: set[str]) -> None:
    done = ask(*asked.split(), "-f", "json", "--db", own)
    assert (done.code, done.err) == (0, "")
    assert told <= {str(cell) for row in json.loads(done.text) for cell in row.values()}


@pytest.mark.parametrize("asked", ["show phone", "why phone", "why phone imei", "conflicts phone", "search Berlin"])
@pytest.mark.parametrize("format", ["table", "md", "csv"])
def test_an_identifier_is_shown_as_it_is_stated(tmp_path: Path, asked: str, format: str) -> None:
    """Whatever looks like a figure, may be a number that is to be dialled or copied."""
    folder = write_case(tmp_path / "case", "phone,imei,356938035643809,,,alpha\nphone,imei,356938035643810,,,delta")
    (folder / "vocabulary.csv").write_text(
        HEADER + "phones,,,,,,Telephones\nphones,name,text,,,,Whose\nphones,imei,term,,,yes,IMEI\n"
    )
    (folder / "phones.csv").write_text("id,name\nphone,Phone of 10115 Berlin\n")
    db = build(folder, tmp_path / "case.db")
    told = ask(*asked.split(), "-f", format, "--db", db).text
    assert "356,938" not in told and "10,115" not in told
    assert "356938035643809" in told or "10115" in told


def test_own_kinds_come_out_again(own: str, tmp_path: Path) -> None:
    assert ask("export", "folder", "-o", tmp_path / "out", "--db", own).code == 0
    assert (tmp_path / "out" / "vocabulary.csv").read_text() == VOCABULARY
    again = build(tmp_path / "out", tmp_path / "again.db")
    assert ask("diff", own, again).text.endswith("no differences\n")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("vans and,,,,,,x", "kind 'vans and' must be letters, digits and _, as in 'vehicles'"),
        ("claims,,,,,,x", "kind 'claims' is the name of a table of every case; take another"),
        ("people,,,,,,x", "kind 'people' already exists"),
        ("vans,name,text,,,,x", "kind 'vans' is not declared; write a row for it before, with an empty property"),
        ("people,the name,text,,,,x", "property 'the name' of people must be letters, digits and _"),
        ("people,Name,text,,,,x", "property 'Name' of people already exists"),
        ("people,earnings_unit,text,,,,x", "property 'earnings_unit' of people already exists"),
        ("People,,,,,,x", "kind 'people' already exists"),
        ("Claims,,,,,,x", "kind 'Claims' is the name of a table of every case; take another"),
        ("search_data,,,,,,x", "kind 'search_data' is the name of a table of every case; take another"),
        ("contested,,,,,,x", "kind 'contested' is the name of a table of every case; take another"),
        ("operations,ID,text,,,,x", "property 'ID' of operations already exists"),
        *(
            (f"{kind},,,,,,x", f"kind {kind!r} begins like a table of SQLite's own; take another")
            for kind in ("json_tree", "JSON_each", "jsonb_each", "pragma_table_info", "pragma_x", "sqlite_master")
        ),
        (f"{'v' * 101},,,,,,x", "the name of a kind or a property has at most 100 characters"),
        (f"people,{'v' * 101},text,,,,x", "the name of a kind or a property has at most 100 characters"),
        (
            "people,age,integer,,,yes,x",
            "unknown type 'integer'; there are: number, date, term, text, flag, ref:KIND",
        ),
        ("people,car,ref:vehicle,,,yes,x", "type 'ref:vehicle' refers to an unknown kind"),
        ("people,age,number,no,,yes,x", "many is yes or empty, not 'no'"),
        ("people,age,number,yes,,yes,x", "a number is one value; leave many empty"),
        ("people,age,term,,years,yes,x", "only a number has a unit, and 'age' is a term"),
    ],
)
def test_a_vocabulary_that_is_refused(tmp_path: Path, row: str, message: str) -> None:
    case = write_case(tmp_path / "case")
    (case / "vocabulary.csv").write_text(f"{HEADER}{row}\n")
    done = ask("load", "--check", case)
    assert (done.code, done.out) == (5, b"")
    assert done.err.splitlines()[0] == f"vocabulary.csv:2: {message}"
    assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["people,earnings,text,,,yes,x"], "already exists; a row can only add units or terms to it"),
        (["people,earnings,,,,,"], "already exists; a row can only add units or terms to it"),
        (["people,earnings,text,,DASH,yes,x"], "already exists; a row can only add units or terms to it"),
        (["people,status,,,DASH,,"], "only a number has a unit, and 'status' is a term"),
        (["people,role,,,,,,,actor"], "only a term that is one value has terms, and 'role' is none"),
        (
            ["people,status,,,,,,,freed:end"],
            "no word 'end' to follow from a term; did you mean 'ends'?; there are: "
            "accused, convicted, ends, due, authority",
        ),
        (["people,status,,,,,,,freed,Person"], "ftm and stix stand in the row of a kind, whose property is empty"),
    ],
)
def test_additions_that_are_refused(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(Refused) as refused:
        check(extended(tmp_path, *rows))
    assert [line.endswith(message) for line in refused.value.mistakes] == [True], refused.value.mistakes


def extended(tmp_path: Path, *rows: str, claims: str = "arrests-teapot,count,288,,,alpha", **files: str) -> Path:
    """Write a case whose vocabulary has these rows, their last cells left out."""
    case, header = write_case(tmp_path / "case", claims, **files), f"{HEADER.rstrip()},denies,terms,ftm,stix\n"
    full = (f"{row}{',' * (header.count(',') - row.count(','))}\n" for row in rows)
    (case / "vocabulary.csv").write_text(header + "".join(full))
    return case


def test_a_case_adds_units_and_words_to_what_every_case_has(tmp_path: Path) -> None:
    rows = ["people,earnings,,,DASH,,", "people,status,,,,,,,freed:ends", "events,kind,,,,,,,heist:accused"]
    claims = "ana,earnings,5,DASH,,alpha\nana,status,freed,,2021,alpha\nproceedings-ana,status,charged,,2021,alpha"
    case = extended(tmp_path, *rows, claims=claims, events="e1,heist,A heist,,,ana")
    assert list(load(case, tmp_path / "db").left_out) == []
    assert ask("export", "folder", "-o", tmp_path / "out", "--db", tmp_path / "db").code == 0
    assert (tmp_path / "out" / "vocabulary.csv").read_text().splitlines()[1:] == [
        "people,earnings,,,DASH,,,",
        "people,status,,,,,,freed:ends",
        "events,kind,,,,,,heist:accused",
    ]
    fields = json.loads(ask("fields", "people", "-f", "json", "--db", tmp_path / "db").text)
    assert {"money DASH"} == {row["unit"] for row in fields if row["property"] == "earnings"}
    assert [row["terms"].endswith("; died:ends; freed:ends") for row in fields if row["property"] == "status"] == [True]


GANG = (
    "groups,,,,,,Groups,,,Organization,threat-actor",
    *(
        "groups,name,text,,,,Name",
        "groups,victims,number,,victims,yes,How many",
        "groups,active,number,,months,yes,How long",
        "groups,ransom,number,,money,yes,Paid",
    ),
    *("keys,,,,,,Keys", "keys,operation,ref:operations,,,,Of which", "keys,count,number,,keys,yes,How many"),
    *("tools,,,,,,Malware,,,,malware", "tools,name,text,,,,Name", "tools,used_by,ref:groups,yes,,yes,Who uses it"),
    *("wallets,,,,,,Wallets,,,CryptoWallet", "wallets,name,text,,,,Name", "wallets,group,ref:groups,,,,Whose"),
)
SAID = """gang,victims,>2000,,,alpha
gang,victims,900,,,beta
gang,active,18,,,alpha
gang,ransom,120000000,USD,,alpha
gang,ransom,91000000,GBP,2024,alpha
keys-t,count,>1000,,2024-02,alpha
keys-t,count,>2500,,2024-05,alpha
tool,used_by,gang,,,alpha
"""


@pytest.fixture(scope="module")
def gang(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = extended(tmp_path_factory.mktemp("gang"), *GANG, claims=SAID.rstrip())
    for kind, rows in (
        *(("groups", "id,name\ngang,The Gang\nidle,The Idle"), ("keys", "id,operation\nkeys-t,teapot")),
        *(("tools", "id,name\ntool,Tool 3.0"), ("wallets", "id,name,group\nw1,Wallet one,gang")),
    ):
        (folder / f"{kind}.csv").write_text(f"{rows}\n")
    return build(folder, folder / "case.db")


def test_any_kind_is_listed_with_figures_grades_and_what_else_is_said(gang: str) -> None:
    done = ask("list", "groups", "-f", "csv", "--db", gang)
    assert done.text.splitlines() == [
        "id,name,victims,active,ransom,ransom_unit,ransom_when,dispute,grade,sources,origins,also",
        "gang,The Gang,>2000,18,91000000,GBP,2024,settled,A2,1,1,victims: 900; ransom: 120000000 USD",
        "idle,The Idle,,,,,,,,,,",
    ]
    assert ask("show", "groups", "-f", "csv", "--db", gang).text == done.text
    assert "victims: 900; ransom: 120,000,000 USD" in ask("list", "groups", "--db", gang, COLUMNS="200").text
    (keys,) = json.loads(ask("list", "keys", "-f", "json", "--db", gang).text)
    assert (keys["count"], keys["count_when"], keys["also"]) == (">2500", "2024-05", "count: >1000 keys (2024-02)")
    arrests = json.loads(ask("list", "arrests", "-f", "json", "--db", gang).text)
    assert [row["id"] for row in arrests] == ["arrests-teapot", "arrests-teapot-us", "arrests-teapot-de"]


def test_wording_is_listed_and_makes_nothing_less_sure(tmp_path: Path) -> None:
    wording = "arrests-teapot,description"
    claims = f"arrests-teapot,count,288,,,alpha\n{wording},Many,,,delta\n{wording},Lots,,,copy"
    db = build(write_case(tmp_path / "case", claims), tmp_path / "case.db")
    row = json.loads(ask("list", "arrests", "-f", "json", "--db", db).text)[0]
    assert (row["count"], row["grade"], row["also"]) == (288, "A2", "")
    assert row["description"] in {"Many", "Lots"}


def test_a_kind_is_no_command_and_a_command_is_no_kind(gang: str) -> None:
    done = ask("groups", SPECTOR_DB=gang)
    assert (done.code, done.out) == (2, b"")
    assert done.err == "spector: 'groups' is a kind of this case; see it with: spector list groups\n"
    assert ask("--db", gang, "groups").err == done.err
    assert "No such command 'grups'" in ask("grups", SPECTOR_DB=gang).err
    assert ask("list", "grups", SPECTOR_DB=gang).err.startswith("spector: no kind 'grups'; did you mean 'groups'?")


def test_figures_of_own_kinds_are_headlines(gang: str, tmp_path: Path) -> None:
    alone = ask("--db", gang).text
    assert ask("report", "-o", tmp_path / "r.md", "--db", gang).code == 0
    page = (tmp_path / "r.md").read_text()
    figures = page[page.index("## The case in figures") : page.index("## Timeline")]
    for what in ("The Gang, victims", "The Gang, ransom"):
        assert what in alone and f"| {what} |" in figures
    assert ">1,000  Operation Teapot, keys (2024-02)" in alone
    assert " >2,000  The Gang, victims" in alone  # whose unit is told by its name
    assert "18 months  The Gang, active" in alone
    assert "| Operation Teapot, keys | more than 2,500 keys (May 2024) |" in figures
    assert re.search(r"\| Tool 3\.0 \| used by \[\\\[\d+\\\]\]\(#c\d+\) \| The Gang A2 \|", page)


def test_what_other_formats_call_a_kind_the_case_says(gang: str, tmp_path: Path) -> None:
    assert ask("export", "stix", "-o", tmp_path / "stix", "--db", gang).code == 0
    bundle = json.loads((tmp_path / "stix").read_text())
    types = {one["name"]: one["type"] for one in bundle["objects"] if "name" in one}
    assert (types["The Gang"], types["Tool 3.0"]) == ("threat-actor", "malware")
    assert (types["Wallet one"], types["Operation Teapot, keys"]) == ("grouping", "grouping")
    assert ask("export", "ftm", "-o", tmp_path / "ftm", "--db", gang).code == 0
    entities = map(json.loads, (tmp_path / "ftm").read_text().splitlines())
    schemata = {one["id"]: one["schema"] for one in entities}
    assert (schemata["gang"], schemata["w1"], schemata["tool"]) == ("Organization", "CryptoWallet", "Note")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("gangs,,,,,,Gangs,,,Organisation", "no schema 'Organisation' of FollowTheMoney; did you mean 'Organization'?"),
        ("gangs,,,,,,Gangs,,,,threat actor", "no object 'threat actor' of STIX; did you mean 'threat-actor'?"),
        ("gangs,,,,,,Gangs,,,,report", "no object 'report' of STIX"),
    ],
)
def test_what_other_formats_do_not_have(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        check(extended(tmp_path, row))
    assert message in refused.value.mistakes[0]


def declare(case: Path, *rows: str) -> None:
    (case / "vocabulary.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows))


def test_as_many_properties_as_a_kind_may_have(tmp_path: Path) -> None:
    """Each has a unit of its own, so that its table has two columns for it."""
    rows = [f"vans,p{number},number,,mass money,yes,x" for number in range(MOST_PROPERTIES + 9)]
    case = write_case(tmp_path / "case", f"van-1,p{MOST_PROPERTIES - 1},3,kg,,alpha")
    (case / "vans.csv").write_text("id\nvan-1\n")
    declare(case, "vans,,,,,,Vans", *rows[:MOST_PROPERTIES])
    db = build(case, tmp_path / "case.db")
    shown = ask("sql", "select p499_unit from vans", "-f", "json", "--db", db)
    assert json.loads(shown.text)[0][f"p{MOST_PROPERTIES - 1}_unit"] == "kg"
    declare(case, "vans,,,,,,Vans", *rows, "boats,,,,,,Boats", "boats,size,number,,,yes,x")
    done = ask("load", "--check", case)
    assert (done.code, done.err.splitlines()[:-1]) == (
        5,
        [
            f"vocabulary.csv:{MOST_PROPERTIES + 3}: kind 'vans' has more than 500 properties; "
            "take some out, or make it several kinds"
        ],
    )


def test_as_many_kinds_as_a_case_may_have(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    rows = [f"kind{number},,,,,,x" for number in range(MOST_KINDS + 9)]
    declare(case, *rows[:MOST_KINDS])
    assert ask("load", "--check", case).code == 0
    declare(case, *rows)
    done = ask("load", "--check", case)
    told = f"vocabulary.csv:{MOST_KINDS + 2}: the case has more than 200 kinds of its own; take some out"
    assert (done.code, done.err.splitlines()[:-1]) == (5, [told])


# what nameless things are called


@pytest.mark.parametrize(
    ("vans", "lots", "called"),
    [
        ("v1,l1,", "l1,v1,", {"v1": "v1", "l1": "l1"}),  # nothing in the circle has a name
        ("v1,l1,white", "l1,v1,", {"v1": "white, white", "l1": "white, lots"}),
        ("v1,l1,\nv2,,red", "l1,v2,", {"v1": "red, vans", "l1": "red, lots", "v2": "red"}),
        ("v1,,", "l1,v1,", {"v1": "v1", "l1": "l1"}),
    ],
)
def test_things_that_refer_to_each_other(tmp_path: Path, vans: str, lots: str, called: dict[str, str]) -> None:
    case = write_case(tmp_path / "case")
    declare(
        case,
        *("vans,,,,,,Vans", "lots,,,,,,Lots", "vans,lot,ref:lots,,,,Where", "vans,colour,term,,,,Colour"),
        *("lots,van,ref:vans,,,,Whose", "lots,colour,term,,,,Colour"),
    )
    (case / "vans.csv").write_text(f"id,lot,colour\n{vans}\n")
    (case / "lots.csv").write_text(f"id,van,colour\n{lots}\n")
    db = build(case, tmp_path / "case.db")
    with closing(sqlite3.connect(db)) as connection:
        labels = connection.execute("select id, label from entities where kind in ('vans', 'lots')").fetchall()
    assert dict(labels) == called
    for asked in ("show", "graph"):
        assert ask(asked, "v1", "--db", db).code == 0


def test_a_long_row_of_things_that_refer_to_the_next(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    declare(case, "steps,,,,,,Steps", "steps,next,ref:steps,,,,The next one", "steps,mark,term,,,,x")
    rows = [f"s{number},s{number + 1}," for number in range(6_000)]
    (case / "steps.csv").write_text("\n".join(("id,next,mark", *rows, "s6000,,end")))
    with closing(sqlite3.connect(build(case, tmp_path / "case.db"))) as connection:
        labels = dict(connection.execute("select id, label from entities where kind = 'steps'").fetchall())
    assert [labels[f"s{number}"] for number in (0, 5_997, 5_998, 5_999)] == ["s0", "s5997", "end, steps", "end, steps"]


def test_a_label_is_not_as_long_as_what_it_is_made_of(tmp_path: Path) -> None:
    """Parts of parts of parts: 40 columns would be 64,000 words."""
    case = write_case(tmp_path / "case")
    columns = [f"c{number}" for number in range(40)]
    things = {"as": ("a", "bs", "b"), "bs": ("b", "cs", "c"), "cs": ("c", "countries", "DE")}
    for kind, (id, _, target) in things.items():
        (case / f"{kind}.csv").write_text(f"id,{','.join(columns)}\n{id}{f',{target}' * len(columns)}\n")
    declare(
        case,
        *(f"{kind},,,,,,x" for kind in things),
        *(f"{kind},{column},ref:{to},,,,x" for kind, (_, to, _) in things.items() for column in columns),
    )
    with closing(sqlite3.connect(build(case, tmp_path / "case.db"))) as connection:
        (label,) = connection.execute("select label from entities where id = 'a'").fetchone()
    assert label == ", ".join([*["Germany"] * 1000, "as"])


# further files of claims

CLAIM_HEADER = "subject,property,value,unit,when,source,at,stated,rank,note\n"


def test_further_claims_are_weighed_with_the_others(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    (tmp_path / "more.csv").write_text(f"{CLAIM_HEADER}arrests-teapot,count,300,,,delta,,,,\n")
    (tmp_path / "most.csv").write_text(f"{CLAIM_HEADER}arrests-teapot,count,289,,,beta,,,,\n")
    db = tmp_path / "case.db"
    done = ask("load", case, tmp_path / "more.csv", tmp_path / "most.csv", "--db", db)
    assert (done.code, done.err, done.text.split()[-1]) == (0, "", "3")
    rows = json.loads(ask("arrests", "--operation", "all", "-f", "json", "--db", db).text)
    assert [(row["count"], row["also"]) for row in rows if row["id"] == "arrests-teapot"] == [(288, "289")]
    assert ask("export", "folder", "-o", tmp_path / "out", "--db", db).code == 0
    assert [line.split(",")[2] for line in (tmp_path / "out" / "claims.csv").read_text().splitlines()[1:]] == [
        *("288", "300", "289")
    ]


def test_mistakes_in_further_claims_are_told_with_their_file(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    row = "arrests-teapot,count,288,,,alpha,,,,\n"
    (tmp_path / "more.csv").write_text(f"{CLAIM_HEADER}arrests-teapot,cuont,1,,,alpha,,,,\n{row}")
    (tmp_path / "most.csv").write_text(f"{CLAIM_HEADER}{row}")
    done = ask("load", "--check", case, tmp_path / "more.csv", tmp_path / "most.csv")
    assert (done.code, done.err.splitlines()[:-1]) == (
        5,
        [
            "more.csv:2: unknown property 'cuont' of arrests; did you mean 'count'?",
            "more.csv:3: the same claim is in claims.csv:2; remove one of them",
            "most.csv:2: the same claim is in claims.csv:2; remove one of them",
        ],
    )


def test_further_claims_that_are_not_there(tmp_path: Path) -> None:
    done = ask("load", "--check", write_case(tmp_path / "case"), "nothing.csv")
    assert (done.code, done.err) == (3, "spector: no file of claims at nothing.csv\n")
