-- Which properties of a thing are claimed?
select distinct property
from claims
where subject = :id
order by property
