-- Every thing with its label, the row of its file, and for each claimed property the best value, its unit
-- and what else is said; JSON objects, in the order of the files.
select
    entities.id,
    entities.kind,
    entities.label,
    (select json_group_object(property, value) from cells where entity = entities.id) as cells,
    (
        select json_group_object(property, json_array(value, unit, also))
        from facts
        where subject = entities.id and main
    ) as best
from entities
order by entities.rowid
