"""Adds rows to files of a case folder, in each file's own style and order, if they bring no mistake into it.

They are read back by the reader of the loader before anything is replaced, and only what was read is replaced.
"""

import csv
import io
import os
import re
import shlex
import shutil
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from spectorcli.built import OF_PROGRAMS
from spectorcli.errors import Busy, NotFound, Refused
from spectorcli.files import lock, whole_file
from spectorcli.folder.claims import CheckedClaim, check_claim, check_claims
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.contents import case_files
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.naming import APART, Naming, name_of
from spectorcli.folder.read import Folder, read_folder
from spectorcli.folder.table import Header, Raw, decoded, mark_of, read_header, read_rows, recognised, writer_like
from spectorcli.folder.things import check_thing, find_cycles, register
from spectorcli.load.load import check
from spectorcli.values import countries, listing
from spectorcli.values.wording import joined, singular
from spectorcli.vocabulary import read_vocabulary

_UNDONE = "nothing was added"


class Addition(NamedTuple):
    """Rows that are to be added to a file, by the names of its columns, and where each was read if that is a file."""

    name: str
    columns: Sequence[str]
    """Those with which the file is begun if it is not there yet."""
    rows: Sequence[Mapping[str, str]]
    places: Sequence[str] = ()


class Added(NamedTuple):
    """What was added: the file, and the lines at which the rows stand."""

    name: str
    lines: list[int]


class Done(NamedTuple):
    """What was added to which files, how many mistakes the case has elsewhere, and what they held before and after."""

    added: list[Added]
    elsewhere: int
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes]


class Trial:
    """A case folder that is added to time and again: it is held, and read anew only where another has changed it."""

    def __init__(self, folder: Path) -> None:
        """Take a folder, which is read once it is needed."""
        self._folder = folder
        self._case: Folder | None = None
        self._states: Mapping[str, _State] = {}
        self._claims: set[tuple[str, ...]] | None = None
        self._before: Mapping[str, _State] = {}

    @property
    def case(self) -> Folder:
        """The folder as it is."""
        states = {file.name: _state(file) for file in case_files(self._folder)}
        if self._case is None or states != self._states:
            self._case, self._states, self._claims = read_folder(self._folder, read_vocabulary()), states, None
        return self._case

    def fits(self, additions: Sequence[Addition]) -> bool:
        """Whether rows surely bring no mistake into a case that has none; if not so, that is open.

        If they do, the case is held as if they were added, which ``keep`` confirms.
        """
        case, self._case = self.case, None
        fits = not case.mistakes and not any(self._problems(case, additions))
        self._case = case if fits else None
        self._before, self._states = self._states, {}
        return fits

    def keep(self, names: Iterable[str]) -> None:
        """Go on with what is held: these files hold now what was said to fit."""
        self._states = {**self._before, **{name: _state(self._folder / name) for name in names}}

    def _problems(self, case: Folder, additions: Sequence[Addition]) -> Iterator[object]:
        """Yield what stands against rows, and hold them."""
        known = case.known
        for one in additions:
            kind = known.kinds.get(one.name.removesuffix(".csv"))
            columns = ["id", *(column.name for column in kind.columns)] if kind else CLAIM_COLUMNS
            cells = [[row.get(column, "").strip() for column in columns] for row in one.rows]
            line = -len(case.things) - len(cells)  # where no thing stands yet
            rows = [Raw(one.name, place, place, row) for place, row in enumerate(cells, line)]
            if kind is None:
                yield from self._problems_of_claims(case, rows)
                continue
            yield from register(rows, kind, case.things, case.changes)
            for row in rows:
                thing = case.things.get(row.cells[0])
                yield from check_thing(thing, kind, known) if thing else ["no thing"]
            yield from find_cycles(case.things, [kind])

    def _problems_of_claims(self, case: Folder, rows: Sequence[Raw]) -> Iterator[object]:
        if self._claims is None:
            self._claims = set()
            for one in check_claims(case.claims.rows(), case.known):
                if isinstance(one, Mistake):
                    yield one
                else:
                    self._claims.add(_compared(one))
        for row in rows:
            claim = check_claim(row, case.known)
            if not isinstance(claim, CheckedClaim) or _compared(claim) in self._claims:
                yield claim
            else:
                self._claims.add(_compared(claim))


_State = tuple[int, int]
"""Size and time of a file."""


def _state(file: Path) -> _State:
    state = file.stat()
    return state.st_size, state.st_mtime_ns


_COMPARED = [CLAIM_COLUMNS.index(one) for one in CLAIM_COLUMNS if one not in ("stated", "note", "checked")]
"""By what a claim is the same as another, as the loader has it."""


def _compared(claim: CheckedClaim) -> tuple[str, ...]:
    return tuple(claim.cells[place] for place in _COMPARED)


