-- Which thing points to which, and behind it the claims that say so, each [id, source]; none for what
-- stands in the files.
select
    links.subject,
    links.property,
    links.object,
    links.claimed,
    links.denied,
    links.grade,
    links.sources,
    (
        select json_group_array(json_array(claims.id, claims.source))
        from claims
        join verdicts on verdicts.verdict = claims.verdict and verdicts.accepted
        where links.claimed
            and claims.subject = links.subject
            and claims.property = links.property
            and (
                claims.value = links.object
                or exists (select 1 from claim_members as listed where listed.claim = claims.id and listed.value = links.object)
            )
    ) as behind
from links
order by links.rowid
