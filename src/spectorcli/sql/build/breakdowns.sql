-- Which parts belong to which breakdown, where one whole is told twice: by country, and by something else, such as by
-- substance? Of parts that differ from their whole in both, and in neither, the second is taken.
insert into breakdowns
with columns as (
    select distinct property, type from vocabulary where claimed = '' and type in ('term', 'ref:countries')
),
differing as (
    select
        links.subject as part,
        links.object as whole,
        max(columns.type <> 'term') as by_country,
        min(iif(columns.type = 'term', columns.property, null)) as other
    from links
    cross join cells on cells.entity = links.subject
    join columns on columns.property = cells.property
    where links.property = 'part_of'
        and not exists (
            select 1
            from cells as own
            where own.entity = links.object and own.property = cells.property and own.value = cells.value
        )
    group by links.subject, links.object
),
split as (
    select whole, min(iif(by_country, null, other)) as by
    from differing
    group by whole
    having min(iif(by_country, null, other)) is not null and max(by_country and other is null)
)
select links.subject, links.object, iif(differing.by_country and differing.other is null, 'country', split.by)
from split
join links on links.object = split.whole and links.property = 'part_of'
left join differing on differing.part = links.subject and differing.whole = links.object
