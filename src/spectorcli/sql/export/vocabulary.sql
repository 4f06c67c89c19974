-- Every kind and property; own: declared by the case itself.
select kind, property, type, many, unit, claimed, description, denies, own
from vocabulary
order by rowid
