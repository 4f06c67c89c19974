-- The answers about a thing and about what names it, thing by thing in the order of the files.
with near (id) as (
    select :id
    union
    select subject from links where object = :id
)
select facts.*
from near
cross join facts on facts.subject = near.id
join entities on entities.id = facts.subject
order by entities.rowid, facts.property, facts.unit, facts."when", facts.value
