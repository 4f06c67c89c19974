-- Claims that were never weighed, because no other has their unit.
select
    'note' as severity,
    facts.subject as id,
    facts.property,
    format('%s %s by %s is the only claim in %s', facts.value, facts.unit, claims.source, facts.unit) as sentence
from facts
join claims on claims.id = facts.claim
where facts.number is not null
    and (select count(*) from claims as weighed where weighed.fact = facts.id) = 1
    and exists (
        select 1 from facts as other
        where other.subject = facts.subject and other.property = facts.property and other.id <> facts.id
            and other."when" = facts."when"
    )
