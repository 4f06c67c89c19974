-- Where do sources disagree? Open ones first; one row for each value that is said, the best first.
select
    facts.dispute,
    facts.subject as id,
    entities.label,
    facts.property,
    facts.id as fact,
    claims.value,
    claims.unit,
    case max(claims.verdict = 'best') when 1 then 'best' else min(claims.verdict) end as verdict,
    min(claims.grade) as grade,
    count(distinct claims.source) as sources,
    group_concat(distinct claims.source) as said_by
from facts
join entities on entities.id = facts.subject
join claims on claims.fact = facts.id
where (facts.dispute <> '' or (:all is not null and exists (
        select 1 from claims as rough where rough.fact = facts.id and rough.verdict = 'coarser'
    )))
    and (
        :id is null
        or facts.subject = :id
        or facts.subject in (select subject from links where object = :id and not claimed)
        or facts.id in (select fact from claims as said where said.source = :id)
    )
    and (claims.verdict <> 'coarser' or :all is not null)
group by facts.id, claims.value, claims.unit
order by
    case facts.dispute when 'open' then 0 when 'settled' then 1 else 2 end,
    facts.subject,
    facts.property,
    facts.unit,
    facts."when",
    facts.value,
    facts.id,
    case verdict when 'best' then 0 when 'agrees' then 1 when 'coarser' then 2 else 3 end,
    min(substr(claims.grade, 1, 1)),
    sources desc,
    claims.value
