-- Which things may be meant by this? The best kind of match only: id, whole name, whole title,
-- the beginning of a word of a name, of a word of an id or title. All names are read only if none is whole.
with whole as materialized (
    select
        entities.id,
        entities.kind,
        entities.label,
        min(case when entities.id = :text then 0 else 1 + names.strength end) as distance
    from names
    join entities on entities.id = names.entity
    where names.key = :key and (:kind is null or entities.kind = :kind)
    group by entities.id
),
beginning as materialized (
    select
        entities.id,
        entities.kind,
        entities.label,
        min(3 + names.strength) as distance
    from (select 1 where not exists (select 1 from whole))
    cross join names
    join entities on entities.id = names.entity
    where length(:key) > 2
        and (
            substr(names.key, 1, length(:key)) = :key
            or instr(names.key, ' ' || :key) > 0
            or instr(names.key, '-' || :key) > 0
        )
        and (:kind is null or entities.kind = :kind)
    group by entities.id
),
matches as (
    select * from whole
    union all
    select * from beginning
)
select id, kind, label
from matches
where distance = (select min(distance) from matches)
order by kind, id
