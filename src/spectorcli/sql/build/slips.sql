-- Which values do not follow from the words that their claims state?
-- columns: claim hidden, value any type, unit unit value, type hidden, source ref, stated text,
--     seen text
select
    claims.id as claim,
    claims.value,
    claims.unit,
    claims.type,
    claims.source,
    claims.stated,
    case when lower(slips.seen) <> lower(claims.stated) then slips.seen end as seen
from claim_slips as slips
join claims on claims.id = slips.claim
order by slips.claim
