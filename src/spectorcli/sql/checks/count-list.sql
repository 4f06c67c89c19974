-- Stated counts against listed things: 33 countries, nine listed. A list that nobody calls complete may be short.
select
    case
        when not exists (
            select 1
            from claims as complete
            where complete.subject = claims.subject and complete.property = list.property
                and complete.verdict <> 'differs' and complete.value like 'only %'
        ) and count(distinct links.object) < claims.low then 'note'
        when claims.verdict = 'best' then 'error'
        else 'warning'
    end as severity,
    claims.subject as id,
    claims.property,
    format('%s states %s, and %d are listed', claims.source, claims.value, count(distinct links.object)) as sentence
from claims
join entities on entities.id = claims.subject
join vocabulary as list
    on list.kind = entities.kind and list.type = 'ref:' || claims.property and list.many = 'yes'
join links on links.subject = claims.subject and links.property = list.property
where claims.low is not null
group by claims.id
having count(distinct links.object) not between claims.low and claims.high
