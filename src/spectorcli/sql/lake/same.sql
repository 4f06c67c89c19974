-- What is called alike in several cases? Names of people, agencies, markets and operations; addresses of sources.
with called as (
    select distinct things."case", things.kind, things.id, things.label, names.key
    from things
    join names on names."case" = things."case" and names.id = things.id and names.strength = '0'
    where things.kind in ('people', 'agencies', 'markets', 'operations')
    union all
    select "case", 'sources', id, title, url
    from sources
    where url <> ''
),
several as (
    select kind, key
    from called
    group by kind, key
    having count(distinct "case") > 1
)
select called.kind, called.key, called."case", called.id, called.label
from called
join several on several.kind = called.kind and several.key = called.key
order by called.kind, called.key, called."case", called.id
