-- Every thing with its label and the row of its file as a JSON object, in the order of the files.
select
    entities.id,
    entities.kind,
    entities.label,
    (select json_group_object(property, value) from cells where entity = entities.id) as cells,
    (select json_group_object("column", value) from unread where file = entities.kind and owner = entities.id) as unread
from entities
order by entities.rowid
