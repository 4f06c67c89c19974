"""Reads a case folder and finds every mistake in it, each with file, line and what to do.

Nothing here writes: what comes out is checked things and checked claims, in the order of the files.
"""

import copy
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple, TextIO

from spectorcli.errors import NotFound, Refused, UsageError
from spectorcli.plain import clean, unsafe
from spectorcli.things import Thing, Things
from spectorcli.values import CRYPTOCURRENCIES, KILOGRAMS, BadValue, read_date, read_number
from spectorcli.vocabulary import BUNDLED, COLUMNS, TYPES, Kind, Property, declare, findings, split_list
from spectorcli.weigh import Listing, Reading

CLAIM_COLUMNS = ("subject", "property", "value", "unit", "when", "source", "at", "stated", "rank", "note")

RESERVED = (
    *("about", "cells", "claims", "entities", "facts", "links", "names", "search", "vocabulary"),
    *("announcements", "json_each", "parts", "said", "together", "words"),
)
"""Tables that every case has, so no kind is called like one of them."""

RANKS = ("", "preferred", "deprecated")

UNIT = CLAIM_COLUMNS.index("unit")

LONGEST_SENTENCE = 600
"""Of a mistake; what is left out is in the middle of a cell that may have megabytes."""

LONGEST_LINE = 1 << 21
"""Characters of a line in a file; ten cells of the length that ``csv`` allows are shorter."""

MOST_MISTAKES = 10_000
"""Then reading stops: nobody mends them one by one."""

GUESSES, MOST_GUESSED = 100, 20_000
"""A guess at what was meant looks at every thing: it is made for the first mistakes, and not in a huge case."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*", re.ASCII)


class Line(NamedTuple):
    """One row of a CSV file, its cells in the order of ``CLAIM_COLUMNS``; ``place`` counts on over all files."""

    file: str
    line: int
    place: int
    cells: list[str]


class ClaimRow(NamedTuple):
    """One checked row of claims.csv, its cells in the order of ``CLAIM_COLUMNS``, with its value as compared."""

    place: int
    cells: list[str]
    declared: Property
    reading: Reading


@dataclass
class Folder:
    """A case folder: its things by id, its title, and the mistakes found so far."""

    path: Path
    kinds: dict[str, Kind]
    more: Sequence[Path] = ()
    """Further files of claims, which are read after its own."""
    things: Things = field(init=False)
    about: dict[str, str] = field(default_factory=dict)
    vocabulary: list[dict[str, str]] = field(default_factory=list)
    """The rows of the case's own vocabulary.csv."""
    mistakes: list[tuple[str, int, str]] = field(default_factory=list)
    unread: bool = False
    """A file of things could not be read: what refers to them is not blamed."""

    def __post_init__(self) -> None:
        """Begin without things."""
        self.things = Things(self.kinds)

    def wrong(self, file: str, line: int, sentence: str) -> None:
        """Note a mistake; reading goes on, so that all are told at once.

        Raises:
            Refused: there are so many that nobody reads the rest.
        """
        if len(sentence) > LONGEST_SENTENCE:
            sentence = f"{sentence[: LONGEST_SENTENCE // 2]} … {sentence[-LONGEST_SENTENCE // 2 :]}"
        self.mistakes.append((file, line, sentence))
        if len(self.mistakes) > MOST_MISTAKES:
            raise Refused(str(self.path), self.messages()[:MOST_MISTAKES], "the rest was not read; nothing was built")

    def unreadable(self, file: str, line: int, sentence: str) -> None:
        """Note a row that could not be read; what refers to it is not blamed."""
        self.wrong(file, line, sentence)
        self.unread |= file not in map(self._called, self.claim_files)

    def messages(self) -> list[str]:
        """Return the mistakes as ``file:line: sentence``, in the order of the files."""
        return [f"{file}:{line}: {sentence}" for file, line, sentence in sorted(set(self.mistakes))]

    def guess(self, word: str, known: Iterable[str]) -> str:
        """Return what may be meant, as ``did_you_mean`` does, while that is worth the look at all that is known."""
        worth = len(self.mistakes) < GUESSES and len(self.things) < MOST_GUESSED
        return did_you_mean(word, known) if worth else ""

    @property
    def claim_files(self) -> list[Path]:
        """Where the claims stand: claims.csv first."""
        return [self.path / "claims.csv", *self.more]

    def claim_lines(self) -> int:
        """Count the lines of claims, to know how far reading has come."""
        return sum(map(_lines, self.claim_files))

    def claim_rows(self) -> Iterator[Line]:
        """Read the rows of claims, unchecked.

        The lines of further files are counted on from those of claims.csv; ``place`` tells them apart.
        """
        before = 0
        for file in self.claim_files:
            name = self._called(file)
            for line, cells in _rows(self, name, CLAIM_COLUMNS, file):
                yield Line(name, line, before + line, cells)
            before += _lines(file)

    def claim(self, row: Line) -> ClaimRow | None:
        """Check a row; None if it has a mistake, which is noted."""
        return _claim(self, row)

    def locate(self, place: int) -> tuple[str, int]:
        """Return the file of a claim and its line there."""
        *own, last = self.claim_files
        for file in own:
            if place <= _lines(file):
                return self._called(file), place
            place -= _lines(file)
        return self._called(last), place

    def _called(self, file: Path) -> str:
        """Return the name of a file of claims, or its path where another has the same name."""
        names = [one.name for one in self.claim_files]
        return file.name if names.count(file.name) == 1 else str(file)


