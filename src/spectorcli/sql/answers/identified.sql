-- Which thing (of a kind) has this id?
select id, kind, label
from entities
where id = :text and (:kind is null or kind = :kind)
