-- What is linked to a thing, and what of that is linked to by what names it? "cross join" begins with those.
with near (id) as (
    select :id
    union
    select subject from links where object = :id
)
select links.subject, links.property, links.object, links.claimed, links.denied, links.grade, links.sources
from near
cross join links on links.subject = near.id
order by links.rowid
