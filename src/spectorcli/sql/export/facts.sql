-- The answer for each property that has claims, thing by thing in the order of the files.
select
    facts.id,
    entities.kind,
    facts.subject,
    facts.property,
    facts.type,
    facts.value,
    facts.number,
    facts.unit,
    facts.base,
    facts.base_unit,
    facts.low,
    facts.high,
    facts.earliest,
    facts.latest,
    facts."when",
    facts.held_to,
    facts.claim,
    facts.grade,
    facts.sources,
    facts.origins,
    facts.also,
    facts.dispute,
    facts.headline
from entities
join facts on facts.subject = entities.id
order by entities.rowid, facts.property, facts.unit, facts."when", facts.value
