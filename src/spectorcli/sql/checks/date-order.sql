-- Impossible orders of dates: sentenced before charged, seized before launched. People are told apart by name, so a
-- seizure is compared with its market's launch and a plea with the charges of the same person.
-- columns: severity term, id id, property term, form hidden, step term, date date, earlier term, earlier_date date,
--     how_many count, earlier_id id
with orders (before, after, whose) as (
    values ('launch', 'seizure', 'market'), ('launch', 'shutdown', 'market'), ('charge', 'plea', 'person'),
        ('charge', 'sentence', 'person'), ('plea', 'sentence', 'person'), ('arrest', 'extradition', 'person')
),
steps (before, after) as (
    values ('charged', 'pleaded-guilty'), ('charged', 'sentenced'), ('pleaded-guilty', 'sentenced'),
        ('arrested', 'extradited')
),
dated as materialized (
    select events.id, events.kind, facts.value as date, coalesce(facts.earliest, '') as earliest, facts.latest
    from events
    left join facts on facts.subject = events.id and facts.property = 'date' and facts.headline
),
owners (id, whose, owner) as (
    select id, 'market', market from events where market is not null
    union all
    select subject, 'person', object from links where property = 'person'
),
firsts as materialized (  -- of each kind of event of a market or a person: compared with all, many would take their square
    select
        owners.whose,
        owners.owner,
        dated.kind,
        dated.id,
        dated.date,
        min(dated.earliest) as earliest,
        count(*) as how_many
    from dated
    join owners on owners.id = dated.id
    group by owners.whose, owners.owner, dated.kind
),
stood as materialized (
    select subject, property, value, "when", held_to, min(coalesce(held_from, '')) as held_from, count(*) as how_many
    from facts
    where property = 'status' and value in (select before from steps)
    group by subject, value
)
select
    'error' as severity,
    later.id,
    'date' as property,
    null as form,
    later.kind as step,
    later.date,
    orders.before as earlier,
    sooner.date as earlier_date,
    sooner.how_many,
    sooner.id as earlier_id
from orders
join dated as later on later.kind = orders.after
join owners on owners.id = later.id and owners.whose = orders.whose
join firsts as sooner
    on sooner.whose = owners.whose and sooner.owner = owners.owner and sooner.kind = orders.before
group by later.id, orders.before
having min(sooner.earliest) > later.latest
union all
select
    'error',
    later.subject,
    later.property,
    'status',
    later.value,
    later."when",
    sooner.value,
    sooner."when",
    sooner.how_many,
    null
from steps
join facts as later on later.property = 'status' and later.value = steps.after and later."when" <> ''
join stood as sooner on sooner.value = steps.before and sooner.subject = later.subject
group by later.subject, later.value, later."when", steps.before
having sooner.held_from > later.held_to
