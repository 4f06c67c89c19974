-- Which columns and properties does each kind have?
select kind, property, type, many, unit, claimed, description
from vocabulary
where coalesce(:kind, '') in ('', kind) and property <> ''
order by rowid
