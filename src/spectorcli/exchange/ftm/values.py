"""What a thing of a case becomes in FollowTheMoney: values of an entity, and of the entities that tie it to others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from typing import NamedTuple

from spectorcli.case import Record
from spectorcli.exchange.ftm.round_trip import entity_id
from spectorcli.exchange.ftm.schema import GENERIC_LINK, LINKS, TYPES, clean, comes_back, fits, property_for
from spectorcli.values import listing, units
from spectorcli.values.date import Point, ends
from spectorcli.vocabulary import Kind, Property


@dataclass(frozen=True)
class FtmThing:
    """A thing of a case and the schema that it has in FollowTheMoney."""

    id: str
    kind: Kind
    schema: str
    label: str
    cells: Mapping[str, str]


class Value(NamedTuple):
    """One value of one entity, clean as FollowTheMoney has it; ``text`` is what the case says, if it is of the case."""

    entity: str
    schema: str
    prop: str
    value: str
    text: str


def column_values(thing: FtmThing) -> Iterator[Value]:
    """Yield what the file of its kind says of a thing, and what it is called."""
    id = entity_id(thing.id)
    name = clean("name", thing.label).strip("\"' ")
    yield Value(id, thing.schema, "name", name if fits("name", name) else id, thing.label)
    for column, text in thing.cells.items():
        yield from _values(thing, thing.kind.properties[column], text)
    if thing.kind.name == "countries":
        yield Value(id, thing.schema, "country", thing.id.lower(), thing.id)


def claim_values(thing: FtmThing, rows: Iterable[Record]) -> Iterator[Value]:
    """Yield what claims, or facts, say of a thing and of its ties to others."""
    for row in rows:
        declared = thing.kind.properties[str(row["property"])]
        yield from _values(thing, declared, str(row["value"]), str(row["unit"]), str(row["when"]), _aside(row))


def _aside(row: Record) -> str:
    """Return what the editor says of a claim, in brackets: a rank with its reason, or a note, and what it quotes."""
    note = f" [{row['rank'] or 'note'}: {row['note']}]" if row.get("note") else ""
    return f"{note} [quoting {row['quoting']}]" if row.get("quoting") else note


def _values(
    thing: FtmThing, declared: Property, text: str, unit: str = "", when: str = "", aside: str = ""
) -> Iterator[Value]:
    """Translate one value of one property; what FollowTheMoney could not hold whole is said in words too.

    ``own`` reads the words back.
    """
    entity, schema, prop = entity_id(thing.id), thing.schema, property_for(declared)
    said = f"{text} {units.say(unit, text)}".rstrip()
    note = f"{declared.name}{f' ({when})' if when else ''}: {said}{aside}"
    parts = _parts(declared, text)
    if prop and TYPES[prop] == "date":
        days = list(_days(prop, text))
        yield from (Value(entity, schema, end, day, text) for end, day in days)
        if when or aside or [day for _, day in days] != [text]:
            yield Value(entity, schema, "summary", note, note)
        return
    if prop:
        fitting = [part for part in parts if fits(TYPES[prop], part)]
        yield from (Value(entity, schema, prop, _written(prop, part), part) for part in fitting)
    elif declared.type == "ref" and not declared.denies:  # of a denial a graph tool would draw a tie
        fitting = parts if declared.claimed else declared.targets(text)
        for part in fitting:
            yield from _link(thing.id, declared, part)
    else:
        fitting = []
    whole = fitting == parts and (prop is None or comes_back(thing.kind, declared))
    if when or aside or not whole or (parts != [text] and text.startswith(listing.ONLY)):
        yield Value(entity, schema, "notes", clean("text", note), note)


def _parts(declared: Property, text: str) -> list[str]:
    """Return the members of a list; a claimed wording is none."""
    if not declared.many or (declared.claimed and declared.type == "text"):
        return [text]
    return listing.members(text) if declared.claimed else listing.split(text)


def _written(prop: str, text: str) -> str:
    """Return a value as FollowTheMoney writes it: countries in lower case, ids as it takes them."""
    match TYPES[prop]:
        case "country":
            return text.lower()
        case "entity":
            return entity_id(text)
    return clean(TYPES[prop], text)


def proof(thing: FtmThing, sources: Iterable[str]) -> Iterator[Value]:
    """Yield the articles that bear a thing out."""
    for source in sorted({*sources} - {thing.id}):
        yield Value(entity_id(thing.id), thing.schema, "proof", entity_id(source), source)


def _link(id: str, declared: Property, other: str) -> Iterator[Value]:
    """Yield the tie between two things, which FollowTheMoney has as an entity of its own."""
    schema, subject, object = LINKS.get((declared.kind, declared.name), GENERIC_LINK)
    link = f"link-{sha1(f'{id} {declared.name} {other}'.encode()).hexdigest()}"
    yield Value(link, schema, subject, entity_id(id), "")
    yield Value(link, schema, object, entity_id(other), other)
    yield Value(link, schema, "role", declared.name.replace("_", " "), "")


def _days(prop: str, text: str) -> Iterator[tuple[str, str]]:
    """Cut an EDTF date to what FollowTheMoney can hold; an interval has two ends where the schema has them."""
    first, *rest = ends(text)
    named = [(prop, first)]
    if rest and prop == "date":
        named = [("startDate", first), ("endDate", rest[0])]
    elif rest:
        years = {end.year for end in (first, *rest) if end}
        named = [(prop, first and first._replace(month="", day=""))] if None not in rest and len(years) == 1 else []
    yield from ((end, day) for end, point in named if point and (day := _cut(point)))


def _cut(point: Point) -> str:
    """Return a year, a month or a day, as FollowTheMoney has them: nothing for decades and years before 1000."""
    if not point.year.isdigit() or point.year < "1000":
        return ""
    month = "" if point.season or not point.month.isdigit() else f"-{point.month}"
    return f"{point.year}{month}-{point.day}" if month and point.day.isdigit() else f"{point.year}{month}"
