-- Which markets are in the case? Grade to also are those of the turnover.
-- columns: id id, name text, operator ref, launched date, closed date, turnover number, unit unit turnover,
--     vendors number accounts, currencies text, goods text, dispute dispute grade, grade grade, sources count,
--     origins count, also also turnover
select
    markets.id,
    markets.name,
    markets.operator,
    (
        select fact.value
        from links
        cross join events on events.id = links.subject and events.kind = 'launch'
        cross join answers as fact on fact.subject = events.id and fact.property = 'date' and fact.headline
        where links.object = markets.id and links.property = 'market'
        order by fact.earliest
        limit 1
    ) as launched,
    (
        select fact.value
        from links
        cross join events on events.id = links.subject and events.kind in ('seizure', 'shutdown')
        cross join answers as fact on fact.subject = events.id and fact.property = 'date' and fact.headline
        where links.object = markets.id and links.property = 'market'
        order by fact.earliest
        limit 1
    ) as closed,
    fact.value as turnover,
    fact.unit,
    markets.vendors,
    markets.currencies,
    markets.goods,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from markets
left join answers as fact on fact.subject = markets.id and fact.property = 'turnover'
order by markets.name, fact.headline desc, fact.unit
