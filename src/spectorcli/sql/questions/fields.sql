-- Which columns and properties does each kind have?
-- columns: kind term, property term, type term, many term, unit text, claimed term, terms text, description text
select kind, property, type, many, unit, claimed, terms, description
from vocabulary
where coalesce(:kind, '') in ('', kind) and property <> ''
order by rowid
