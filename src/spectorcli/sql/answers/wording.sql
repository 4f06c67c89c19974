-- Is this property wording, which is kept and never compared?
select vocabulary.type
from entities
join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = :property
where entities.id = :id and vocabulary.type = 'text'
