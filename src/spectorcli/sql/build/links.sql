-- Which thing points to which, by accepted claims? Of a list each value has its own grade.
insert into links
select
    subject,
    property,
    object,
    1,
    denied,
    coalesce(min(member), min(grade)),
    count(distinct source),
    coalesce(replace(group_concat(distinct nullif("when", '')), ',', '; '), '')  -- no time has a comma
from (  -- in the order of their times, for the file in which a claim stands changes no answer
    select
        claims.subject,
        claims.property,
        mentions.object,
        mentions.denied,
        members.grade as member,
        claims.grade,
        claims.source,
        claims."when"
    from mentions
    cross join claims on claims.id = mentions.claim
    join verdicts on verdicts.verdict = claims.verdict and verdicts.accepted
    left join fact_members as members on members.fact = claims.fact and members.value = mentions.object
    order by claims."when"
)
group by subject, property, object
