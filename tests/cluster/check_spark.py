"""Spark builds the lake that our own processes build, byte for byte, whatever dies while it does."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cases import write_case
from dying import dying, dying_over_parts
from terminal import AWKWARD

from spectorcli.bundled import SEED
from spectorcli.corpus import build
from spectorcli.corpus.lake import MANIFEST
from spectorcli.errors import EnvironmentFailed, Refused

pytest.importorskip("pyspark", reason="no pyspark here; make cluster installs it")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("no Java here; on Debian: apt-get install default-jre-headless", allow_module_level=True)

ENGINE = "local[2]"
HERE = str(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    place = tmp_path_factory.mktemp("cases")
    shutil.copytree(SEED, place / "bundled")
    shutil.copytree(AWKWARD, place / "awkward")
    for number in range(23):
        write_case(
            place / f"case-{number:02}", f"arrests-teapot,count,{number},,,alpha\nteapot,participants,US,,,alpha"
        )
    return sorted(place.iterdir())


@pytest.fixture(scope="module")
def alone(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the lake that one process of ours builds."""
    path = tmp_path_factory.mktemp("alone") / "lake"
    build.build(folders, path, 1)
    return contents(path)


def contents(lake: Path) -> dict[str, bytes]:
    return {str(file.relative_to(lake)): file.read_bytes() for file in lake.rglob("*") if file.is_file()}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget the Java of the last build: a command runs but one."""
    yield
    from pyspark import SparkContext

    SparkContext._gateway = SparkContext._jvm = None


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of two workers, which can import what is to die."""
    monkeypatch.setenv("PYTHONPATH", HERE)
    return ENGINE


