-- Every thing of a case of ours by its kind, with its cells; where a note says a list as a whole, that counts.
select
    things.kind,
    things.id,
    (
        select json_group_array(json_array(property, value))
        from (
            select property, value
            from cells
            where cells.thing = things.id
                and whole = (
                    select max(whole) from cells as same where same.thing = things.id and same.property = cells.property
                )
            order by rowid
        )
    ) as cells
from things
order by things.kind, things.rowid
