-- What are the things of a kind called?
select distinct label
from things
where :kind is null or kind = :kind
order by label
