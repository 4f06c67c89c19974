-- Sources that say nothing and from which nothing is taken.
select 'warning' as severity, sources.id, null as property, 'no claim and no other source uses it' as sentence
from sources
where not exists (select 1 from claims where claims.source = sources.id)
    and not exists (select 1 from links where links.object = sources.id)
