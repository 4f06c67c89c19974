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
                    iif(typeof(facts.value) = 'real', claims.value, facts.value),
                    typeof(facts.value),
                    facts.unit,
                    facts.also
                )
            )
        from facts
        join claims on claims.id = facts.claim
        where facts.subject = entities.id and facts.main
    ) as best
from entities
order by entities.rowid
