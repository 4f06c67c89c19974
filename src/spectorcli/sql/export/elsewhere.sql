-- What countries are called elsewhere, folded: in other languages, and by their everyday names.
select entity as id, key
from names
where strength = 2
order by rowid
