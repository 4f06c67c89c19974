-- How many claims of a part are by which source?
select source, count(*)
from claims
group by source
