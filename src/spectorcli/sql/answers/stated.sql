-- What is each claim said to state, and where?
select subject, property, stated, source, at, line
from claims
order by source, line
