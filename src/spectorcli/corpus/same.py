"""What an editor decided of what is called alike in several cases: by ``same.csv``, one thing or two.

Nothing is merged: each case keeps what it says, and what is decided to be one is counted as one across cases.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spectorcli.errors import did_you_mean
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.table import read_table

COLUMNS = ("case", "id", "same_as_case", "same_as_id", "same")
"""What a row decides, and how: yes or no; a row that does not say is not decided yet."""

SHOWN = ("kind", "name", "counted", "note")
"""Columns for the eye, as ``spector corpus same`` writes them, and the editor's reason."""

Named = tuple[str, str]
"""A thing: the case, and its id there."""


class Decision(NamedTuple):
    """A row: two things of two cases are the same, or are not."""

    file: str
    line: int
    one: Named
    other: Named
    same: bool


class Known(NamedTuple):
    """A thing of a lake: its kind, what it is called, and what it counts as if nothing is decided."""

    kind: str
    label: str
    key: str


def read_decisions(file: Path) -> Iterator[Decision | Mistake]:
    """Read the rows of a file that decide something."""
    for row in read_table(file, (*COLUMNS, *SHOWN), str(file), optional=SHOWN):
        if isinstance(row, Mistake):
            yield row
            continue
        case, id, other_case, other_id, said = row.cells[: len(COLUMNS)]
        if said == "":
            continue
        if said.lower() not in {"yes", "no"}:
            yield Mistake(row.file, row.line, f"same is yes, no or empty, not {said!r}")
        elif case == other_case:
            yield Mistake(row.file, row.line, f"both are of the case {case!r}; mend that case itself")
        else:
            yield Decision(row.file, row.line, (case, id), (other_case, other_id), said.lower() == "yes")


def written_in(file: Path) -> int:
    """Return in how many rows of a file an editor wrote something: a decision, or a note."""
    rows = read_table(file, (*COLUMNS, *SHOWN), str(file), optional=SHOWN)
    return sum(not isinstance(row, Mistake) and bool(row.cells[len(COLUMNS) - 1] or row.cells[-1]) for row in rows)


def mistakes(
    decisions: Iterable[Decision], known: Mapping[Named, Known], ids: Callable[[str], Iterable[str]]
) -> Iterator[Mistake]:
    """Find decisions about what is not there, and about things of two kinds; ``ids`` are those of a case."""
    for file, line, one, other, _ in decisions:
        missing = [named for named in (one, other) if named not in known]
        for case, id in missing:
            yield Mistake(file, line, f"the case {case!r} has no {id!r}{did_you_mean(id, ids(case))}")
        if not missing and known[one].kind != known[other].kind:
            yield Mistake(file, line, f"{one[1]!r} is of {known[one].kind}, and {other[1]!r} of {known[other].kind}")


def counted_as(decisions: Sequence[Decision], known: Mapping[Named, Known]) -> dict[Named, Named] | list[Mistake]:
    """Return what things count as, where that is not their key, each with what it is called; or what contradicts.

    What a row keeps apart that would count as one by its key stands for itself; then rows join.
    """
    apart = {
        named
        for one in decisions
        if not one.same and known[one.one].key == known[one.other].key
        for named in (one.one, one.other)
    }
    at_first = {named: (thing.kind, ":".join(named) if named in apart else thing.key) for named, thing in known.items()}
    joined = _Joined()
    for one in decisions:
        if one.same:
            joined.join(at_first[one.one], at_first[one.other])
    end = {named: joined.end(first) for named, first in at_first.items()}
    if wrong := [one for one in decisions if not one.same and end[one.one] == end[one.other]]:
        return [Mistake(one.file, one.line, "other rows make these two the same") for one in wrong]
    called: dict[tuple[str, str], str] = {}
    for named in sorted(known):
        called.setdefault(at_first[named], known[named].label)
    return {
        named: (end[named][1], called[end[named]])
        for named, thing in sorted(known.items())
        if end[named][1] != thing.key
    }


class _Joined:
    """What was joined, each chain of it with one end."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, str], tuple[str, str]] = {}

    def end(self, one: tuple[str, str]) -> tuple[str, str]:
        """Follow a chain, and shorten it for the next time."""
        while (after := self._next.get(one)) is not None:
            self._next[one] = self._next.get(after, after)
            one = after
        return one

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Have a chain end where another does."""
        if (last := self.end(one)) != (end := self.end(other)):
            self._next[last] = end


_SCHEME = re.compile(r"(?:https?:)?//(?:www\d?\.)?", re.IGNORECASE)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)", re.IGNORECASE)
_PORT = re.compile(r":(?:80|443)(?=/|\Z)")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|\Z)")


def address(url: str) -> str:
    """Return what is left of a web address for comparing: neither how nor from where one came to the page.

    Without the scheme, ``www.``, the archive before it, its fragment, what counts visitors, and a slash at the end.
    """
    text, _, query = _ARCHIVED.sub("", url).partition("#")[0].partition("?")
    host, slash, path = _SCHEME.sub("", text, count=1).partition("/")
    kept = "&".join(one for one in query.split("&") if one and not _TRACKING.match(one))
    place = _PORT.sub("", host.lower()) + (slash + path).rstrip("/")
    return f"{place}?{kept}" if kept else place


def offered(
    alike: Iterable[Sequence[Named]], decided: Iterable[tuple[Named, Named, bool]]
) -> Iterator[tuple[Named, Named]]:
    """Yield pairs of what is called alike in two cases, without those that are decided or follow from others."""
    joined, apart = _Joined(), []
    for one, other, same in decided:
        if same:
            joined.join(one, other)
        else:
            apart.append((one, other))
    for things in alike:
        firsts: dict[Named, Named] = {}  # of those that are not joined to each other, by their ends
        for one in things:
            if joined.end(one) in firsts:
                continue
            may_be = (first for first in firsts.values() if first[0] != one[0])
            like = next((first for first in may_be if not _is_apart(joined, apart, one, first)), None)
            if like is None:
                firsts[joined.end(one)] = one
            else:
                yield one, like
                joined.join(one, like)


def _is_apart(joined: _Joined, apart: Iterable[tuple[Named, Named]], one: Named, other: Named) -> bool:
    ends = {joined.end(one), joined.end(other)}
    return any({joined.end(left), joined.end(right)} == ends for left, right in apart)
