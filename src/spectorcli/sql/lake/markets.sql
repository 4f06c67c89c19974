-- Which markets are in the cases?
select *
from markets
order by "case", cast(position as integer)