def add_all(folder: Path, additions: Sequence[Addition], trial: Trial | None = None) -> Done:
    """Add rows to files of a case, all of them or none. Who adds time and again has a ``trial``.

    The order of the columns, the delimiter, quotes, line ends and a byte order mark stay as they are. Rows go where
    they sort if the file is sorted (claims by subject, property and source; things by id), else behind the last one.
    Countries that they refer to get their rows. A mistake that is there already, in another row, is no hindrance.

    Raises:
        NotFound: there is no such case folder.
        Refused: with these rows there would be mistakes that are not there now; nothing was written.
        Busy: another program adds to a file, or has changed it since it was read.
    """
    if not (folder / "claims.csv").is_file():
        raise NotFound(f"{folder} is not a case folder: it has no claims.csv; begin one with: spector init DIR")
    with ExitStack() as stack:
        for one in sorted(additions, key=lambda one: one.name):
            stack.enter_context(lock(folder / one.name))
        old = {one.name: content_of(folder / one.name) for one in additions}
        case = trial.case if trial else read_folder(folder, read_vocabulary())
        every = [*_countries(case, additions), *additions]
        if every[0].name not in old:
            stack.enter_context(lock(folder / every[0].name))
            old[every[0].name] = content_of(folder / every[0].name)
        new: dict[str, bytes] = {}
        added = []
        for one in every:
            new[one.name], lines = _with_rows(folder, one, old[one.name])
            added.append(Added(one.name, lines))
        fits = trial is not None and _are_read(new, added) and trial.fits(every)
        elsewhere = 0 if fits else _try(folder, new, every, added)
        for one in every:
            put(folder / one.name, old[one.name], new[one.name], _UNDONE)
        if trial and fits:
            trial.keep(new)
    return Done(added, elsewhere, old, new)


def undo(folder: Path, done: Done) -> None:
    """Take back what was added.

    Raises:
        Busy: another program adds to a file, or has changed it since.
    """
    told = "nothing was taken back"
    with ExitStack() as stack:
        for name in sorted(done.after):
            stack.enter_context(lock(folder / name))
        for name, after in done.after.items():
            if content_of(folder / name) != after:
                raise Busy(f"{folder / name} was changed since; {told}")
        for name, before in done.before.items():
            if before is None:
                (folder / name).unlink()
            else:
                put(folder / name, done.after[name], before, told)


def _with_rows(folder: Path, addition: Addition, old: bytes | None) -> tuple[bytes, list[int]]:
    """Return a file with further rows, and at which line each stands.

    Raises:
        Refused: its header cannot be read, or it is not read to its end.
    """
    name, columns = addition.name, addition.columns
    begun = f"{','.join(columns)}\n".encode() if old is None else old
    for cells in addition.rows:
        begun = widened(folder, name, begun, columns, cells, _UNDONE)
    header = _header(folder, name, begun, _UNDONE)
    there = recognised(header.columns, columns)
    rows = _rows(name, begun)
    keys = [_key(name, there, row.cells) for row in rows]
    is_sorted = len(keys) > 1 and keys == sorted(keys)
    written = [[cells.get(column, "") for column in there] for cells in addition.rows]
    order = [*range(len(written))]
    if is_sorted:
        order.sort(key=lambda number: _key(name, there, written[number]))
    lines, found = decoded(begun).readlines(), dict[int, int]()
    if not lines[-1].endswith(("\n", "\r")):
        lines[-1] += header.end
    end = len(lines)
    for earlier, number in enumerate(order):
        place = bisect_right(keys, _key(name, there, written[number])) if is_sorted else len(keys)
        before = rows[place].line - 1 if place < len(rows) else end
        out = io.StringIO(newline="")
        writer_like(header, out).writerow(written[number])
        lines.insert(before + earlier, out.getvalue())
        found[number] = before + earlier + 1
    content = mark_of(begun) + "".join(lines).encode("utf-8", "surrogateescape")
    return content, [found[number] for number in range(len(written))]


