"""Countries as tiles of one size: what counts is how many, not how wide a country is.

``tiles.txt`` is our own layout, by the neighbours of each country; territories are not in it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spectorcli.report.evidence import Answer
from spectorcli.result import Cell
from spectorcli.values import number

SHADES = (0.5, 0.1, 0.02)
"""What part of the most a country of each shade has at least; the last shade has less."""


@dataclass(frozen=True)
class Tile:
    """A country at its place, in tiles from the corner; ``shade`` is 1 for the most to 4, 0 without a figure."""

    code: str
    column: int
    row: int
    label: str
    answer: Answer | None
    shade: int

    @property
    def figure(self) -> str:
        """How many, without the unit, as there is room for it: ``>100``."""
        return number.brief(str(self.answer.cells["value"])) if self.answer else ""


@dataclass(frozen=True)
class Map:
    """The part of the world that holds the countries with a figure; ``missing`` are those that have no tile."""

    tiles: Sequence[Tile]
    width: int
    height: int
    missing: Sequence[str]

    def __bool__(self) -> bool:
        """Whether any country with a figure has a tile."""
        return any(tile.answer for tile in self.tiles)


def tile_map(countries: Sequence[tuple[Cell, str, Answer]], *, comparable: bool) -> Map:
    """Return the map of countries, each given by its code, its name and what is counted there.

    What is not ``comparable`` has one shade.
    """
    text = Path(__file__).with_name("tiles.txt").read_text(encoding="ascii")
    places = {
        code: (column, row)
        for row, line in enumerate(text.splitlines())
        for column, code in enumerate(line.split())
        if code != ".."
    }
    told = {str(code): (label, answer) for code, label, answer in countries}
    missing = [label for code, (label, _) in told.items() if code not in places]
    shown = [place for code, place in places.items() if code in told]
    if not shown:
        return Map((), 0, 0, missing)
    left, right = min(column for column, _ in shown) - 1, max(column for column, _ in shown) + 1
    top, bottom = min(row for _, row in shown) - 1, max(row for _, row in shown) + 1
    most = max(float(answer.cells["base"] or 0) for _, answer in told.values()) if comparable else math.inf
    tiles = [
        _tile(code, column - left, row - top, told.get(code), most)
        for code, (column, row) in places.items()
        if left <= column <= right and top <= row <= bottom
    ]
    return Map(tiles, right - left + 1, bottom - top + 1, missing)


def _tile(code: str, column: int, row: int, told: tuple[str, Answer] | None, most: float) -> Tile:
    if told is None:
        return Tile(code, column, row, code, None, 0)
    label, answer = told
    part = float(answer.cells["base"] or 0) / (most or 1)
    return Tile(code, column, row, label, answer, 1 + sum(part < least for least in SHADES))
