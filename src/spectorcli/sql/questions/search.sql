-- Where do these words stand? Things and claims, best match first.
-- columns: kind term, id id, label text, property term, text text, command term
with best_first as (  -- by what is known of a place without reading it: a word may stand in a million
    select rowid as place
    from search
    where search match coalesce(nullif(:words, ''), '""')
    order by
        rowid = (select rowid from entities where id = replace(lower(:words), ' ', '-')) desc,  -- "desnica extradition" is nearly an id
        rowid > (select max(rowid) from entities),  -- things are before claims
        bm25(search, 4, 1, 1),
        rowid
    limit -1  -- all; what has a limit stays in its order
)
select
    case when claims.claim is null then entities.kind else 'claims' end as kind,
    entities.id,
    entities.label,
    claims.label as property,
    coalesce(claims.body, things.body) as text,
    'spector ' || coalesce('why ' || claims.entity || ' ' || claims.label, 'show ' || entities.id) as command
from best_first
left join thing_texts as things on things.place = best_first.place
left join claim_texts as claims on claims.claim = best_first.place - (select max(rowid) from entities)
cross join entities on entities.id = coalesce(claims.entity, things.entity)
