-- What is known of each thing of a kind? A row for each answer; first the one that stands for its property.
select
    entities.id,
    (select json_group_object(property, value) from cells where entity = entities.id) as cells,
    facts.property,
    coalesce(facts.number, facts.value) as value,
    facts.unit,
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
where entities.kind = :kind
order by entities.rowid, vocabulary.rowid, facts.headline desc, facts.unit, facts."when", facts.value
