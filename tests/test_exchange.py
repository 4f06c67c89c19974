"""Every export is the same for the same case, appears whole or not at all, and writes nothing else."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cases import write_case
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal import ask, build, environment, run

from spectorcli.bundled import SEED
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.escapes import unsafe
from spectorcli.exchange import EXPORTS, export
from spectorcli.files import whole_file, whole_folder
from spectorcli.load.load import load


@pytest.fixture(scope="module", params=["bundled", "awkward"])
def case(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def contents(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}


AGAIN = """
import sys
from contextlib import closing
from pathlib import Path
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.exchange import EXPORTS, export
for db in sys.argv[2:]:
    folder = Path(sys.argv[1], Path(db).parent.name)
    folder.mkdir()
    with closing(Case(open_database(Path(db)))) as case:
        for name in EXPORTS:
            export(case, name, folder / name)
"""


@pytest.fixture(scope="module")
def all_again(bundled: str, awkward: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every export of both cases, of a process that goes through its sets in another order."""
    folder = tmp_path_factory.mktemp("again")
    env = environment(PYTHONHASHSEED="2031")
    subprocess.run([sys.executable, "-c", AGAIN, folder, bundled, awkward], check=True, env=env)
    return folder


@pytest.fixture(scope="module")
def again(case: str, all_again: Path) -> Path:
    return all_again / Path(case).parent.name


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_case_gives_the_same_bytes(case: str, again: Path, name: str, tmp_path: Path) -> None:
    done = ask("export", name, "-o", tmp_path / "once", "--db", case)
    assert (done.code, done.out) == (0, b""), done.err
    assert all(line.startswith("spector: ") for line in done.err.splitlines())
    assert contents(tmp_path / "once") == contents(again / name)
    assert list(tmp_path.iterdir()) == [tmp_path / "once"]


@pytest.mark.parametrize("name", EXPORTS)
def test_what_cannot_be_written_leaves_nothing(case: str, name: str, tmp_path: Path) -> None:
    done = ask("export", name, "-o", tmp_path / "missing" / "out", "--db", case)
    assert (done.code, done.out) == (6, b"")
    assert done.err == f"spector: {tmp_path / 'missing'}: there is no such folder\n"
    assert not list(tmp_path.iterdir())


def test_an_unknown_export(case: str, tmp_path: Path) -> None:
    done = ask("export", "nonsense", "-o", tmp_path / "out", "--db", case)
    assert (done.code, done.err) == (2, f"spector: no export 'nonsense'; there are: {', '.join(EXPORTS)}\n")


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("xlsx", "xlsxwriter", "xlsx"), ("stix", "stix2", "stix")],
)
def test_an_export_whose_library_is_not_installed(
    case: str, name: str, module: str, extra: str, tmp_path: Path
) -> None:
    (tmp_path / f"{module}.py").write_text("raise ImportError")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = run("export", name, "-o", tmp_path / "out", "--db", case, PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="1")
    assert (done.code, done.err) == (6, f"spector: this needs more: pip install 'spector-cli[{extra}]'\n")
    assert [file.name for file in tmp_path.iterdir()] == [f"{module}.py"]


# folder


def test_the_bundled_case_comes_out_as_it_went_in(bundled: str, tmp_path: Path) -> None:
    assert ask("export", "folder", "-o", tmp_path / "out", "--db", bundled).code == 0
    kept = {name: text for name, text in contents(SEED).items() if name != "README.md"}
    assert contents(tmp_path / "out") == kept


def test_a_folder_comes_out_as_it_went_in(case: str, tmp_path: Path) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    assert ask("export", "folder", "-o", once, "--db", case).code == 0
    db = build(once, tmp_path / "again.db")
    assert ask("export", "folder", "-o", again, "--db", db).code == 0
    assert contents(once) == contents(again)


