"""Weighs claims where several speak of the same, and writes verdicts and facts."""

import math
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import groupby
from operator import itemgetter
from typing import Any

from spectorcli.folder.claims import ClaimFiles
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.read import Folder
from spectorcli.folder.values import read_value
from spectorcli.load.bounds import bounds, held, plain
from spectorcli.load.build import Build, batches
from spectorcli.values import date, listing
from spectorcli.vocabulary import Property
from spectorcli.weigh import Claim, Fact, Witness, weigh

WEIGHED = """
select first, claims.subject, claims.property, id, value, unit, "when", source, rank, at
from contested
cross join claims on claims.subject = contested.subject and claims.property = contested.property
order by first, id
"""


def weigh_claims(build: Build) -> None:
    """Weigh what several claims speak of, and keep verdicts and facts.

    Raises:
        Refused: there are mistakes, these or from before; one claim may stand there twice.
    """
    case, connection = build.case, build.connection
    connection.execute("create index claims_subject on claims (subject, property)")
    connection.execute("create index claims_source on claims (source)")
    build.run("contested")
    (total,) = connection.execute("select count(*) from contested").fetchone()
    build.clock.lap("index")
    groups = (list(rows) for _, rows in groupby(connection.execute(WEIGHED), key=itemgetter(0)))
    for batch in batches(build.track("weighing", groups, total)):
        case.mistakes.gather(one for rows in batch for one in _find_repeated_claims(case.claims, rows))
        if not case.mistakes:
            _weigh_groups(build, batch)
    case.mistakes.refuse()
    build.run("uncontested")
    build.clock.lap("weigh")
    connection.execute('create index facts_subject on facts (subject, property, unit, "when", value)')
    connection.execute('create index facts_dispute on facts (dispute, subject, property, unit, "when", value)')
    connection.execute("create index claims_fact on claims (fact)")
    build.clock.lap("index")


def _find_repeated_claims(files: ClaimFiles, rows: list[tuple[Any, ...]]) -> Iterator[Mistake]:
    seen: dict[tuple[object, ...], int] = {}
    for _, _, _, id, *claim in rows:
        first = seen.setdefault(tuple(claim), id)
        if first != id:
            (file, here), (other, there) = files.locate(id), files.locate(first)
            where = f"line {there}" if file == other else f"{other}:{there}"
            yield Mistake(file, here, f"the same claim is in {where}; remove one of them")


def _weigh_groups(build: Build, batch: list[list[tuple[Any, ...]]]) -> None:
    case, facts, judged = build.case, [], []
    for rows in batch:
        _, subject, name, *_ = rows[0]
        kind = case.known.kind_of(subject)
        assert kind
        declared = case.known.kinds[kind].properties[name]
        weighed = weigh([_claim(declared, build.witnesses, row[3:]) for row in rows])
        headline = max((one.fact for one in weighed if one.fact), key=_prominence, default=None)
        for one in weighed:
            fact = one.fact.best.number if one.fact else None
            if one.fact:
                facts.append((fact, *_fact_row(subject, declared, one.fact, one.fact is headline)))
            judged += [(v.grade, v.verdict, v.verdict.standing, fact, v.claim.number) for v in one.judged]
    build.clock.lap("weigh")
    build.connection.executemany(
        "update claims set grade = ?, verdict = ?, standing = ?, fact = ? where id = ?", judged
    )
    build.insert("facts", facts)
    build.clock.lap("write")


def _claim(declared: Property, witnesses: dict[str, Witness], row: tuple[Any, ...]) -> Claim:
    number, value, unit, when, source, rank, at = row
    return Claim(
        number=number,
        value=value,
        unit=unit,
        reading=read_value(declared, value, unit),
        when=date.read(when) if when else None,
        period=when,
        witness=witnesses[source],
        rank=rank,
        at=at,
    )


def _prominence(fact: Fact) -> tuple[object, ...]:
    """Return the key by which one fact of a property stands for it in the table of its kind.

    The latest where values follow each other, else the best supported: a seizure stated in two
    currencies has a best value in each.
    """
    best = fact.best
    when = best.when.high if best.when else -math.inf
    return when, best.rank == "preferred", -ord(best.witness.reliability), fact.origins, fact.sources, best.unit


def _fact_row(subject: str, declared: Property, fact: Fact, headline: bool) -> tuple[object, ...]:
    best = fact.best
    return (
        subject,
        declared.name,
        declared.type,
        fact.value,
        plain(fact.value, declared.type),
        best.unit,
        *bounds(best.reading, declared.type, best.unit),
        best.period,
        *held(best.period),
        best.number,
        fact.grade,
        fact.sources,
        fact.origins,
        fact.also,
        fact.dispute,
        fact.decided,
        int(headline),
    )


def witnesses(case: Folder) -> dict[str, Witness]:
    """Follow ``derived_from`` of each source to its roots; a circle was refused before."""
    sources = {source.id: source.cells for source in case.things.of_kind("sources")}
    if case.mistakes:  # circles and unknown parents may be among them
        return {id: Witness(id, "F", 0, frozenset({id})) for id in sources}
    roots: dict[str, frozenset[str]] = {}
    parents = {
        id: [one for one in listing.split(cells["derived_from"]) if one in sources] for id, cells in sources.items()
    }
    for id in TopologicalSorter(parents).static_order():
        above = [roots[parent] for parent in parents[id]]
        roots[id] = frozenset().union(*above) if above else frozenset({id})
    return {
        id: Witness(id, cells["reliability"], _earliest(cells["published"]), roots[id]) for id, cells in sources.items()
    }


def _earliest(published: str) -> float:
    """Return the first day that a date allows: who published in 2020 is not newer than on a day of 2020."""
    return date.read(published).low if published else -math.inf
