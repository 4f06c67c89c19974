-- Which things may be meant by this? The best kind of match only: id, whole name, whole title,
-- the beginning of a word of a name, of a word of an id or title.
with matches as (
    select
        entities.id,
        entities.kind,
        entities.label,
        min(
            case
                when entities.id = :text then 0
                when names.key = :key and names.proper then 1
                when names.key = :key then 2
                when names.proper then 3
                else 4
            end
        ) as distance
    from names
    join entities on entities.id = names.entity
    where (:kind is null or entities.kind = :kind)
        and (
            names.key = :key
            or (length(:key) > 2 and (
                substr(names.key, 1, length(:key)) = :key
                or instr(names.key, ' ' || :key) > 0
                or instr(names.key, '-' || :key) > 0
            ))
        )
    group by entities.id
)
select id, kind, label
from matches
where distance = (select min(distance) from matches)
order by kind, id
