-- Who says what about one property of one thing, and how was it weighed? The best first.
select
    claims.subject as id,
    claims.property,
    claims.value,
    claims.unit,
    claims."when",
    claims.stated,
    claims.grade,
    claims.verdict,
    claims.source,
    sources.published,
    sources.kind,
    claims.origin,
    claims.at,
    claims.rank,
    claims.note,
    claims.low,
    claims.high,
    claims.earliest,
    claims.latest,
    claims.id as line,
    claims.fact
from claims
join sources on sources.id = claims.source
left join facts on facts.id = claims.fact
where claims.subject = :id and claims.property = :property
order by
    facts.id is null,
    facts.main desc,
    facts."when" desc,
    facts.unit,
    facts.value,
    facts.id,
    case claims.verdict when 'best' then 0 when 'agrees' then 1 when 'coarser' then 2 else 3 end,
    claims.grade,
    claims.source,
    claims.value,
    claims.id
