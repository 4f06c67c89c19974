-- Which things of which cases are called so? By id, else by a whole name, else by the beginning of a word of one.
with found as (
    select
        things."case",
        things.id,
        things.label,
        min(case when things.id = :id then 0 when names.key = :key then 1 else 2 end) as distance
    from things
    left join names on names."case" = things."case" and names.id = things.id
    where (things.id = :id or names.key = :key or instr(' ' || names.key, ' ' || :key) > 0)
        and (:kind is null or things.kind = :kind)
    group by things."case", things.id, things.label
)
select "case", id, label
from found
where distance = (select min(distance) from found)
order by "case", id
