"""A case file that is older than its folder says so, and is built again where that is asked for."""

from pathlib import Path

import pytest
from cases import write_case
from terminal import Done, ask

from spectorcli import built


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


@pytest.fixture
def db(folder: Path, tmp_path: Path) -> Path:
    told = ask("load", folder, "--db", tmp_path / "case.db", XDG_STATE_HOME=str(tmp_path / "state"))
    assert (told.code, told.err) == (0, "")
    return tmp_path / "case.db"


def why(db: Path, *more: str, **env: str) -> Done:
    home = {"XDG_STATE_HOME": str(db.parent / "state")}
    return ask("why", "arrests-teapot", "count", "--db", db, "-f", "csv", *more, cwd=None, **home | env)


def append(folder: Path, row: str = "arrests-teapot,count,281,,,beta,,,,") -> None:
    with (folder / "claims.csv").open("a") as file:
        file.write(f"{row}\n")


def test_an_answer_older_than_its_folder_says_so(folder: Path, db: Path) -> None:
    assert why(db).err == ""
    append(folder)
    done = why(db)
    told = f"spector: claims.csv in {folder} changed after {db} was built; --reload builds it again first\n"
    assert (done.code, done.err, "281" in done.text) == (0, told, False)


@pytest.mark.parametrize(("more", "env"), [(["--reload"], {}), ([], {"SPECTOR_RELOAD": "1"})])
def test_it_is_built_again_first(folder: Path, db: Path, more: list[str], env: dict[str, str]) -> None:
    append(folder)
    done = why(db, *more, **env)
    told = f"spector: claims.csv in {folder} changed after {db} was built; building it again\n"
    assert (done.code, done.err, "281" in done.text) == (0, told, True)
    assert why(db, *more, **env).err == ""


def test_a_folder_with_mistakes_changes_nothing(folder: Path, db: Path) -> None:
    before = db.read_bytes()
    append(folder, "nobody,count,281,,,beta,,,,")
    done = why(db, "--reload")
    assert (done.code, done.out, db.read_bytes()) == (5, b"", before)
    assert "claims.csv:3: unknown subject 'nobody'" in done.err


def test_a_new_file_and_a_missing_one_are_changes(folder: Path, db: Path) -> None:
    (folder / "exceptions.csv").write_text("id,finding,subject,reason\n")
    (folder / "markets.csv").unlink()
    (folder / "README.md").write_text("no part of the case")
    assert f"exceptions.csv and 1 more in {folder} changed" in why(db).err


def test_what_was_built_elsewhere_tells_nothing(folder: Path, db: Path) -> None:
    append(folder)
    copy = db.rename(db.with_name("copy.db"))
    assert why(copy).err == ""
    done = why(copy, "--reload")
    assert (done.code, done.out) == (3, b"")
    assert "it is not known from which folder" in done.err


def test_a_folder_that_is_gone_tells_nothing(folder: Path, db: Path) -> None:
    folder.rename(folder.with_name("moved"))
    assert (why(db).code, why(db).err) == (0, "")


def test_a_file_of_claims_beside_the_folder_counts(folder: Path, tmp_path: Path) -> None:
    more, db, env = tmp_path / "more.csv", tmp_path / "case.db", {"XDG_STATE_HOME": str(tmp_path / "state")}
    header = (folder / "claims.csv").read_text().partition("\n")[0]
    more.write_text(f"{header}\narrests-teapot,count,281,,,beta,,,,\n")
    assert ask("load", folder, more, "--db", db, cwd=None, **env).code == 0
    more.write_text(more.read_text().replace("281", "282"))
    assert "282" in why(db, "--reload").text


def test_adding_says_which_case_file_is_older_now(folder: Path, db: Path) -> None:
    row = ("arrests-teapot", "count", "281", "--source", "beta", "--case", folder)
    done = ask("add", "claim", *row, XDG_STATE_HOME=str(db.parent / "state"))
    told = f"spector: {db} is older now; build it again with: spector load {folder} --db {db}"
    assert done.err.splitlines()[1:] == [told]


def test_what_is_kept_is_forgotten_with_the_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    kept = [tmp_path / "one.db", tmp_path / "\udcff two.db"]
    for db in kept:
        db.touch()
        built.keep(built.look(db, folder, ())._replace(fingerprint="f"))
    assert set(built.built_from(folder)) == set(kept)
    kept[0].unlink()
    built.keep(built.look(kept[1], folder, ())._replace(fingerprint="g"))
    assert len(list((tmp_path / "spector").iterdir())) == 1
    assert built.recall(kept[1], "f") is None
    assert built.recall(kept[1], "g") is not None


@pytest.mark.parametrize("content", [b"", b"\0\0\0x", b"db\0f\0folder\09\0a"])
def test_a_record_that_cannot_be_read_tells_nothing(folder: Path, db: Path, content: bytes) -> None:
    (record,) = (db.parent / "state" / "spector").iterdir()
    record.write_bytes(content)
    append(folder)
    assert (why(db).code, why(db).err) == (0, "")
