"""Writes the folder with which a new case begins: it loads at once and shows what a dispute looks like.

Everything in it is invented, said to be, and meant to be replaced. Its README explains each column from the
vocabulary, so that it cannot say anything else than the loader does.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from spectorcli.bundled import SEED
from spectorcli.errors import UsageError
from spectorcli.escapes import unsafe
from spectorcli.exchange.folder import CLAIM_DESCRIPTIONS, ID, kind_columns, write_rest, write_table
from spectorcli.files import whole_folder
from spectorcli.folder.naming import OPERATION, Naming, slug
from spectorcli.result import Cell
from spectorcli.values.names import fold
from spectorcli.vocabulary import Kind, Property, read_vocabulary

THINGS: Mapping[str, list[dict[str, Cell]]] = {
    "operations": [{"id": "example", "name": "Operation Example", "aliases": "Example"}],
    "countries": [{"id": "DE", "name": "Germany", "aliases": "Deutschland"}],
    "arrests": [
        {"id": "arrests-example", "operation": "example"},
        {"id": "arrests-example-de", "operation": "example", "country": "DE", "part_of": "arrests-example"},
    ],
    "events": [
        {
            "id": "example-announcement",
            "kind": "announcement",
            "title": "Results of Operation Example are announced",
            "operation": "example",
        }
    ],
    "sources": [
        {
            "id": "police-release",
            "kind": "official",
            "reliability": "A",
            "published": "2024-03-05",
            "publisher": "Example police",
            "title": "Twelve arrests in Operation Example",
            "note": "An invented example; replace it",
        },
        {
            "id": "newspaper-report",
            "kind": "press",
            "reliability": "B",
            "published": "2024-03-06",
            "publisher": "Example newspaper",
            "title": "Fourteen held after raids",
            "note": "An invented example; replace it",
        },
    ],
}

CLAIMS: list[dict[str, Cell]] = [
    {"subject": subject, "property": name, "value": value, "source": source, "at": at, "stated": stated}
    for subject, name, value, source, at, stated in (
        ("arrests-example", "count", "12", "police-release", "paragraph 1", "twelve"),
        ("arrests-example", "count", "14", "newspaper-report", "paragraph 2", "14"),
        ("arrests-example-de", "count", "5", "police-release", "paragraph 3", "five"),
        ("example-announcement", "date", "2024-03-05", "police-release", "", ""),
    )
]

MERGED = "*.csv merge=spector"
"""What git is told of the files of a case: they are merged as ``spector merge`` does, once that is installed."""

ABOUT = {"title": "An example case", "profile": "tabular-data-package", "operation": "example"}


def init(path: Path, *, bundled: bool, operation: str | None = None) -> None:
    """Write a new case folder: the invented example, a copy of the bundled case, or one of an operation alone.

    Raises:
        FileExistsError: something is there already.
        UsageError: no id can be made of the name of the operation, or no case may hold it.
    """
    operation = operation and _name(operation)
    with whole_folder(path) as folder:
        if bundled:
            shutil.copytree(SEED, folder, dirs_exist_ok=True)
            return
        kinds = read_vocabulary()
        things, about, claims = (
            (THINGS, ABOUT, CLAIMS) if operation is None else (_things_of(operation), _about(operation), [])
        )
        for kind, rows in things.items():
            write_table(folder / f"{kind}.csv", kind_columns(kinds[kind]), rows)
        write_rest(folder, kinds, {"name": _package(path), **about}, [], claims)
        (folder / ".gitattributes").write_text(f"{MERGED}\n", encoding="utf-8")
        (folder / "README.md").write_text("".join(f"{line}\n" for line in _readme(kinds, operation)), encoding="utf-8")


def _name(operation: str) -> str:
    """Return the name of an operation as one line, as a case may hold it."""
    name = " ".join(operation.split())
    if bad := unsafe(name):
        raise UsageError(f"--operation {name!r} holds the character {bad}; remove it")
    return name


def _things_of(operation: str) -> Mapping[str, list[dict[str, Cell]]]:
    """Return what is there of a case that knows the name of its operation and nothing else."""
    id = _id_of(operation)
    return {
        "operations": [{"id": id, "name": operation}],
        "arrests": [{"id": Naming(lambda _: ()).id_of("arrests", {"operation": id}), "operation": id}],
    }


def _about(operation: str) -> Mapping[str, Cell]:
    return {**ABOUT, "title": operation, "operation": _id_of(operation)}


def _id_of(operation: str) -> str:
    """Return the id of an operation by its name: ``spector`` of Operation SpecTor."""
    id = slug(operation)
    id = next((id.removeprefix(f"{word}-") for word in OPERATION if id.startswith(f"{word}-")), id)
    if not id:
        raise UsageError(
            f"--operation takes a name with Latin letters or digits, such as 'Operation SpecTor', not {operation!r}: "
            "its id is made of them"
        )
    return id


def _package(path: Path) -> str:
    """Return what the package of a folder is called: by its name, in the letters that a Data Package may have there.

    It tells the events of two cases apart in one calendar.
    """
    return re.sub("[^0-9a-z._-]+", "-", fold(path.resolve().name).lower()).strip("-.") or "example"


def _readme(kinds: Mapping[str, Kind], operation: str | None) -> Iterator[str]:
    head = BEGUN.format(operation=operation) if operation else INVENTED
    yield from (*head.splitlines(), *README.splitlines())
    yield ""
    yield from _table("Column", CLAIM_DESCRIPTIONS.items())
    for kind in kinds.values():
        yield from ("", f"## {kind.name}.csv", "", f"{kind.description}. Its columns:", "")
        yield from _table("Column", [("id", ID), *((column.name, _described(column)) for column in kind.columns)])
        if kind.claimed:
            yield from ("", f"What can be claimed of {kind.name}:", "")
            yield from _table("Property", ((one.name, _described(one)) for one in kind.claimed))


def _table(head: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f"| {head} | What it is |", "| --- | --- |")
    yield from (f"| `{name}` | {text} |" for name, text in rows)


def _described(one: Property) -> str:
    """Write what a property is, and how it is written where that is not plain."""
    kind = one.target if one.type == "ref" else ""
    type = {"date": "a date", "number": "a number", "flag": "yes or no", "ref": f"an id of {kind}"}.get(one.type, "")
    units = f" in {', '.join(one.units)}" if one.units else ""
    words = f" ({', '.join(term.word for term in one.terms)})" if one.terms else ""
    many = ", several separated by ;" if one.many and not one.claimed else ""
    form = f"{type}{units}{many}".lstrip(", ")
    return f"{one.description} ({form})" if form else one.description + words


INVENTED = """# A case for spector

