-- Which authorities took part, in what, and how sure is that? Last, in what they are said not to have taken part.
-- columns: id id, name text, country ref, country_name name country, part_of ref id, operations text, not_involved text
select
    agencies.id,
    agencies.name,
    agencies.country,
    countries.name as country_name,
    agencies.part_of,
    (
        select group_concat(role, '; ')
        from (
            select links.subject || ' (' || group_concat(links.property || ' ' || links.grade, ', ') || ')' as role
            from links indexed by links_object  -- by the other index all links would be read for each agency
            cross join operations on operations.id = links.subject
            where links.object = agencies.id and links.claimed and not links.denied
            group by links.subject
        )
    ) as operations,
    (
        select group_concat(links.subject || ' (' || links.property || ' ' || links.grade || ')', '; ')
        from links indexed by links_object
        cross join operations on operations.id = links.subject
        where links.object = agencies.id and links.denied
    ) as not_involved
from agencies
left join countries on countries.id = agencies.country
where coalesce(:country, '') in ('', agencies.country)
    and (
        coalesce(:operation, '') = ''
        or exists (select 1 from links where links.object = agencies.id and links.subject = :operation)
    )
order by agencies.country is not null, countries.name, agencies.name
