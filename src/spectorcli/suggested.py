"""Rows that are to be added to a case, from files that an editor has been through and from the command line.

They are checked here as far as a file that is not the case's own can be: which of its columns mean what, whether each
value follows from what is stated. The rest is ``add``'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spectorcli.add import Addition
from spectorcli.claiming import doubts
from spectorcli.errors import NotFound, Refused, UsageError, did_you_mean, no_such
from spectorcli.exchange.folder import kind_columns
from spectorcli.folder.columns import CLAIM_COLUMNS, NEEDED_COLUMNS, OPTIONAL_OF_SOURCES
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.read import Folder, read_folder
from spectorcli.folder.table import Raw, read_table
from spectorcli.values import countries
from spectorcli.values.wording import singular
from spectorcli.vocabulary import Kind, read_vocabulary

_UNDONE = "nothing was added"


def additions(folder: Path, files: Sequence[Path], *, forced: bool = False) -> list[Addition]:
    """Return the rows of files: of claims, or of the kind that a name such as ``x.sources.csv`` says; claims last.

    Raises:
        NotFound: there is no such folder, or no such file.
        Refused: a file cannot be read, or a value does not follow from what is stated and nothing is ``forced``.
    """
    case = read_folder(folder, read_vocabulary())
    found: list[Addition] = []
    mistakes: list[str] = []
    for file in files:
        if not file.is_file():
            raise NotFound(f"no file of rows at {file}")
        kind = _kind_of(file, case)
        rows = list(_rows(file, kind))
        mistakes += [f"{one.file}:{one.line}: {one.sentence}" for one in rows if isinstance(one, Mistake)]
        read = [one for one in rows if isinstance(one, Raw)]
        columns = _columns(kind)
        cells = [dict(zip(columns, one.cells, strict=True)) for one in read]
        places = [f"{one.file}:{one.line}" for one in read]
        if not read and not mistakes:
            raise Refused(str(folder), [f"{file.name}:1: there are no rows in it"], _UNDONE)
        found.append(Addition(f"{kind.name if kind else 'claims'}.csv", columns, cells, places))
    found.sort(key=lambda one: one.name == "claims.csv")
    languages: dict[str, str] = {}
    new = {row["id"]: one.name.removesuffix(".csv") for one in found if one.name != "claims.csv" for row in one.rows}
    for one in () if forced else found:
        if one.name == "sources.csv":
            languages |= {row["id"]: row["language"] for row in one.rows}
        elif one.name == "claims.csv":
            mistakes += [f"{one.places[number]}: {doubt}" for number, doubt in doubts(case, one.rows, languages, new)]
    if mistakes:
        raise Refused(str(folder), mistakes, _UNDONE)
    return found


def thing(folder: Path, kind: str, id: str, words: Sequence[str]) -> Addition:
    """Return the row of a thing of a kind, by its name or the singular of it; a country's name is known by its code.

    Raises:
        NotFound: there is no such folder, or no such kind.
        UsageError: a word is no option, or none of the columns of the kind.
    """
    case = read_folder(folder, read_vocabulary())
    kinds = case.known.kinds
    named = next((one for one in kinds.values() if kind in (one.name, singular(one.name))), None)
    if named is None:
        raise NotFound(no_such("kind", kind, ["claim", *kinds]))
    columns = _columns(named)
    cells = {"id": id, **_options(named, words)}
    if named.name == "countries" and not cells.get("name"):
        cells |= {"name": countries.codes()[id]} if countries.is_country(id) else {}
    return Addition(f"{named.name}.csv", columns, [cells])


def _options(kind: Kind, words: Sequence[str]) -> Mapping[str, str]:
    """Return the cells that options name: ``--country CZ``, ``--country=CZ``."""
    cells: dict[str, str] = {}
    left = iter(words)
    known = [column.name for column in kind.columns]
    for word in left:
        name, equals, value = word.partition("=")
        column = name.removeprefix("--").replace("-", "_")
        if not name.startswith("--") or column not in known:
            claimed = column in kind.properties
            hint = f"; it is claimed: spector add claim ID {column} VALUE --source SOURCE" if claimed else ""
            told = hint or did_you_mean(column, known)
            raise UsageError(f"{kind.name} have no column {word!r}{told}; they have: {', '.join(known)}")
        if not equals and (value := next(left, "")) == "":
            raise UsageError(f"{name} needs a value")
        cells[column] = value
    return cells


def _kind_of(file: Path, case: Folder) -> Kind | None:
    """Return the kind of whose things there are rows in a file, by its name; None if they are claims."""
    return case.known.kinds.get(file.name.removesuffix(".csv").rpartition(".")[2])


def _columns(kind: Kind | None) -> list[str]:
    return [*CLAIM_COLUMNS] if kind is None else kind_columns(kind, OPTIONAL_OF_SOURCES)


def _rows(file: Path, kind: Kind | None) -> Iterator[Raw | Mistake]:
    columns = _columns(kind)
    needed = NEEDED_COLUMNS if kind is None else ("id",)
    return read_table(file, columns, optional={*columns} - {*needed})
