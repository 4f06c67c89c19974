-- Things of which nothing is claimed, and which no claim names.
-- columns: severity term, id id, property term
select
    case when entities.kind in ('arrests', 'seizures', 'events') then 'warning' else 'note' end as severity,
    entities.id,
    null as property
from entities
where entities.kind in (select kind from vocabulary where claimed = 'yes')
    and entities.kind <> 'sources'
    and not exists (select 1 from claims where claims.subject = entities.id)
    and not exists (select 1 from links where links.object = entities.id)
