-- Which countries are part of the case, and with what? Grade to also are those of the arrests.
select
    countries.id as country,
    countries.name as country_name,
    fact.value as arrests,
    (
        select count(*)
        from agencies
        where agencies.country = countries.id
    ) as agencies,
    (
        select count(*)
        from links
        where links.object = countries.id and links.property = 'participants'
    ) as operations,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from countries
left join arrests on arrests.country = countries.id and arrests.operation = :operation
left join facts as fact on fact.subject = arrests.id and fact.property = 'count' and fact.main
where :operation is null
    or arrests.id is not null
    or exists (
        select 1
        from links
        where links.object = countries.id and links.subject = :operation and links.property = 'participants'
    )
order by fact.number desc, countries.id
