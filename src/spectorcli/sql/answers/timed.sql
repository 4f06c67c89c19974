-- Which properties of a kind have values that hold at a time?
select distinct facts.property
from entities
join facts on facts.subject = entities.id
where entities.kind = :kind and facts."when" <> ''
