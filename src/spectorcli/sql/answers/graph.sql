-- What is a thing linked to, and what is that linked to, up to :depth steps away? Each link comes once, from
-- its end that is nearer; "nearest" is how near the other end is, whichever way one goes.
-- columns: depth count, parent ref, relation term, direction term, id id, kind term, label text, nearest count,
--     grade grade, sources count, when text
with recursive reached (id, depth) as (
    select :id, 0

    union
    select links.object, reached.depth + 1
    from reached
    join links on links.subject = reached.id
    where reached.depth < cast(:depth as integer)

    union
    select links.subject, reached.depth + 1
    from reached
    join links on links.object = reached.id
    where reached.depth < cast(:depth as integer)
),
near as materialized (
    select id, min(depth) as depth
    from reached
    group by id
),
steps as (
    select near.depth + 1 as depth, near.id as parent, 'out' as direction, links.object as id, links.rowid as link
    from near
    join links on links.subject = near.id
    where near.depth < cast(:depth as integer)

    union all
    select near.depth + 1, near.id, 'in', links.subject, links.rowid
    from near
    join links on links.object = near.id
    where near.depth < cast(:depth as integer)
)
select
    steps.depth,
    steps.parent,
    links.property as relation,
    steps.direction,
    steps.id,
    entities.kind,
    entities.label,
    near.depth as nearest,
    links.grade,
    links.sources,
    nullif(links."when", '') as "when"
from steps
join links on links.rowid = steps.link
join near on near.id = steps.id
join entities on entities.id = steps.id
join entities as subject on subject.id = links.subject
where near.depth >= steps.depth or (near.depth = steps.depth - 1 and steps.direction = 'out')
order by
    steps.parent,
    steps.direction = 'in',
    (select rowid from vocabulary where kind = subject.kind and property = links.property),
    entities.rowid
