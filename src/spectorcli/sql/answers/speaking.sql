-- Which sources are there, and does any claim rest on each?
select id, exists (select 1 from claims where claims.source = sources.id) as speaks
from sources
