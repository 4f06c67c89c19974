-- Which things of this kind are there?
select id, label
from entities
where kind = :kind
order by rowid
