-- Which thing points to which, by accepted claims?
insert into links
select claims.subject, claims.property, said.object, 1, min(claims.grade), count(distinct claims.source)
from said
cross join claims on claims.id = said.claim
where claims.verdict <> 'differs'
group by claims.subject, claims.property, said.object
