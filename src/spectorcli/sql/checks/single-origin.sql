-- Figures and dates that rest on a single origin.
select
    'note' as severity,
    facts.subject as id,
    facts.property,
    format('%s rests on one origin: %s', trim(facts.value || ' ' || facts.unit), claims.origin) as sentence
from facts
join claims on claims.id = facts.claim
where facts.origins = 1 and facts.main and (facts.number is not null or facts.earliest is not null)
