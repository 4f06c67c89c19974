-- What is called alike in several cases? By names of people, agencies, markets and operations, by addresses of sources.
with called as (
    select known.*, names.key
    from known
    join names on names."case" = known."case" and names.id = known.id and names.strength = '0'
    where known.kind in ('people', 'agencies', 'markets', 'operations')
    union all
    select known.*, things.key
    from known
    join things on things."case" = known."case" and things.id = known.id
    where known.kind = 'sources' and things.key is not null
),
several as (
    select kind, key
    from called
    group by kind, key
    having count(distinct "case") > 1
)
select called.kind, called.key, called."case", called.id, called.label, called.one
from called
join several on several.kind = called.kind and several.key = called.key
order by called.kind, called.key, called."case", called.id
