"""Reads the rows of claims, and checks each against what is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from spectorcli.errors import did_you_mean
from spectorcli.folder.changes import UNIT, Change
from spectorcli.folder.columns import CLAIM_COLUMNS, NEEDED_COLUMNS, RANKS
from spectorcli.folder.known import Known
from spectorcli.folder.mistakes import Mistake, Problem, Unknown, mistake
from spectorcli.folder.table import Piece, Raw, count_lines, read_table
from spectorcli.folder.values import mend, misread, missing, read_unit
from spectorcli.values import Reading, date, listing
from spectorcli.values.span import BadValue
from spectorcli.vocabulary import OWN, Kind, Property

_MAY_BE_LEFT_OUT = frozenset(CLAIM_COLUMNS) - {*NEEDED_COLUMNS}


class CheckedClaim(NamedTuple):
    """A row of claims without a mistake, its cells in the order of ``CLAIM_COLUMNS``, with its value as compared."""

    id: int
    cells: list[str]
    declared: Property
    reading: Reading
    file: str
    changes: tuple[Change, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


class ClaimFiles:
    """The files of claims of a case, read as one: claims.csv first. The id of a claim is its line, counted on."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Take the files in the order in which they are read."""
        self.paths = paths

    @cached_property
    def lines(self) -> list[int]:
        """How many lines each file has."""
        return [count_lines(path) for path in self.paths]

    def rows(self, piece: Piece | None = None) -> Iterator[Raw | Mistake]:
        """Read the rows, or those of a piece of the first file, unchecked; the number of each is its claim's id."""
        before = 0
        for path, lines in zip(self.paths, self.lines, strict=True) if piece is None else [(self.paths[0], 0)]:
            yield from read_table(path, CLAIM_COLUMNS, self._name(path), before, _MAY_BE_LEFT_OUT, piece=piece)
            before += lines

    def locate(self, id: int) -> tuple[str, int]:
        """Return the file of a claim and its line there."""
        for path, lines in zip(self.paths, self.lines, strict=True):
            if id <= lines:
                return self._name(path), id
            id -= lines
        raise LookupError(id)

    def _name(self, file: Path) -> str:
        """Return the name of a file, or its path where another has the same name."""
        names = [one.name for one in self.paths]
        return file.name if names.count(file.name) == 1 else str(file)


def check_claims(rows: Iterable[Raw | Mistake], known: Known) -> Iterator[CheckedClaim | Mistake]:
    """Check rows one by one; mistakes pass through."""
    for row in rows:
        checked = [row] if isinstance(row, Mistake) else check_claim(row, known)
        if isinstance(checked, CheckedClaim):
            yield checked
        else:
            yield from checked


def check_claim(raw: Raw, known: Known) -> CheckedClaim | list[Mistake]:
    """Check a row; the list is empty if it refers to what may stand in a row that could not be read."""
    subject, name, value, unit, when, source, at, stated, rank, note, quoting, checked = raw.cells
    problems = [] if known.kind_of(source) == "sources" else [_wrong_source(source, known)]
    changes: tuple[Change, ...] = ()
    if rank:
        problems.append(_wrong_rank(rank, note))
    if when:
        when, changes = mend("date", when, raw)
        problems.append(_wrong_time(when))
    if quoting:
        problems += _wrong_quoting(quoting, known)
    kind = known.kind_of(subject)
    declared = _property(known.kinds[kind], name) if kind else ""
    if kind is None and not known.incomplete:
        problems.append(Unknown(subject, None))
    elif isinstance(declared, str):
        problems.append(declared)
    else:
        value, more = mend(declared.type, value, raw)
        given, (unit, odd) = unit, read_unit(declared, unit)
        if given and given != unit:
            more = (*more, UNIT)
        reading, problem = (None, odd) if odd else misread(declared, value, unit, known)
        problems.append(problem)
        if not any(problems) and known.kind_of(source):
            cells = [subject, name, value, unit, when, source, at, stated, rank, note, quoting, checked]
            return CheckedClaim(
                raw.number, cells, declared, reading, raw.file, raw.changes + changes + more, raw.unread
            )
    return [mistake(raw.file, raw.line, problem) for problem in problems if problem]


def wrong_cell(name: str, cells: Mapping[str, str], known: Known) -> Problem:
    """Say what is wrong with one cell of a claim of which subject, property and unit come before the value."""
    text, kind = cells[name], known.kind_of(cells["subject"])
    if name == "source":
        return _wrong_source(text, known)
    if name == "when":
        return _wrong_time(text)
    if name == "rank":
        return _wrong_rank(text, "asked for next")
    if kind is None:
        return Unknown(cells["subject"], None)
    declared = _property(known.kinds[kind], cells["property"]) if name in ("property", "unit", "value") else ""
    if isinstance(declared, str):
        return declared
    unit, odd = read_unit(declared, cells["unit"]) if name != "property" else ("", "")
    return odd or (misread(declared, text, unit, known)[1] if name == "value" else "")


def _wrong_source(source: str, known: Known) -> Problem:
    return missing(known, "sources", source) if source else "a claim needs a source; name one of sources.csv"


def _wrong_quoting(quoting: str, known: Known) -> list[Problem]:
    ids = listing.split(quoting)
    if OWN in ids and ids != [OWN]:
        return ["quoting is own or names sources; a figure that mixes them names the sources"]
    return [missing(known, "sources", id) for id in ids if id != OWN]


def _wrong_rank(rank: str, note: str) -> Problem:
    if rank not in RANKS:
        return f"rank is {', '.join(RANKS[1:])} or empty, not {rank!r}"
    return f"rank {rank!r} needs its reason in note" if rank and not note else ""


def _wrong_time(when: str) -> Problem:
    try:
        date.read(when)
    except BadValue as error:
        return f"when: {error}"
    return ""


def _property(kind: Kind, name: str) -> Property | str:
    """Return the property that may be claimed, or why it may not."""
    declared = kind.properties.get(name)
    if declared is None:
        return f"unknown property {name!r} of {kind.name}{did_you_mean(name, [p.name for p in kind.claimed])}"
    if not declared.claimed:
        return f"property {name!r} of {kind.name} is a column of {kind.name}.csv and is not claimed"
    return declared
