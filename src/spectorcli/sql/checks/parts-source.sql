-- Sources whose own parts do not add up to their own total: more than it, or less although they state every part. Less is
-- a mere note while the best values too leave a rest: then the case may lack a part.
-- columns: severity term, id id, property term, source ref, stated number, unit unit stated, how_many count,
--     parts number, base_unit unit parts, by term
with figures as (
    select
        claims.subject,
        claims.property,
        claims.source,
        claims."when",
        claims.base_unit,
        iif(count(claims.low) = count(*), min(claims.low), null) as low,
        iif(count(claims.high) = count(*), max(claims.high), null) as high,
        claims.value,
        claims.unit
    from claims
    where coalesce(claims.low, claims.high) is not null
        and claims.rank <> 'deprecated'
        and claims.subject in (
            select subject from links where property = 'part_of'
            union
            select object from links where property = 'part_of'
        )
    group by 1, 2, 3, 4, 5
),
every as materialized (
    select links.object as whole, breakdowns.by, count(*) as parts
    from links
    left join breakdowns on breakdowns.part = links.subject and breakdowns.whole = links.object
    where links.property = 'part_of'
    group by links.object, breakdowns.by
)
select
    case
        when sum(coalesce(part.low, 0)) > whole.high then 'warning'
        when exists (
            select 1
            from parts
            where parts.whole = whole.subject and parts.property = whole.property and parts.base_unit = whole.base_unit
                and parts.by = coalesce(breakdowns.by, '') and parts.most < parts.low
        ) then 'note'
        else 'warning'
    end as severity,
    whole.subject as id,
    whole.property,
    whole.source,
    whole.value as stated,
    whole.unit,
    count(*) as how_many,
    case
        when count(part.high) < count(*) then format('>=%.15g', sum(coalesce(part.low, 0)))
        else format('%.15g', sum(coalesce(part.low, 0)))
            || iif(sum(part.high) = sum(part.low), '', format('..%.15g', sum(part.high)))
    end as parts,
    whole.base_unit,
    breakdowns.by
from figures as part  -- each has few wholes, while a whole may have many parts
cross join links on links.subject = part.subject and links.property = 'part_of'
cross join figures as whole
    on whole.subject = links.object and whole.property = part.property and whole.source = part.source
    and whole.base_unit = part.base_unit and whole."when" = part."when"
left join breakdowns on breakdowns.part = links.subject and breakdowns.whole = links.object
group by whole.subject, whole.property, whole.source, whole.base_unit, whole."when", breakdowns.by
having sum(coalesce(part.low, 0)) > whole.high
    or (
        count(part.high) = count(*)
        and sum(part.high) < whole.low
        and count(*) > 1
        and count(*) = (
            select every.parts from every where every.whole = whole.subject and every.by is breakdowns.by
        )
    )
