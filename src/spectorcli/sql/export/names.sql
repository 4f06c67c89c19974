-- What each thing may be called, folded, and how surely it means the thing: 0 for a name, 1 for an id or a title.
select entity as id, key, strength
from names
where strength < 2
order by rowid
