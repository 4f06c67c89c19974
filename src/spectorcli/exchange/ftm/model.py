"""What FollowTheMoney means by its schemata and properties: ``model.json``, facts of its public model.

What is in no list there is wording, as a description or an address is.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

NOT_OF_THE_THING = frozenset({"modifiedAt", "processedAt", "retrievedAt"})
"""Dates at which a record was touched. Two datasets that differ in them do not differ about anything."""

SINGLE = frozenset(
    {
        *("gender", "birthCountry", "jurisdiction", "mainCountry", "flag"),
        *("iban", "imoNumber", "innCode", "isin", "isinCode", "leiCode", "npiCode", "ogrnCode"),
    }
)
"""Besides dates and numbers what has one value by its nature: who gives an identifier gives a thing one (DUNS and UEI
are of a place of business). FollowTheMoney itself does not say which these are."""

NAMES = frozenset({"name", "alias", "weakAlias", "previousName", "abbreviation"})
"""What a thing may be called; names that a text only mentions are others'."""

CURRENCIES = {"amountEur": "EUR", "amountUsd": "USD"}
"""Numbers whose property says the unit."""

TYPES = {"date": "date", "number": "number", "entity": "ref:things"}
"""The types that are more than a term here, each a short value that is compared and never altered."""


@cache
def _model() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("model.json").read_text(encoding="utf-8"))
    types = {name: type for type, names in found["types"].items() for name in names.split()}
    return {**found, "types": types}


def type_of(schema: str, prop: str) -> str:
    """Return the type that a property is here: ``date``, ``number``, ``ref:things``, ``term`` or ``text``."""
    if prop in NOT_OF_THE_THING:
        return "text"
    found = _model()["types of one schema"].get(f"{schema}.{prop}") or _model()["types"].get(prop)
    return TYPES.get(found, "term") if found else "text"


def ends(schema: str) -> tuple[str, str] | None:
    """Return the properties that name the two things which a schema ties to each other; None if it is no edge."""
    source, _, target = _model()["edges"].get(schema, "").partition(" ")
    return (source, target) if target else None


def edges() -> list[tuple[str, str, str]]:
    """Return every schema that is an edge, and the properties of its ends."""
    return [(schema, *found.split()) for schema, found in _model()["edges"].items()]  # type: ignore[misc]


def has_name(schema: str) -> bool:
    """Whether what has this schema may have a name; of a schema that is not known nobody can say that it has none."""
    return schema not in _model()["extends"] or is_a(schema, "Thing")


def is_a(schema: str, other: str) -> bool:
    """Whether a schema is another, or extends it at any distance."""
    parents = _model()["extends"].get(schema, "").split()
    return schema == other or any(is_a(parent, other) for parent in parents)


def reverse(prop: str) -> tuple[str, str] | None:
    """Return schema and property of which this is the other direction: ``Ownership.owner`` of ``ownershipOwner``."""
    schema, _, name = _model()["reverse"].get(prop, "").partition(".")
    return (schema, name) if name else None