Everything here is invented, to be replaced by your own. Look at it first:

    spector load --check .
    spector load . --db case.db
    spector arrests --db case.db
    spector why arrests-example count --db case.db

"""

BEGUN = """# {operation}, a case for spector

Nothing is in it yet. Save what you have read as files that are called as their sources are to be, and go on with:

    spector read copies --case . -o new.sources.csv    then fill in the kind and reliability of each
    spector add --from new.sources.csv --case .
    spector read copies --case . --accept
    spector load . --db case.db

"""

README = """One file for each kind of thing says which things there are; `claims.csv` says what sources say of them.
Every file is plain CSV in UTF-8: a spreadsheet will do, and so will `spector add claim` and `spector add source`.

- An id is letters, digits, dots and hyphens, unique in the whole case. A country's is its ISO 3166-1 code.
- Numbers are written as the source has them: `153`, `~300`, `>100`, `<1300`, `17.3..21`.
- Dates are EDTF: `2019`, `2021-12`, `2023-05-02`, `2021-12~` (about), `2021-10/2023-05` (from, to).
- Two values for one property are a dispute, which spector weighs and shows; write down both.
- A list in one cell is separated by `;`. A claim that a list is complete begins with `only`.
- Kinds and properties of your own go into a `vocabulary.csv`; `spector fields` shows those that there are.

## claims.csv

One row is one source saying one thing. Its columns:
"""
