-- What is each thing called, in the order of the files?
select id, kind, label
from entities
order by rowid
