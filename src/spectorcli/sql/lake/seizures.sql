-- What was seized in the operations of all cases?
select *
from seizures
where (:operation is null or ("case", operation) in (select "case", id from meant where filter = 'operation'))
    and (:country is null or ("case", country) in (select "case", id from meant where filter = 'country'))
    and (:kind is null or lower(kind) = lower(:kind))
order by "case", cast(position as integer)
