"""Terms: short values that are compared letter by letter and never altered: ``charged``, an IMEI, a docket number."""

from spectorcli.values.span import Relation


def read(text: str, unit: str = "") -> str:
    """Return a term as it is compared: itself."""
    return text


def base(reading: str, unit: str = "") -> tuple[float | None, str]:
    """Return nothing to reckon with."""
    return None, ""


def relation(one: str, other: str) -> Relation:
    """Return how two terms stand to each other: they are equal or they differ."""
    return Relation.AGREES if one == other else Relation.DIFFERS


def write(text: str) -> str:
    """Return a term for machines: as it is stated."""
    return text


def say(text: str, unit: str = "") -> str:
    """Return a term for people: as it is stated."""
    return text


def brief(text: str, unit: str = "") -> str:
    """Return a term as it stands in a table: as it is stated."""
    return text
