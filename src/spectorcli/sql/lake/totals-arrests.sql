-- How many arrests by country, operation or year? An operation that several cases have counts once: by the figures of the
-- case whose one is best supported, without parts of a whole of the same country. What belongs to none counts for itself.
with listed as (
    select distinct "case", id, operation, country, part_of -- an answer has a row for each unit and time
    from arrests
),
figures as (
    select
        known.one as operation,
        listed."case",
        listed.country,
        substr(operations.announced, 1, 4) as year,
        facts.base,
        case when facts.value like '>%' or facts.value like '<%' or facts.value like '~%' then 1 else 0 end as hedged,
        first_value(listed."case") over (
            partition by coalesce(known.one, own.one), listed.country order by facts.grade, listed."case"
        ) as best
    from listed
    join facts on facts."case" = listed."case" and facts.subject = listed.id
        and facts.property = 'count' and facts.headline = '1'
    join known as own on own."case" = listed."case" and own.id = listed.id
    left join known on known."case" = listed."case" and known.id = listed.operation
    left join listed as whole on whole."case" = listed."case" and whole.id = listed.part_of
    left join operations on operations."case" = listed."case" and operations.id = listed.operation
    where facts.base is not null and (whole.id is null or coalesce(whole.country, '') <> coalesce(listed.country, ''))
),
named as (
    select case :by when 'country' then country when 'operation' then operation else year end as what, figures.*
    from figures
    where "case" = best and (country is not null) = (:by = 'country')
),
called as (
    select id, min(label) as label
    from known
    where kind = 'countries' and :by = 'country'
    group by id
)
select what, min(called.label) as called, count(distinct operation) as operations, sum(base) as arrests, sum(hedged) as hedged
from named
left join called on called.id = named.what
where what is not null
group by what
order by case :by when 'year' then what end, arrests desc, what
