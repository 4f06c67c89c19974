-- What is each claim said to state, and where? And does its value follow from that?
select claims.subject, claims.property, claims.type, claims.value, claims.unit, claims."when", claims.source, claims.at, claims.stated,
    claims.id as line, sources.url, slips.seen
from claims
join sources on sources.id = claims.source
left join claim_slips as slips on slips.claim = claims.id
order by claims.source, claims.id
