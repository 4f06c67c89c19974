-- How many arrests by country, operation or year? An operation that several cases have counts once, as it is best supported.
with figures as (
    select
        coalesce(known.one, arrests.operation) as operation,
        arrests.country,
        substr(operations.announced, 1, 4) as year,
        facts.base,
        case when facts.value like '>%' or facts.value like '<%' or facts.value like '~%' then 1 else 0 end as hedged,
        row_number() over (
            partition by coalesce(known.one, arrests.operation), arrests.country order by facts.grade, arrests."case", arrests.id
        ) as nth
    from arrests
    join facts on facts."case" = arrests."case" and facts.subject = arrests.id
        and facts.property = 'count' and facts.headline = '1'
    left join known on known."case" = arrests."case" and known.id = arrests.operation
    left join operations on operations."case" = arrests."case" and operations.id = arrests.operation
),
named as (
    select case :by when 'country' then country when 'operation' then operation else year end as what, figures.*
    from figures
    where nth = 1 and (country is not null) = (:by = 'country')
)
select what, count(distinct operation) as operations, sum(base) as arrests, sum(hedged) as hedged
from named
where what is not null
group by what
order by arrests desc, what
