-- Which countries are in the cases, and in how many agencies and operations of each?
select *
from countries
order by "case", cast(position as integer)
