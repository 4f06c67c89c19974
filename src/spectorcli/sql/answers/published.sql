-- Who says what about one property of one thing, and when was that published?
select claims.id, claims.value, claims.unit, claims."when", claims.source, claims.quoting, claims.rank, claims.at,
    claims.type, coalesce(sources.published, '') as published
from claims
join sources on sources.id = claims.source
where claims.subject = :id and claims.property = :property
order by claims.id
