-- Which things (of a kind) have an id that begins like this, or a name in which a word does?
select id, label, id as name
from entities
where substr(id, 1, length(:text)) = :text and (:kind is null or kind = :kind)
union all
select names.entity, entities.label, names.name
from names
join entities on entities.id = names.entity
where names.strength = 0
    and instr(' ' || names.key, ' ' || :key) > 0
    and (:kind is null or entities.kind = :kind)
order by 1
