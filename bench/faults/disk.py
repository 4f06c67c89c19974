"""A model of a disk: what may be on it when the power is cut, by what was synced before."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """What is done to a folder: create, write, cut, sync, rename, unlink."""

    call: str
    file: Path
    place: int = 0
    """Where a write begins, or the size to which a file is cut."""
    data: bytes = b""
    to: Path = Path()
    """The new name of what is renamed."""


@dataclass
class File:
    """The bytes of a file, what was done to them since, and how much of that was synced."""

    content: bytes
    todo: list[Step] = field(default_factory=list)
    synced: int = 0


class Change(NamedTuple):
    """A name is given to a file, which loses the one that it had, or to none."""

    name: Path
    file: int | None = None
    before: Path | None = None


def disk(steps: list[Step], base: dict[Path, bytes], ordered: bool, chance: random.Random) -> dict[Path, bytes]:
    """Return what may be on a disk when the power is cut after some steps.

    Bytes that no fsync covers are there, or not, or up to some sector. Names are as they were at the last fsync of
    their folder, or some way further; with ``ordered`` all of them are there, whatever became of the bytes.
    """
    files = [File(content) for content in base.values()]
    names = {file: number for number, file in enumerate(base)}
    changes, lasting = followed(steps, files, dict(names))
    for change in changes[: len(changes) if ordered else chance.randint(lasting, len(changes))]:
        for gone in filter(None, (change.name, change.before)):
            names.pop(gone, None)
        if change.file is not None:
            names[change.name] = change.file
    return {file: written(files[number], chance) for file, number in names.items()}


def followed(steps: list[Step], files: list[File], now: dict[Path, int]) -> tuple[list[Change], int]:
    """Do the steps to the files, and return how names changed, and how many of these changes were synced."""
    changes: list[Change] = []
    lasting = 0
    for step in steps:
        call, file = step.call, step.file
        if call == "create" and file not in now:
            now[file] = len(files)
            files.append(File(b""))
            changes.append(Change(file, now[file]))
        elif call in ("write", "cut"):
            files[now[file]].todo.append(step)
        elif call == "sync" and file in now:
            files[now[file]].synced = len(files[now[file]].todo)
        elif call == "sync":
            lasting = len(changes)
        elif call == "rename":
            now[step.to] = now.pop(file)
            changes.append(Change(step.to, now[step.to], file))
        elif call == "unlink":
            now.pop(file, None)
            changes.append(Change(file))
    return changes, lasting


def written(file: File, chance: random.Random) -> bytes:
    """Return what may have reached the disk of a file: all that was synced, and some of the rest."""
    content, mode = bytearray(file.content), chance.choice(("none", "all", "some", "some"))
    for number, step in enumerate(file.todo):
        data = step.data
        if number >= file.synced:
            luck = 1.0 if mode == "none" else 0.0 if mode == "all" else chance.random()
            if luck > 0.55:
                continue
            if luck > 0.45 and step.call == "write":
                data = data[: 512 * chance.randint(0, len(data) // 512)]
        content.extend(bytes(max(0, step.place - len(content))))
        if step.call == "cut":
            del content[step.place :]
        else:
            content[step.place : step.place + len(data)] = data
    return bytes(content)
