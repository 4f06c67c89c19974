"""Answers how a figure stood in print over time: who said what when, who said otherwise later, and who never did.

On each day the claims that were published by then are weighed, by the rule by which a load weighs all of them.
"""

import json
from collections.abc import Iterator, Mapping

from spectorcli.answers.why import meant
from spectorcli.case import Case
from spectorcli.errors import Damaged
from spectorcli.load.weighing import weighable
from spectorcli.load.witnesses import Witnesses
from spectorcli.result import Note, Result, Row, Said, Shows, columns
from spectorcli.values import date, listing
from spectorcli.values.span import Span
from spectorcli.verdicts import Standing
from spectorcli.vocabulary import Kind, Property
from spectorcli.weigh import Claim
from spectorcli.weigh.steps import UNDATED, steps

COLUMNS = "date date, value any type, unit unit value, type hidden, source ref, standing term, by ref"

WEIGHED = ("id", "value", "unit", "when", "source", "quoting", "rank", "at")
"""What of a claim is weighed, in the order in which ``weighable`` takes it."""

AFTERWARDS = (Standing.CORRECTED, Standing.STILL_SAID)
"""What a claim becomes on a day that may be another's than its own."""


def history(case: Case, what: str, name: str | None) -> Result:
    """Return the steps of one property of a thing, or of each that is compared, in order of time.

    Where several properties are told of there is a column ``property``, where values held at a time a column ``when``.

    ``standing`` is how a claim stood on the last day that its ``date`` allows, ``by`` who said otherwise. A claim comes
    again on the day on which its publisher said otherwise (corrected), or on which another that had said the same did
    (still-said). What has no date comes last, as it stands among all.

    Raises:
        NotFound: no such thing or property, or several may be meant.
        Damaged: a value, a date or a rank is none, so that it cannot be weighed.
    """
    if name is None:
        id, kind, label = case.meant(what)
        asked = f"{label} ({id})"
        names = [str(row["property"]) for row in case.records("answers/compared", {"id": id})]
    else:
        id, kind, label, name = meant(case, what, name)
        asked, names = f"{label}, {name} ({id})", [name]
    kinds = case.kinds()
    try:
        rows = [row for one in names for row in _rows(case, id, kinds[kind].properties[one], kinds["sources"])]
    except (KeyError, ValueError) as error:
        raise Damaged(f"{case.path} holds what no load writes: {error}") from None
    undated = len({row[4] for row in rows if not row[0]})
    notes = [Note("undated last", {"sources": Said(Shows.COUNT, undated)})] if undated else []
    timed, several = any(row[-1] for row in rows), name is None
    shown = columns(COLUMNS + (", property term" if several else "") + (", when date" if timed else ""))
    rows = [(*row[:7], *(row[7:8] if several else ()), *(row[8:] if timed else ())) for row in rows]
    return Result(f"{asked} in print", shown, rows, notes)


def _rows(case: Case, id: str, declared: Property, sources: Kind) -> Iterator[Row]:
    claims, published = published_claims(case, id, declared, sources)
    days = days_of(published)
    for day, claim, standing, by in steps(claims, days):
        source = claim.witness.id
        on = published[source] if standing not in AFTERWARDS or day == days[source].high else date.iso(day)
        said = claim.value, claim.unit, declared.type, source, standing, "; ".join(by)
        yield on, *said, declared.name, claim.period


def days_of(published: Mapping[str, str]) -> dict[str, Span]:
    """Return the days that the date of each source allows."""
    return {source: date.read(text) if text else UNDATED for source, text in published.items()}


def published_claims(case: Case, id: str, declared: Property, kind: Kind) -> tuple[list[Claim], dict[str, str]]:
    """Return the claims about a property of a thing as they are weighed, and the date of each of their sources.

    ``kind`` is that of sources.
    """
    records = case.records("answers/published", {"id": id, "property": declared.name})
    named = {str(row["source"]) for row in records}
    named |= {one for row in records for one in listing.split(str(row["quoting"]))}
    sources = case.records("answers/before", {"sources": json.dumps(sorted(named))})
    witnesses = Witnesses({str(row["id"]): {name: str(cell) for name, cell in row.items()} for row in sources}, kind)
    claims = [weighable(declared, witnesses, tuple(row[name] for name in WEIGHED)) for row in records]
    return claims, {str(row["source"]): str(row["published"]) for row in records}
