-- Which two countries, or agencies, took part in one operation? A row for each pair and operation.
with took_part as (
    select distinct
        links."case", links.subject as operation, links.object as id, things.label, substr(operations.announced, 1, 4) as year
    from links
    join things on things."case" = links."case" and things.id = links.object and things.kind = :kind
    join operations on operations."case" = links."case" and operations.id = links.subject
    where links.claimed = '1' and links.denied = '0'
)
select distinct one.label as one, other.label as other, one.operation, one.year
from took_part as one
join took_part as other
    on other."case" = one."case" and other.operation = one.operation and other.label > one.label
order by 1, 2, 4, 3
