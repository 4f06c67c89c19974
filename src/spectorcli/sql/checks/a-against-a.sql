-- What a source of reliability A says, contradicted by what a source of reliability A says: one row for each value.
-- columns: severity term, id id, property term, form hidden, source ref, value any type, unit unit value, type hidden,
--     others ref, how_many count, otherwise any type, other_unit unit otherwise
with complete as materialized (  -- of each list the first claim that calls it complete
    select claims.fact, claims.id, min(claims.grade || printf('%012d', claims.id))
    from claim_members as listed
    join claims on claims.id = listed.claim
    join verdicts on verdicts.verdict = claims.verdict and verdicts.accepted
    where listed.complete
    group by claims.fact
),
against as (
    select distinct facts.subject, facts.property, facts.type, best.source, best.value, best.unit,
        rival.source as other, rival.value as otherwise, rival.unit as other_unit
    from facts
    join claims as rival
        on rival.fact = facts.id and rival.grade like 'A%' and rival.rank <> 'deprecated'
    join verdicts on verdicts.verdict = rival.verdict and not verdicts.accepted
    join claims as best on best.id = coalesce(
        (  -- what excludes a further value of a list is that it was called complete
            select complete.id
            from complete
            where complete.fact = facts.id
                and not exists (select 1 from claim_members as one where one.claim = rival.id and one.complete)
        ),
        (  -- and what a complete list contradicts is a value that it leaves out
            select members.claim
            from fact_members as members
            where members.fact = facts.id
                and members.value not in (select listed.value from claim_members as listed where listed.claim = rival.id)
            order by members.grade, members.rowid
            limit 1
        ),
        facts.claim
    )
    where best.grade like 'A%'
    order by other
)
select
    'warning' as severity,
    subject as id,
    property,
    case when count(*) = 1 and other = source then 'itself' end as form,
    source,
    value,
    unit,
    type,
    group_concat(other, '; ') as others,
    count(*) as how_many,
    otherwise,
    other_unit
from against
group by subject, property, source, value, unit, otherwise, other_unit
