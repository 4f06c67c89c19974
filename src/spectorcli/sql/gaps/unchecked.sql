-- How many claims did nobody compare with a copy of their source, as they are?
-- columns: id id, property term, place hidden, claims count, of count
select null as id, 'checked' as property, 0 as place, sum(signed <> 'holds') as claims, count(*) as "of"
from claims
having sum(signed <> 'holds') > 0
