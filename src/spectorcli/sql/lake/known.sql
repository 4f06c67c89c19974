-- What does each thing of each case count as across cases? What was decided, else its key, else itself.
select
    things."case",
    things.id,
    things.kind,
    coalesce(same.one, things.key, things."case" || ':' || things.id) as one,
    coalesce(same.label, things.label) as label
from things
left join same on same."case" = things."case" and same.id = things.id
