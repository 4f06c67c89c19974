-- Which things do decisions concern? Those that are named, and what would count as one with them.
with named as (
    select things.kind, things.key
    from things
    join sought on sought."case" = things."case" and sought.id = things.id
)
select things."case", things.id, things.kind, things.label, coalesce(things.key, things."case" || ':' || things.id) as key
from things
where exists (select 1 from sought where sought."case" = things."case" and sought.id = things.id)
    or exists (select 1 from named where named.kind = things.kind and named.key = things.key)
order by things."case", things.id
