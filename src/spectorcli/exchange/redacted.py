"""A case without the names of who is not convicted: a folder that loads, from which a page or any export can be made.

Whatever is a name by the rule of ``redaction`` is replaced in every cell. Then the folder is searched by the same
rule, and refused if a name is left in it.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.compared import COMPARED
from spectorcli.database import open_database
from spectorcli.errors import NameLeft, UsageError
from spectorcli.exchange.folder import (
    FileRow,
    claim_rows,
    kind_columns,
    optional_columns,
    unread_columns,
    write_rest,
    write_table,
)
from spectorcli.folder.signed import Signed, signatures
from spectorcli.load.load import check, load
from spectorcli.redaction.people import Person, words
from spectorcli.redaction.pseudonyms import Pseudonyms
from spectorcli.result import Cell
from spectorcli.values.listing import ONLY, members, split
from spectorcli.vocabulary import OWN, Kind, Property, bundled_rows

RELIABLE = "ABC"
"""Reliability of who must say so: a blog does not convict."""

_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')

_WORDS = ("at", "stated", "note", "checked")
"""The columns of claims.csv in which anything may be written."""


class Redaction:
    """Takes the names out of a case, cell by cell."""

    def __init__(self, case: Case) -> None:
        """Find out who is convicted, and what everybody is called."""
        self._case = case
        self._optional = optional_columns(case)
        self._kinds = case.kinds()
        statuses = self._kinds["people"].properties["status"].terms  # who pleads guilty is convicted by that plea
        convicting = {word for word, follows in statuses if "convicted" in follows}
        convicted = {str(row["subject"]) for row in case.read("facts") if _convicts(row, convicting)}
        self._ids: dict[str, str] = {}
        self._people: dict[str, Person] = {}
        places: list[str] = []
        for thing in case.read("things"):
            id, cells = str(thing["id"]), json.loads(str(thing["cells"]))
            self._ids[id] = ""
            names = (str(thing["label"]), *split(cells.get("aliases", "")))
            if thing["kind"] == "people":
                called = tuple(name for name in names if any(map(str.isalpha, name)))  # "1+1" names nobody in a text
                self._people[id] = Person(id, called or ("",), id not in convicted)
            elif thing["kind"] == "countries":
                places += names
        self.pseudonyms = Pseudonyms(self.known, places)
        self._times: Counter[str] = Counter()
        self._taken = {id for id in self._ids if not self._hides(id)}

    @property
    def known(self) -> list[Person]:
        """Who is in the case."""
        return list(self._people.values())

    @property
    def people(self) -> int:
        """How many people bear pseudonyms."""
        return sum(person.hidden for person in self.known)

    def id(self, id: str) -> str:
        """Return what the id of a thing becomes, which is one that no other has."""
        if id in self._ids and not self._ids[id]:
            self._ids[id] = self._new(id)
        return self._ids.get(id) or self._new(id)

    def _new(self, id: str) -> str:
        if self._hides(id):
            new = self.pseudonyms.of(self._people[id]).lower().replace(" ", "-")
        else:
            new = self.pseudonyms.redact(f"#{id}")[1:]  # an address, whatever its letters are
        if new != id:
            new = self._free(new)
        return new

    def _free(self, new: str) -> str:
        """Return an id that no thing has, with a number behind it if another is called so."""
        own = new
        while own in self._taken:
            self._times[new] += 1
            own = f"{new}-{self._times[new] + 1}"
        self._taken.add(own)
        return own

    def write(self, path: Path) -> None:
        """Write the folder. People come last, for their numbers follow from what the rest names first."""
        self._write_things(path, {"events"})
        self._write_things(path, self._kinds.keys() - {"events", "people"})
        whole = json.loads(self._case.metadata["package"])
        package = self._json(json.dumps({**whole, "title": whole.get("title") or self._case.metadata["title"]}))
        own = list(self._case.read("own_vocabulary"))
        described = [{**row, "description": self._text(row["description"])} for row in own]
        claims = map(self._claim, claim_rows(self._case))
        write_rest(path, self._kinds, json.loads(package), described, claims, self._optional)
        kind = self._kinds["people"]
        people = [self._thing(kind, thing) for thing in self._case.read("things") if thing["kind"] == kind.name]
        write_table(path / "people.csv", kind_columns(kind), sorted(people, key=lambda row: _number(str(row["id"]))))

    def search(self, path: Path) -> None:
        """Look for names in every cell of a folder.

        Raises:
            NameLeft: there is one.
        """
        ours = frozenset(word for row in bundled_rows() for cell in row.values() for word in words(cell))
        for file in sorted(path.glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as lines:
                rows = csv.reader(lines)
                for row in rows:
                    self.refuse(row, ours, f"line {rows.line_num} of {file.name}")

    def refuse(self, texts: Iterable[str], ours: frozenset[str], where: str = "the page") -> None:
        """Refuse texts in which a name is left; ``ours`` are words that no case wrote.

        Raises:
            NameLeft: there is one.
        """
        if left := self.pseudonyms.left(texts, ours):
            many = "a name is" if left == 1 else f"{left:,} names are"
            raise NameLeft(
                f"{many} left in {where}, so nothing was written; "
                "is a kind, a property or a unit of this case called like somebody?"
            )

    def notes(self) -> Iterator[str]:
        """Say what was replaced how often, and never by which words."""
        yield f"replaced: {self.pseudonyms.told()}"
        for file, columns in unread_columns(self._case).items():
            yield f"columns of {file}.csv left out, for what they mean is not known: {', '.join(columns)}"
        if passed := self.pseudonyms.passed:
            many = f"{passed:,} capitalised words" if passed > 1 else "1 capitalised word"
            yield f"left as common: {many} that may be part of a name; read the text before you send it"

    def _hides(self, id: str) -> bool:
        return id in self._people and self._people[id].hidden

    def _write_things(self, path: Path, kinds: Set[str]) -> None:
        for kind, things in groupby(self._case.read("things"), key=lambda thing: str(thing["kind"])):
            if kind in kinds:
                rows = (self._thing(self._kinds[kind], thing) for thing in things)
                write_table(path / f"{kind}.csv", kind_columns(self._kinds[kind], self._optional), rows)

    def _thing(self, kind: Kind, thing: FileRow) -> FileRow:
        id, cells = str(thing["id"]), json.loads(str(thing["cells"]))
        row = {column.name: self._cell(column, cells.get(column.name)) for column in kind.columns}
        if self._hides(id):
            row |= {"name": self.pseudonyms.of(self._people[id]), "aliases": ""}
        return {"id": self.id(id), **row}

    def _claim(self, row: FileRow) -> FileRow:
        declared = self._kinds[str(row["kind"])].properties[str(row["property"])]
        redacted = {
            **row,
            "subject": self.id(str(row["subject"])),
            "value": self._cell(declared, row["value"]),
            "source": self.id(str(row["source"])),
            "quoting": "; ".join(one if one == OWN else self.id(one) for one in members(str(row["quoting"]))),
            **{name: self._text(row[name]) for name in _WORDS},
        }
        if row["signed"] == Signed.HOLDS and any(redacted[name] != row[name] for name in COMPARED):
            without = [one._replace(digest="") for one in signatures(str(redacted["checked"])) or ()]
            redacted["checked"] = "; ".join(map(str, without))  # who compared the row did, and now it is another
        return redacted

    def _cell(self, declared: Property, cell: Cell) -> Cell:
        """Return a value as it is without names; numbers, dates and flags hold none."""
        if declared.type == "ref":
            text = str(cell or "")
            only = ONLY if text.startswith(ONLY) else ""
            return only + "; ".join(map(self.id, members(text)))
        return self._text(cell) if declared.type in ("term", "text") else cell

    def _json(self, text: str) -> str:
        """Take names out of the texts of a JSON value, which has ``\\n`` for a line end before one."""
        return _JSON_TEXT.sub(lambda found: json.dumps(self._text(json.loads(found[0])), ensure_ascii=False), text)

    def _text(self, cell: Cell) -> str:
        text = str(cell or "")
        if text.startswith("{") and text.endswith("}") and _is_json(text):
            return self._json(text)
        return self.id(text) if text in self._ids else self.pseudonyms.redact(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def write(case: Case, path: Path) -> Sequence[str]:
    """Write the folder of a case without names; what was done is told."""
    redaction = Redaction(case)
    redaction.write(path)
    check(path)
    redaction.search(path)
    return [*redaction.notes()]


class Shown(NamedTuple):
    """A case to be shown: as it is, or without names; then how many people bear pseudonyms.

    ``id`` tells what the id of a thing has become. ``refuse`` raises if a name is left in texts: who shows the case
    gives it all that is shown, for the cells themselves are not searched.
    """

    case: Case
    id: Callable[[str], str]
    people: int | None
    refuse: Callable[[Iterable[str], frozenset[str]], None]


@contextmanager
def shown(case: Case, redact: str | None, tell: Callable[[str], None]) -> Iterator[Shown]:
    """Give the case itself, or one without names that is built for the while; what was done is told.

    Raises:
        UsageError: something else than people is to be redacted.
        NameLeft: a name could not be taken out.
    """
    if not redacts(redact):
        yield Shown(case, str, None, lambda texts, ours: None)
        return
    from tempfile import TemporaryDirectory  # 2 ms that a question need not pay

    redaction = Redaction(case)
    with TemporaryDirectory(prefix="spector-") as temporary:
        folder, file = Path(temporary, "case"), Path(temporary, "case.db")
        folder.mkdir()
        redaction.write(folder)
        load(folder, file)
        with closing(Case(open_database(file))) as without:
            yield Shown(without, redaction.id, redaction.people, redaction.refuse)
        for note in redaction.notes():
            tell(note)


def redacts(what: str | None) -> bool:
    """Whether the names of people are to go.

    Raises:
        UsageError: anything else is.
    """
    if what not in (None, "people"):
        raise UsageError(f"--redact takes people, not {what!r}")
    return what is not None


def _convicts(row: FileRow, convicting: set[str]) -> bool:
    grade = str(row["grade"] or " ")
    return row["property"] == "status" and str(row["value"]) in convicting and grade[0] in RELIABLE


def _number(id: str) -> int:
    """Return the number in the id of a pseudonym; who keeps the name comes before all of them."""
    found = re.fullmatch(r"person-(\d+)(?:-\d+)?", id)
    return int(found[1]) if found else 0