def _lines(file: Path) -> int:
    """Count the lines of a file, also a last one without an end."""
    with file.open("rb") as lines:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(1 << 20), b"")) + 1


def read_folder(path: Path, kinds: dict[str, Kind], more: Sequence[Path] = ()) -> Folder:
    """Read all things of a case folder; its claims are read afterwards, with ``Folder.claims``.

    ``more`` are further files like claims.csv.

    Raises:
        NotFound: there is no such folder, or it holds no claims.csv, or one of ``more`` is missing.
        UsageError: a file is among them twice.
        Refused: a file of the folder is none that can be read to its end.
    """
    if not path.is_dir():
        raise NotFound(f"no case folder at {path}")
    if not (path / "claims.csv").is_file():
        raise NotFound(f"{path} is not a case folder: it has no claims.csv")
    for file in more:
        if not file.is_file():
            raise NotFound(f"no file of claims at {file}")
    folder = Folder(path, copy.deepcopy(kinds), more)
    given = [file.resolve() for file in folder.claim_files]
    if len({*given}) < len(given):
        raise UsageError("the same file of claims is given twice")
    for file in sorted([*path.glob("*.csv"), *path.glob("datapackage.json")]):
        if not file.is_file():
            raise Refused(str(path), [f"{file.name}:1: is no regular file; put the file itself there"])
    _read_about(folder)
    _read_vocabulary(folder)
    for file in sorted(path.glob("*.csv")):
        if file.stem not in {*folder.kinds, "claims", "vocabulary"}:
            known = did_you_mean(file.stem, folder.kinds) or "; declare a kind of your own in vocabulary.csv"
            folder.wrong(file.name, 1, f"unknown kind {file.stem!r}{known}")
    for kind in folder.kinds.values():
        if (path / f"{kind.name}.csv").is_file():
            _read_things(folder, kind)
    for thing in folder.things:
        _check_thing(folder, thing)
    _check_cycles(folder)
    operation = folder.about["operation"]
    if operation and _missing(folder, "operations", operation):
        folder.wrong("datapackage.json", 1, f"operation: {_missing(folder, 'operations', operation)}")
    return folder


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'count'?`` if something known is close to the word, else nothing."""
    lower = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return f"; did you mean {lower[close[0]]!r}?" if close else ""


def _read_about(folder: Folder) -> None:
    """Take title and default operation from datapackage.json; a folder may do without it."""
    folder.about = {"title": clean(folder.path.resolve().name), "operation": "", "package": "{}"}
    file = folder.path / "datapackage.json"
    if not file.is_file():
        return
    try:
        package = json.loads(file.read_text(encoding="utf-8-sig"))
        told = {key: str(package[key]) for key in ("title", "operation") if package.get(key)}
        package.pop("resources", None)  # they follow from the vocabulary
        told["package"] = json.dumps(package, ensure_ascii=False)
    except (ValueError, AttributeError, TypeError, RecursionError):
        folder.wrong(file.name, 1, "is not a data package: it cannot be read as a JSON object")
        return
    for key, value in told.items():
        if unsafe(value):
            folder.wrong(file.name, 1, f"{key} holds the character {unsafe(value)}; remove it")
    folder.about.update(told)


def _read_vocabulary(folder: Folder) -> None:
    """Add the kinds and properties that the case declares itself."""
    if not (folder.path / "vocabulary.csv").is_file():
        return
    rows = [(line, dict(zip(COLUMNS, cells, strict=True))) for line, cells in _rows(folder, "vocabulary.csv", COLUMNS)]
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        bundled = list(csv.DictReader(lines))  # a copy of it may stand in the folder
    known = {*folder.kinds, *(row["kind"] for _, row in rows)}
    for line, row in rows:
        if row in bundled:
            continue
        problem = _misdeclared(folder.kinds, row, known)
        if problem:
            folder.wrong("vocabulary.csv", line, problem)
            folder.unread = True  # what is declared wrongly is not there to be referred to
        else:
            declare([row], folder.kinds)
            folder.vocabulary.append(row)


def _misdeclared(kinds: dict[str, Kind], row: dict[str, str], known: set[str]) -> str:
    """Say what is wrong with a row of vocabulary.csv; empty if nothing is."""
    kind, name, type = row["kind"], row["property"], row["type"]
    if not _NAME.fullmatch(kind):
        return f"kind {kind!r} must be letters, digits and _, as in 'vehicles'"
    if kind.lower() in RESERVED or kind.lower().startswith(("sqlite_", "search_")):
        return f"kind {kind!r} is the name of a table of every case; take another"
    if not name:
        there = [one for one in kinds if one.lower() == kind.lower()]
        return f"kind {there[0]!r} is there already" if there else ""
    if kind not in kinds:
        return f"kind {kind!r} is not declared; write a row for it before, with an empty property"
    if not _NAME.fullmatch(name):
        return f"property {name!r} of {kind} must be letters, digits and _"
    taken = {one.lower() for one in kinds[kind].properties}
    if name.lower() in {"id", *taken, *(f"{one}_unit" for one in taken)} or f"{name}_unit".lower() in taken:
        return f"property {name!r} of {kind} is there already"
    if type not in TYPES and not type.startswith("ref:"):
        return f"unknown type {type!r}; there are: {', '.join(TYPES)}, ref:KIND"
    if type.startswith("ref:") and type[4:] not in known:
        return f"type {type!r} refers to an unknown kind{did_you_mean(type[4:], known)}"
    for column in ("many", "claimed"):
        if row[column] not in {"", "yes"}:
            return f"{column} is yes or empty, not {row[column]!r}"
    if row["many"] and type in {"number", "date", "flag"}:
        return f"a {type} is one value; leave many empty"
    if row["unit"] and type != "number":
        return f"only a number has a unit, and {name!r} is a {type}"
    return ""


def _rows(
    folder: Folder, file: str, columns: Sequence[str], path: Path | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Read one CSV file (RFC 4180; a BOM, CRLF and ``;`` from a spreadsheet are accepted).

    Cells come in the order of ``columns``, whatever that of the file. Undecodable bytes come through as
    lone surrogates, so that they are found with their line.
    """
    with (path or folder.path / file).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        first = lines.readline(LONGEST_LINE)
        lines.seek(0)
        delimiter = ";" if ";" in first and "," not in first else ","
        reader = csv.reader(_short_lines(lines), delimiter=delimiter, strict=True)
        header: list[str] | None = None
        order: list[int] = []
        in_order = True
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                folder.unreadable(file, line, f"the row that begins here cannot be read: {error}; check its quotes")
                continue
            if not _clean_row(folder, file, line, cells):
                if header is None:
                    return
            elif header is None and cells:
                header = cells
                if not _check_header(folder, file, header, columns):
                    return
                order = [header.index(column) for column in columns]
                in_order = header == [*columns]
            elif header is None:
                continue
            elif cells == header:
                folder.wrong(file, line, "the header stands here again; take it out")
            elif len(cells) == len(header):
                stripped = list(map(str.strip, cells))
                yield line, stripped if in_order else [stripped[place] for place in order]
            elif cells:
                sentence = f"the row has {len(cells)} cells and the header {len(header)}; write all, empty ones too"
                folder.unreadable(file, line, sentence)
        if header is None:
            folder.unreadable(file, 1, "the file is empty; its first line names the columns")


