"""Two hands' edits of a case are merged by what a row is about: nothing is lost, nothing invented."""

import csv
import os
import random
import shutil
import subprocess
from itertools import count
from pathlib import Path

import pytest
from cases import write_case
from terminal import SPECTOR, ask, environment

from spectorcli.bundled import SEED
from spectorcli.merging import Conflict, merge

HEADER = "subject,property,value,unit,when,source,at,stated,rank,note"
BASE = ("a,count,5,,,x,para 1,five,,", "a,count,6,,,y,,,,", "b,list,one,,,x,,,,", "b,list,two,,,x,,,,")


def write(folder: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(f"{row}\n" for row in (header, *rows)))
    return folder / name


Paths = tuple[Path, Path, Path]


def three(tmp_path: Path, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Paths:
    sides = {"base": BASE, "ours": ours, "theirs": theirs}
    base, one, other = (write(tmp_path, f"{name}.csv", *rows) for name, rows in sides.items())
    return base, one, other


OF_54, OF_56 = ((f"a,count,{n},,,x,para 1,five,,", *BASE[1:]) for n in (54, 56))
NEW, OTHER = "a,count,7,,,z,,,,", "c,count,1,,,x,,,,"


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ((*BASE, NEW), (*BASE, OTHER), (*BASE[:2], NEW, *BASE[2:], OTHER)),  # sorted files stay sorted
        ((*BASE, NEW), (*BASE, NEW), (*BASE, NEW)),  # both added the same
        (BASE[1:], (*BASE[:3], "b,list,two,,,x,para 9,,,"), (*BASE[1:3], "b,list,two,,,x,para 9,,,")),
        (("a,count,5,,,x,para 2,five,,", *BASE[1:]), ("a,count,5,,,x,para 1,five,,Seen", *BASE[1:]), None),
        ((*BASE, "b,list,three,,,x,,,,"), (*BASE, "b,list,four,,,x,,,,"), None),
        (BASE[:1], BASE[:1], BASE[:1]),
    ],
)
def test_what_does_not_meet_is_merged(
    tmp_path: Path, ours: tuple[str, ...], theirs: tuple[str, ...], merged: tuple[str, ...] | None
) -> None:
    content, conflicts = merge(*three(tmp_path, ours, theirs), None)
    told = content.decode().splitlines()[1:]
    assert not conflicts
    if merged:
        assert sorted(told) == sorted(merged)
    else:
        assert len(told) in (4, 6)
        assert "a,count,5,,,x,para 2,five,,Seen" in told or {"b,list,three,,,x,,,,", "b,list,four,,,x,,,,"} < {*told}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("", "rk 2026-11-27 3f9a1c", "ab 2026-11-28 3f9a1c", "rk 2026-11-27 3f9a1c; ab 2026-11-28 3f9a1c"),
        ("", "rk 2026-11-27", "rk 2026-11-27", "rk 2026-11-27"),
        ("rk 2026-11-27", "rk 2026-11-27; ab 2026-11-28", "cd 2026-11-29", "ab 2026-11-28; cd 2026-11-29"),
        ("rk 2026-11-27", "", "ab 2026-11-28", "ab 2026-11-28"),
        ("rk 2026-11-27", "", "", ""),
    ],
)
def test_two_hands_that_sign_one_row_are_no_conflict(
    tmp_path: Path, base: str, ours: str, theirs: str, merged: str
) -> None:
    sides = {"base": base, "ours": ours, "theirs": theirs}
    header = f"{HEADER},checked"
    paths = [write(tmp_path, f"{name}.csv", f"{BASE[0]},{one}", header=header) for name, one in sides.items()]
    content, conflicts = merge(paths[0], paths[1], paths[2], None)
    assert (content.decode(), conflicts) == (f"{header}\n{BASE[0]},{merged}\n", [])


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (OF_54, OF_56, "ours 54, theirs 56"),
        ((f"{BASE[0]}A", *BASE[1:]), (f"{BASE[0]}B", *BASE[1:]), "ours note A, theirs note B"),
        (OF_54, BASE[1:], "ours changed it, theirs removed it"),
        (BASE[1:], OF_56, "theirs changed it, ours removed it"),
    ],
)
def test_what_both_changed_is_told_and_stands_in_the_file(
    tmp_path: Path, ours: tuple[str, ...], theirs: tuple[str, ...], told: str
) -> None:
    files = three(tmp_path, ours, theirs)
    done = ask("merge", *files, "-o", tmp_path / "merged.csv")
    assert (done.code, done.out, done.err) == (1, b"", f"spector: a count by x: {told}\n")
    rows = list(csv.DictReader((tmp_path / "merged.csv").read_text().splitlines()))
    assert [row["conflict"].split()[0] for row in rows if row["conflict"]] == ["ours", "theirs"]
    for side, file in (("ours", files[1]), ("theirs", files[2])):
        assert ask("merge", *files, "-o", tmp_path / "one.csv", f"--{side}").code == 0
        assert sorted((tmp_path / "one.csv").read_text().splitlines()) == sorted(file.read_text().splitlines())


