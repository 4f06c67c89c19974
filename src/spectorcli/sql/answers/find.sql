-- Which things may be meant by this? The best kind of match only: whole name, whole id or title, what a country is called
-- elsewhere, what sounds like a name; else the beginning of a word of a name, of an id or title, or of what sounds so.
-- Where words are not told apart, it may stand anywhere. All names are read only if none is whole. "heard" is the name that
-- only sounds so.
with whole as materialized (
    select
        entities.id,
        entities.kind,
        entities.label,
        case when names.strength = 3 or names.key <> :key then names.name end as heard,  -- of the row with the least
        min(case names.key when :key then names.strength else 5 end) as distance
    from names
    join entities on entities.id = names.entity
    where names.key in (:key, :sound) and (:kind is null or entities.kind = :kind)
    group by entities.id
),
beginning as materialized (
    select
        entities.id,
        entities.kind,
        entities.label,
        case
            when names.strength = 3 or (instr(' ' || names.key, ' ' || :key) = 0 and not (:unspaced and instr(names.key, :key)))
                then names.name
        end as heard,
        min(names.strength + 5 * (instr(' ' || names.key, ' ' || :key) = 0)) as distance
    from (select 1 where not exists (select 1 from whole))
    cross join names
    join entities on entities.id = names.entity
    where length(cast(:key as blob)) > 2  -- bytes: one Chinese character is a name
        and names.strength <> 2
        and (
            instr(' ' || names.key, ' ' || :key) > 0
            or instr(' ' || names.key, ' ' || :sound) > 0
            or (:unspaced and instr(names.key, :key) > 0)
        )
        and (:kind is null or entities.kind = :kind)
    group by entities.id
),
matches as (
    select * from whole
    union all
    select * from beginning
)
select id, kind, label, heard
from matches
where distance = (select min(distance) from matches)
order by kind, id
