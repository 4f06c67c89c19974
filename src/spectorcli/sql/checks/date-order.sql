-- Impossible orders of dates: sentenced before charged, seized before launched.
with orders (before, after) as (
    values ('launch', 'seizure'), ('launch', 'shutdown'), ('charge', 'plea'), ('charge', 'sentence'),
        ('plea', 'sentence'), ('arrest', 'extradition')
)
select
    'error' as severity,
    later.id,
    'date' as property,
    format('%s %s comes before every %s (%s)', later.kind, late.value, orders.before, min(early.value)) as sentence
from orders
join events as later on later.kind = orders.after
join facts as late on late.subject = later.id and late.property = 'date' and late.main
join events as sooner
    on sooner.kind = orders.before
    and (sooner.person = later.person or (later.person is null and sooner.person is null and sooner.market = later.market))
join facts as early on early.subject = sooner.id and early.property = 'date' and early.main
where late.latest is not null
group by later.id, orders.before
having min(early.earliest) > late.latest
