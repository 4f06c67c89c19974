-- Every thing with its label and the row of its file as a JSON object, in the order of the files.
select
    entities.id,
    entities.kind,
    entities.label,
    (select json_group_object(property, value) from cells where entity = entities.id) as cells
from entities
order by entities.rowid
