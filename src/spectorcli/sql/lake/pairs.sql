-- Which two countries, or agencies, took part in one operation? A row for each pair and operation.
with took_part as (
    select operation.one as operation, known.one, min(known.label) as label, min(substr(operations.announced, 1, 4)) as year
    from links
    join known on known."case" = links."case" and known.id = links.object and known.kind = :kind
    join known as operation on operation."case" = links."case" and operation.id = links.subject
    join operations on operations."case" = links."case" and operations.id = links.subject
    where links.claimed = '1' and links.denied = '0'
    group by operation.one, known.one
)
select one.label as one, other.label as other, one.operation, one.year, one.one as one_id, other.one as other_id
from took_part as one
join took_part as other on other.operation = one.operation and other.one <> one.one
    and (other.label > one.label or (other.label = one.label and other.one > one.one))
order by 1, 2, one.one, other.one, 4, 3
