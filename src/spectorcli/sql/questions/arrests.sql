-- How many people were arrested, where? Countries by number, then the total of each operation. There is no share of a
-- total that its parts exceed.
-- columns: id id, operation ref, country ref, country_name name country, count number persons, when date, share share,
--     part_of ref id, dispute dispute grade, grade grade, sources count, origins count, also also count
select
    arrests.id,
    arrests.operation,
    arrests.country,
    countries.name as country_name,
    fact.value as count,
    fact."when",
    case
        when max(fact.base, coalesce((
            select max(parts.parts)
            from parts
            where parts.whole = whole.id and parts.property = 'count' and parts.headline
        ), 0)) <= total.base + 1e-9 then round(fact.base / total.base, 3)
    end as share,
    arrests.part_of,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from arrests
left join countries on countries.id = arrests.country
left join answers as fact on fact.subject = arrests.id and fact.property = 'count' and fact.headline
left join arrests as whole
    on whole.operation = arrests.operation and whole.part_of is null and whole.country is null
left join answers as total on total.subject = whole.id and total.property = 'count' and total.headline
left join announcements on announcements.operation = arrests.operation
where coalesce(:operation, '') in ('', arrests.operation)
    and coalesce(:country, '') in ('', arrests.country)
order by announcements.earliest, arrests.operation, arrests.country is null, fact.base desc, arrests.id
