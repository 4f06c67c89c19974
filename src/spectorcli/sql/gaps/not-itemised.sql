-- Wholes of which the parts leave a rest, however each figure was rounded, and parts of which no figure is told. The rest
-- is a bound where a figure is one. Those of the case's own operation come first, then those of which most is left.
-- columns: id id, property term, place hidden, how_many count, parts number, base_unit unit parts, stated number,
--     unit unit stated, rest number, rest_unit unit rest, untold ref, by term
with told as (
    select
        parts.*,
        case  -- "more than" on one side leaves a bound, on both nothing; "about" remains
            when (most is null or least is null) and (high is null or low is null) then null
            when most is null or low is null then '<='
            when least is null or high is null then '>='
            when rough or hedged then '~'
            else ''
        end || format('%.15g', round(total - parts, 3)) as left_over,
        coalesce(most, parts) < coalesce(low, total) as leaves,
        (
            select group_concat(id, '; ')
            from (
                select part.subject as id
                from links as part
                left join breakdowns on breakdowns.part = part.subject and breakdowns.whole = part.object
                where part.object = parts.whole and part.property = 'part_of'
                    and coalesce(breakdowns.by, '') = parts.by
                    and not exists (
                        select 1
                        from facts
                        where facts.subject = part.subject and facts.property = parts.property
                            and facts.base_unit = parts.base_unit
                    )
                order by id
            )
        ) as untold
    from parts
)
select
    whole as id,
    property,
    (
        select not coalesce(max(links.object = :operation), 0)
        from links
        where links.subject = whole and links.property = 'operation'
    ) + parts / total as place,
    how_many,
    iif(rough, '~', '') || format('%.15g', round(parts, 3)) as parts,
    base_unit,
    stated,
    unit,
    iif(parts < total, left_over, null) as rest,
    base_unit as rest_unit,
    untold,
    nullif(by, '') as by
from told
where leaves or untold is not null
