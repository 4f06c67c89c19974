"""Answers why a value is the best supported: each claim about it, and the step of the rule that decided."""

from collections.abc import Sequence

from spectorcli.answers.explain import explain
from spectorcli.case import Case, Parameters, Record
from spectorcli.errors import NotFound
from spectorcli.result import Look, Note, Result, Said, Shows


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
        hint = Note("what else of it" if rows else "what else", {"id": Said(Shows.ID, id)})
        return result._replace(rows=rows, hints=[hint])
    id, _, label, name = meant(case, what, name)
    parameters: Parameters = {"id": id, "property": name}
    result = case.result(f"{label}, {name} ({id})", "questions/why", parameters, Look.CLAIMS)
    rows = list(result.rows)
    return result._replace(
        rows=rows,
        notes=_explain(case, parameters, list(result._replace(rows=rows).records())),
    )


def meant(case: Case, what: str, name: str) -> tuple[str, str, str, str]:
    """Return id, kind, label and property of what is meant by a property of a thing, or of what belongs to it.

    Raises:
        NotFound: no such thing or property, or several may be meant.
    """
    found = case.find(what)
    case.tell_whom(found)
    candidates = _candidates(case, found, name)
    first = [] if candidates else case.records("answers/headline", {"kind": name})
    if first:  # "why UK arrests" means their count
        candidates = _candidates(case, found, str(first[0]["property"]))
    if not candidates:
        id = case.meant(what)[0]
        known = [row[0] for row in case.rows("answers/claimed", {"id": id})]
        there = f"there is: {', '.join(known)}" if known else f"see what belongs to it with: spector show {id}"
        raise NotFound(f"nothing is claimed of {name!r} of {id}; {there}")
    return case.one(f"{what} {name}", list(candidates.values()))


def _candidates(case: Case, found: Sequence[tuple[str, str, str]], name: str) -> dict[str, tuple[str, str, str, str]]:
    """Return id, kind, label and property of what may be meant by a property of things, by id."""
    asked = ({"id": id, "property": name, "operation": case.operation} for id, _, _ in found)
    return {row[0]: row for parameters in asked for row in case.rows("answers/candidates", parameters)}


def _explain(case: Case, parameters: Parameters, claims: list[Record]) -> list[Note]:
    siblings = case.records("answers/siblings", parameters)
    if case.records("answers/wording", parameters):
        counts = {"claims": len(claims), "sources": len({claim["source"] for claim in claims})}
        return [Note("wording", {name: Said(Shows.COUNT, number) for name, number in counts.items()})]
    facts = case.records("answers/weighed", parameters)
    by_id = {fact["id"]: fact for fact in facts}
    notes: list[Note] = []
    for id in dict.fromkeys(claim["fact"] for claim in claims if claim["fact"]):  # in the order of the claims
        group = [claim for claim in claims if claim["fact"] == id]
        notes += explain(by_id[id], group, siblings[0] if siblings else None)
    if not facts:
        notes.append(Note("none accepted", {"note": Said(Shows.TEXT, claims[0]["note"])}))
    return notes
