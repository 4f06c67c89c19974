-- Whose facts do these sources have? They themselves, and all from which they take them, at any distance.
with recursive before (id) as (
    select value from json_each(:sources)
    union
    select links.object
    from before
    cross join links on links.subject = before.id and links.property = 'derived_from'
)
select
    sources.id,
    coalesce(sources.kind, '') as kind,
    sources.reliability,
    coalesce(sources.published, '') as published,
    coalesce(sources.publisher, '') as publisher,
    coalesce(sources.derived_from, '') as derived_from
from before
cross join sources on sources.id = before.id
