-- Sources whose own parts do not add up to their own total: more than it, or less although they state every part. Less is
-- a mere note while the best values too leave a rest: then the case may lack a part.
with figures as (
    select
        claims.subject,
        claims.property,
        claims.source,
        claims."when",
        case when claims.unit in ('g', 't', 'lb', 'oz') then 'kg' else claims.unit end as unit,
        min(claims.low) as low,
        max(claims.high) as high,
        min(claims.value || ' ' || claims.unit) as stated
    from claims
    where claims.low is not null
        and claims.rank <> 'deprecated'
        and claims.subject in (
            select subject from links where property = 'part_of'
            union
            select object from links where property = 'part_of'
        )
    group by 1, 2, 3, 4, 5
)
select
    case
        when sum(part.low) > whole.high then 'warning'
        when exists (
            select 1
            from parts
            where parts.whole = whole.subject and parts.property = whole.property and parts.base = whole.unit
                and parts.most < parts.low
        ) then 'note'
        else 'warning'
    end as severity,
    whole.subject as id,
    whole.property,
    format(
        '%s states %s, and %s %s %s',
        whole.source,
        whole.stated,
        case count(*) when 1 then 'its one part is' else format('its %d parts add up to', count(*)) end,
        format('%.10g', sum(part.low))
            || case sum(part.high) when sum(part.low) then '' else format(' to %.10g', sum(part.high)) end,
        whole.unit
    ) as sentence
from figures as whole
cross join links on links.object = whole.subject and links.property = 'part_of'
cross join figures as part  -- its parts are few; what its source says is much
    on part.subject = links.subject and part.property = whole.property and part.source = whole.source
    and part.unit = whole.unit and part."when" = whole."when"
group by whole.subject, whole.property, whole.source, whole.unit, whole."when"
having sum(part.low) > whole.high
    or (
        sum(part.high) < whole.low
        and count(*) > 1
        and count(*) = (
            select count(*)
            from links as every
            where every.object = whole.subject and every.property = 'part_of'
        )
    )