def _key(name: str, columns: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """Return by what a row is sorted."""
    by = ("subject", "property", "source") if name == "claims.csv" else ("id",)
    return tuple(cells[columns.index(column)] if column in columns else "" for column in by)


def _countries(case: Folder, additions: Sequence[Addition]) -> list[Addition]:
    """Return the rows of countries that are referred to by their codes and not there yet."""
    own = {row["id"] for one in additions if one.name == "countries.csv" for row in one.rows}
    codes: dict[str, None] = {}
    for one in additions:
        for row in one.rows:
            codes.update(dict.fromkeys(_codes(one.name, row, case)))
    missing = [code for code in codes if code not in own and case.known.kind_of(code) is None]
    rows = [{"id": code, "name": countries.codes()[code]} for code in missing if countries.meant(code) == code]
    return [Addition("countries.csv", ("id", "name", "aliases"), rows)] if rows else []


def _codes(name: str, row: Mapping[str, str], case: Folder) -> Iterator[str]:
    """Yield the codes of countries in a row: in columns that refer to some, or in the value of a claim."""
    kind = case.known.kind_of(row.get("subject", "")) if name == "claims.csv" else name.removesuffix(".csv")
    declared = case.known.kinds[kind].properties if kind and kind in case.known.kinds else {}
    cells = {row.get("property", ""): row.get("value", "")} if name == "claims.csv" else row
    for column, cell in cells.items():
        if column in declared and declared[column].target == "countries":
            yield from listing.members(cell)


def _try(folder: Path, new: Mapping[str, bytes], additions: Sequence[Addition], added: Sequence[Added]) -> int:
    """Load the folder as it would be, without keeping anything, and return how many mistakes it had before.

    Raises:
        Refused: there would be mistakes that are not there now, those in rows that were read from a file being told by
            their place in it.
    """
    elsewhere = 0
    try:
        counts = _check(folder, new)
    except Refused as refused:
        elsewhere = len(refused.mistakes)
        before = Counter(_anywhere(mistake) for mistake in _mistakes(folder))
        told = []
        for mistake in refused.mistakes:
            if before[_anywhere(mistake)] and not _OF_A_FILE.match(mistake):
                before[_anywhere(mistake)] -= 1
            else:
                told.append(mistake)
        if told:
            places = {
                f"{one.name}:{line}: ": f"{place}: "
                for addition, one in zip(additions, added, strict=True)
                for place, line in zip(addition.places, one.lines, strict=False)
            }
            by_place = [_LINE.sub(lambda found: places.get(found[0], found[0]), mistake, count=1) for mistake in told]
            raise Refused(str(folder), by_place, _undone(folder, additions)) from None
        counts = {}
    for one in added:
        lines = [row.line for row in _rows(one.name, new[one.name])]
        if counts.get(Path(one.name).stem, len(lines)) != len(lines) or not {*one.lines} <= {*lines}:
            raise Refused(str(folder), [f"{one.name}:1: a row at its end would not be read"], _UNDONE)
    return elsewhere


_OF_A_FILE = re.compile(r"^[^:]*:1: ")
"""A mistake of a whole file, of which no row can be known."""

_LINE = re.compile(r"^[^:]*:\d+: ")
_LINES = re.compile(r"(\.csv):\d+")


def _anywhere(mistake: str) -> str:
    """Return a mistake without the lines that it names: rows move."""
    return _LINES.sub(r"\1", mistake)


def _mistakes(folder: Path) -> list[str]:
    """Return the mistakes that a folder has as it is."""
    try:
        check(folder)
    except Refused as refused:
        return refused.mistakes
    return []


def _are_read(new: Mapping[str, bytes], added: Sequence[Added]) -> bool:
    """Whether what was added is read where it stands."""
    return all({*one.lines} <= {row.line for row in _rows(one.name, new[one.name])} for one in added)


def _undone(folder: Path, additions: Sequence[Addition]) -> str:
    """Say that nothing was added, and of the things that are not there how they would be."""
    case = read_folder(folder, read_vocabulary())
    new = {row.get("id") for one in additions for row in one.rows}
    claims = [row for one in additions if one.name == "claims.csv" for row in one.rows]
    asked = {row["subject"]: row.get("property", "") for row in reversed(claims) if row.get("subject")}
    missing = {id: asked[id] for id in reversed(asked) if id not in new and case.known.kind_of(id) is None}
    told = {id: thing_meant(id, property, case) for id, property in missing.items()}
    commands = [_command(folder, id, *thing) for id, thing in told.items()]
    if len(told) == 1:
        ((id, (kind, _)),) = told.items()
        return f"{_UNDONE}; {id} would be a row of {kind}.csv: {commands[0]}"
    return f"{_UNDONE}; {len(told):,} things are not there: {' && '.join(commands)}" if told else _UNDONE


def adds(case: Folder, id: str, property: str = "") -> str:
    """Return the command that adds a thing which is not there."""
    return _command(case.path, id, *thing_meant(id, property, case))


def _command(folder: Path, id: str, kind: str, cells: Mapping[str, str]) -> str:
    """Return the command that adds a thing, as a shell takes it."""
    options = (word for name, cell in cells.items() for word in (f"--{name.replace('_', '-')}", cell))
    case = ("--case", str(folder)) if folder != Path() else ()
    return shlex.join(["spector", "add", kind, id, *options, *case])


def thing_meant(id: str, property: str, case: Folder, sentence: str = "") -> tuple[str, dict[str, str]]:
    """Return the kind and the cells of a thing that is not there, as far as its id tells them.

    A name is taken as a ``sentence`` writes it, if it stands there.
    """
    things = Naming(lambda kind: ((thing.id, thing.cells) for thing in case.things.of_kind(kind)))
    for kind in APART:
        if (cells := things.cells_of(kind, id)) is not None:
            return kind, cells
    kind = _kind_meant(id, property, case)
    named = next((column.name for column in case.known.kinds[kind].columns if column.name in ("name", "title")), "")
    if kind == "countries":
        return kind, {"name": countries.codes()[id]} if countries.is_country(id) else {}
    return kind, {named: name_of(id, sentence)} if named else {}


def _kind_meant(id: str, property: str, case: Folder) -> str:
    """Return of which kind a thing is likely to be: that of things whose ids begin alike, if they have the property."""
    kinds = [kind.name for kind in case.known.kinds.values() if property in kind.properties] or [*case.known.kinds]
    start = id.partition("-")[0]
    alike = Counter(case.known.kind_of(thing.id) for thing in case.things if thing.id.partition("-")[0] == start)
    named = [kind for kind in kinds if start in (kind, singular(kind))]
    return (named or sorted(kinds, key=lambda kind: -alike[kind]))[0]


def put(file: Path, old: bytes | None, new: bytes, undone: str) -> None:
    """Replace a file that was read and is locked, unless another program has changed it since.

    Raises:
        Busy: it has; ``undone`` says in words that nothing was done.
    """
    with whole_file(file) as temporary:
        _write(temporary, new)
        if content_of(file) != old:  # the lock is spector's own: a spreadsheet knows nothing of it
            raise Busy(f"{file} was changed by another program meanwhile; {undone}; try again")


def content_of(file: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _write(file: Path, content: bytes) -> None:
    """Write a file through to the disk, so that no time passes between the last look at the old one and its end."""
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _header(folder: Path, name: str, content: bytes, undone: str) -> Header:
    header = read_header(decoded(content), name)
    if isinstance(header, Mistake):
        raise Refused(str(folder), [f"{name}:{header.line}: {header.sentence}"], undone)
    return header


def widened(
    folder: Path, name: str, old: bytes, columns: Sequence[str], cells: Mapping[str, str], undone: str
) -> bytes:
    """Put columns that the file has not, and into which something is to go, behind those that it has.

    Raises:
        Refused: its header cannot be read, or a column in it may be meant for one of these.
    """
    header = _header(folder, name, old, undone)
    there = recognised(header.columns, columns)
    further = [column for column in columns if cells.get(column) and column not in there]
    if not further:
        return old
    for column in there:
        if column not in columns:
            doubt = f"unknown column {column!r}; is it {joined(further, 'or')}? else remove it"
            raise Refused(str(folder), [f"{name}:{header.line}: {doubt}"], undone)
    lines = decoded(old).readlines()
    rows = csv.reader(lines, delimiter=header.delimiter)
    for row in rows:
        if row and rows.line_num >= header.line:
            last = lines[rows.line_num - 1]
            text = last.rstrip("\r\n")
            short = [""] * (len(header.columns) - len(row))
            added = [*short, *(further if rows.line_num == header.line else [""] * len(further))]
            quote = '"' if header.quoted else ""
            behind = "".join(f"{header.delimiter}{quote}{one}{quote}" for one in added)
            lines[rows.line_num - 1] = f"{text}{behind}{last[len(text) :]}"
    return mark_of(old) + "".join(lines).encode("utf-8", "surrogateescape")


def _rows(name: str, content: bytes) -> list[Raw]:
    """Return the rows of a file, as the loader finds them."""
    lines = decoded(content)
    header = read_header(lines, name)
    assert not isinstance(header, Mistake), header
    return [row for row in read_rows(lines, header, name) if isinstance(row, Raw)]


def tried(folder: Path, name: str, new: bytes, undone: str) -> Mapping[object, object]:
    """Load the folder as it would be, without keeping anything, and return how many rows of each kind it has.

    Raises:
        Refused: it would not load; ``undone`` says in words that nothing was done.
    """
    try:
        return _check(folder, {name: new})
    except Refused as refused:
        raise Refused(str(folder), refused.mistakes, undone) from None


def _check(folder: Path, new: Mapping[str, bytes]) -> Mapping[object, object]:
    """Load a folder with other files in it, without keeping anything, and return how many rows of each kind it has."""
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch, "case")
        trial.mkdir()
        for file in folder.iterdir():
            if file.name not in new and not file.name.startswith(OF_PROGRAMS):
                _stand_in(trial / file.name, file)
        for name, content in new.items():
            (trial / name).write_bytes(content)
        return dict(check(trial).rows)  # type: ignore[arg-type]  # rows of two cells


def _stand_in(path: Path, file: Path) -> None:
    """Let a path be a file of the folder: by a link, for a case may be large; a copy where links are not allowed."""
    try:
        path.symlink_to(file.resolve())
    except OSError:
        if file.is_file():
            shutil.copy(file, path)
