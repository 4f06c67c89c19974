-- Which sources are to be cited: the source itself, or those that say the best value of a thing's first property?
select sources.*
from sources
where sources.id = :id
union
select sources.*
from claims
join sources on sources.id = claims.source
where claims.verdict in ('best', 'agrees')
    and not exists (select 1 from sources as itself where itself.id = :id)
    and claims.fact = (
        select facts.id
        from facts
        join entities on entities.id = facts.subject
        join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = facts.property
        where facts.subject = :id and facts.main
        order by vocabulary.rowid
        limit 1
    )
order by id
