"""Suggestions of a command of the user's own, such as a local model: text on stdin, a JSON object a line on stdout.

Each is taken only if what it calls ``stated`` stands in the copy, and its value follows from that: a figure or a date
as ours do, a word if it is among the words. What is not taken is told.
"""

import json
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from spectorcli.copies.block import Block
from spectorcli.errors import NotFound, UsageError
from spectorcli.escapes import unsafe
from spectorcli.values.figures import Verdict, follows
from spectorcli.values.names import fold

SECONDS = 600
"""How long it may take for one copy."""

CELLS = ("subject", "property", "value", "unit", "when", "stated")


class Extracted(NamedTuple):
    """A suggestion that was taken: its cells, the type that its value has, and the block in which its words stand."""

    cells: Mapping[str, str]
    type: str
    block: int


def extracted(
    command: str, blocks: Sequence[Block], readable: Sequence[int], types: Mapping[tuple[str, str], str], language: str
) -> tuple[list[Extracted], list[str]]:
    """Return what a command takes out of the blocks that may be read, and why the rest was not taken.

    ``types`` are those of the values, by subject and property.

    Raises:
        UsageError: the command cannot be read.
        NotFound: there is no such program.
    """
    text = "\n\n".join(blocks[number].text for number in readable)
    lines, why = _run(command, text)
    taken: list[Extracted] = []
    for number, line in enumerate(lines, 1):
        told = _one(line, blocks, readable, types, language)
        if isinstance(told, str):
            why.append(f"line {number} was not taken: {told}")
        else:
            taken.append(told)
    return taken, why


def _run(command: str, text: str) -> tuple[list[str], list[str]]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--with {command!r} cannot be read: {error}") from None
    if not words:
        raise UsageError("--with names a command")
    try:
        done = subprocess.run(words, input=text.encode(), stdout=subprocess.PIPE, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [], [f"{words[0]} took more than {SECONDS} seconds"]
    except OSError as error:
        raise NotFound(f"{words[0]} cannot be run: {error.strerror}") from None
    lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines, [f"{words[0]} ended with {done.returncode}"] if done.returncode else []


def _one(
    line: str,
    blocks: Sequence[Block],
    readable: Sequence[int],
    types: Mapping[tuple[str, str], str],
    language: str,
) -> Extracted | str:
    """Return a suggestion, or why it is not taken."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return "it is no JSON"
    if not isinstance(told, dict):
        return "it is no object"
    cells = {name: str(told.get(name) or "").strip() for name in CELLS}
    if any(map(unsafe, cells.values())) or any("\n" in cell for cell in cells.values()):
        return "a character in it is not allowed in a case"
    stated = " ".join(cells["stated"].split())
    if not (stated and cells["value"]):
        return "it needs stated and value"
    place = next((number for number in readable if stated in " ".join(blocks[number].text.split())), None)
    if place is None:
        return f"{stated!r} does not stand in the copy"
    type = types.get((cells["subject"], cells["property"])) or _type(cells, stated, language)
    if not _follows(cells, type, stated, language):
        return f"{cells['value']!r} does not follow from {stated!r}"
    return Extracted({**cells, "stated": stated}, type, place)


def _type(cells: Mapping[str, str], stated: str, language: str) -> str:
    """Return the type that a value has of which the case says none: date or number if it follows as one, else text."""
    return next((type for type in ("number", "date") if _follows(cells, type, stated, language)), "text")


def _follows(cells: Mapping[str, str], type: str, stated: str, language: str) -> bool:
    if type in ("number", "date"):
        return follows(cells["value"], cells["unit"], type, stated, language).verdict == Verdict.YES
    return f" {fold(cells['value'])} " in f" {fold(stated)} "
