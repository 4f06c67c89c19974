-- Which thing points to which, by accepted claims? Of a list each value has its own grade.
insert into links
select
    claims.subject,
    claims.property,
    mentions.object,
    1,
    mentions.denied,
    coalesce(min(members.grade), min(claims.grade)),
    count(distinct claims.source),
    coalesce(replace(group_concat(distinct nullif(claims."when", '')), ',', '; '), '')  -- no time has a comma
from mentions
cross join claims on claims.id = mentions.claim
join verdicts on verdicts.verdict = claims.verdict and verdicts.accepted
left join fact_members as members on members.fact = claims.fact and members.value = mentions.object
group by claims.subject, claims.property, mentions.object
