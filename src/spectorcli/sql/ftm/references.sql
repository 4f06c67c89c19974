-- What does each value refer to that names an entity of FollowTheMoney, and is that in the file?
select
    waiting.subject,
    waiting.prop,
    waiting.target,
    waiting.value,
    waiting.source,
    waiting.at,
    waiting.stated,
    waiting.note,
    entities.kind,
    target.id is not null as there
from waiting
join entities on entities.id = waiting.subject
left join entities as target on target.id = waiting.target
order by waiting.rowid
