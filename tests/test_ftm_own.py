"""A case of ours, exported as statements of FollowTheMoney and loaded back, answers what it answered."""

import csv
import json
from pathlib import Path

import pytest
from cases import write_case
from terminal import AWKWARD, QUESTIONS, ask, build, stored, words

MERGED = frozenset({"claims", "fact", "line"})
"""Columns that tell lines and numbers of claims: what a source says twice is one statement with both places."""

OF_LINES = {"diff", "gaps", "history", "verify"}
"""Questions that compare with a folder, or are about the rows of one."""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    place = tmp_path_factory.mktemp("own")
    case = build(AWKWARD, place / "case.db")
    assert ask("export", "ftm-statements", "-o", place / "case.csv", "--db", case).code == 0
    return case, build(place / "case.csv", place / "back.db")


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one not in OF_LINES])
def test_a_case_that_comes_back_answers_as_it_did(cases: tuple[str, str], question: str) -> None:
    answers = []
    for db in cases:
        done = ask(*words(question), "-f", "csv", "--all", "--db", db)
        table = csv.DictReader(done.text.splitlines())
        rows = [{name: cell for name, cell in row.items() if name not in MERGED} for row in table]
        answers.append((done.code, done.err, rows))
    assert answers[0] == answers[1]


def test_every_fact_of_the_bundled_case_comes_back(bundled: str, tmp_path: Path) -> None:
    assert ask("export", "ftm-statements", "-o", tmp_path / "a.csv", "--db", bundled).err == ""
    back = build(tmp_path / "a.csv", tmp_path / "back.db")
    asked = 'select subject, property, value, unit, "when", grade, dispute, sources, origins, also from facts'
    there, here = (set(stored(db, asked)) for db in (bundled, back))
    assert here == there


CLAIMS = """\
subject,property,value,unit,when,source,at,stated,rank,note,quoting
spector,participants,only DE,,,alpha,,,,,
spector,agencies,fbi; bka,,2021,alpha,para 1,,,,
spector,agencies,fbi,,,alpha,para 2,,,,
spector,not_involved,bka,,,beta,,,,,
spector,duration,1,years,,alpha,,duration: 2 years or so,,,
spector,aim,Against [sic] trade (2021): all of it,,,alpha,,its words,,,
spector,aim,Another,,,beta,,,,A remark [of the editor],
arrests,count,288,,,alpha,,two hundred and eighty-eight,,,
arrests,count,281,,,beta,,,deprecated,wrong: [see above],
arrests,count,~300,,2021/2022,beta,,,,,alpha
launch,date,2019-06~,,,alpha,title,June,,,
launch,date,2019,,,beta,,,,,
launch,by,fbi,,,beta,,,,,
seized,amount,850,kg,,alpha,,,,,
seized,value,5000000,EUR,,alpha,,,,,
ana.,role,owner,,2021,alpha,para 1,,,,
ana.,role,owner,,,alpha,para 3,,,,
ana.,citizenship,DE,,,alpha,,German,,,
van,plate,B 123,,,alpha,,,,,
van,doors,1,doors,,alpha,,,,,
"""


def test_what_a_claim_is_comes_back(tmp_path: Path) -> None:
    """Each with its unit, time, place, words, rank, remark and what it quotes."""
    folder = write_case(
        tmp_path / "case",
        "",
        markets="",
        proceedings="",
        statements="",
        operations="spector,Operation Spector,Op; The Operation",
        agencies="fbi,FBI\nbka,BKA",
        countries="DE,Germany",
        arrests="arrests,spector,DE",
        seizures="seized,spector,,DE,drugs,heroin",
        events="launch,launch,It opens,spector,,ana.; bo",
        sources="alpha,official,A,2021-05~,Alpha,Release,https://alpha.example,own\nbeta,blog,D,,,Other,,alpha",
    )
    (folder / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    (folder / "people.csv").write_text('id,name\nana.,"""Ana"""\nbo,Bo\n', encoding="utf-8")
    (folder / "vans.csv").write_text("id,name\nvan,Van\n", encoding="utf-8")
    (folder / "vocabulary.csv").write_text(
        "kind,property,type,many,unit,claimed,description\nvans,,,,,,A van\nvans,name,text,,,,Its name\n"
        'vans,plate,term,,,yes,"Its plate, whole"\nvans,doors,number,,doors wheels,yes,How many\n',
        encoding="utf-8",
    )
    (folder / "datapackage.json").write_text('{"title": "A case", "operation": "spector"}', encoding="utf-8")
    db = build(folder, tmp_path / "case.db")
    assert ask("export", "ftm-statements", "-o", tmp_path / "a.csv", "--db", db).err == ""
    back = build(tmp_path / "a.csv", tmp_path / "back.db")
    for one, case in (("folder", db), ("back", back)):
        assert ask("export", "folder", "-o", tmp_path / one, "--db", case).code == 0
    for file in sorted((tmp_path / "folder").iterdir()):
        there, here = (tmp_path / one / file.name for one in ("folder", "back"))
        if file.name == "claims.csv":
            wanted, found = (file.read_text(encoding="utf-8").splitlines() for file in (there, here))
            assert sorted(found) == sorted(wanted)
        elif file.suffix == ".csv":
            assert here.read_text(encoding="utf-8") == there.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "back" / "datapackage.json").read_text())["operation"] == "spector"


@pytest.mark.parametrize(
    ("before", "after", "code", "told"),
    [
        (
            "id,Project,operations",
            "id,Project,nonsense",
            5,
            "7 statements left out, which are not as spector writes them",
        ),
        ("vocabulary: vans,,", "vocabulary: vans,", 5, "4 statements left out, which are not as spector writes them"),
        ("UnknownLink,owner", "Odd,owner", 0, "1 statement left out, which are not as spector writes them"),
        ("teapot,teapot,name,", ",,name,", 5, "a.csv:8: a statement needs the id of its entity"),
    ],
)
def test_what_is_not_as_it_was_written_is_told(before: str, after: str, code: int, told: str, tmp_path: Path) -> None:
    """Whoever edits the file may break a case, but nothing is lost in silence."""
    text = Path(__file__).with_name("ftm").joinpath("ftm-statements").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "a.csv").write_text(text.replace(before, after), encoding="utf-8")
    done = ask("load", tmp_path / "a.csv", "--check")
    assert done.code == code
    assert told in done.err
