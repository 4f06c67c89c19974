-- Sources of which claims do not say what words they rest on, so that nobody can look these up; most of them first.
-- columns: id id, property term, place hidden, claims count, of count
select source as id, null as property, -sum(stated = '') as place, sum(stated = '') as claims, count(*) as "of"
from claims
group by source
having sum(stated = '') > 0
