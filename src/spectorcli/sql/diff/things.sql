-- Which things are only in one of two cases? Their labels, in the order of kinds and ids.
select
    case when old.id is null then 'added' else 'removed' end as change,
    coalesce(new.kind, old.kind) as kind,
    coalesce(new.id, old.id) as id,
    null as property,
    old.label as before,
    new.label as after
from before.entities as old
full outer join after.entities as new on new.id = old.id
where old.id is null or new.id is null
order by kind, id
