-- About what is there an open dispute? The first few.
select distinct subject, property
from facts
where dispute = 'open'
limit 5
