-- Who is named in the cases?
select *
from people
order by "case", cast(position as integer)
