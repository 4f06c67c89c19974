-- Who says what about one property of one thing, and how was it weighed? The best first.
-- columns: id id, property term, value any type, unit unit value, type hidden, when date, stated text, grade grade,
--     verdict term, source ref, published date, kind term, origin ref, at text, rank term, note text, low number,
--     high number, earliest date, latest date, line count, fact term
select
    claims.subject as id,
    claims.property,
    claims.value,
    claims.unit,
    claims.type,
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
    claims.remark as note,
    claims.low,
    claims.high,
    claims.earliest,
    claims.latest,
    claims.id as line,
    claims.fact
from claims
join sources on sources.id = claims.source
join verdicts on verdicts.verdict = claims.verdict
left join facts on facts.id = claims.fact
where claims.subject = :id and claims.property = :property
order by
    facts.id is null,
    facts.headline desc,
    facts."when" desc,
    facts.unit,
    facts.value,
    facts.id,
    verdicts.standing,
    claims.grade,
    claims.source,
    claims.value,
    claims.id
