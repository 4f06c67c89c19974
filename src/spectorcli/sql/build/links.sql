-- Which thing points to which, by accepted claims?
insert into links
select claims.subject, claims.property, mentions.object, 1, mentions.denied, min(claims.grade), count(distinct claims.source)
from mentions
cross join claims on claims.id = mentions.claim
where claims.verdict <> 'differs'
group by claims.subject, claims.property, mentions.object
