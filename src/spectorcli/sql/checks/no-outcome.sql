-- People and cases whose last known step is no outcome, as of the newest source. A person who has a case before a court
-- is told of there.
-- columns: severity term, id id, property term, step term, when date, newest date
with open (status) as (
    values ('suspected'), ('wanted'), ('arrested'), ('detained'), ('remanded'), ('charged'), ('indicted'),
        ('extradited'), ('pleaded-guilty'), ('arrest'), ('charge'), ('extradition'), ('plea')
),
steps as (
    select facts.subject, coalesce(proceedings.person, facts.subject) as person, facts.property, facts.value, facts."when",
        '' as latest
    from facts
    left join proceedings on proceedings.id = facts.subject
    where facts.property = 'status' and facts.headline
        and not exists (select 1 from proceedings as own where own.person = facts.subject)
        and not exists (
            select 1 from facts as outcome where outcome.subject = facts.subject and outcome.property = 'sentence'
        )
    union all
    select events.person, events.person, null, events.kind, coalesce(facts.value, ''), max(coalesce(facts.latest, ''))
    from events
    left join facts on facts.subject = events.id and facts.property = 'date' and facts.headline
    where events.kind in ('arrest', 'charge', 'extradition', 'plea')
        and not exists (select 1 from facts as told where told.subject = events.person and told.property = 'status')
        and not exists (select 1 from proceedings where proceedings.person = events.person)
    group by events.person  -- the other columns are of the row with the latest date
)
select
    'note' as severity,
    steps.subject as id,
    steps.property,
    steps.value as step,
    steps."when",
    (select max(published) from sources) as newest
from steps
join open on open.status = steps.value
where steps.subject is not null
    and not exists (
        select 1
        from links
        join events on events.id = links.subject and events.kind = 'sentence'
        where links.object = steps.person and links.property = 'person'
    )
