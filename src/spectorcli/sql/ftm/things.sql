-- Every entity by its kind, with its other names and what those are called to which it refers, first the ends of an edge.
select
    entities.kind,
    entities.id,
    entities.schema,
    entities.name,
    (select json_group_array(name) from aliases where entity = entities.id) as aliases,
    (
        select json_group_array(called)
        from (
            select coalesce(nullif(target.name, ''), target.id) as called
            from waiting
            join entities as target on target.id = waiting.target
            left join edges on edges.schema = entities.schema
            where waiting.subject = entities.id
            group by target.id
            order by
                min(iif(waiting.prop = edges.source, 0, iif(waiting.prop = edges.target, 1, 2))), min(waiting.rowid)
            limit 2
        )
    ) as tied
from entities
order by entities.kind, entities.rowid
