-- What is known of each thing of a kind, ours or the case's own? A row for each answer; of a property first the one that
-- stands for it.
-- columns: id id, cells text, property term, value any type, unit unit value, type hidden, when date,
--     dispute dispute grade, grade grade, sources count, origins count, also also value, first hidden
select
    entities.id,
    (select json_group_object(property, value) from cells where entity = entities.id) as cells,
    facts.property,
    coalesce(facts.number, facts.value) as value,
    facts.unit,
    facts.type,
    facts."when",
    facts.dispute,
    facts.grade,
    facts.sources,
    facts.origins,
    facts.also,
    facts.headline as first
from entities
left join facts on facts.subject = entities.id
left join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = facts.property
where coalesce(:kind, '') in ('', entities.kind)
order by entities.rowid, vocabulary.rowid, facts.headline desc, facts.unit, facts."when", facts.value
