-- Do the parts add up to the whole? Of values that follow each other in time the latest counts. From the parts, which
-- are few, to their wholes: "cross join" keeps that order.
insert into parts
with latest as not materialized (
    select facts.*, case when unit in ('g', 't', 'lb', 'oz') then 'kg' else unit end as base
    from facts
    where number is not null
        and not exists (
            select 1
            from facts as later
            where later.subject = facts.subject
                and later.property = facts.property
                and (later.unit = facts.unit or (later.unit in ('kg', 'g', 't', 'lb', 'oz') and facts.unit in ('kg', 'g', 't', 'lb', 'oz')))
                and later."when" > facts."when"
        )
)
select
    whole.subject as whole,
    entities.kind,
    whole.property,
    whole.unit,
    whole.value as stated,
    whole.number as total,
    whole.low,
    whole.high,
    sum(part.number) as parts,
    count(*) as how_many,
    max(typeof(part.value) = 'text') as rough,
    whole.base,                      -- the unit of all figures here but "stated"
    sum(part.low) as least,          -- what the parts cover, as they are rounded
    sum(part.high) as most,
    whole.main
from links
cross join latest as part on part.subject = links.subject
cross join latest as whole
    on whole.subject = links.object and whole.property = part.property and whole.base = part.base
cross join entities on entities.id = whole.subject
where links.property = 'part_of'
group by whole.id
