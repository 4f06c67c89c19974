"""Kinds of things and their properties, declared once in ``vocabulary.csv``.

Tables, validation, suggestions and exports read them here: a new kind or property is a row in that
file and a seed file, nothing else. A case may declare its own in a ``vocabulary.csv`` beside its claims.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spectorcli.values import units

BUNDLED = Path(__file__).with_name("vocabulary.csv")

REQUIRED = ("kind", "property", "type", "many", "unit", "claimed", "description")

OPTIONAL = ("denies",)
"""Columns that a case's own vocabulary.csv may leave out."""

COLUMNS = (*REQUIRED, *OPTIONAL)


@dataclass(frozen=True)
class Property:
    """What may be said of a thing of one kind.

    ``type`` is number, date, term (a short value that is compared), text (free wording, never compared), flag,
    or ref. A ``claimed`` property lives in claims.csv, any other is a column of the kind's own file. ``units``
    are the units a number may have: names, or the words for a group of them, such as ``mass`` or ``money``.
    ``denies`` is the relation of the same kind that this one says not to hold.
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

    @property
    def single_unit(self) -> bool:
        """Whether there is only one unit, so that a claim need not name it."""
        return len(self.units) == 1 and self.units[0] not in units.GROUPS_AND_MONEY


@dataclass
class Kind:
    """A kind of thing: its file, its table and, for most, its command have this name."""

    name: str
    description: str
    properties: dict[str, Property] = field(default_factory=dict)

    @property
    def columns(self) -> list[Property]:
        """The properties that identify a thing: the columns of its file after ``id``."""
        return [p for p in self.properties.values() if not p.claimed]

    @property
    def claimed(self) -> list[Property]:
        """The properties that exist only as claims."""
        return [p for p in self.properties.values() if p.claimed]


def read_vocabulary(path: Path = BUNDLED) -> dict[str, Kind]:
    """Return the kinds by name, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return declare(csv.DictReader(lines), {})


def columns_for(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the columns of a file that holds these rows: an optional one only where a row fills it."""
    filled = {name for row in rows for name in OPTIONAL if row.get(name)}
    return [name for name in COLUMNS if name in REQUIRED or name in filled]


def declare(rows: Iterable[Mapping[str, str]], kinds: dict[str, Kind]) -> dict[str, Kind]:
    """Add what rows declare to ``kinds``; the row of a kind itself, without a property, comes before the others."""
    for row in rows:
        if not row["property"]:
            kinds[row["kind"]] = Kind(row["kind"], row["description"])
            continue
        kind, _, target = row["type"].partition(":")
        kinds[row["kind"]].properties[row["property"]] = Property(
            kind=row["kind"],
            name=row["property"],
            type=kind,
            target=target,
            many=row["many"] == "yes",
            units=tuple(row["unit"].split()),
            claimed=row["claimed"] == "yes",
            description=row["description"],
            denies=row.get("denies", ""),
        )
    return kinds
