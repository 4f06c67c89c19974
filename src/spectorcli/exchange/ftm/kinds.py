"""The kinds and properties that a case from FollowTheMoney declares, and where a value of theirs has its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spectorcli.escapes import clean
from spectorcli.exchange.ftm import model
from spectorcli.values import TYPES, listing
from spectorcli.values.span import BadValue
from spectorcli.vocabulary import ANY_KIND, REQUIRED

KINDS = {"Person": "people", "PublicBody": "agencies"}
"""The schemata that have a kind already; any other gets one that is named after it."""

MOST_KINDS = 150
MOST_PROPERTIES = 300
"""Of a kind. A case may have 200 kinds and 500 properties of each; what is beyond these shares a kind or stays JSON."""

LONGEST = 80
"""Characters of a name."""

SCHEMA = "ftm"
"""The property that holds the schema of an entity, with all that it has besides values in its note."""

OTHER = "ftm_"
"""The property of values whose own cannot be one here, and the kind of entities for whose schema there is no place."""

WORDING = "_text"
"""Behind the name of a property where it holds what is not of the property's type."""

REFERS = f"ref:{ANY_KIND}"

_NAME = re.compile("[A-Za-z0-9_]+(?<!_unit)(?<!_text)", re.ASCII | re.IGNORECASE)

_GROUPED = re.compile(r"(-?\d{1,3})((?:,\d{3})+)(\.\d+)?", re.ASCII)
"""A number as FollowTheMoney groups it."""


@dataclass
class _Declared:
    """A property: its name there, its type here, and whether some of its values are not of that."""

    prop: str
    type: str
    wording: bool = False


class Kinds:
    """Gathers kinds and properties as they come."""

    def __init__(self) -> None:
        """Begin without any."""
        self._properties: dict[str, dict[str, _Declared]] = {}
        """Of each kind, by their names in lower case, for SQLite does not tell Name from name."""
        self._schemata: dict[str, str] = {}
        """The schema after which a kind is named."""
        self._others: set[str] = set()
        """The kinds of which something is said under a name that none of their properties can have."""

    def kind(self, schema: str) -> str:
        """Return the kind of a schema, and declare it."""
        kind = KINDS.get(schema, f"ftm_{re.sub('[^a-z0-9]+', '_', schema.lower())}")
        if len(kind) > LONGEST or (kind not in self._properties and len(self._properties) >= MOST_KINDS):
            kind = OTHER
        if kind not in self._properties:
            self._properties[kind], self._schemata[kind] = {}, schema
        return kind

    def narrow(self, kind: str, narrower: str) -> bool:
        """Whether a thing may be of a narrower kind than it was, which then has all properties that the other has."""
        both = {**self._properties[kind], **self._properties[narrower]}
        if len(both) > MOST_PROPERTIES:
            return False
        self._properties[narrower] = both
        self._others |= {narrower} if kind in self._others else set()
        return True

    def declares(self, kind: str, prop: str) -> bool:
        """Whether a property can be one of the kind's; it is declared then."""
        known = self._properties[kind]
        found = known.get(prop.lower())
        if found is None and len(known) < MOST_PROPERTIES and _is_name(prop):
            found = known[prop.lower()] = _Declared(prop, model.type_of(self._schemata[kind], prop))
        return found is not None and found.prop == prop

    def declares_tie(self, kind: str, schema: str) -> bool:
        """Whether the things of a kind can be tied to others by an edge of a schema; that is declared then."""
        found = self._properties[kind].setdefault(schema.lower(), _Declared(schema, REFERS))
        return found.prop == schema

    def type_of(self, kind: str, prop: str) -> str:
        """Return the type of a property that is declared."""
        return self._properties[kind][prop.lower()].type

    def placed(self, kind: str, prop: str, text: str) -> tuple[str, str]:
        """Return the property for a value, and how it stands there; nothing if it is not of the type."""
        declared = self._properties[kind][prop.lower()]
        return f"ftm_{prop}", _fitted(declared, text)

    def other(self, kind: str) -> str:
        """Return the property that holds what none of the kind's own can."""
        self._others.add(kind)
        return OTHER

    def wording(self, kind: str, prop: str) -> str:
        """Return the property that holds what is not of the type."""
        self._properties[kind][prop.lower()].wording = True
        return f"ftm_{prop}{WORDING}"

    def vocabulary(self) -> Iterator[dict[str, str]]:
        """Yield the rows of the case's own vocabulary."""
        for kind, properties in self._properties.items():
            if kind not in KINDS.values():
                yield _row(kind, "", "", f"{clean(self._schemata[kind])} of FollowTheMoney")
                for column, description in self._columns(kind).items():
                    yield _row(kind, column, "text", description, many=column == "aliases")
            yield _row(kind, SCHEMA, "term", "Its schema in FollowTheMoney", many=True, claimed=True)
            if kind in self._others:
                yield _row(
                    kind, OTHER, "text", "What FollowTheMoney says of it under other names", many=True, claimed=True
                )
            for one in properties.values():
                yield self._property(kind, one)
                if one.wording:
                    described = f"{one.prop} of FollowTheMoney, where it is not what it should be, as it stands"
                    yield _row(kind, f"ftm_{one.prop}{WORDING}", "text", described, many=True, claimed=True)
        yield _row("sources", "ftm_datasets", "text", "The datasets of FollowTheMoney, as JSON")

    def _columns(self, kind: str) -> dict[str, str]:
        if kind in KINDS.values() or model.has_name(self._schemata[kind]):
            return {"name": "Its name, or its id if it has none", "aliases": "Its other names"}
        return {"caption": "What it ties together, for it has no name"}

    def _property(self, kind: str, one: _Declared) -> dict[str, str]:
        single = one.type in {"date", "number"} or one.prop in model.SINGLE
        unit = model.CURRENCIES.get(one.prop, "")
        return _row(kind, f"ftm_{one.prop}", one.type, f"{one.prop} of FollowTheMoney", not single, True, unit)


def _is_name(prop: str) -> bool:
    """Whether a property can have its own name here, which is not that of a tie."""
    return len(prop) <= LONGEST and bool(_NAME.fullmatch(prop)) and model.ends(prop) is None


def _fitted(declared: _Declared, text: str) -> str:
    """Return a value as one of its type has to stand in a case; empty if it is not of that.

    FollowTheMoney groups the digits of a number by commas, and has points before decimals.
    """
    if declared.type == "text":
        return text
    if declared.type == "term" and declared.prop not in model.SINGLE:
        return text if listing.split(text) == [text] and not text.startswith(listing.ONLY) else ""
    if declared.type == "number" and (found := _GROUPED.fullmatch(text)):
        text = f"{found[1]}{found[2].replace(',', '')}{found[3] or ''}"
    try:
        TYPES[declared.type].read(text)
    except BadValue:
        return ""
    return text


def _row(
    kind: str, prop: str, type: str, description: str, many: bool = False, claimed: bool = False, unit: str = ""
) -> dict[str, str]:
    cells = (kind, prop, type, "yes" if many else "", unit, "yes" if claimed else "", description)
    return dict(zip(REQUIRED, cells, strict=True))
