-- What happened when? By the first day on which it may have happened.
select
    fact.value as date,
    fact.earliest,
    fact.latest,
    events.kind,
    events.title,
    events.operation,
    events.market,
    events.person,
    events.country,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also,
    events.id
from events
left join facts as fact on fact.subject = events.id and fact.property = 'date' and fact.main
where (:operation is null or events.operation = :operation)
    and (:kind is null or events.kind = :kind)
    and (:country is null or events.country = :country)
    and (:person is null or events.person = :person)
    and (:market is null or events.market = :market)
    and (:from is null or fact.value is not null and coalesce(fact.latest, '9999') >= :from)
    and (:to is null or fact.value is not null and coalesce(fact.earliest, '0000') <= :to || '~')
order by fact.value is null, coalesce(fact.earliest, '0000'), coalesce(fact.latest, '9999'), events.id
