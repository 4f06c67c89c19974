-- Which sources do several cases rest on? A row a case, with how many of its claims.
with several as (
    select one
    from known
    where kind = 'sources'
    group by one
    having count(distinct "case") > 1
)
select known.one, known.label, sources.published, sources.publisher, sources.kind, known."case", known.id, sources.claims
from known
join several on several.one = known.one
join sources on sources."case" = known."case" and sources.id = known.id
where known.kind = 'sources'
order by known.one, known."case", known.id
