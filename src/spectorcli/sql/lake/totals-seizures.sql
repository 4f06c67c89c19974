-- How much was seized, of what, by country, operation or year? Wholes only, and an operation's once.
with figures as (
    select
        coalesce(known.one, seizures.operation) as operation,
        seizures.country,
        substr(operations.announced, 1, 4) as year,
        seizures.kind,
        seizures.substance,
        facts.base,
        facts.base_unit as unit,
        case when facts.value like '>%' or facts.value like '<%' or facts.value like '~%' then 1 else 0 end as hedged,
        row_number() over (
            partition by coalesce(known.one, seizures.operation), seizures.country, seizures.kind, seizures.substance, facts.base_unit
            order by facts.grade, seizures."case", seizures.id
        ) as nth
    from seizures
    join facts on facts."case" = seizures."case" and facts.subject = seizures.id
        and facts.property = 'amount' and facts.headline = '1'
    left join known on known."case" = seizures."case" and known.id = seizures.operation
    left join operations on operations."case" = seizures."case" and operations.id = seizures.operation
    where facts.base is not null and (seizures.part_of is null or :by = 'country')
),
named as (
    select case :by when 'country' then country when 'operation' then operation else year end as what, figures.*
    from figures
    where nth = 1 and (country is not null) = (:by = 'country')
)
select what, kind, substance, count(distinct operation) as operations, sum(base) as amount, unit, sum(hedged) as hedged
from named
where what is not null
group by what, kind, substance, unit
order by what, kind, coalesce(substance, ''), unit
