-- What happened when? By the first day of each date itself; the vaguer first. Besides events all that has a date of which
-- the case itself says that there is such a thing, under the name of the date.
-- columns: date date, earliest date, latest date, kind term, title text, operation ref, market ref, person ref,
--     country ref, dispute dispute grade, grade grade, sources count, origins count, also also date, id id,
--     property hidden
with happened as (
    select events.id, 'date' as property, kind, title, operation, market, person, country, fact.fact
    from events
    left join answers as fact on fact.subject = events.id and fact.property = 'date' and fact.headline

    union all
    select
        entities.id,
        facts.property,
        iif(facts.property = 'date', entities.kind, facts.property),
        entities.label,
        (select value from cells where entity = entities.id and property = 'operation'),
        (select value from cells where entity = entities.id and property = 'market'),
        (select value from cells where entity = entities.id and property = 'person'),
        (select value from cells where entity = entities.id and property = 'country'),
        facts.id
    from (select 1 where exists (select 1 from vocabulary where own and type = 'date' and claimed = 'yes'))
    cross join facts
    join entities on entities.id = facts.subject
    join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = facts.property and vocabulary.own
    where facts.type = 'date' and facts.headline
)
select
    fact.value as date,
    fact.earliest,
    fact.latest,
    happened.kind,
    happened.title,
    happened.operation,
    happened.market,
    happened.person,
    happened.country,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also,
    happened.id,
    happened.property
from happened
left join answers as fact on fact.fact = happened.fact
where coalesce(:operation, '') in ('', happened.operation)
    and coalesce(:kind, '') in ('', happened.kind)
    and coalesce(:country, '') in ('', happened.country)
    and (
        coalesce(:person, '') in ('', happened.id)
        or exists (
            select 1
            from links
            where links.subject = happened.id and links.object = :person
                and (links.property = 'person' or happened.property <> 'date')
        )
    )
    and coalesce(:market, '') in ('', happened.market)
    and (coalesce(:from, '') = '' or fact.value is not null and coalesce(fact.latest, '9999') >= :from)
    and (coalesce(:to, '') = '' or fact.value is not null and coalesce(fact.earliest, '0000') <= :to || '~')
order by
    fact.base is null, fact.base, fact.earliest is null, fact.earliest desc, coalesce(fact.latest, '9999'), happened.id,
    happened.property
