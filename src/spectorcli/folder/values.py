"""Reads the values of a case as they are compared, and says what is wrong with them."""

import re

from spectorcli.errors import did_you_mean
from spectorcli.folder.changes import COMMA, DATE, FLAG, Change
from spectorcli.folder.known import Known
from spectorcli.folder.mistakes import Problem, Unknown
from spectorcli.folder.table import Raw
from spectorcli.values import TYPES, Reading, countries, flag, listing, rewritten, units
from spectorcli.values.listing import Listing
from spectorcli.values.span import BadValue
from spectorcli.vocabulary import ANY_KIND, Property

MENDED = frozenset({"flag", "number", "date"})
"""Types whose values a spreadsheet writes in its own way."""

ALIKE = 0.8
"""How alike a unit must be to be suggested, of 1: one letter more or less in a word, for a word that is like it in part
means something else."""

_DECIMAL_COMMA = re.compile(r"([~<>]=?)?-?\d{1,18},(\d{1,2}|\d{4,9})", re.ASCII)
"""Three digits behind it may be thousands."""


def mend(type: str, text: str, raw: Raw) -> tuple[str, tuple[Change, ...]]:
    """Return a value as it is written in a case, where a spreadsheet wrote it otherwise and nothing is in doubt."""
    if type == "flag" and (meant := flag.WORDS.get(text.casefold(), text)) != text:
        return meant, (FLAG,)
    if type == "date" and (day := rewritten.tidy(text)) != text:
        return day, (DATE,)
    if type == "number" and raw.decimal_comma and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", "."), (COMMA,)
    return text, ()


def read_value(declared: Property, value: str, unit: str) -> Reading:
    """Read a value as it is compared; what it refers to need not exist.

    Raises:
        BadValue: it is not of the property's type.
    """
    if not declared.many or declared.type == "text":
        return TYPES[declared.type].read(value, unit)  # type: ignore[no-any-return]
    return listing.read(value) if declared.claimed else Listing(frozenset(listing.split(value)), False)


def misread(declared: Property, value: str, unit: str, known: Known) -> tuple[Reading, Problem]:
    """Read a value and say what is wrong with it, also with what it refers to."""
    if not value:
        return None, "value is empty"
    try:
        reading = read_value(declared, value, unit)
    except BadValue as error:
        return None, (declared.type == "number" and _instead(value, unit)) or str(error)
    if declared.type == "ref":
        for one in sorted(reading.values) if isinstance(reading, Listing) else [value]:
            if problem := missing(known, declared.target, one):
                return None, problem
    return reading, ""


def _instead(value: str, unit: str) -> str:
    from spectorcli.values.figures.meant import instead  # only a refusal need know

    return instead(value, unit)


def missing(known: Known, kind: str, id: str) -> Problem:
    """Say what is wrong with a reference to a thing of a kind, or of any; empty if it is there."""
    there = known.kind_of(id)
    if (there and kind in {there, ANY_KIND}) or (there is None and known.incomplete):
        return ""
    if there:
        return f"{id!r} is one of the {there}, not of the {kind}"
    if kind == "countries" and (code := countries.meant(id)):
        if code == id:
            return f"country {id!r} has no row in countries.csv; add one"
        return f"unknown country {id!r}; did you mean {code!r}?"
    return Unknown(id, None if kind == ANY_KIND else kind)


def read_unit(declared: Property, unit: str) -> tuple[str, str]:
    """Return the unit, which may be left out where there is only one, and what is wrong with it."""
    if declared.type != "number" or not declared.units:
        return unit, f"{declared.name} has no unit, but {unit!r} is given" if unit else ""
    if not unit and declared.single_unit:
        return declared.units[0], ""
    if not unit:
        return unit, f"{declared.name} needs {units.described(declared.units)}"
    allowed = units.allowed(declared.units)
    if unit in allowed:
        return unit, ""
    for word in (unit, units.meant(unit)):
        if word in allowed or ("money" in declared.units and units.is_currency(word)):
            return word, ""
    guess = did_you_mean(unit, allowed, alike=ALIKE) if units.meant(unit) not in units.UNITS else ""
    doubt = units.DOUBTFUL.get(unit.casefold())
    needed = f"; it needs {units.described(declared.units)}; one of your own is declared in vocabulary.csv"
    there = f"; {doubt}" if doubt else needed
    return unit, f"unknown unit {unit!r} of {declared.name}{guess or there}"
