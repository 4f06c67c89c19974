"""Answers why a value is the best supported: each claim about it, and the step of the rule that decided."""

from collections.abc import Sequence

from spectorcli.answers.explain import explain
from spectorcli.case import Case, Parameters, Record
from spectorcli.errors import NotFound
from spectorcli.escapes import count
from spectorcli.result import Look, Result


def why(case: Case, what: str, name: str | None) -> Result:
    """Return each claim about one property of a thing and why the best one won.

    Without a property: a row for each property of the thing. A thing may be named by what it
    belongs to, where only one can be meant: ``US count``.

    Raises:
        NotFound: no such thing or property, or several may be meant.
    """
    if name is None:
        id, _, label = case.meant(what)
        result = case.result(f"{label} ({id})", "answers/properties", {"id": id})
        rows = list(result.rows)
        one = f"; one of these: spector why {id} PROPERTY" if rows else f"; of that: spector why {id} PROPERTY"
        return result._replace(rows=rows, notes=[f"what belongs to it: spector show {id}{one}"])
    found = case.find(what)
    candidates = _candidates(case, found, name)
    first = [] if candidates else case.records("answers/headline", {"kind": name})
    if first:  # "why UK arrests" means their count
        candidates = _candidates(case, found, str(first[0]["property"]))
    if not candidates:
        id = case.meant(what)[0]
        known = [row[0] for row in case.rows("answers/claimed", {"id": id})]
        there = f"there is: {', '.join(known)}" if known else f"see what belongs to it with: spector show {id}"
        raise NotFound(f"nothing is claimed of {name!r} of {id}; {there}")
    id, _, label, name = case.one(f"{what} {name}", list(candidates.values()))
    parameters: Parameters = {"id": id, "property": name}
    result = case.result(f"{label}, {name} ({id})", "questions/why", parameters, Look.CLAIMS)
    rows = list(result.rows)
    return result._replace(
        rows=rows,
        notes=_explain(case, parameters, [dict(zip(result.columns, row, strict=True)) for row in rows]),
    )


def _candidates(case: Case, found: Sequence[tuple[str, str, str]], name: str) -> dict[str, tuple[str, str, str, str]]:
    """Return id, kind, label and property of what may be meant by a property of things, by id."""
    asked = ({"id": id, "property": name, "operation": case.operation} for id, _, _ in found)
    return {row[0]: row for parameters in asked for row in case.rows("answers/candidates", parameters)}


def _explain(case: Case, parameters: Parameters, claims: list[Record]) -> list[str]:
    siblings = case.records("answers/siblings", parameters)
    if case.records("answers/wording", parameters):
        sources = len({claim["source"] for claim in claims})
        return [f"wording is kept and not weighed: {count(len(claims), 'claim')} by {count(sources, 'source')}"]
    facts = case.records("answers/weighed", parameters)
    by_id = {fact["id"]: fact for fact in facts}
    notes: list[str] = []
    for id in dict.fromkeys(claim["fact"] for claim in claims if claim["fact"]):  # in the order of the claims
        group = [claim for claim in claims if claim["fact"] == id]
        notes += explain(by_id[id], group, siblings[0] if siblings else None)
    if not facts:
        notes.append(f"no value is accepted: the editor has deprecated every claim; {claims[0]['note']}")
    return notes
