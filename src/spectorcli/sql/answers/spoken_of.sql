-- Which properties can be asked about of this thing: its own, and those of what points to it?
select distinct claims.property, vocabulary.description
from (select :id as id union select subject from links where object = :id) as near
join claims on claims.subject = near.id
join entities on entities.id = claims.subject
join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = claims.property
order by vocabulary.rowid
