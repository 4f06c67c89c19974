-- Who says what about one property of what is called so, in all cases? The best first.
select
    claims."case",
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
    known.one
from claims
join meant on meant.filter = 'id' and meant."case" = claims."case" and meant.id = claims.subject
join sources on sources."case" = claims."case" and sources.id = claims.source
join known on known."case" = claims."case" and known.id = claims.source
where claims.property = :property
order by
    claims."case",
    claims.subject,
    cast(claims.fact as integer),
    cast(claims.standing as integer),
    claims.grade,
    claims.source,
    claims.value,
    claims.at
