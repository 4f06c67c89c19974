-- Which ids are there, of a kind or of all?
select id, label
from entities
where :kind is null or kind = :kind
order by id
