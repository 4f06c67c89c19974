"""Several at once: one writes, the others are told that it is busy, and who reads does not wait."""

import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.faults.lab import Done, Lab, each, finish, one_line
from spectorcli.database import open_database


def races(lab: Lab) -> Iterator[str]:
    """Four loads at once: one wins, the others say that it is busy, and a question is answered meanwhile."""

    def trial(stopped: bool) -> str:
        room = lab.room()
        db = room / "case.db"
        load = ("load", lab.cases["new"], "--db", db)
        if not stopped:
            running = [(lab.start(*load), time.perf_counter()) for _ in range(4)]
            dones = [finish(*one) for one in running]
            winners = [done for done in dones if done.code == 0]
        else:  # the first is held in the middle of its work
            first = lab.start(*load)
            while first.poll() is None and not list(room.glob(".case.db.*.tmp")):
                time.sleep(0.001)
            first.send_signal(signal.SIGSTOP)
            dones = [lab.spector(*load) for _ in range(3)]
            winners = []
            if lab.held(db) != "old" or lab.spector("arrests", "--db", db).code:
                dones.append(Done(-1, b"", "no answer while a load runs"))
            first.send_signal(signal.SIGCONT)
            winners.append(finish(first, time.perf_counter()))
        busy = [done for done in dones if done.code]
        if any(done.code != 75 or not one_line(done.err) or "locked" in done.err for done in busy):
            return f"{[(done.code, done.err) for done in busy]}"
        left = sorted(file.name for file in room.iterdir())
        fine = winners and all(done.code == 0 for done in winners) and (not stopped or len(busy) == 3)
        return "" if fine and (lab.held(db), left) == ("new", ["case.db"]) else f"{winners}, {left}, {lab.held(db)}"

    yield from each(trial, [number % 2 == 0 for number in range(lab.many(20))])


def readers(lab: Lab) -> Iterator[str]:
    """Readers during 15 loads: each answer is of one case and whole, none waits."""
    room = lab.room()
    db, over, read = room / "case.db", threading.Event(), []

    def look() -> None:
        while not over.is_set():
            start = time.perf_counter()
            try:
                with closing(open_database(db)) as connection:
                    about = dict(connection.execute("select key, value from about"))
                    claims = connection.execute("select count(*) from claims").fetchone()[0]
                fine = about["fingerprint"] in lab.prints and str(claims) == about["rows of claims"]
                took = time.perf_counter() - start
                read.append("" if fine and took < 1 else f"{claims} claims of {about}, {took:.1f} s")
            except Exception as error:
                read.append(repr(error))
            time.sleep(0.01)

    def ask() -> None:
        answers = {lab.spector("timeline", "-f", "json", "--db", file).out for file in lab.files.values()}
        while not over.is_set():
            done = lab.spector("timeline", "-f", "json", "--db", db)
            read.append("" if done.code == 0 and done.out in answers else f"exit {done.code}: {done.err}")

    threads = [threading.Thread(target=target) for target in (look, look, ask)]
    for thread in threads:
        thread.start()
    loads = [lab.spector("load", lab.cases[("new", "old")[n % 2]], "--db", db) for n in range(2 if lab.quick else 15)]
    over.set()
    for thread in threads:
        thread.join()
    yield from read
    yield from (done.err for done in loads)


def first(lab: Lab) -> Iterator[str]:
    """Ten first questions at once: the bundled case is built once, who comes meanwhile is told that it is busy."""
    for _ in range(1 if lab.quick else 5):
        home = Path(tempfile.mkdtemp(dir=lab.folder)) / "data"
        words = ("arrests", "-f", "json")
        running = [(lab.start(*words, env={"XDG_DATA_HOME": str(home)}), time.perf_counter()) for _ in range(10)]
        dones = [finish(*one) for one in running]
        answer = lab.spector(*words, env={"XDG_DATA_HOME": str(home)})
        for done in dones:
            fine = one_line(done.err) and "locked" not in done.err if done.code == 75 else done.out == answer.out
            yield "" if done.code in (0, 75) and fine else f"exit {done.code}: {done.err}"
        left = sorted(file.name for file in (home / "spector").iterdir())
        won = any(done.code == 0 for done in dones)
        fine = answer.code == 0 and "building" not in answer.err
        yield "" if (fine, left, won) == (True, ["case.db"], True) else f"{answer}, {left}, {won}"