def _short_lines(lines: TextIO) -> Iterator[str]:
    """Yield lines as long as a person may write them; one without an end would fill the memory."""
    while line := lines.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line of more than {LONGEST_LINE:,} characters")
        yield line


def _clean_row(folder: Folder, file: str, line: int, cells: list[str]) -> bool:
    bad = unsafe(" ".join(cells))
    if bad is None:
        return True
    if "U+DC80" <= bad <= "U+DCFF":
        folder.unreadable(file, line, f"byte 0x{bad[-2:]} is not UTF-8; save the file as UTF-8")
    else:
        folder.unreadable(file, line, f"the character {bad} may not stand in a case; remove it")
    return False


def _check_header(folder: Folder, file: str, header: list[str], columns: Sequence[str]) -> bool:
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    for column in extra:
        folder.unreadable(file, 1, f"unknown column {column!r}{did_you_mean(column, missing)}")
    for column in missing:
        folder.unreadable(file, 1, f"missing column {column!r}")
    for column in sorted({column for column in header if header.count(column) > 1}):
        folder.unreadable(file, 1, f"column {column!r} stands there more than once")
    return not missing and len(header) == len(columns)


def _read_things(folder: Folder, kind: Kind) -> None:
    file = f"{kind.name}.csv"
    for line, (id, *cells) in _rows(folder, file, ["id", *(column.name for column in kind.columns)]):
        if not _ID.fullmatch(id):
            folder.wrong(file, line, f"id {id!r} must be letters, digits, dots and hyphens, as in 'arrests-spector-us'")
        elif other := folder.things.add(kind.name, line, id, cells):
            folder.wrong(file, line, f"duplicate id {id!r}, first in {other.kind}.csv:{other.line}")


