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
dated as (
    select events.*, facts.value as date, coalesce(facts.earliest, '') as earliest, facts.latest
    from events
    left join facts on facts.subject = events.id and facts.property = 'date' and facts.headline
),
stood as (
    select subject, property, value, "when", held_from, held_to
    from facts
    where property = 'status'
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
    count(*) as how_many,
    sooner.id as earlier_id
from orders
join dated as later on later.kind = orders.after
join dated as sooner
    on sooner.kind = orders.before
    and case orders.whose
        when 'market' then sooner.market = later.market
        else exists (
            select 1
            from links as one
            join links as other on other.object = one.object and other.property = 'person'
            where one.subject = sooner.id and one.property = 'person' and other.subject = later.id
        )
    end
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
    count(*),
    null
from steps
join stood as later on later.value = steps.after and later."when" <> ''
join stood as sooner on sooner.value = steps.before and sooner.subject = later.subject
group by later.subject, later.value, later."when", steps.before
having min(coalesce(sooner.held_from, '')) > later.held_to
