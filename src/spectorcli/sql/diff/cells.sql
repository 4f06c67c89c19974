-- What was corrected in the files of the kinds? One row for each cell of a thing that is in both cases.
with both as (
    select new.id, new.kind
    from before.entities as old
    join after.entities as new on new.id = old.id
), changed as (
    select entity, property from (select * from before.cells except select * from after.cells)
    union
    select entity, property from (select * from after.cells except select * from before.cells)
)
select
    'changed' as change,
    both.kind,
    both.id,
    changed.property,
    (select value from before.cells where entity = both.id and property = changed.property) as before,
    (select value from after.cells where entity = both.id and property = changed.property) as after
from changed
join both on both.id = changed.entity
order by both.kind, both.id, changed.property
