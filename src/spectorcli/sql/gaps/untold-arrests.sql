-- Countries that took part in an operation, and of which no figure of arrests is told; with what the others leave of all.
-- columns: id id, property term, form hidden, place hidden, countries ref, rest number, rest_unit unit rest
with told as (
    select arrests.operation, arrests.country
    from arrests
    join facts on facts.subject = arrests.id and facts.property = 'count'
    where arrests.operation is not null and arrests.country is not null
    union
    select whole.operation, arrests.country  -- those of another operation that are a part of this one's
    from arrests
    join arrests as whole on whole.id = arrests.part_of
    join facts on facts.subject = arrests.id and facts.property = 'count'
    where whole.operation <> arrests.operation and arrests.country is not null
),
untold as (
    select links.subject as operation, links.object as country
    from links
    join operations on operations.id = links.subject
    where links.property = 'participants'
        and (links.subject, links.object) not in (select operation, country from told)
    order by links.object
),
wholes as materialized (  -- of each operation the arrests of which most are told
    select arrests.operation, arrests.id, max(parts.total)
    from parts
    join arrests on arrests.id = parts.whole
    where parts.property = 'count' and arrests.country is null
    group by arrests.operation
)
select
    untold.operation as id,
    'participants' as property,
    iif(sums.parts = sums.total, 'full', null) as form,
    untold.operation <> coalesce(:operation, '') as place,
    group_concat(untold.country, '; ') as countries,
    case
        when sums.parts >= sums.total or (sums.most is null and sums.high is null) then null
        when sums.high is null then format('>=%.15g', max(sums.low - sums.most, 0))
        when sums.most is null then format('<=%.15g', sums.high - sums.least)
        when sums.hedged or sums.rough
            then format('%.15g..%.15g', max(coalesce(sums.low, 0) - sums.most, 0), sums.high - coalesce(sums.least, 0))
        else format('%.15g', sums.total - sums.parts)
    end as rest,
    sums.base_unit as rest_unit
from untold
left join wholes on wholes.operation = untold.operation
left join parts as sums on sums.property = 'count' and sums.whole = wholes.id
group by untold.operation
