-- How many people were arrested, where? Countries by number, then the total of each operation.
select
    arrests.id,
    arrests.operation,
    arrests.country,
    countries.name as country_name,
    fact.value as count,
    round(fact.number / total.number, 3) as share,
    arrests.part_of,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from arrests
left join countries on countries.id = arrests.country
left join facts as fact on fact.subject = arrests.id and fact.property = 'count' and fact.main
left join arrests as whole
    on whole.operation = arrests.operation and whole.part_of is null and whole.country is null
left join facts as total on total.subject = whole.id and total.property = 'count' and total.main
left join announcements on announcements.operation = arrests.operation
where coalesce(:operation, '') in ('', arrests.operation)
    and coalesce(:country, '') in ('', arrests.country)
order by announcements.earliest, arrests.operation, arrests.country is null, fact.number desc, arrests.id
