"""The sources of a case as weighing sees them: what they go back to, and whether that is known."""

import math
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from graphlib import TopologicalSorter

from spectorcli.folder.read import Folder
from spectorcli.values import date, listing
from spectorcli.values.names import fold
from spectorcli.vocabulary import OWN, Kind
from spectorcli.weigh import Origins, Witness

MOST_ROOTS = 20
"""Roots that are kept of a source: enough to read, while a chain of mixtures would keep the square of its length."""

QUOTED = 4096
"""Cells of ``quoting`` that are remembered."""


Cells = Mapping[str, str]
"""A row of sources, by column."""


class Witnesses:
    """The sources by id, each followed along ``derived_from`` to its roots; circles were refused before."""

    def __init__(self, sources: Mapping[str, Cells], kind: Kind, right: bool = True) -> None:
        """Take sources by id, and the kind that they are in the vocabulary.

        If they are not ``right`` each stands for itself: a circle may be among them, and a date that is none.
        """
        parents = {
            id: [one for one in listing.split(source["derived_from"]) if one in sources and right]
            for id, source in sources.items()
        }
        authorities = {term.word for term in kind.properties["kind"].terms if "authority" in term.follows}
        self._alone = {id: _own_origin(id, source, authorities) for id, source in sources.items()}
        self._roots: dict[str, Origins] = {}
        self._origins: dict[str, str] = {}
        for id in TopologicalSorter(parents).static_order():
            self._roots[id] = self._joined(parents[id]) if parents[id] else (id,)
            known = sources[id]["derived_from"] == OWN or sources[id]["kind"] in authorities
            self._origins[id] = self._common(parents[id]) if parents[id] else self._alone[id] if known else ""
        self._by_id = {id: _witness(id, source, right) for id, source in sources.items()}
        self._quoted = lru_cache(QUOTED)(self._follow)

    def __getitem__(self, id: str) -> Witness:
        """Return the source of an id."""
        return self._by_id[id]

    def items(self) -> Iterable[tuple[str, Witness]]:
        """Return all sources by id."""
        return self._by_id.items()

    def roots(self, source: str, quoting: str) -> Origins:
        """Return the sources to which a claim goes back: by what it quotes, else by its source."""
        if quoting == OWN:
            return (source,)
        return self._quoted(quoting)[0] if quoting else self._roots[source]

    def origin(self, source: str, quoting: str) -> str:
        """Return what those count as: one known origin, or empty."""
        if quoting == OWN:
            return self._alone[source]
        return self._quoted(quoting)[1] if quoting else self._origins[source]

    def _follow(self, quoting: str) -> tuple[Origins, str]:
        quoted = [id for id in listing.split(quoting) if id in self._by_id]
        return self._joined(quoted), self._common(quoted)

    def _joined(self, ids: Iterable[str]) -> Origins:
        return tuple(sorted({root for id in ids for root in self._roots[id]})[:MOST_ROOTS])

    def _common(self, ids: Iterable[str]) -> str:
        """Return the origin that all of some sources have; empty if there are several or one is not known."""
        origins = {self._origins[id] for id in ids}
        return origins.pop() if len(origins) == 1 else ""


def witnesses_of(case: Folder) -> Witnesses:
    """Return the sources of a folder."""
    sources = {source.id: source.cells for source in case.things.of_kind("sources")}
    return Witnesses(sources, case.known.kinds["sources"], right=not case.mistakes)


def _witness(id: str, source: Cells, right: bool) -> Witness:
    return Witness(
        id=id,
        reliability=source["reliability"],
        published=_earliest(source["published"]) if right else -math.inf,
        publisher=_publisher(id, source),
    )


def _own_origin(id: str, source: Cells, authorities: Set[str]) -> str:
    """Return what a source counts as for the facts that it has itself: an authority as its publisher, others alone.

    Several texts of one authority are one origin: it does not confirm itself.
    """
    return _publisher(id, source) if source["kind"] in authorities else id


def _publisher(id: str, source: Cells) -> str:
    """Return who published a source, folded; a source without a publisher stands for itself."""
    publisher = fold(source["publisher"])
    return f"publisher {publisher}" if publisher else id


def _earliest(published: str) -> float:
    """Return the first day that a date allows: who published in 2020 is not newer than on a day of 2020."""
    return date.read(published).low if published else -math.inf
