"""Every sentence that an answer makes: a template here, and typed cells that are put into words at the edge.

An answer names a sentence and fills in cells; what shows it calls ``say``, or ``pieces`` where a cell is to be
a link or to be redacted. No sentence is edited after it was put into words. A second language would be a second
table of templates.

In a template ``{cell}`` is the cell in words, by what it shows, and ``{cell?one|many}`` one of two wordings by the
count that it holds, in which ``#`` is that count. What stands in ``[…]`` is left out if a cell in it is empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from spectorcli.result import Cell, Shows
from spectorcli.values import TYPES, number
from spectorcli.values.listing import split
from spectorcli.values.wording import grouped, joined

SENTENCES: dict[str, str] = {}
"""The templates, by the name of their sentence."""


class Said(NamedTuple):
    """A typed cell of a sentence; ``of`` is the unit of a number. Sentences in a sentence have ``;`` between."""

    shows: Shows
    cell: "Cell | Sequence[Note]"
    of: str = ""


class Note(NamedTuple):
    """A sentence: which one it is, and its cells by name."""

    sentence: str
    cells: Mapping[str, Said]


def computed(figure: float, unit: str, rough: bool = False) -> Said:
    """Return a figure of ours, such as a sum; ``rough`` if a figure in it is stated with a qualifier."""
    return Said(Shows.NUMBER, number.computed(figure, rough), unit)


def say(note: Note) -> str:
    """Return a sentence in words, of one line."""
    return "".join(text for text, _ in pieces(note))


def pieces(note: Note) -> Iterator[tuple[str, Said | None]]:
    """Yield a sentence in pieces: words of ours, with None, and each cell in words with the cell itself."""
    return _filled(_parsed(SENTENCES[note.sentence]), note.cells)


class _Field(NamedTuple):
    name: str
    one: str | None
    many: str | None


_Part: TypeAlias = "str | _Field | list[_Part]"

_TOKEN = re.compile(r"(\{\w+(?:\?[^|{}]*\|[^{}]*)?\}|\[|\])")
_FIELD = re.compile(r"\{(\w+)(?:\?([^|{}]*)\|([^{}]*))?\}")


@lru_cache
def _parsed(template: str) -> list[_Part]:
    levels: list[list[_Part]] = [[]]
    for token in filter(None, _TOKEN.split(template)):
        field = _FIELD.fullmatch(token)
        if token == "[":
            levels.append([])
        elif token == "]":
            group = levels.pop()
            levels[-1].append(group)
        else:
            levels[-1].append(_Field(field[1], field[2], field[3]) if field else token)
    return levels[0]


def _filled(parts: Sequence[_Part], cells: Mapping[str, Said]) -> Iterator[tuple[str, Said | None]]:
    for part in parts:
        if isinstance(part, str):
            yield part, None
        elif isinstance(part, list):
            if all(_is_filled(cells[field.name]) for field in part if isinstance(field, _Field)):
                yield from _filled(part, cells)
        elif part.one is not None and part.many is not None:
            count = cells[part.name].cell
            yield (part.one if count == 1 else part.many).replace("#", grouped(str(count))), None
        else:
            yield from _put(cells[part.name])


def _is_filled(said: Said) -> bool:
    return said.cell not in (None, "", ())


def _put(said: Said) -> Iterator[tuple[str, Said | None]]:
    """Yield a cell in words; of several sentences the pieces of each."""
    if not isinstance(said.cell, str | int | float | None):
        for place, note in enumerate(said.cell):
            yield from [("; ", None)] if place else []
            yield from pieces(note)
    else:
        yield _word(said.shows, "" if said.cell is None else str(said.cell), said.of), said


def _word(shows: Shows, text: str, of: str) -> str:
    match shows:
        case Shows.NUMBER | Shows.DATE:
            return TYPES[shows].say(text, of)
        case Shows.COUNT:
            return grouped(text)
        case Shows.REF:
            return joined(split(text))
    return text