def test_a_lake_by_spark_is_the_lake_that_we_build(
    folders: list[Path], alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from relative addresses: what runs a task stands in another folder."""
    monkeypatch.chdir(folders[0].parent)
    build.build([Path(folder.name) for folder in folders], Path(os.path.relpath(tmp_path / "lake")), 1, spark=ENGINE)
    assert contents(tmp_path / "lake") == alone
    again = build.build(folders, tmp_path / "lake", 1, spark=ENGINE)  # which starts no Spark: nothing is left to do
    assert {row["became"] for row in again.records()} == {"kept"}


def test_a_worker_that_is_killed_is_followed_by_another(
    folders: list[Path], alone: dict[str, bytes], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its task is written once, and nothing of the first attempt is left."""
    monkeypatch.setenv("SPECTOR_TEST_DIES", str(tmp_path / "died"))
    monkeypatch.setattr(build, "write_shard", dying)
    build.build(folders, tmp_path / "lake", 1, spark=engine)
    assert (tmp_path / "died").exists()
    assert contents(tmp_path / "lake") == alone


@pytest.fixture(scope="module")
def in_parts(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the lake in which we weigh a case in parts."""
    path = tmp_path_factory.mktemp("parts") / "lake"
    with pytest.MonkeyPatch.context() as patched:
        split(patched)
        build.build(folders[:3], path, 1)
    return contents(path)


def split(patched: pytest.MonkeyPatch) -> None:
    """Have one case split, as if it was large."""
    patched.setattr(build, "parts_of", lambda folder: 3 if folder.name == "bundled" else 0)
    patched.setattr(build, "PIECE", 20_000)


def test_a_large_case_is_weighed_in_parts(
    folders: list[Path], in_parts: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows go from those who read to those who weigh by a shuffle, and the lake is the same."""
    split(monkeypatch)
    build.build(folders[:3], tmp_path / "lake", 1, spark=ENGINE)
    assert contents(tmp_path / "lake") == in_parts


def test_a_worker_that_is_killed_over_a_part_is_followed_by_another(
    folders: list[Path], in_parts: dict[str, bytes], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read for it is dealt out again; nothing of the first attempt is left."""
    split(monkeypatch)
    monkeypatch.setenv("SPECTOR_TEST_DIES", str(tmp_path / "died"))
    monkeypatch.setattr(build, "weigh", dying_over_parts)
    build.build(folders[:3], tmp_path / "lake", 1, spark=engine)
    assert (tmp_path / "died").exists()
    assert contents(tmp_path / "lake") == in_parts


def test_mistakes_in_parts_are_told_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = "arrests-teapot,count,many,,,alpha\n" * 9 + "tea,amount,1,kg,,alpha\n" * 3 + "tee,amount,1,kg,,alpha"
    wrong = write_case(tmp_path / "wrong", claims, people="ana,Ana\n,nobody,")
    told = []
    for spark, parts in ((None, 0), (ENGINE, 3)):
        monkeypatch.setattr(build, "parts_of", lambda _, parts=parts: parts)
        monkeypatch.setattr(build, "PIECE", 100)
        with pytest.raises(Refused) as refused:
            build.build([wrong], tmp_path / "lake", 1, spark=spark)
        told.append((str(refused.value), refused.value.mistakes))
    assert told[0] == told[1]
    assert not (tmp_path / "lake" / MANIFEST).exists()


def test_workers_that_die_every_time_are_told_and_publish_nothing(
    folders: list[Path], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPECTOR_TEST_DIES", "always")
    monkeypatch.setattr(build, "write_shard", dying)
    with pytest.raises(
        EnvironmentFailed, match=r"Spark gave up: .* failed 3 times.*; what it said stands in .*spark.log"
    ):
        build.build(folders[2:4], tmp_path / "lake", 1, spark=engine)
    assert (tmp_path / "lake" / "spark.log").stat().st_size > 0
    assert not (tmp_path / "lake" / MANIFEST).exists()


def test_mistakes_are_told_as_ever(folders: list[Path], tmp_path: Path) -> None:
    wrong = write_case(tmp_path / "wrong", "arrests-teapot,count,many,,,alpha")
    told = []
    for spark in (None, ENGINE):
        with pytest.raises(Refused) as refused:
            build.build([*folders[2:4], wrong], tmp_path / "lake", 1, spark=spark)
        told.append((str(refused.value), refused.value.mistakes))
    assert told[0] == told[1]
    assert not (tmp_path / "lake" / MANIFEST).exists()


def building(folders: list[Path], lake: Path, engine: str) -> list[str | Path]:
    """Return the words by which a process of its own builds a lake on an engine."""
    return [sys.executable, "-m", "spectorcli", "corpus", "build", *folders, "-o", lake, "--engine", engine]


def test_a_driver_that_is_killed_leaves_the_lake_as_it_was(
    folders: list[Path], alone: dict[str, bytes], tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    build.build(folders[2:4], lake, 1)
    before = (lake / MANIFEST).read_bytes()
    with subprocess.Popen(building(folders, lake, ENGINE), stdout=subprocess.DEVNULL) as driver:
        first = {one.name for one in (lake / "shards").iterdir()}
        wait_for(lambda: {one.name for one in (lake / "shards").iterdir()} - first)
        driver.send_signal(signal.SIGKILL)
    assert (lake / MANIFEST).read_bytes() == before
    build.build(folders, lake, 1)
    assert {name: text for name, text in contents(lake).items() if name != "spark.log"} == alone


# A cluster: a master and two workers, each a process of its own


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[int]]]:
    """The address of a master with two workers, and their process ids."""
    import pyspark

    monkeypatch.setenv("PYTHONPATH", HERE)
    home = Path(pyspark.__file__).parent
    port = free_port()
    env = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
    }
    env |= {"PYSPARK_PYTHON": sys.executable}
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    start = [str(home / "bin" / "spark-class"), "org.apache.spark.deploy"]
    address = f"spark://127.0.0.1:{port}"
    said = (tmp_path / "said").open("wb")
    at = ["--host", "127.0.0.1", "--webui-port", "0"]
    words = [[f"{start[1]}.master.Master", *at, "--port", str(port)]]
    words += [[f"{start[1]}.worker.Worker", *at, "--cores", "1", "--memory", "1g", address]] * 2
    running: list[subprocess.Popen[bytes]] = []
    try:
        running += (subprocess.Popen([start[0], *one], env=env, stdout=said, stderr=said) for one in words)
        yield address, [one.pid for one in running[1:]]
    finally:
        for one in running:
            one.kill()
            one.wait()
        said.close()


def test_a_cluster_of_which_a_worker_is_killed(
    folders: list[Path],
    alone: dict[str, bytes],
    tmp_path: Path,
    cluster: tuple[str, list[int]],
) -> None:
    lake = tmp_path / "lake"
    address, workers = cluster
    with subprocess.Popen(
        building(folders, lake, address), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as driver:
        wait_for(lambda: (lake / "shards").is_dir() and any((lake / "shards").iterdir()))
        victims = children(workers[0])
        for one in (workers[0], *victims):
            os.kill(one, signal.SIGKILL)
        _, err = driver.communicate(timeout=100)
    assert victims
    assert (driver.returncode, err) == (0, b"")
    assert contents(lake) == alone


def children(parent: int) -> list[int]:
    """Return the processes under one, those of a worker's executor."""
    of_threads = [one.read_text() for one in Path(f"/proc/{parent}/task").glob("*/children")]
    found = [int(pid) for listed in of_threads for pid in listed.split()]
    return found + [deeper for one in found for deeper in children(one)]


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def wait_for(seen: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < until
        time.sleep(0.05)
