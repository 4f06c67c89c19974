-- Impossible orders of dates: sentenced before charged, seized before launched. People are told apart by name, so a
-- seizure is compared with its market's launch and a plea with the charges of the same person.
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
    left join facts on facts.subject = events.id and facts.property = 'date' and facts.main
),
stood as (  -- times that overlap were weighed together: the order of the others is that of their texts, but for seasons
    select subject, property, value, case when "when" glob '????-[2-4]*' then '' else "when" end as "when"
    from facts
    where property = 'status'
)
select
    'error' as severity,
    later.id,
    'date' as property,
    format(
        '%s %s comes before %s %s (%s)',
        later.kind,
        later.date,
        case count(*) when 1 then 'the ' else 'the first ' end || orders.before,
        sooner.date,
        sooner.id
    ) as sentence
from orders
join dated as later on later.kind = orders.after
join dated as sooner
    on sooner.kind = orders.before
    and case orders.whose when 'market' then sooner.market = later.market else sooner.person = later.person end
group by later.id, orders.before
having min(sooner.earliest) > later.latest
union all
select
    'error',
    later.subject,
    later.property,
    format('%s %s comes before %s %s', later.value, later."when", sooner.value, min(sooner."when"))
from steps
join stood as later on later.value = steps.after and later."when" <> ''
join stood as sooner on sooner.value = steps.before and sooner.subject = later.subject
group by later.subject, later.value, later."when", steps.before
having min(sooner."when") > later."when"
