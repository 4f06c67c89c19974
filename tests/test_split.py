"""A case that is weighed in parts is, in a lake, the case that is loaded as a whole, cell for cell."""

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cases import ROWS, write_case
from dying import dying_over_parts
from terminal import AWKWARD

from spectorcli.bundled import SEED
from spectorcli.corpus import across, build, compare, shard
from spectorcli.corpus.lake import MANIFEST, Lake, read_lake, views
from spectorcli.corpus.out import case_file
from spectorcli.corpus.tables import ANSWERS, TABLES
from spectorcli.errors import EnvironmentFailed, Refused
from spectorcli.load.load import load

SLIPS = """\
arrests-teapot,count,288,,,alpha,,more than 300,,
arrests-teapot-us,count,~100,,,alpha,,about 200,,
tea,amount,850,grams,,beta,,,,
launch,date,2021-05-01 00:00:00,,,alpha,,,,
bazaar,currencies,only BTC,,,alpha,,,,
bazaar,currencies,BTC; XMR,,,beta,,,,
"""
"""Of which a load has something to tell."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Cases of every kind, one of which has most of its claims about one figure."""
    place = tmp_path_factory.mktemp("cases")
    shutil.copytree(SEED, place / "bundled")
    shutil.copytree(AWKWARD, place / "awkward")
    said = (f"arrests-teapot,count,{100 + number},,,{'alpha' if number % 3 else 'beta'}" for number in range(200))
    write_case(place / "skewed", "\n".join(said))
    write_case(place / "slips", SLIPS)
    return sorted(place.iterdir())


def built(folders: list[Path], lake: Path, parts: int, jobs: int = 1) -> Lake:
    """Build a lake of cases that are split into parts; none if they are loaded as a whole."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "parts_of", lambda _: parts)
        patched.setattr(build, "PIECE", 5000)
        build.build(folders, lake, jobs)
    return read_lake(lake)


@pytest.fixture(scope="module")
def whole(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return built(folders, tmp_path_factory.mktemp("whole") / "lake", 0)


@pytest.fixture(scope="module")
def split(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return built(folders, tmp_path_factory.mktemp("split") / "lake", 3)


def test_the_parts_of_a_case_are_the_whole(whole: Lake, split: Lake) -> None:
    """In every cell of every table, and in what is told of it."""
    assert {id: case._replace(parts=0) for id, case in split.cases.items()} == whole.cases
    assert len(whole.cases["slips"].told) == 3
    assert len(split.shards) == (3 + 1) * len(split.cases)
    assert rows(split) == rows(whole)


def rows(lake: Lake, cases: Collection[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table, or those of some cases."""
    with closing(views(lake, *TABLES)) as reader:
        found = {table: sorted(reader.table(table).fetchall(), key=repr) for table in TABLES}
    assert all(found.values())
    return {table: [row for row in some if not cases or row[0] in cases] for table, some in found.items()}


def test_it_is_asked_like_any_other(whole: Lake, split: Lake) -> None:
    asked: list[Callable[[Lake], object]] = [
        *((lambda lake, name=name: list(across.ask(lake, name, {}).rows)) for name in ANSWERS if name != "conflicts"),
        lambda lake: list(across.conflicts(lake, None).rows),
        lambda lake: list(across.why(lake, "arrests-teapot", "count").rows),
        lambda lake: list(across.search(lake, "teapot").rows),
        lambda lake: list(compare.totals(lake, "arrests", "country").rows),
    ]
    for one in asked:
        found = one(split)
        assert found
        assert found == one(whole)


def test_it_is_taken_out_as_it_was_put_in(folders: list[Path], split: Lake, tmp_path: Path) -> None:
    load(folders[-1], tmp_path / "alone.db")
    assert case_file(split, folders[-1].name).read_bytes() == (tmp_path / "alone.db").read_bytes()


@pytest.mark.parametrize("things", [ROWS["people"], ROWS["people"] + "\n,nobody,"])
@pytest.mark.parametrize(
    "claims",
    [
        "arrests-teapot,count,288,,,alpha",
        "arrests-teapot,count,many,,,alpha\n" * 150 + "arrests-teapto,count,1,,,alpha\narrests-teapot,count,1,,,alhpa",
        "arrests-teapot,count,1,,,alpha\ntea,amount,1,kg,,alpha\n" * 3 + "launch,date,5.1.21,,,alpha\n" * 3,
        'arrests-teapot,count,1,,,alpha\n"never closed',
    ],
)
def test_mistakes_are_told_as_ever(tmp_path: Path, things: str, claims: str) -> None:
    """Of things and of claims, those that no part alone sees, and with the same guesses; nothing is left of it."""
    folder = write_case(tmp_path / "case", claims, people=things)
    told = []
    for parts in (0, 1, 3):
        try:
            built([folder], tmp_path / "lake", parts)
        except Refused as refused:
            told.append((str(refused), refused.mistakes))
            assert not list((tmp_path / "lake" / "shards").glob("*"))
            assert not (tmp_path / "lake" / MANIFEST).exists()
    assert told in ([], [told[0]] * 3) if told else claims.count("\n") == 0 and things == ROWS["people"]


