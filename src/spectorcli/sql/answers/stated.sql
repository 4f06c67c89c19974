-- What is each claim said to state, and where?
select subject, property, stated, source, at, id as line
from claims
order by source, id