def test_a_file_with_conflicts_is_refused_until_they_are_decided(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    header, row = (case / "claims.csv").read_text().splitlines()
    (case / "claims.csv").write_text(f"{header},conflict\n{row},ours\n{row},theirs\n")
    done = ask("load", "--check", case)
    says = "claims.csv:1: two hands changed the same rows: keep one of each, and remove the column conflict"
    assert (done.code, done.err.splitlines()[0]) == (5, says)
    again = ask("merge", case / "claims.csv", case / "claims.csv", case / "claims.csv")
    assert (again.code, again.err.splitlines()[0]) == (
        5,
        "claims.csv:1: it holds conflicts; decide them, and remove the column conflict",
    )


def test_it_is_written_as_ours_is(tmp_path: Path) -> None:
    base, ours, theirs = three(tmp_path, BASE, (*BASE, NEW))
    write(tmp_path, "theirs.csv", *(f"{row}," for row in BASE), f"{OTHER},own", header=f"{HEADER},quoting")
    text = ours.read_text().replace(",", ";").replace("\n", "\r\n")
    ours.write_bytes(b"\xef\xbb\xbf" + text.encode())
    content, _ = merge(base, ours, theirs, None)
    assert content.startswith(b"\xef\xbb\xbfsubject;property;")
    assert content.splitlines()[0].endswith(b";note;quoting")
    assert content.splitlines()[-1] == OTHER.replace(",", ";").encode() + b";own"
    assert content.count(b"\r\n") == content.count(b"\n") == 6


def test_things_are_known_by_their_ids_and_folders_are_merged_whole(tmp_path: Path) -> None:
    base = write_case(tmp_path / "base")
    for side, name in (("ours", "bo,Bo Becker"), ("theirs", "cy,Cy Clark")):
        shutil.copytree(base, tmp_path / side)
        with (tmp_path / side / "people.csv").open("a") as people:
            people.write(f"{name},\n")
    columns = "kind,property,type,many,unit,claimed,description"
    write(tmp_path / "theirs", "vocabulary.csv", "vans,,,,,,Vans", header=columns)
    done = ask("merge", base, tmp_path / "ours", tmp_path / "theirs", "-o", tmp_path / "merged")
    assert (done.code, done.err) == (0, "")
    assert {"bo,Bo Becker,", "cy,Cy Clark,"} < {*(tmp_path / "merged" / "people.csv").read_text().splitlines()}
    assert (tmp_path / "merged" / "vocabulary.csv").is_file()
    assert ask("load", "--check", tmp_path / "merged").code == 0
    assert not [file for file in (tmp_path / "merged").iterdir() if file.name.startswith(".")]


@pytest.mark.parametrize("seed", range(int(os.environ.get("SPECTOR_MERGES", "20"))))
def test_random_edits_that_do_not_meet(tmp_path: Path, seed: int) -> None:
    """Each hand adds, changes and removes other rows of the bundled claims; then one row is changed by both."""
    chance, fresh = random.Random(seed), count()
    header, *rows = list(csv.reader((SEED / "claims.csv").read_text(encoding="utf-8").splitlines()))
    rows = chance.sample(rows, 40)
    keys = [tuple(row[place] for place in (0, 1, 5, 3, 4)) for row in rows]
    alone = [place for place, key in enumerate(keys) if keys.count(key) == 1]
    chance.shuffle(alone)
    sides, expected = {}, {tuple(row) for row in rows}
    for side in ("ours", "theirs"):
        edited = {place: list(row) for place, row in enumerate(rows)}
        for place in [alone.pop() for _ in range(3)]:
            expected.remove(tuple(rows[place]))
            edited[place][9] = f"note {next(fresh)}"
            expected.add(tuple(edited[place]))
        gone = alone.pop()
        expected.remove(tuple(edited.pop(gone)))
        new = ["new", "count", str(next(fresh)), "", "", f"source-{next(fresh)}", "", "", "", "", ""][: len(header)]
        expected.add(tuple(new))
        sides[side] = [*edited.values(), new]
    both = alone.pop()
    files = {"base": rows, **sides}

    def save() -> Paths:
        for name, each in files.items():
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([header, *each])
        return tmp_path / "base.csv", tmp_path / "ours.csv", tmp_path / "theirs.csv"

    content, conflicts = merge(*save(), None)
    assert not conflicts
    assert {tuple(row) for row in list(csv.reader(content.decode().splitlines()))[1:]} == expected
    for side in ("ours", "theirs"):
        files[side] = [[*row[:9], side, *row[10:]] if row == rows[both] else row for row in files[side]]
    _, conflicts = merge(*save(), None)
    assert conflicts == [Conflict(keys[both], conflicts[0].ours, conflicts[0].theirs)]


def test_git_merges_two_clones_that_each_added_a_claim(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("there is no git")
    env = environment(
        PATH=f"{SPECTOR.parent}:{os.environ['PATH']}",
        HOME=str(tmp_path),
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    )

    def git(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=cwd, env=env, capture_output=True, text=True)

    one, other = tmp_path / "one", tmp_path / "other"
    assert ask("init", one).code == 0
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Begin")):
        assert git(*words, cwd=one).returncode == 0
    assert git("clone", "-q", str(one), str(other), cwd=tmp_path).returncode == 0
    for repository, number in ((one, "21"), (other, "22")):
        claim = ("arrests-example-de", "count", number, "--source", "newspaper-report")
        assert ask("add", "claim", *claim, "--when", f"20{number}", "--case", repository).code == 0
        assert git("commit", "-qam", f"Add {number}", cwd=repository).returncode == 0
    assert git("pull", "-q", "--no-rebase", str(other), cwd=one).returncode != 0  # by lines it is a conflict
    assert git("merge", "--abort", cwd=one).returncode == 0
    done = ask("merge", "--install", cwd=one, **env)
    assert (done.code, done.err.endswith(": *.csv merge=spector\n")) == (0, True)
    pulled = git("pull", "-q", "--no-rebase", str(other), cwd=one)
    assert pulled.returncode == 0, pulled.stderr
    values = [row["value"] for row in csv.DictReader((one / "claims.csv").read_text().splitlines())]
    assert {"21", "22"} < {*values}
    assert ask("merge", "--install", cwd=tmp_path, **env).code == 6


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "merge takes three: the one from which both began, ours and theirs"),
        (["a.csv", "b.csv", "c.csv", "--ours", "--theirs"], "--ours or --theirs, not both"),
        ([".", ".", "."], "where is the merged folder to be made? name one with -o"),
        ([".", "a.csv", "."], "merge takes three files or three folders"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, words: list[str], says: str) -> None:
    done = ask("merge", *words, cwd=tmp_path)
    assert (done.code, done.err) == (2, f"spector: {says}\n")
