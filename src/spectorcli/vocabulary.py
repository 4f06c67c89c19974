"""Kinds of things and their properties, declared once in ``vocabulary.csv``.

Tables, validation, suggestions and exports read them here: a new kind or property is a row in that
file and a seed file, nothing else. A case may declare its own in a ``vocabulary.csv`` beside its claims.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from spectorcli.values import listing, units

BUNDLED = Path(__file__).with_name("vocabulary.csv")

REQUIRED = ("kind", "property", "type", "many", "unit", "claimed", "description")

OPTIONAL = ("denies", "terms", "ftm", "stix")
"""Columns that a case's own vocabulary.csv may leave out."""

COLUMNS = (*REQUIRED, *OPTIONAL)

OWN = "own"
"""What a source is derived from that reports its facts itself."""

REJECTED = "rejected"
"""The kind of what ``read`` suggested and an editor did not want: no part of what a case says."""

ANY_KIND = "things"
"""What a reference refers to that may name a thing of every kind: ``ref:things``."""


FOLLOWS = {
    "accused": "of an event: it is a step of a case against the person",
    "convicted": "the person is convicted",
    "ends": "the case has its outcome",
    "due": "of an event: the outcome is expected then",
    "authority": "of a source: an authority's own text; all by one publisher are one origin",
}
"""What may follow from a word, and what it means; weighing, checks, people and redaction ask for it by these names."""


FTM = (
    *(
        "Person",
        "Organization",
        "Company",
        "PublicBody",
        "LegalEntity",
        "Project",
        "Event",
        "CourtCase",
        "Article",
        "Note",
    ),
    *("Territory", "Asset", "CryptoWallet", "BankAccount", "Vehicle", "Vessel", "Airplane", "RealEstate"),
)
"""What FollowTheMoney may call a thing, of its schemata those to which names and notes belong."""

STIX = (
    *("identity", "infrastructure", "incident", "threat-actor", "intrusion-set", "malware", "tool"),
    *("campaign", "vulnerability", "attack-pattern"),
)
"""What STIX may call a thing of a kind of the case's own, of its objects those that a name is enough for."""


class Term(NamedTuple):
    """A word that a property may have, and what follows from it: words of ``FOLLOWS``."""

    word: str
    follows: tuple[str, ...]


@dataclass(frozen=True)
class Property:
    """What may be said of a thing of one kind.

    ``type`` is number, date, term (a short value that is compared), text (free wording, never compared), flag,
    or ref, to things of the kind ``target`` or of ``ANY_KIND``. A ``claimed`` property lives in claims.csv, any other
    is a column of the kind's own file. ``units`` are the units a number may have: names, or the words for a group of
    them, such as ``mass`` or ``money``. ``denies`` is the relation of the same kind that this one says not to hold.
    ``terms`` are the words that a term may have; without any it may have every word.
    """

    kind: str
    name: str
    type: str
    target: str
    many: bool
    units: tuple[str, ...]
    claimed: bool
    description: str
    denies: str
    terms: tuple[Term, ...] = ()

    def targets(self, text: str) -> list[str]:
        """Return the ids to which a cell refers; ``own`` in the place of a source's origin is none."""
        if self.kind == "sources" and self.name == "derived_from" and text == OWN:
            return []
        return listing.split(text) if self.many else [text] if text else []

    @property
    def single_unit(self) -> bool:
        """Whether there is only one unit, so that a claim need not name it."""
        return len(self.units) == 1 and self.units[0] not in units.GROUPS_AND_MONEY


@dataclass
class Kind:
    """A kind of thing: its file, its table and, for most, its command have this name.

    ``ftm`` and ``stix`` are what FollowTheMoney and STIX call such a thing; empty if they are told elsewhere, or not.
    """

    name: str
    description: str
    ftm: str = ""
    stix: str = ""
    properties: dict[str, Property] = field(default_factory=dict)

    @property
    def columns(self) -> list[Property]:
        """The properties that identify a thing: the columns of its file after ``id``."""
        return [p for p in self.properties.values() if not p.claimed]

    @property
    def claimed(self) -> list[Property]:
        """The properties that exist only as claims."""
        return [p for p in self.properties.values() if p.claimed]


def read_vocabulary() -> dict[str, Kind]:
    """Return the kinds that every case has by name, in the order of the file."""
    return declare(bundled_rows(), {})


def bundled_rows() -> list[dict[str, str]]:
    """Return the rows that every case has."""
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def columns_for(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the columns of a file that holds these rows: an optional one only where a row fills it."""
    filled = {name for row in rows for name in OPTIONAL if row.get(name)}
    return [name for name in COLUMNS if name in REQUIRED or name in filled]


def declare(rows: Iterable[Mapping[str, str]], kinds: dict[str, Kind]) -> dict[str, Kind]:
    """Add what rows declare to ``kinds``; the row of a kind itself, without a property, comes before the others.

    The row of a property that is there adds units and words to it.
    """
    for row in rows:
        name = row["property"]
        if not name:
            kinds[row["kind"]] = Kind(row["kind"], row["description"], row.get("ftm", ""), row.get("stix", ""))
            continue
        properties = kinds[row["kind"]].properties
        properties[name] = _added(properties[name], row) if name in properties else _declared(row)
    return kinds


def _declared(row: Mapping[str, str]) -> Property:
    kind, _, target = row["type"].partition(":")
    return Property(
        kind=row["kind"],
        name=row["property"],
        type=kind,
        target=target,
        many=row["many"] == "yes",
        units=tuple(row["unit"].split()),
        claimed=row["claimed"] == "yes",
        description=row["description"],
        denies=row.get("denies", ""),
        terms=tuple(terms(row.get("terms", ""))),
    )


def _added(declared: Property, row: Mapping[str, str]) -> Property:
    words = {**dict(declared.terms), **dict(terms(row.get("terms", "")))}
    more = tuple(unit for unit in row["unit"].split() if unit not in declared.units)
    return replace(declared, units=(*declared.units, *more), terms=tuple(Term(*one) for one in words.items()))


def terms(cell: str) -> Iterator[Term]:
    """Yield the words of a cell such as ``charged; sentenced:convicted,ends``, with what follows from each."""
    for one in listing.split(cell):
        word, _, follows = one.partition(":")
        yield Term(word.strip(), tuple(filter(None, map(str.strip, follows.split(",")))))


def write_terms(terms: Iterable[Term]) -> str:
    """Write words as ``terms`` reads them."""
    return "; ".join(":".join(filter(None, (word, ",".join(follows)))) for word, follows in terms)
