-- Which things of this kind are there?
-- columns: id id, label text
select id, label
from entities
where kind = :kind
order by rowid
