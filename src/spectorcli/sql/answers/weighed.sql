-- What are the answers for one property of a thing: one for each unit and time?
select *
from facts
where subject = :id and property = :property
