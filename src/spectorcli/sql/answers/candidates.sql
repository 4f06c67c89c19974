-- Which things have this property, among a thing and what points to it? Itself first, then the operation's own.
select entities.id as id, entities.kind, entities.label, claims.property
from entities
join claims on claims.subject = entities.id and claims.property = :property collate nocase
where entities.id = :id
union
select entities.id, entities.kind, entities.label, claims.property
from links
join entities on entities.id = links.subject
join claims on claims.subject = entities.id and claims.property = :property collate nocase
left join links as operation on operation.subject = entities.id and operation.property = 'operation'
where links.object = :id
    and (operation.object is null or :operation is null or operation.object = :operation)
    and not exists (select 1 from claims as own where own.subject = :id and own.property = :property collate nocase)
    and not exists (select 1 from links as part where part.subject = entities.id and part.property = 'part_of' and :id = :operation)
order by id
