"""Weighs claims where several speak of the same, and writes verdicts and facts."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from spectorcli.folder.claims import ClaimFiles
from spectorcli.folder.known import Known
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.values import read_value
from spectorcli.load.bounds import bounds, held, plain
from spectorcli.load.build import Build, batches
from spectorcli.load.witnesses import Witnesses
from spectorcli.values import date
from spectorcli.values.listing import Listing
from spectorcli.vocabulary import Property
from spectorcli.weigh import Claim, Fact, Rank, weigh

_RANKS = {str(rank): rank for rank in Rank}

WEIGHED = """
select first, claims.subject, claims.property, id, value, unit, "when", source, quoting, rank, at
from contested
cross join claims on claims.subject = contested.subject and claims.property = contested.property
order by first, id
"""


def weigh_claims(build: Build) -> None:
    """Weigh what several claims speak of, and keep verdicts and facts.

    Raises:
        Refused: there are mistakes, these or from before; one claim may stand there twice.
    """
    build.case.mistakes.gather(weigh_contested(build))
    build.case.mistakes.refuse()
    answer_uncontested(build)


def weigh_contested(build: Build) -> Iterator[Mistake]:
    """Weigh and write what several claims speak of, unless there are mistakes; yield each claim that stands twice."""
    case, connection = build.case, build.connection
    index_claims(build)
    build.run("contested")
    (total,) = connection.execute("select count(*) from contested").fetchone()
    build.clock.lap("index")
    groups = (list(rows) for _, rows in groupby(connection.execute(WEIGHED), key=itemgetter(0)))
    for batch in batches(build.track("weighing", groups, total)):
        yield from (one for rows in batch for one in _find_repeated_claims(case.claims, rows))
        if not case.mistakes:
            made = judge(batch, case.known, build.witnesses)
            build.clock.lap("weigh")
            _write(build, made)
            build.clock.lap("write")


def answer_uncontested(build: Build) -> None:
    """Write the facts that one claim says and no other speaks of."""
    build.run("uncontested")
    build.clock.lap("weigh")
    index_facts(build)
    build.clock.lap("index")


def index_claims(build: Build) -> None:
    """Have claims found by what they speak of, and by who speaks."""
    build.connection.execute("create index claims_subject on claims (subject, property)")
    build.connection.execute("create index claims_source on claims (source)")


def index_facts(build: Build) -> None:
    """Have facts found by what they speak of, and claims by the fact."""
    connection = build.connection
    connection.execute('create index facts_subject on facts (subject, property, unit, "when", value)')
    connection.execute('create index facts_dispute on facts (dispute, subject, property, unit, "when", value)')
    connection.execute("create index claims_fact on claims (fact, value, unit)")
    connection.execute("create index members_fact on fact_members (fact, grade)")
    connection.execute("create index members_claim on claim_members (claim)")


def _find_repeated_claims(files: ClaimFiles, rows: list[tuple[Any, ...]]) -> Iterator[Mistake]:
    if len({row[4:] for row in rows}) == len(rows):
        return
    seen: dict[tuple[object, ...], int] = {}
    for _, _, _, id, *claim in rows:
        first = seen.setdefault(tuple(claim), id)
        if first != id:
            (file, here), (other, there) = files.locate(id), files.locate(first)
            where = f"line {there}" if file == other else f"{other}:{there}"
            yield Mistake(file, here, f"the same claim is in {where}; remove one of them")


class Judgement(NamedTuple):
    """The rows that come of weighing: grade, verdict and fact of claims, by id; facts, and the members of lists."""

    claims: list[tuple[object, ...]]
    facts: list[tuple[object, ...]]
    members: list[tuple[object, ...]]


def judge(groups: Iterable[Sequence[tuple[Any, ...]]], known: Known, witnesses: Witnesses) -> Judgement:
    """Weigh groups of rows of ``WEIGHED``, each of what is claimed of one property of one thing."""
    made = Judgement([], [], [])
    for rows in groups:
        _, subject, name, *_ = rows[0]
        kind = known.kind_of(subject)
        assert kind
        declared = known.kinds[kind].properties[name]
        weighed = weigh([weighable(declared, witnesses, row[3:]) for row in rows])
        stated = [one.fact for one in weighed if one.fact]
        headline = max(stated, key=_prominence) if len(stated) > 1 else stated[0] if stated else None
        for one in weighed:
            fact = one.fact.best.id if one.fact else None
            if one.fact:
                made.facts.append((fact, *_fact_row(subject, declared, one.fact, one.fact is headline)))
                made.members.extend(
                    (fact, of.value, of.best.id, of.grade, of.sources, of.origins) for of in one.fact.members
                )
            if len(one.judged) > 1 or isinstance(one.judged[0].claim.reading, Listing):  # else as it was read
                made.claims.extend((v.grade, str(v.verdict), fact, v.claim.id) for v in one.judged)
    return made


def _write(build: Build, made: Judgement) -> None:
    build.connection.executemany("update claims set grade = ?, verdict = ?, fact = ? where id = ?", made.claims)
    build.insert("facts", made.facts)
    build.insert("fact_members", made.members)


def weighable(declared: Property, witnesses: Witnesses, row: tuple[Any, ...]) -> Claim:
    """Return a claim as it is weighed: from its id, value, unit, when, source, quoting, rank and at."""
    id, value, unit, when, source, quoting, rank, at = row
    reading, span = read_value(declared, value, unit), date.read(when) if when else None
    origin = witnesses.origin(source, quoting)
    # by place, for there are millions and by name each takes twice as long
    return Claim(id, value, unit, reading, span, when, witnesses[source], origin, _RANKS[rank], at)


def _prominence(fact: Fact) -> tuple[object, ...]:
    """Return the key by which one fact of a property stands for it in the table of its kind.

    The latest where values follow each other, else the best supported: a seizure stated in two
    currencies has a best value in each.
    """
    best = fact.best
    when = fact.dated.when.high if fact.dated.when else -math.inf
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
        fact.dated.period,
        *held(fact.dated.period),
        best.id,
        fact.grade,
        fact.sources,
        fact.origins,
        fact.also,
        str(fact.dispute),
        fact.decided_by,
        int(headline),
    )
