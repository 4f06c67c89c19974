-- Values that do not follow from the words that their claims state, and what one source says in two ways at one place.
-- columns: severity term, id id, property term, form hidden, value any type, unit unit value, type hidden, source ref,
--     at text, stated text, seen text, otherwise any type, other_unit unit otherwise
with twice as (
    select claims.subject, claims.property, claims.source, claims."when", claims.base_unit, claims.at,
        min(claims.high) as first_end, max(claims.low) as last_start,
        min(claims.latest) as first_day, max(claims.earliest) as last_day
    from claims
    join entities on entities.id = claims.subject
    join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = claims.property
    where claims.at <> ''
        and vocabulary.many = ''
        and claims.rank = ''
        and (claims.number is not null or (claims.type = 'date' and claims.value not like '%/%'))
        and claims.note not like '%so in the source%'
    group by claims.subject, claims.property, claims.source, claims."when", claims.base_unit, claims.at
    having min(claims.high) < max(claims.low) or min(claims.latest) < max(claims.earliest)
)
select
    'warning' as severity,
    claims.subject as id,
    claims.property,
    null as form,
    claims.value,
    claims.unit,
    claims.type,
    claims.source,
    claims.at,
    claims.stated,
    case when lower(slips.seen) <> lower(claims.stated) then slips.seen end as seen,
    null as otherwise,
    null as other_unit
from claim_slips as slips
join claims on claims.id = slips.claim
union all
select 'warning', one.subject, one.property, 'itself', one.value, one.unit, one.type, one.source, one.at, null, null,
    other.value, other.unit
from twice
join claims as one on one.id = (
    select claims.id
    from claims
    where claims.subject = twice.subject and claims.property = twice.property and claims.source = twice.source
        and claims."when" = twice."when" and claims.base_unit = twice.base_unit and claims.at = twice.at
        and (claims.high = twice.first_end or claims.latest = twice.first_day)
    order by claims.id
    limit 1
)
join claims as other on other.id = (
    select claims.id
    from claims
    where claims.subject = twice.subject and claims.property = twice.property and claims.source = twice.source
        and claims."when" = twice."when" and claims.base_unit = twice.base_unit and claims.at = twice.at
        and (claims.low = twice.last_start or claims.earliest = twice.last_day)
    order by claims.id
    limit 1
)
