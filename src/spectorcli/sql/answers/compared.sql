-- Which properties of a thing are claimed and compared? Wording is not.
select distinct claims.property
from claims
join vocabulary on vocabulary.property = claims.property
    and vocabulary.kind = (select kind from entities where id = :id)
where claims.subject = :id and claims.type <> 'text'
order by vocabulary.rowid
