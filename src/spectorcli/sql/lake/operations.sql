-- Which operations are in the cases?
select *
from operations
order by "case", cast(position as integer)
