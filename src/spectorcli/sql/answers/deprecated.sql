-- Of which properties of things did the editor deprecate a claim?
select distinct claims.subject as id, entities.kind, claims.property
from claims
join entities on entities.id = claims.subject
where claims.rank = 'deprecated' and claims.type <> 'text'
