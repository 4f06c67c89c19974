-- Open disputes, with what would settle each: a further text of those who disagree, or the editor where one publisher says
-- both. Of a dispute the first claim that differs and is as reliable as the best.
-- columns: id id, property term, form hidden, place hidden, value any type, unit unit value, type hidden, source ref,
--     otherwise any type, other_unit unit otherwise, other ref, publisher text, other_publisher text
select
    facts.subject as id,
    facts.property,
    case when lower(publisher.publisher) = lower(other_publisher.publisher) then 'itself' end as form,
    not facts.headline as place,
    facts.value,
    facts.unit,
    facts.type,
    best.source,
    rival.value as otherwise,
    rival.unit as other_unit,
    rival.source as other,
    coalesce(publisher.publisher, best.source) as publisher,
    coalesce(other_publisher.publisher, rival.source) as other_publisher
from facts
join claims as best on best.id = facts.claim
join claims as rival on rival.id = (
    select claims.id
    from claims
    join verdicts on verdicts.verdict = claims.verdict and not verdicts.accepted
    where claims.fact = facts.id
        and claims.rank in ('', 'preferred')
        and substr(claims.grade, 1, 1) <= substr(facts.grade, 1, 1)
    order by claims.grade, claims.source, claims.id
    limit 1
)
join sources as publisher on publisher.id = best.source
join sources as other_publisher on other_publisher.id = rival.source
where facts.dispute = 'open'