def test_only_what_changed_is_built_again(folders: list[Path], tmp_path: Path) -> None:
    case = shutil.copytree(folders[-1], tmp_path / "case")
    became = []
    for parts, more in ((0, ""), (2, ""), (2, ""), (3, ""), (3, "teapot,continents,5,,,alpha\n"), (0, "")):
        with (case / "claims.csv").open("a") as claims:
            claims.write(more)
        before = set(shards(tmp_path / "lake"))
        lake = built([case], tmp_path / "lake", parts)
        became.append(before == set(shards(lake.path)))
        assert len(shards(lake.path)) == len(lake.shards) == 1 + parts
        assert not list(lake.path.rglob("*.db"))
    assert became == [False, False, True, False, False, False]


def shards(lake: Path) -> list[str]:
    return sorted(one.name for one in (lake / "shards").glob("*"))


def test_parts_that_were_weighed_are_used_by_the_next_build(
    folders: list[Path], whole: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that dies leaves the lake as it was; one of its parts is taken away besides."""
    path = tmp_path / "lake"
    before = built(folders[:1], path, 0).path.joinpath(MANIFEST).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(build, "answer", interrupt)
        with pytest.raises(KeyboardInterrupt):
            built(folders[2:], path, 2)
    assert (path / MANIFEST).read_bytes() == before
    finished = [one for one in shards(path) if one.endswith(("-000", "-001"))]
    assert len(finished) == 2
    weighed = []

    def weighing(task: shard.Weighing, dealt: Iterator[bytes]) -> shard.Wrong | None:
        weighed.append(task.target.is_dir())
        return shard.weigh(task, dealt)

    shutil.rmtree(path / "shards" / finished[0])
    monkeypatch.setattr(build, "weigh", weighing)
    lake = built(folders[2:], path, 2)
    assert rows(lake) == rows(whole, lake.cases)
    assert sorted(weighed) == [False] * 3 + [True]


def interrupt(_: object) -> None:
    raise KeyboardInterrupt


def test_a_process_that_dies_over_a_part_is_followed_by_another(
    folders: list[Path], whole: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written once, and nothing of the first attempt is left."""
    monkeypatch.setenv("SPECTOR_TEST_DIES", str(tmp_path / "died"))
    monkeypatch.setattr(build, "weigh", dying_over_parts)
    lake = built(folders[2:], tmp_path / "lake", 2, jobs=2)
    assert (tmp_path / "died").exists()
    assert rows(lake) == rows(whole, lake.cases)
    assert set(shards(lake.path)) == set(lake.shards)


def test_a_folder_that_changes_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_case(tmp_path / "case", SLIPS)

    def changing(split: shard.Split) -> None:
        (folder / "README.csv").write_text("id\n")
        shard.answer(split)

    monkeypatch.setattr(build, "answer", changing)
    with pytest.raises(EnvironmentFailed, match="case was changed while it was read"):
        built([folder], tmp_path / "lake", 2)
    assert not (tmp_path / "lake" / MANIFEST).exists()


def test_a_case_is_split_by_its_size(folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = (folders[1] / "claims.csv").stat().st_size
    assert shard.parts_of(folders[1]) == 0
    monkeypatch.setattr(shard, "LARGE", claims)
    assert shard.parts_of(folders[1]) == 0
    monkeypatch.setattr(shard, "LARGE", claims - 1)
    for size, parts in ((claims, 1), (claims - 1, 2), (1, shard.MOST_PARTS)):
        monkeypatch.setattr(shard, "PART", size)
        assert shard.parts_of(folders[1]) == parts
    assert shard.parts_of(tmp_path / "case.xlsx") == 0


def test_what_a_build_that_was_killed_left_goes_with_the_next(folders: list[Path], tmp_path: Path) -> None:
    """And nothing else does."""
    place = tmp_path / "lake" / "shards"
    case = "case-0123456789abcdef"
    left = (case, f"{case}-001", f".{case}.0123456789ab.tmp", f".{case}-001.0123456789ab.tmp", build.SHUFFLED)
    for name in (*left, "case-notes"):
        (place / name / "scratch").mkdir(parents=True)
    lake = built(folders[-1:], tmp_path / "lake", 0)
    assert set(shards(lake.path)) == {*lake.shards, "case-notes"}