def _check_thing(folder: Folder, thing: Thing) -> None:
    def wrong(sentence: str) -> None:
        folder.wrong(f"{thing.kind}.csv", thing.line, sentence)

    for column in folder.kinds[thing.kind].columns:
        text = thing.cells[column.name]
        if not text and column.name in {"name", "title"}:
            wrong(f"{column.name} is empty; every one of the {thing.kind} has one")
        if column.type == "text":
            continue
        for value in split_list(text) if column.many else [text] if text else []:
            problem = _misread(folder, column, value, "")[1]
            if problem:
                wrong(f"{column.name} of {thing.id}: {problem}")
    if thing.kind == "countries" and not _is_country(thing.id):
        wrong(f"unknown country {thing.id!r}; write the ISO 3166-1 alpha-2 code in upper case, such as DE")
    if thing.kind == "exceptions":
        _check_exception(folder, thing.cells, wrong)
    if thing.kind == "sources" and thing.cells["reliability"] not in tuple("ABCDEF"):
        wrong(f"reliability of {thing.id} must be a letter from A to F; F if it cannot be judged")


def _check_exception(folder: Folder, cells: dict[str, str], wrong: Callable[[str], None]) -> None:
    finding, subject = cells["finding"], cells["subject"]
    known = findings()
    if finding not in known:
        wrong(f"unknown finding {finding!r}{did_you_mean(finding, known) or '; there are: ' + ', '.join(known)}")
    if subject and not folder.things.get(subject) and not folder.unread:
        wrong(f"unknown subject {subject!r}{folder.guess(subject, folder.things.ids())}")
    if not cells["reason"]:
        wrong("reason is empty; say why the finding is accepted")


def _check_cycles(folder: Folder) -> None:
    """Refuse a thing that is part of itself, or a source derived from itself, at any distance."""
    for kind in folder.kinds.values():
        for column in kind.columns:
            if column.target != kind.name:
                continue
            try:
                TopologicalSorter(folder.things.entangled(kind.name, column.name)).prepare()
            except CycleError as error:
                circle: list[str] = error.args[1][::-1]  # from what derives to what it derives from
                sentence = f"{column.name} goes in a circle: {' -> '.join(circle)}; take one of them out"
                folder.wrong(f"{kind.name}.csv", folder.things[circle[0]].line, sentence)


def _claim(folder: Folder, row: Line) -> ClaimRow | None:
    """Check one row of claims; None if it has a mistake."""
    subject, name, value, unit, when, source, _, _, rank, note = row.cells
    known = len(folder.mistakes)

    def wrong(sentence: str) -> None:
        folder.wrong(row.file, row.line, sentence)

    if not source:
        wrong("a claim needs a source; name one of sources.csv")
    elif problem := _missing(folder, "sources", source):
        wrong(problem)
    if rank not in RANKS:
        wrong(f"rank is preferred, deprecated or empty, not {rank!r}")
    elif rank and not note:
        wrong(f"rank {rank!r} needs its reason in note")
    if when:
        try:
            read_date(when)
        except BadValue as error:
            wrong(f"when: {error}")
    kind = folder.things.kind_of(subject)
    if kind is None and folder.unread:
        return None
    if kind is None:
        wrong(f"unknown subject {subject!r}{folder.guess(subject, folder.things.ids())}")
        return None
    declared = _property(folder.kinds[kind], name)
    if isinstance(declared, str):
        wrong(declared)
        return None
    row.cells[UNIT], problem = _unit(declared, unit)
    if problem:
        wrong(problem)
        return None
    reading, problem = _misread(folder, declared, value, row.cells[UNIT])
    if problem:
        wrong(problem)
    complete = len(folder.mistakes) == known and folder.things.kind_of(source)
    return ClaimRow(row.place, row.cells, declared, reading) if complete else None


