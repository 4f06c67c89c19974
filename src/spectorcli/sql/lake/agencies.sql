-- Which authorities took part, in all cases?
select *
from agencies
where (:country is null or ("case", agencies.country) in (select "case", id from meant where filter = 'country'))
order by "case", cast(position as integer)
