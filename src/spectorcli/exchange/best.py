"""What other tools get to know of a thing: the row of its file, and the best value of each claimed property."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from spectorcli.case import Case


class Best(NamedTuple):
    """The best value of a property: a plain figure as a number, else text; ``also`` is what else is said."""

    value: str | int | Decimal
    unit: str
    also: str


class BestThing(NamedTuple):
    """One thing: ``cells`` by column, and ``best`` by property."""

    id: str
    kind: str
    label: str
    cells: Mapping[str, str]
    best: Mapping[str, Best]

    @property
    def also(self) -> str:
        """What else is said of it: ``count: 155 (3 sources), 55; turnover: …``."""
        return "; ".join(f"{name}: {best.also}" for name, best in self.best.items() if best.also)


def read_things(case: Case) -> Iterator[BestThing]:
    """Yield every thing of a case, kind by kind in the order of the files."""
    for row in case.read("best"):
        best = {name: _best(*stated) for name, stated in json.loads(str(row["best"])).items()}
        yield BestThing(str(row["id"]), str(row["kind"]), str(row["label"]), json.loads(str(row["cells"])), best)


def _best(value: str | int, type: str, unit: str, also: str) -> Best:
    return Best(Decimal(value) if type == "real" else value, unit, also)
