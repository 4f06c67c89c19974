-- Do the parts add up to the whole? Of values that follow each other in time the latest counts. From the parts, which
-- are few, to their wholes: "cross join" keeps that order.
insert into parts
with latest as not materialized (
    select *
    from facts
    where type = 'number'
        and base is not null
        and not exists (
            select 1
            from facts as later
            where later.subject = facts.subject
                and later.property = facts.property
                and later.base_unit = facts.base_unit
                and coalesce(later.held_to, '') > coalesce(facts.held_to, '')
        )
)
select
    whole.subject as whole,
    entities.kind,
    whole.property,
    whole.unit,
    whole.value as stated,
    whole.base as total,
    whole.low,
    whole.high,
    sum(part.base) as parts,
    count(*) as how_many,
    max(part.number is null) as rough,
    whole.number is null as hedged,
    whole.base_unit,
    iif(count(part.low) = count(*), sum(part.low), null) as least,  -- unknown where a part may be any smaller
    iif(count(part.high) = count(*), sum(part.high), null) as most,
    whole.headline,
    whole.id as fact,
    count(distinct part."when") + (count(distinct part."when") = 1 and max(part."when") <> whole."when") as times,
    coalesce(breakdowns.by, '') as by
from links
cross join latest as part on part.subject = links.subject
cross join latest as whole
    on whole.subject = links.object and whole.property = part.property and whole.base_unit = part.base_unit
cross join entities on entities.id = whole.subject
left join breakdowns on breakdowns.part = links.subject and breakdowns.whole = links.object
where links.property = 'part_of'
group by whole.id, breakdowns.by