def _property(kind: Kind, name: str) -> Property | str:
    """Return the property that may be claimed, or why it may not."""
    declared = kind.properties.get(name)
    if declared is None:
        return f"unknown property {name!r} of {kind.name}{did_you_mean(name, [p.name for p in kind.claimed])}"
    if not declared.claimed:
        return f"property {name!r} of {kind.name} is a column of {kind.name}.csv and is not claimed"
    return declared


def _unit(declared: Property, unit: str) -> tuple[str, str]:
    """Return the unit, which may be left out where there is only one, and what is wrong with it."""
    if declared.type != "number" or not declared.units:
        return unit, f"{declared.name} has no unit, but {unit!r} is given" if unit else ""
    if not unit and declared.single_unit:
        return declared.units[0], ""
    if not unit:
        return unit, f"{declared.name} needs a unit: {', '.join(declared.units)}"
    allowed = [name for group in declared.units for name in {"mass": KILOGRAMS}.get(group, [group])]
    if unit in allowed or ("money" in declared.units and _is_currency(unit)):
        return unit, ""
    return unit, f"unknown unit {unit!r} of {declared.name}{did_you_mean(unit, allowed)}"


def read_value(declared: Property, value: str, unit: str) -> Reading:
    """Read a value as it is compared; what it refers to need not exist.

    Raises:
        BadValue: it is not of the property's type.
    """
    match declared.type:
        case "number":
            return read_number(value, unit, measured=unit == "percent" or unit not in declared.units)
        case "date":
            return read_date(value)
        case "text":
            return None
        case "flag" if value not in {"yes", "no"}:
            raise BadValue(f"{declared.name} is yes or no, not {value!r}")
    if not declared.many:
        return value
    complete = declared.claimed and value.startswith("only ")
    values = frozenset(split_list(value.removeprefix("only ") if complete else value))
    if not values:
        raise BadValue(f"{value!r} lists nothing")
    return Listing(values, complete)


def _misread(folder: Folder, declared: Property, value: str, unit: str) -> tuple[Reading, str]:
    """Read a value and say what is wrong with it; an empty text if nothing is."""
    if not value:
        return None, "value is empty"
    try:
        reading = read_value(declared, value, unit)
    except BadValue as error:
        return None, str(error)
    if declared.type == "ref":
        for one in sorted(reading.values) if isinstance(reading, Listing) else [value]:
            if problem := _missing(folder, declared.target, one):
                return None, problem
    return reading, ""


def _missing(folder: Folder, kind: str, id: str) -> str:
    """Say what is wrong with a reference to a thing of a kind; empty if it is there."""
    there = folder.things.kind_of(id)
    if there == kind or (there is None and folder.unread):
        return ""
    if there:
        return f"{id!r} is one of the {there}, not of the {kind}"
    if kind == "countries" and _is_country(id):
        return f"country {id!r} has no row in countries.csv; add one"
    for known in folder.things.of_kind(kind) if len(folder.mistakes) < GUESSES else ():
        if id.casefold() in map(
            str.casefold, [known.cells.get("name", ""), *split_list(known.cells.get("aliases", ""))]
        ):
            return f"unknown id {id!r}; did you mean {known.id!r}?"
    one = {"countries": "country", "agencies": "agency", "people": "person"}.get(kind, kind.removesuffix("s"))
    return f"unknown {one} {id!r}{folder.guess(id, folder.things.ids(kind))}"


def _is_country(code: str) -> bool:
    import pycountry

    return code.isupper() and pycountry.countries.get(alpha_2=code) is not None


def _is_currency(code: str) -> bool:
    import pycountry

    return code in CRYPTOCURRENCIES or (code.isupper() and pycountry.currencies.get(alpha_3=code) is not None)
