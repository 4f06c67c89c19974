-- Which words may a status be, and how far has a case come then: 2 it has its outcome, 1 there is a conviction?
select term, max(iif(ends, 2, convicted)) as step
from vocabulary_terms
where property = 'status'
group by term
order by term
