-- Where do these words stand? Things and claims, best match first.
-- columns: kind term, id id, label text, property term, text text, command term
select
    search.kind,
    search.entity as id,
    entities.label,
    case search.kind when 'claims' then search.label end as property,
    snippet(search, 3, '', '', ' … ', 16) as text,
    case search.kind
        when 'claims' then 'spector why ' || search.entity || ' ' || search.label
        else 'spector show ' || search.entity
    end as command
from search
join entities on entities.id = search.entity
where search match coalesce(nullif(:words, ''), '""')
order by
    search.entity = replace(lower(:words), ' ', '-') desc,  -- "desnica extradition" is nearly an id
    search.kind = 'claims',
    bm25(search, 0, 0, 4, 1, 1),
    search.entity,
    search.rowid
