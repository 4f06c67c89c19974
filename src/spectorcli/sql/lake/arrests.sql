-- How many people were arrested, where, in the operations of all cases?
select *
from arrests
where (:operation is null or ("case", arrests.operation) in (select "case", id from meant where filter = 'operation'))
    and (:country is null or ("case", arrests.country) in (select "case", id from meant where filter = 'country'))
order by "case", cast(position as integer)
