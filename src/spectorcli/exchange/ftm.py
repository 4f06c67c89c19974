"""Writes a case as FollowTheMoney: entities with the best values, or statements, which keep who said what.

The model is that of https://followthemoney.tech/explorer/; ``ftm_model`` says which schema and property
take what. A value that its property could not hold as it is goes to ``notes`` in words, so nothing is
lost, and nothing is asserted beyond the case: no topics such as ``crime.fin``, no day for a month.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha1
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from spectorcli.casefile import Case
from spectorcli.exchange.ftm_model import DENIED, GENERIC_LINK, JOINERS, LINKS, SCHEMATA, TYPES, clean, fits, property_for
from spectorcli.folder import split_list
from spectorcli.plain import escape_json
from spectorcli.result import Cell
from spectorcli.vocabulary import Kind, Property

COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang"),
    *("original_value", "external", "first_seen", "last_seen", "id"),
)
"""Of a statements CSV, in the order in which ``ftm statements`` writes them."""

Row = Mapping[str, Cell]


class Value(NamedTuple):
    """One value of one entity, clean as FollowTheMoney has it; ``text`` is what the case says, if it is of the case."""

    entity: str
    schema: str
    prop: str
    value: str
    text: str


def write(case: Case, path: Path) -> Sequence[str]:
    """Write each thing, and each tie between two, as a JSON line with its best values.

    ``datasets`` are the case and the sources that bear the entity out; ``proof`` names these as articles.
    """
    kinds, datasets = case.kinds(), _datasets(case)
    facts, said = _by_thing(case.read("facts")), _by_thing(case.read("said"))
    differing = joined = 0
    with path.open("w", encoding="utf-8") as out:
        for thing in case.read("things"):
            claims = said(thing)
            accepted = [claim for claim in claims if claim["verdict"] != "differs"]
            differing += len(claims) - len(accepted)
            values = [
                *_column_values(kinds, thing),
                *_claim_values(kinds, thing, facts(thing)),
                *_proof(kinds, thing, accepted),
            ]
            joined += sum(not JOINERS.isdisjoint(value.text) for value in values)
            sources = _sources(kinds, thing, accepted)
            for (id, schema), properties in _entities(values).items():
                told_by = [datasets[source] for source in sources[id]]
                entity = {"id": id, "schema": schema, "properties": properties, "datasets": told_by}
                out.write(escape_json(json.dumps(entity, ensure_ascii=False)) + "\n")
    left_out = []
    if differing:
        left_out = [f"{_claims(differing)} left out, for another value is better supported; ftm-statements has all"]
    if joined:
        left_out.append(f"{joined:,} texts without their zero-width joiners, which FollowTheMoney does not keep")
    return left_out


def write_statements(case: Case, path: Path) -> Sequence[str]:
    """Write each claim as a statement in the dataset of its source, also where it differs from the best.

    What stands in the files of the kinds has no source and is in the dataset of the case. ``origin`` is
    the place in the source. A source that says the same in several places makes one statement of them.
    """
    kinds, datasets, said = case.kinds(), _datasets(case), _by_thing(case.read("said"))
    deprecated = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for thing in case.read("things"):
            claims = said(thing)
            deprecated += sum(claim["rank"] == "deprecated" for claim in claims)
            told = [(datasets[""], "", "", value) for value in _column_values(kinds, thing)]
            for claim in claims:
                place = datasets[str(claim["source"])], str(claim["at"]), str(claim["stated"])
                told += [(*place, value) for value in _claim_values(kinds, thing, [claim])]
            writer.writerows(_statements(told))
    if not deprecated:
        return []
    return [f"{_claims(deprecated)} kept, but nothing there says that the editor deprecated them"]


def entity_id(id: str) -> str:
    """Return the id as FollowTheMoney takes it: one that ends in a dot or a hyphen gets a word behind it.

    No two ids of a case become the same one.
    """
    return f"{id}.end" if id.endswith((".", "-", ".end")) else id


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count:,} claims"


def _by_thing(rows: Iterable[Row]) -> Callable[[Row], list[Row]]:
    """Return what gives the rows about a thing, if it is asked for the things in the order of the files."""
    groups = groupby(rows, key=lambda row: row["subject"])
    subject, group = next(groups, (None, iter(())))

    def about(thing: Row) -> list[Row]:
        nonlocal subject, group
        if subject != thing["id"]:
            return []
        found = list(group)
        subject, group = next(groups, (None, iter(())))
        return found

    return about


def _datasets(case: Case) -> dict[str, str]:
    """Return the dataset of each source by its id, and under the empty id that of the case.

    A dataset's name is lower case letters and digits between single underscores.
    """
    name = str(json.loads(case.about["package"]).get("name") or case.about["title"])
    names: dict[str, str] = {}
    taken: set[str] = set()
    for id in ["", *(str(thing["id"]) for thing in case.read("things") if thing["kind"] == "sources")]:
        slug = re.sub(r"[^a-z0-9]+", "_", (id or name).lower()).strip("_") or "case"
        number = 1
        while (unique := slug if number == 1 else f"{slug}_{number}") in taken:
            number += 1
        taken.add(unique)
        names[id] = unique
    return names


def _column_values(kinds: Mapping[str, Kind], thing: Row) -> Iterator[Value]:
    """Yield what the file of its kind says of a thing, and what it is called."""
    kind = kinds[str(thing["kind"])]
    id, schema = entity_id(str(thing["id"])), _schema(kind)
    label = str(thing["label"])
    yield Value(id, schema, "name", clean("name", label) if fits("name", label) else id, label)
    for name, text in json.loads(str(thing["cells"])).items():
        yield from _values(str(thing["id"]), kind, kind.properties[name], text, "", "")
    if kind.name == "countries":
        yield Value(id, schema, "country", str(thing["id"]).lower(), str(thing["id"]))


def _claim_values(kinds: Mapping[str, Kind], thing: Row, rows: Iterable[Row]) -> Iterator[Value]:
    """Yield what claims, or facts, say of a thing and of its ties to others."""
    kind = kinds[str(thing["kind"])]
    for row in rows:
        declared = kind.properties[str(row["property"])]
        yield from _values(str(thing["id"]), kind, declared, _text(row["value"]), str(row["unit"]), str(row["when"]))


def _text(value: Cell) -> str:
    """Write a value as digits also where Python would write 1e+16."""
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)


def _values(id: str, kind: Kind, declared: Property, text: str, unit: str, when: str) -> Iterator[Value]:
    """Translate one value of one property; what FollowTheMoney could not hold whole is said in words too."""
    entity, schema, prop = entity_id(id), _schema(kind), property_for(declared)
    note = f"{declared.name}{f' ({when})' if when else ''}: {text}{f' {unit}' if unit else ''}"
    parts = _parts(declared, text)
    if prop and TYPES[prop] == "date":
        yield from (Value(entity, schema, end, day, text) for end, day in _days(prop, text))
        if when or not _DAY.fullmatch(text):
            yield Value(entity, schema, "summary", note, note)
        return
    if prop:
        fitting = [part for part in parts if fits(TYPES[prop], part)]
        yield from (Value(entity, schema, prop, _written(prop, part), part) for part in fitting)
    elif declared.type == "ref" and (kind.name, declared.name) not in DENIED:
        fitting = parts
        for part in parts:
            yield from _link(id, kind, declared, part)
    else:
        fitting = []
    if when or fitting != parts or (parts != [text] and text.startswith("only ")):
        yield Value(entity, schema, "notes", clean("text", note), note)


def _parts(declared: Property, text: str) -> list[str]:
    """Return the members of a list; a claimed wording is none."""
    if not declared.many or (declared.claimed and declared.type == "text"):
        return [text]
    return split_list(text.removeprefix("only ") if declared.claimed else text)


def _written(prop: str, text: str) -> str:
    """Return a value as FollowTheMoney writes it: countries in lower case, ids as it takes them."""
    match TYPES[prop]:
        case "country":
            return text.lower()
        case "entity":
            return entity_id(text)
    return clean(TYPES[prop], text)


def _proof(kinds: Mapping[str, Kind], thing: Row, claims: Iterable[Row]) -> Iterator[Value]:
    """Yield the articles that bear a thing out."""
    id, schema = str(thing["id"]), _schema(kinds[str(thing["kind"])])
    for source in sorted({str(claim["source"]) for claim in claims} - {id}):
        yield Value(entity_id(id), schema, "proof", entity_id(source), source)


def _schema(kind: Kind) -> str:
    return SCHEMATA.get(kind.name, "Note")


def _link(id: str, kind: Kind, declared: Property, other: str) -> Iterator[Value]:
    """Yield the tie between two things, which FollowTheMoney has as an entity of its own."""
    schema, subject, object = LINKS.get((kind.name, declared.name), GENERIC_LINK)
    link = f"link-{sha1(f'{id} {declared.name} {other}'.encode()).hexdigest()}"
    yield Value(link, schema, subject, entity_id(id), "")
    yield Value(link, schema, object, entity_id(other), other)
    yield Value(link, schema, "role", declared.name.replace("_", " "), "")


_DAY = re.compile(r"[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)
"""A date of FollowTheMoney: a year, a month or a day, nothing else."""


def _days(prop: str, text: str) -> Iterator[tuple[str, str]]:
    """Cut an EDTF date to what FollowTheMoney can hold; an interval has two ends where the schema has them."""
    start, slash, end = text.partition("/")
    ends = [(prop, start)]
    if slash and prop == "date":
        ends = [("startDate", start), ("endDate", end)]
    elif slash:
        ends = [(prop, start[:4])] if start[:4] == end[:4] else []
    for one, day in ends:
        if found := re.match(rf"{_DAY.pattern}(?!\d)", day, re.ASCII):
            yield one, found.group()


def _entities(values: Iterable[Value]) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Put values together by id and schema, the thing itself first."""
    entities: dict[tuple[str, str], dict[str, list[str]]] = {}
    for value in values:
        held = entities.setdefault(value[:2], {}).setdefault(value.prop, [])
        if value.value not in held:
            held.append(value.value)
    return entities


