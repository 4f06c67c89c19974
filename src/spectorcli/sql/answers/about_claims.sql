-- The claims about a thing and about what names it, in the order of claims.csv.
with near (id) as (
    select :id
    union
    select subject from links where object = :id
)
select claims.*, verdicts.standing
from near
cross join claims on claims.subject = near.id
join verdicts on verdicts.verdict = claims.verdict
order by claims.id
