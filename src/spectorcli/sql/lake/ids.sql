-- What are the ids of a case?
select id
from things
where "case" = :id
order by id
