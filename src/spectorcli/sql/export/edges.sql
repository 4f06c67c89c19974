-- Which thing points to which, and behind it the claims that say so, each [id, source]; none for what
-- stands in the files. Gathered for all at once: asked of each link, many claims of one thing would take their square.
with named (subject, property, object, claim, source) as (
    select claims.subject, claims.property, claims.value, claims.id, claims.source
    from claims
    join verdicts on verdicts.verdict = claims.verdict and verdicts.accepted
    where claims.type = 'ref'
    union
    select claims.subject, claims.property, listed.value, claims.id, claims.source
    from claim_members as listed
    join claims on claims.id = listed.claim
    join verdicts on verdicts.verdict = claims.verdict and verdicts.accepted
    where claims.type = 'ref'
),
behind as materialized (
    select subject, property, object, json_group_array(json_array(claim, source)) as claims
    from named
    group by subject, property, object
)
select
    links.subject,
    links.property,
    links.object,
    links.claimed,
    links.denied,
    links.grade,
    links.sources,
    links."when",
    coalesce(behind.claims, '[]') as behind
from links
left join behind
    on links.claimed and behind.subject = links.subject and behind.property = links.property and behind.object = links.object
order by links.rowid
