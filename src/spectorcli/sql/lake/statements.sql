-- What was said in public, in all cases?
select *
from statements
where (:person is null or ("case", statements.person) in (select "case", id from meant where filter = 'person'))
order by "case", cast(position as integer)
