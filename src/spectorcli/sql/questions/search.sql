-- Where do these words stand? Things and claims, best match first.
-- columns: kind term, id id, label text, property term, text text, command term
with best_first as (  -- by what is known of a place without reading it: a word may stand in a million
    select rowid as place
    from search
    where search match coalesce(nullif(:words, ''), '""')
    order by
        rowid = (select rowid from entities where id = replace(lower(:words), ' ', '-')) desc,  -- "desnica extradition" is nearly an id
        rowid > (select max(rowid) from entities),  -- things are before claims
        bm25(search, 0, 0, 4, 1, 1),
        rowid
    limit -1  -- all; what has a limit stays in its order
)
select
    search.kind,
    search.entity as id,
    entities.label,
    case search.kind when 'claims' then search.label end as property,
    search.body as text,
    case search.kind
        when 'claims' then 'spector why ' || search.entity || ' ' || search.label
        else 'spector show ' || search.entity
    end as command
from best_first
cross join search on search.rowid = best_first.place
join entities on entities.id = search.entity
