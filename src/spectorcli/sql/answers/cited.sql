-- Which sources are to be cited: the source itself, or those that say the best values of a thing?
select sources.*
from sources
where sources.id = :id
union
select sources.*
from claims
join verdicts on verdicts.verdict = claims.verdict and verdicts.says
join sources on sources.id = claims.source
where claims.subject = :id
    and not exists (select 1 from sources as itself where itself.id = :id)
order by id