def _sources(kinds: Mapping[str, Kind], thing: Row, claims: Iterable[Row]) -> dict[str, list[str]]:
    """Return who tells of a thing and of each of its ties: the case itself, as an empty id, and then sources."""
    told: dict[str, set[str]] = {value.entity: {""} for value in _column_values(kinds, thing)}
    for claim in claims:
        for value in _claim_values(kinds, thing, [claim]):
            told.setdefault(value.entity, set()).add(str(claim["source"]))
    return {entity: sorted(sources) for entity, sources in told.items()}


def _statements(told: Iterable[tuple[str, str, str, Value]]) -> Iterator[list[str]]:
    """Yield the rows of a thing and then of its ties; the same statement only once, with all its places."""
    entities: dict[str, dict[tuple[str, ...], tuple[list[str], list[str]]]] = {}
    for dataset, at, stated, value in told:
        rows = entities.setdefault(value.entity, {})
        places, originals = rows.setdefault((value.prop, value.schema, value.value, dataset), ([], []))
        original = value.text and (stated or value.text)
        if at and at not in places:
            places.append(at)
        if original and original not in (value.value, *originals):
            originals.append(original)
    for entity, rows in entities.items():
        for (prop, schema, text, dataset), (places, originals) in rows.items():
            key = sha1(f"{dataset}.{entity}.{prop}.{text}".encode()).hexdigest()
            row = [entity, entity, prop, TYPES[prop], schema, text, dataset]
            yield [*row, "; ".join(places), "", "; ".join(originals), "f", "", "", key]
