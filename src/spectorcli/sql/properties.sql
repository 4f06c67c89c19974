-- What is known of one thing, and how sure is it? One row for each property (and unit, and time).
select
    facts.subject as id,
    facts.property,
    facts.value,
    facts.unit,
    facts."when",
    facts.dispute,
    facts.grade,
    facts.sources,
    facts.origins,
    facts.also
from facts
join entities on entities.id = facts.subject
join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = facts.property
where facts.subject = :id
order by vocabulary.rowid, facts."when", facts.main desc, facts.grade, facts.value
