-- Every thing with its label, the row of its file, and for each claimed property the best value, its unit
-- and what else is said; JSON objects, in the order of the files. JSON here keeps 15 digits of a decimal
-- fraction, so that one comes as the text that was claimed, marked as "real".
select
    entities.id,
    entities.kind,
    entities.label,
    (select json_group_object(property, value) from cells where entity = entities.id) as cells,
    (
        select
            json_group_object(
                facts.property,
                json_array(
                    iif(typeof(facts.number) = 'integer', facts.number, facts.value),
                    typeof(facts.number),
                    facts.unit,
                    facts.also
                )
            )
        from facts
        where facts.subject = entities.id and facts.headline
    ) as best
from entities
order by entities.rowid
