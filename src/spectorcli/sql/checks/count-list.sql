-- Stated counts against listed things: 33 countries, nine listed. A list that nobody calls complete may be short.
-- columns: severity term, id id, property term, sources ref, how_many count, value number, unit unit value,
--     listed count
with lists as (
    select
        entities.id as subject,
        count.property as property,
        count(distinct links.object) as listed,
        exists (
            select 1
            from claims as complete
            where complete.subject = entities.id and complete.property = list.property
                and complete.verdict <> 'differs' and complete.value like 'only %'
        ) as complete
    from vocabulary as count
    join vocabulary as list
        on list.kind = count.kind and list.many = 'yes'
        and (list.type = 'ref:' || count.property or (list.type like 'ref:%' and list.property || 's' = count.property))
    join entities on entities.kind = count.kind
    join links on links.subject = entities.id and links.property = list.property
    where count.type = 'number'
    group by entities.id, count.property, list.property
),
counts as (
    select distinct
        claims.subject, claims.property, claims.value, claims.unit, claims.low, claims.high, claims.source,
        claims.fact, claims.low = best.low and claims.high = best.high as best
    from claims
    join facts on facts.id = claims.fact and facts.headline
    join claims as best on best.id = facts.claim
    where claims.rank <> 'deprecated'
    order by claims.source
)
select
    case
        when not lists.complete and lists.listed < counts.low then 'note'
        when counts.best then 'error'
        else 'warning'
    end as severity,
    counts.subject as id,
    counts.property,
    group_concat(counts.source, '; ') as sources,
    count(*) as how_many,
    counts.value,
    counts.unit,
    lists.listed
from lists
join counts on counts.subject = lists.subject and counts.property = lists.property
where lists.listed not between counts.low and counts.high
group by counts.subject, counts.property, lists.listed, counts.value
