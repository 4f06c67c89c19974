-- People and cases whose last known step is no outcome, as of the newest source that says anything, the oldest step first. A person who has
-- a case before a court is told of there. What is a step and what an outcome, the terms of the vocabulary say.
-- columns: id id, property term, place hidden, step term, when date, newest date
with steps as (
    select facts.subject, coalesce(accused.object, facts.subject) as person, entities.kind, facts.property, facts.value,
        facts."when", '' as latest
    from facts
    join entities on entities.id = facts.subject
    left join links as accused
        on accused.subject = facts.subject and accused.property = 'person' and entities.kind = 'proceedings'
    where facts.property = 'status' and facts.headline
        and entities.kind in (select kind from vocabulary_terms as terms where property = 'status' and ends)
        and not exists (
            select 1
            from links as own
            join proceedings on proceedings.id = own.subject
            where own.object = facts.subject and own.property = 'person'
        )
        and not exists (
            select 1 from facts as outcome where outcome.subject = facts.subject and outcome.property = 'sentence'
        )
    union all
    select whose.object, whose.object, 'events', 'kind', events.kind, coalesce(facts.value, ''),
        max(coalesce(facts.latest, ''))
    from events
    join vocabulary_terms as terms
        on terms.kind = 'events' and terms.property = 'kind' and terms.term = events.kind and terms.accused
    join links as whose on whose.subject = events.id and whose.property = 'person'
    left join facts on facts.subject = events.id and facts.property = 'date' and facts.headline
    where not exists (select 1 from facts as told where told.subject = whose.object and told.property = 'status')
        and not exists (
            select 1
            from links as own
            join proceedings on proceedings.id = own.subject
            where own.object = whose.object and own.property = 'person'
        )
    group by whose.object  -- the other columns are of the row with the latest date
)
select
    steps.subject as id,
    case steps.kind when 'events' then null else steps.property end as property,
    nullif(steps."when", '') as place,
    steps.value as step,
    steps."when",
    (
        select max(sources.published)
        from sources
        where exists (select 1 from claims where claims.source = sources.id)
    ) as newest
from steps
where not exists (
        select 1
        from vocabulary_terms as terms
        where terms.kind = steps.kind and terms.property = steps.property and terms.term = steps.value and terms.ends
    )
    and not exists (
        select 1
        from links
        join events on events.id = links.subject
        join vocabulary_terms as terms
        on terms.kind = 'events' and terms.property = 'kind' and terms.term = events.kind and terms.ends
        where links.object = steps.person and links.property = 'person'
    )
group by steps.subject  -- a case of several persons comes once