def test_a_folder_that_is_there_is_left_alone(case: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = ask("export", "folder", "-o", tmp_path, "--db", case)
    assert (done.code, done.err) == (
        6,
        f"spector: {tmp_path}: already exists and is not an empty folder; name a new one\n",
    )
    assert contents(tmp_path) == {"mine.txt": b"mine"}


WORDS = st.text(max_size=12).filter(lambda text: not unsafe(text))
NUMBERS = st.sampled_from(["288", "~300", ">100", "<1300", "17.3..21", "0.50"])
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["arrests-teapot,count", "arrests-teapot-us,count", "drugs,amount", "ana,role", "launch,date"]),
        NUMBERS,
        st.sampled_from(["", "2021", "2021-12~", "2021-10/2023-05"]),
        st.sampled_from(["alpha", "beta", "copy", "delta"]),
        WORDS,
        WORDS,
    ),
    min_size=1,
    unique_by=lambda claim: claim[:4],
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def row(about: str, number: str, when: str, source: str, at: str, note: str) -> str:
    counted = {"17.3..21": "17..21", "0.50": "50"}.get(number, number)  # what is counted has no decimals
    value, unit = {"drugs": (number, "kg"), "launc": ("2021-12~", ""), "ana,r": (quoted(f"{number} {at}"), "")}.get(
        about[:5].rstrip(","), (counted, "")
    )
    return ",".join([about, value, unit, when, source, quoted(at), "", "", quoted(note)])


@settings(max_examples=12)  # each loads and exports twice: 0.2 s
@given(CLAIMS)
def test_any_folder_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, claims: list[tuple[str, str, str, str, str, str]]
) -> None:
    place = tmp_path_factory.mktemp("any")
    write_case(place / "case", "\n".join(row(*claim) for claim in claims))
    for folder, out in (("case", "once"), ("once", "again")):
        load(place / folder, place / "case.db")
        case = Case(open_database(place / "case.db"))
        assert not export(case, "folder", place / out)
        case.close()
    assert contents(place / "once") == contents(place / "again")
    assert len(contents(place / "once")["claims.csv"].splitlines()) == len(claims) + 1


def test_what_is_written_is_on_the_disk_before_its_name_and_then_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    sync = os.fsync

    def watched(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        assert not {"file", "folder"} & {one.name for one in tmp_path.iterdir()} or synced[-1] == tmp_path.stat().st_ino
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    with whole_file(tmp_path / "file") as temporary:
        temporary.write_text("x")
    assert synced == [(tmp_path / "file").stat().st_ino, tmp_path.stat().st_ino]
    (tmp_path / "file").unlink()
    synced.clear()
    with whole_folder(tmp_path / "folder") as temporary:
        (temporary / "one").write_text("x")
        (temporary / "two").write_text("x")
    inside = {(tmp_path / "folder" / name).stat().st_ino for name in ("one", "two")}
    assert (set(synced[:-1]), synced[-1]) == (inside, tmp_path.stat().st_ino)


def test_columns_that_no_vocabulary_knows_come_back(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "arrests-teapot,count,288,,,alpha\ntea,amount,12,kg,,beta")
    for name, column in (("claims", "kind"), ("claims", "id"), ("arrests", "seen by"), ("sources", "box")):
        file = folder / f"{name}.csv"
        header, first, *rest = file.read_text().splitlines()
        file.write_text(
            "\n".join([f"{header},{column}", f'{first},"{column}, 1"', *(f"{row}," for row in rest)]) + "\n"
        )
    db, cache = build(folder, tmp_path / "db"), str(tmp_path / "cache")
    assert ask("export", "folder", "-o", tmp_path / "back", "--db", db).code == 0
    assert (
        ask("export", "folder", "-o", tmp_path / "then", "--as-of", "2021-06-30", "--db", db, XDG_CACHE_HOME=cache).code
        == 0
    )
    for name in ("claims", "arrests", "sources"):
        whole = (folder / f"{name}.csv").read_text()
        rows = [
            list(csv.reader(text.splitlines())) for text in (whole, (tmp_path / "back" / f"{name}.csv").read_text())
        ]
        assert rows[0] == rows[1], name
    assert '"kind, 1","id, 1"' in (tmp_path / "then" / "claims.csv").read_text()
    package = json.loads((tmp_path / "back" / "datapackage.json").read_text())
    fields = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
    assert (fields["arrests"][-1], fields["claims"][-2:]) == ("seen by", ["kind", "id"])
    book = ask("export", "xlsx", "-o", tmp_path / "case.xlsx", "--db", db)
    assert "columns of claims: kind, id left out, for no vocabulary knows them" in book.err
    redacted = ask("export", "folder", "--redact", "people", "-o", tmp_path / "redacted", "--db", db)
    assert "columns of claims.csv left out, for what they mean is not known: kind, id" in redacted.err
    assert "id, 1" not in (tmp_path / "redacted" / "claims.csv").read_text()
