-- Which findings did the editor accept?
select id, finding, subject
from exceptions
order by id
