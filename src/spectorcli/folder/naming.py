"""What a thing is called that a case does not have yet, and what an id says of the thing that would have it.

Arrests and seizures have no names: what tells them apart stands in their ids, as in ``arrests-spector-us``. A case that
forms its ids in another way is followed; the one most used counts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import combinations

from spectorcli.values import countries
from spectorcli.values.names import fold

APART: Mapping[str, tuple[str, ...]] = {
    "arrests": ("operation", "country"),
    "seizures": ("operation", "kind", "substance", "country"),
}
"""By which columns things of a kind are told apart that have no names, in the order in which ids have them."""

_KINDS = ("drugs", "money", "cash", "crypto", "gold", "firearms", "goods")
"""What is seized, as the vocabulary has it."""

OPERATION = ("operation", "operacion", "operazione", "operatie")
"""Words, folded, with which the name of an operation may begin that is also called without."""

Cells = dict[str, str]


class Naming:
    """How a case calls its things; ``things`` are the id and the cells of each of a kind."""

    def __init__(self, things: Callable[[str], Iterable[tuple[str, Mapping[str, str]]]]) -> None:
        """Take what yields the things of a kind; they are read once they are needed."""
        self._things = things

    def id_of(self, kind: str, cells: Mapping[str, str]) -> str:
        """Return the id that a thing of a kind would have by what is known of it, whether or not it is there."""
        filled = tuple(part for part in APART[kind] if cells.get(part))
        return self._form(kind, filled).format(**{part: cells[part].lower() for part in filled})

    def same(self, kind: str, cells: Mapping[str, str]) -> str:
        """Return the id of the thing of a kind that is told from others by the same; empty if there is none."""
        return self._there[kind].get(tuple(cells.get(part, "") for part in APART[kind]), "")

    def cells_of(self, kind: str, id: str) -> Cells | None:
        """Return what an id says of the thing that would have it; None if it is not formed as ids of the kind are."""
        apart = APART[kind]
        words = {"operation": "|".join(map(re.escape, self._operations)), "kind": "|".join(_KINDS)}
        words |= {"country": "[a-z]{2}", "substance": "[0-9a-z.-]+"}
        for length in range(len(apart), 0, -1):
            # what ends in the code of a country is of that country: a substance may be called anything
            for filled in sorted(combinations(apart, length), key=lambda parts: "country" not in parts):
                pattern = self._form(kind, filled).replace(".", r"\.")
                pattern = pattern.format(**{part: f"(?P<{part}>{words[part]})" for part in filled})
                found = re.fullmatch(pattern, id, re.IGNORECASE)
                cells = found.groupdict() if found else {}
                if "country" in cells:
                    cells["country"] = cells["country"].upper()
                if cells and countries.is_country(cells.get("country", "EU")):
                    return self._whole(kind, cells)
        return None

    def _whole(self, kind: str, cells: Cells) -> Cells:
        """Add the thing of which one in a country is a part, if it is there: the same of all countries together."""
        if whole := self.same(kind, cells | {"country": ""}) if "country" in cells else "":
            return cells | {"part_of": whole}
        return cells

    def _form(self, kind: str, filled: tuple[str, ...]) -> str:
        """Return how ids are formed of things that are told apart by some columns."""
        used = self._forms[kind][filled].most_common(1)
        return used[0][0] if used else "-".join([kind, *(f"{{{part}}}" for part in filled)])

    @cached_property
    def _operations(self) -> list[str]:
        return sorted((id for id, _ in self._things("operations")), key=len, reverse=True)

    @cached_property
    def _there(self) -> Mapping[str, Mapping[tuple[str, ...], str]]:
        return {
            kind: {tuple(cells.get(part) or "" for part in apart): id for id, cells in reversed([*self._things(kind)])}
            for kind, apart in APART.items()
        }

    @cached_property
    def _forms(self) -> Mapping[str, Mapping[tuple[str, ...], Counter[str]]]:
        found: dict[str, dict[tuple[str, ...], Counter[str]]] = {kind: defaultdict(Counter) for kind in APART}
        for kind, apart in APART.items():
            for id, cells in self._things(kind):
                form, filled = f"-{id.lower()}-", tuple(part for part in apart if cells.get(part))
                for part in filled:
                    form = form.replace(f"-{cells[part].lower()}-", f"-{{{part}}}-", 1)
                if all(f"{{{part}}}" in form for part in filled):
                    found[kind][filled][form.strip("-")] += 1
        return found


def slug(name: str) -> str:
    """Return the id that a name would have: ``silk-road`` for ``Silk Road``."""
    return "-".join(re.findall(r"[0-9a-z]+", fold(name)))


def name_of(id: str, sentence: str = "") -> str:
    """Return the name of which an id is the slug, as a sentence writes it if it does: ``Silk Road``."""
    words, length = sentence.split(), len(id.split("-"))
    runs = (" ".join(words[place : place + length]).strip(".,;:()\"'’“”") for place in range(len(words)))
    return next((run for run in runs if slug(run) == id), id.replace("-", " ").title())
