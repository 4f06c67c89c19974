"""What came from FollowTheMoney goes back as it was: the properties ``ftm`` and ``ftm_…`` of a case.

``read`` makes them. ``ftm_birthDate`` holds the values of ``birthDate``, and ``ftm_birthDate_text`` those that are no
dates; ``ftm`` holds the schema. The note of a claim holds, as JSON, what else there is: of an entity what is not a text
or cannot be a property's name, of a statement the rest. A tie, such as ``ftm_Ownership``, follows from others.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha1
from typing import Any

from spectorcli.case import Record
from spectorcli.exchange.ftm import model
from spectorcli.exchange.ftm.kinds import OTHER, SCHEMA
from spectorcli.result import Cell

STATEMENT_COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang"),
    *("original_value", "external", "first_seen", "last_seen", "id"),
)
"""Of a statements CSV, in the order in which ``ftm statements`` writes them."""

MARK = "spector"
"""The origin of a statement that says of which kind of ours a thing is."""

ESCAPED = "x-ftm."
"""How an id begins that FollowTheMoney may have and a case may not; see ``case_id``."""

THE_CASE = f"{ESCAPED}case"
"""The entity that says what a case of ours declares itself: no thing of a case becomes an entity of such an id."""

_UNESCAPED = re.compile(r"(?!x-ftm\.|datasets?-|file-)[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?(?<!\.end)", re.ASCII)


def case_id(id: str) -> str:
    """Return the id of a case for one of FollowTheMoney: itself, or escaped if a case could not have it."""
    if _UNESCAPED.fullmatch(id):
        return id
    return ESCAPED + re.sub(r"[^0-9A-Za-z-]", lambda found: f".{ord(found.group()):x}.", id, flags=re.ASCII)


def entity_id(id: str) -> str:
    """Return the id of FollowTheMoney for one of a case; what ``case_id`` has escaped becomes itself again.

    FollowTheMoney takes no id that ends in a dot or a hyphen, so that a word is put behind these. No two
    ids of a case become the same one.
    """
    if id.startswith(ESCAPED):
        return re.sub(
            r"\.(10[0-9a-f]{4}|[0-9a-f]{1,5})\.", lambda found: chr(int(found.group(1), 16)), id.removeprefix(ESCAPED)
        )
    return f"{id}.end" if id.endswith((".", "-", ".end")) else id


def is_foreign(row: Record) -> bool:
    """Whether a claim came from FollowTheMoney."""
    return row["property"] == SCHEMA or str(row["property"]).startswith(OTHER)


def _of_file(claims: Iterable[Record]) -> list[Record]:
    """Return the claims that stood in the file: not those of ties, which follow from others."""
    return [claim for claim in claims if model.ends(str(claim["property"]).removeprefix(OTHER)) is None]


def statement_key(dataset: str, entity: str, prop: str, value: str, lang: str = "", external: str = "") -> str:
    """Return the id of a statement as FollowTheMoney makes it: a SHA-1 over what it says and who says it."""
    key = f"{dataset}.{entity}.{prop}.{value}{f'@{lang}' if lang else ''}{'.ext' if external == 't' else ''}"
    return sha1(key.encode()).hexdigest()


def schema_of(claims: Sequence[Record]) -> str:
    """Return the schema of a thing that came from FollowTheMoney; empty for any other."""
    frames = _frames(claims)
    schemata = (_frame(frames, claim, _note(claim)).get("schema") for claim in claims if is_foreign(claim))
    return str(next(filter(None, schemata), ""))


def entities(id: str, claims: Sequence[Record], members: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
    """Yield an entity as it was read, with all its fragments that do not contradict each other.

    ``members`` are the datasets of each source.
    """
    claims = _of_file(claims)
    frames = _frames(claims)
    found: dict[str, tuple[dict[str, dict[str, None]], set[str]]] = {}
    for claim in claims:
        note = _note(claim)
        frame = _frame(frames, claim, note)
        if not frame or claim["rank"] == "deprecated":
            continue
        properties, datasets = found.setdefault(json.dumps(frame), ({}, set()))
        datasets.update(members[str(claim["source"])])
        prop = _prop(claim, note)
        if prop and prop != "id":
            values = properties.setdefault(prop, {})
            values[str(note.get("value", claim["value"]))] = None
    for text, (properties, datasets) in found.items():
        frame = json.loads(text)
        held = {prop: list(values) for prop, values in properties.items()} | frame.pop("properties", {})
        named = {"datasets": sorted(datasets)} if datasets else {}
        yield {"id": entity_id(id), **frame, "properties": held, **named}


def statements(id: str, claims: Sequence[Record], datasets: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the statements about a thing as they were read; ``datasets`` names that of each source.

    An entity of which nothing is said gets the statement that it is there, whose property is ``id``.
    """
    claims = _of_file(claims)
    frames = _frames(claims)
    entity = entity_id(id)
    written = 0
    for claim in claims:
        note = _note(claim)
        prop, frame = _prop(claim, note), _frame(frames, claim, note)
        if not frame:
            continue
        row = {
            "canonical_id": entity,
            "entity_id": entity,
            "schema": frame["schema"],
            "dataset": datasets[str(claim["source"])],
            "external": "f",
        }
        cells = {"prop": prop, "value": claim["value"], "original_value": claim["stated"], **note}
        for one in [cells] if prop else _texts(frame):
            written += 1
            yield _statement({**row, **one})
    if frames and not written:
        yield _statement({**row, "prop": "id", "prop_type": "id", "value": entity})


def _texts(frame: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the values that an entity has of properties that a case cannot have."""
    for prop, values in frame.get("properties", {}).items():
        for value in values if isinstance(values, list) else []:
            if value and isinstance(value, str):
                yield {"prop": prop, "value": value}


def _statement(row: Mapping[str, Any]) -> list[str]:
    parts = [str(row.get(name, "")) for name in ("dataset", "entity_id", "prop", "value", "lang", "external")]
    row = {"id": statement_key(*parts), **row}
    return [str(row.get(column, "")) for column in STATEMENT_COLUMNS]


def without_statement(claims: Sequence[Record]) -> int:
    """Count the properties that hold something else than texts, which no statement can say."""
    held = [values for frame in _frames(claims).values() for values in frame.get("properties", {}).values()]
    return sum(not (isinstance(values, list) and all(isinstance(one, str) for one in values)) for values in held)


def _frames(claims: Iterable[Record]) -> dict[str, dict[str, Any]]:
    """Return what an entity had besides its values, by the place in the file."""
    return {str(claim["at"]): _note(claim) for claim in claims if claim["property"] == SCHEMA}


def _frame(frames: Mapping[str, dict[str, Any]], claim: Record, note: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema, and what else is to be with it, of the entity that a claim belongs to."""
    if str(claim["at"]) in frames:
        return frames[str(claim["at"])]
    return {"schema": note["schema"]} if "schema" in note else next(iter(frames.values()), {})


def _prop(claim: Record, note: Mapping[str, Any]) -> str:
    """Return the property of FollowTheMoney; empty for a claim that holds the rest of an entity."""
    if claim["property"] == SCHEMA:
        return ""
    return str(note.get("prop", "")) or str(claim["property"]).removeprefix(OTHER)


def _note(claim: Record) -> dict[str, Any]:
    return _json(claim["note"]) if str(claim["note"]).startswith("{") else {}


def _json(text: Cell) -> dict[str, Any]:
    """Read a JSON object; an empty one if an editor has changed it into something else."""
    try:
        found = json.loads(str(text))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
