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
where coalesce(:operation, '') in ('', events.operation)
    and coalesce(:kind, '') in ('', events.kind)
    and coalesce(:country, '') in ('', events.country)
    and coalesce(:person, '') in ('', events.person)
    and coalesce(:market, '') in ('', events.market)
    and (coalesce(:from, '') = '' or fact.value is not null and coalesce(fact.latest, '9999') >= :from)
    and (coalesce(:to, '') = '' or fact.value is not null and coalesce(fact.earliest, '0000') <= :to || '~')
order by fact.value is null, coalesce(fact.earliest, '0000'), coalesce(fact.latest, '9999'), events.id
