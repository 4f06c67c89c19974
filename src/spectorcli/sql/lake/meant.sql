-- Which things of which cases are called so, or are decided to be the same as one that is? By id, else by a whole name,
-- else by the beginning of a word of one.
with found as (
    select
        known.kind,
        known.one,
        min(case when known.id = :id then 0 when names.key = :key then 1 else 2 end) as distance
    from known
    left join names on names."case" = known."case" and names.id = known.id
    where (known.id = :id or names.key = :key or instr(' ' || names.key, ' ' || :key) > 0)
        and (:kind is null or known.kind = :kind)
    group by known.kind, known.one
)
select known."case", known.id, known.label
from known
join found on found.kind = known.kind and found.one = known.one
where found.distance = (select min(distance) from found)
order by known."case", known.id
