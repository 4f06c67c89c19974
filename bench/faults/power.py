"""The power is cut: what a load wrote is replayed up to a moment, and what was not synced may be lost."""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.faults.disk import Step, disk
from bench.faults.killed import crash
from bench.faults.lab import STRACE, Lab, each, need


def power(lab: Lab) -> Iterator[str]:
    """The power is cut: writes that were not synced are lost or torn; the old case or the new, after exit 0 the new."""
    need("strace", "-V")
    for hot in (False, True):
        room = lab.room()
        if hot:
            crash(room / "case.db", "delete")
        base = {file: file.read_bytes() for file in room.iterdir()}
        steps = recorded(lab, room)
        cuts = [cut(lab.chance, len(steps), place) for place in range(lab.many(1000))]
        yield from each(partial(trial, lab, steps, base), cuts)


def trial(lab: Lab, steps: list[Step], base: dict[Path, bytes], cut: tuple[int, bool, int]) -> str:
    """Return what is wrong with the case that a cut leaves."""
    place, ordered, seed = cut
    room = Path(tempfile.mkdtemp(dir=lab.folder))
    for file, data in disk(steps[:place], base, ordered, random.Random(seed)).items():
        (room / file.name).write_bytes(data)
    found = lab.held(room / "case.db")
    shutil.rmtree(room)
    wanted = ("new",) if place == len(steps) else ("old", "new")
    return "" if found in wanted else f"cut at {place} of {len(steps)}: {found}"


def cut(chance: random.Random, count: int, number: int) -> tuple[int, bool, int]:
    """Return a place, a model of folders and a seed: every second in the end of a load, every tenth after it."""
    place = count if number % 10 == 0 else chance.randint(count - 12 if number % 2 else 0, count)
    return place, chance.random() < 0.5, chance.getrandbits(32)


CALLS = "openat,pwrite64,write,truncate,ftruncate,fsync,fdatasync,rename,unlink,close"


def recorded(lab: Lab, room: Path) -> list[Step]:
    """Return what a load does to a folder, call by call."""
    log = lab.folder / "trace"
    strace = (*STRACE, "-xx", "-s", "200000", "-o", str(log), "-e", f"trace={CALLS}")
    done = lab.spector("load", lab.cases["new"], "--db", room / "case.db", before=strace)
    assert (done.code, lab.held(room / "case.db")) == (0, "new"), done.err
    record = _Record(room)
    for line in log.read_text().splitlines():
        called = re.match(r"\d+ +(\w+)\((.*)\) += (\d+)", line)
        if called:
            record.add(called[1], called[2], int(called[3]))
    return record.steps


class _Record:
    """The steps so far, which file each number stands for, and how large the files are."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self.steps: list[Step] = []
        self.names: dict[int, Path] = {}
        self.sizes: dict[Path, int] = {}

    def add(self, call: str, words: str, returned: int) -> None:
        """Add a line of strace."""
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', words)]
        if call in ("openat", "rename", "unlink"):
            self.named(call, words, [Path(os.fsdecode(text)) for text in texts], returned)
        elif call == "truncate":  # to the size that it has
            assert self.sizes[Path(os.fsdecode(texts[0]))] == int(words.split(",")[1])
        else:
            number = int(words.partition(",")[0])
            file = self.names.pop(number, None) if call == "close" else self.names.get(number)
            if file and self.room in (file, file.parent):
                self.opened(call, words, file, b"".join(texts[:1])[:returned])

    def named(self, call: str, words: str, paths: list[Path], returned: int) -> None:
        """Add a call that names its file."""
        if call == "openat":
            self.names[returned] = paths[0]
        if paths[-1].parent == self.room:
            if call != "openat":
                self.steps.append(Step(call, paths[0], to=paths[-1]))
            elif "O_CREAT" in words:
                self.steps.append(Step("create", paths[0]))

    def opened(self, call: str, words: str, file: Path, data: bytes) -> None:
        """Add a call that takes the number of an open file."""
        if call in ("fsync", "fdatasync"):
            self.steps.append(Step("sync", file))
        elif call == "ftruncate":
            self.sizes[file] = int(words.split(",")[1])
            self.steps.append(Step("cut", file, self.sizes[file]))
        elif call in ("pwrite64", "write"):  # which appends
            place = int(words.rpartition(",")[2]) if call == "pwrite64" else self.sizes[file]
            self.sizes[file] = max(self.sizes.get(file, 0), place + len(data))
            self.steps.append(Step("write", file, place, data))
        else:
            assert call == "close", f"{call} to {file}, which the model does not know"
