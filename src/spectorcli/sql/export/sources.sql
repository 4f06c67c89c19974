-- Which sources does the case rest on?
select *
from sources
order by id
