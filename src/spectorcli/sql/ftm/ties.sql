-- Which two things does each edge tie to each other, in the words of one dataset, and when?
select distinct
    one.target as subject,
    subject.kind,
    edges.schema,
    edge.id as edge,
    other.target,
    other.source,
    other.at,
    (select min(value) from spans where entity = edge.id and source = other.source and prop = 'startDate') as start,
    (select max(value) from spans where entity = edge.id and source = other.source and prop = 'endDate') as end,
    (select min(value) from spans where entity = edge.id and source = other.source and prop = 'date') as day
from waiting as one
join entities as edge on edge.id = one.subject
join edges on edges.schema = edge.schema and edges.source = one.prop
join waiting as other on other.subject = edge.id and other.prop = edges.target and other.source = one.source
join entities as subject on subject.id = one.target
join entities as object on object.id = other.target
order by one.rowid, other.rowid
