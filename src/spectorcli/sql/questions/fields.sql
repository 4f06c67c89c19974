-- Which columns and properties does each kind have?
select kind, property, type, many, unit, claimed, description
from vocabulary
where (:kind is null or kind = :kind) and property <> ''
order by rowid
