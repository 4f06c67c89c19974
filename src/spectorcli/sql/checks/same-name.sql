-- Two things of a kind that have a name in common, however it is spelled: one of them twice, or two to be told apart.
-- columns: severity term, id id, property term, name text, other id
with shared as (
    select names.key, entities.kind, min(names.entity) as other
    from names
    join entities on entities.id = names.entity
    where names.strength = 0
    group by names.key, entities.kind
    having count(*) > 1
)
select 'note' as severity, names.entity as id, null as property, min(names.name) as name, shared.other
from shared
join names on names.key = shared.key and names.strength = 0 and names.entity <> shared.other
join entities on entities.id = names.entity and entities.kind = shared.kind
group by names.entity, shared.other
