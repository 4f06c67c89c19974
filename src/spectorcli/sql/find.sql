-- Which things may be meant by this? The best kind of match only: id, whole name, part of a name, part of an id or title.
with matches as (
    select
        entities.id,
        entities.kind,
        entities.label,
        min(
            case
                when entities.id = :text then 0
                when names.key = :key then 1
                when names.proper then 2
                else 3
            end
        ) as distance
    from names
    join entities on entities.id = names.entity
    where (:kind is null or entities.kind = :kind)
        and (names.key = :key or instr(names.key, :key) > 0)
    group by entities.id
)
select id, kind, label
from matches
where distance = (select min(distance) from matches)
order by kind, id
