-- Sources that say nothing and from which nothing is taken.
-- columns: severity term, id id, property term
select 'warning' as severity, sources.id, null as property
from sources
where not exists (select 1 from claims where claims.source = sources.id)
    and not exists (select 1 from links where links.object = sources.id)
