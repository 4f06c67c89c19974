-- What happened when? By the first day of each date itself; the vaguer first.
-- columns: date date, earliest date, latest date, kind term, title text, operation ref, market ref, person ref,
--     country ref, dispute dispute grade, grade grade, sources count, origins count, also also date, id id
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
left join answers as fact on fact.subject = events.id and fact.property = 'date' and fact.headline
where coalesce(:operation, '') in ('', events.operation)
    and coalesce(:kind, '') in ('', events.kind)
    and coalesce(:country, '') in ('', events.country)
    and (
        coalesce(:person, '') = ''
        or exists (
            select 1
            from links
            where links.subject = events.id and links.property = 'person' and links.object = :person
        )
    )
    and coalesce(:market, '') in ('', events.market)
    and (coalesce(:from, '') = '' or fact.value is not null and coalesce(fact.latest, '9999') >= :from)
    and (coalesce(:to, '') = '' or fact.value is not null and coalesce(fact.earliest, '0000') <= :to || '~')
order by fact.base is null, fact.base, fact.earliest is null, fact.earliest desc, coalesce(fact.latest, '9999'), events.id
