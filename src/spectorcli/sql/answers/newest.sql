-- When was the newest source published of which something is claimed?
select max(published) as newest
from sources
where exists (select 1 from claims where claims.source = sources.id)
