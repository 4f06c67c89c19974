-- Which countries are part of the case, and with what? Grade to also are those of the arrests.
-- columns: country ref, country_name name country, arrests number persons bars, when date, agencies count, operations count,
--     dispute dispute grade, grade grade, sources count, origins count, also also arrests
select
    countries.id as country,
    countries.name as country_name,
    fact.value as arrests,
    fact."when",
    (
        select count(distinct links.object)
        from agencies
        cross join links on links.object = agencies.id
        cross join operations on operations.id = links.subject
        where agencies.country = countries.id and not links.denied and coalesce(:operation, '') in ('', operations.id)
    ) as agencies,
    (
        select count(distinct operation)
        from (
            select links.subject as operation
            from links
            where links.object = countries.id and links.property = 'participants'
            union
            select made.operation from arrests as made where made.country = countries.id
        )
    ) as operations,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from countries
left join arrests
    on arrests.country = countries.id
    and arrests.operation = :operation
    and not exists (  -- a part of what is told of the country anyway
        select 1
        from arrests as whole
        where whole.id = arrests.part_of and (whole.country, whole.operation) = (arrests.country, arrests.operation)
    )
left join answers as fact on fact.subject = arrests.id and fact.property = 'count' and fact.headline
where coalesce(:operation, '') = ''
    or arrests.id is not null
    or exists (
        select 1
        from links
        where links.object = countries.id and links.subject = :operation and links.property = 'participants'
    )
order by fact.base desc, countries.id
