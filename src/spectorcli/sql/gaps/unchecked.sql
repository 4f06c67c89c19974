-- How many claims did nobody compare with a copy of their source?
-- columns: id id, property term, place hidden, claims count, of count
select null as id, 'checked' as property, 0 as place, sum(checked = '') as claims, count(*) as "of"
from claims
having sum(checked = '') > 0
