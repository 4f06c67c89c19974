-- Which sources do the cases rest on?
select *
from sources
where (:kind is null or lower(kind) = lower(:kind))
    and (:reliability is null or reliability = :reliability)
order by "case", cast(position as integer)
