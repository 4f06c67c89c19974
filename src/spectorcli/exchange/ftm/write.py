"""Writes a case as FollowTheMoney: entities with the best values, or statements, which keep who said what.

The model is that of https://followthemoney.tech/explorer/; ``schema`` says which schema and property
take what. A value that its property could not hold as it is goes to ``notes`` in words, so nothing is
lost, and nothing is asserted beyond the case: no topics such as ``crime.fin``, no day for a month.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple, TextIO

from spectorcli.case import Case, Record
from spectorcli.escapes import escape_json
from spectorcli.exchange.ftm import round_trip
from spectorcli.exchange.ftm.kinds import SCHEMA
from spectorcli.exchange.ftm.round_trip import (
    MARK,
    STATEMENT_COLUMNS,
    THE_CASE,
    entity_id,
    is_foreign,
    statement_key,
)
from spectorcli.exchange.ftm.schema import JOINERS, OTHERWISE, TYPES, clean
from spectorcli.exchange.ftm.values import FtmThing, Value, claim_values, column_values, proof
from spectorcli.values.wording import count
from spectorcli.vocabulary import COLUMNS, REJECTED


class Dataset(NamedTuple):
    """What a source is in FollowTheMoney; one that came from there may have several ``members``, and no article."""

    name: str
    members: Sequence[str]
    article: bool


def write(case: Case, path: Path) -> Sequence[str]:
    """Write each thing, and each tie between two, as a JSON line with its best values.

    ``datasets`` are the case and the sources that bear the entity out; ``proof`` names these as articles.
    """
    datasets, facts = _datasets(case), _by_thing(case.read("facts"))
    members = {source: dataset.members for source, dataset in datasets.items()}
    differing = joined = rejected = 0
    with path.open("w", encoding="utf-8") as out:
        for thing, claims, foreign in _things(case):
            if thing.kind.name == REJECTED:
                rejected += 1
                continue
            accepted = [claim for claim in claims if claim["accepted"]]
            differing += len(claims) - len(accepted)
            best = [fact for fact in facts(thing.id) if not (foreign and is_foreign(fact))]
            articles = {str(claim["source"]) for claim in accepted if datasets[str(claim["source"])].article}
            values = [*_of_columns(thing, foreign), *claim_values(thing, best), *proof(thing, articles)]
            joined += sum(not JOINERS.isdisjoint(value.text) for value in values)
            ours = _entities(values, _sources_by_entity(thing, foreign, accepted), members)
            for entity in chain(round_trip.entities(thing.id, foreign, members), ours):
                out.write(escape_json(json.dumps(entity, ensure_ascii=False)) + "\n")
    left_out = []
    if differing:
        left_out = [
            f"{count(differing, 'claims')} left out, for another value is better supported; ftm-statements has all"
        ]
    if rejected:
        left_out.append(f"{count(rejected, 'suggestions')} that were rejected left out; ftm-statements has all")
    if joined:
        left_out.append(
            f"{count(joined, 'texts')} without their zero-width joiners, which FollowTheMoney does not keep"
        )
    return left_out


def write_statements(case: Case, path: Path) -> Sequence[str]:
    """Write each claim as a statement in the dataset of its source, also where it differs from the best.

    What stands in the files of the kinds has no source and is in the dataset of the case. ``origin`` is
    the place in the source. A source that says the same in several places makes one statement of them.
    Of each thing a statement ``id``, that it is there, says of which kind it is, for ``own`` to read.
    """
    datasets = {source: dataset.name for source, dataset in _datasets(case).items()}
    ours = all(SCHEMA not in kind.properties for kind in case.kinds().values())
    without_text = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        write = _row_writer(out)
        write([STATEMENT_COLUMNS])
        if ours:
            write(_about(case, datasets[""]))
        for thing, claims, foreign in _things(case):
            without_text += round_trip.without_statement(foreign)
            write(round_trip.statements(thing.id, foreign, datasets))
            if ours:
                dataset = datasets.get(thing.id) if thing.kind.name == "sources" else None
                write([_is_there(entity_id(thing.id), thing.schema, thing.kind.name, dataset or datasets[""])])
            placed = [(datasets[""], "", "", value) for value in _of_columns(thing, foreign)]
            for claim in claims:
                origin = datasets[str(claim["source"])], str(claim["at"]), str(claim["stated"])
                placed += [(*origin, value) for value in claim_values(thing, [claim])]
            write(_statements(placed))
    left_out = []
    if without_text:
        left_out.append(
            f"{count(without_text, 'properties')} left out, for a statement is a text and these hold none; ftm has all"
        )
    return left_out


def _about(case: Case, dataset: str) -> Iterator[list[str]]:
    """Yield the statements about the case itself: its title, its operation, and what it declares of its own."""
    yield _is_there(THE_CASE, OTHERWISE, MARK, dataset)
    notes = [f"operation: {case.operation}"] if case.operation else []
    for row in case.read("own_vocabulary"):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row[column] for column in COLUMNS)
        notes.append(f"vocabulary: {line.getvalue()}")
    values = [("name", clean("name", case.metadata["title"]) or MARK), *(("notes", note) for note in notes)]
    yield from _statements((dataset, "", "", Value(THE_CASE, OTHERWISE, prop, text, text)) for prop, text in values)


def _is_there(entity: str, schema: str, kind: str, dataset: str) -> list[str]:
    """Return the statement that there is a thing of a kind."""
    row = [entity, entity, "id", "id", schema, kind, dataset]
    return [*row, MARK, "", "", "f", "", "", statement_key(dataset, entity, "id", kind)]


def _things(case: Case) -> Iterator[tuple[FtmThing, list[Record], list[Record]]]:
    """Yield each thing with its claims, those apart that came from FollowTheMoney."""
    kinds, claims_of = case.kinds(), _by_thing(case.read("claims_by_thing"))
    for row in case.read("things"):
        id, kind, cells = str(row["id"]), kinds[str(row["kind"])], json.loads(str(row["cells"]))
        claims = claims_of(id)
        foreign = [claim for claim in claims if is_foreign(claim)]
        schema = round_trip.schema_of(foreign)
        if schema:
            claims = [claim for claim in claims if not is_foreign(claim)]
        if claims or foreign or "ftm_datasets" not in cells:
            thing = FtmThing(id, kind, schema or kind.ftm or OTHERWISE, str(row["label"]), cells)
            yield thing, claims, foreign if schema else []


def _of_columns(thing: FtmThing, foreign: Sequence[Record]) -> Iterable[Value]:
    """Return what its row says of a thing; of one that came from FollowTheMoney the row says nothing new."""
    return () if foreign else column_values(thing)


def _by_thing(rows: Iterable[Record]) -> Callable[[str], list[Record]]:
    """Return a function that gives the rows of a thing; it must be asked for the things in the order of the files."""
    groups = groupby(rows, key=lambda row: row["subject"])
    subject, group = next(groups, (None, iter(())))

    def rows_of(id: str) -> list[Record]:
        nonlocal subject, group
        if subject != id:
            return []
        found = list(group)
        subject, group = next(groups, (None, iter(())))
        return found

    return rows_of


def _datasets(case: Case) -> dict[str, Dataset]:
    """Return the dataset of each source by its id, and under the empty id that of the case.

    A dataset's name is lower case letters and digits between single underscores.
    """
    found: dict[str, Dataset] = {}
    sources = [thing for thing in case.read("things") if thing["kind"] == "sources"]
    listed = {str(source["id"]): json.loads(str(source["cells"])).get("ftm_datasets") for source in sources}
    taken = set()
    for id, text in listed.items():
        members = json.loads(text) if text else []
        if len(members) == 1:
            found[id] = Dataset(members[0], members, article=False)
            taken.add(members[0])
    title = str(json.loads(case.metadata["package"]).get("name") or case.metadata["title"])
    for id in ["", *listed]:
        if id not in found:
            name = _unused(re.sub(r"[^a-z0-9]+", "_", (id or title).lower()).strip("_") or "case", taken)
            taken.add(name)
            text = listed.get(id)
            found[id] = Dataset(name, json.loads(text) if text else [name], article=not text)
    return found


def _unused(name: str, taken: set[str]) -> str:
    number = 1
    while (unique := name if number == 1 else f"{name}_{number}") in taken:
        number += 1
    return unique


def _sources_by_entity(thing: FtmThing, foreign: Sequence[Record], claims: Iterable[Record]) -> dict[str, set[str]]:
    """Return the sources of a thing and of each of its ties; the case itself is one, with an empty id."""
    found: dict[str, set[str]] = {value.entity: {""} for value in _of_columns(thing, foreign)}
    for claim in claims:
        for entity in {entity_id(thing.id), *(value.entity for value in claim_values(thing, [claim]))}:
            found.setdefault(entity, set()).add(str(claim["source"]))
    return found


def _entities(
    values: Iterable[Value], sources: Mapping[str, set[str]], members: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, object]]:
    """Put values together to entities, in the order in which they come."""
    entities: dict[tuple[str, str], dict[str, list[str]]] = {}
    for value in values:
        held = entities.setdefault(value[:2], {}).setdefault(value.prop, [])
        if value.value not in held:
            held.append(value.value)
    for (id, schema), properties in entities.items():
        datasets = dict.fromkeys(name for source in sorted(sources[id]) for name in members[source])
        yield {"id": id, "schema": schema, "properties": properties, "datasets": list(datasets)}


def _row_writer(out: TextIO) -> Callable[[Iterable[Sequence[str]]], None]:
    """Write rows so that each comes back as it was: a carriage return in a cell is nothing that ``csv`` quotes."""
    unquoted = csv.writer(out, lineterminator="\n")
    quoted = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def write(rows: Iterable[Sequence[str]]) -> None:
        for row in rows:
            (quoted if any("\r" in cell for cell in row) else unquoted).writerow(row)

    return write


def _statements(placed: Iterable[tuple[str, str, str, Value]]) -> Iterator[list[str]]:
    """Yield the rows of a thing and then of its ties; the same statement only once, with all its places."""
    entities: dict[str, dict[tuple[str, ...], tuple[list[str], list[str]]]] = {}
    for dataset, at, stated, value in placed:
        rows = entities.setdefault(value.entity, {})
        places, originals = rows.setdefault((value.prop, value.schema, value.value, dataset), ([], []))
        original = value.text and (stated or value.text)
        if at and at not in places:
            places.append(at)
        if original and original not in (value.value, *originals):
            originals.append(original)
    for entity, rows in entities.items():
        for (prop, schema, text, dataset), (places, originals) in rows.items():
            key = statement_key(dataset, entity, prop, text)
            row = [entity, entity, prop, TYPES[prop], schema, text, dataset]
            yield [*row, "; ".join(places), "", "; ".join(originals), "f", "", "", key]
