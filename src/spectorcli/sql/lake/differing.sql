-- What do several cases say of things of one id, or decided to be one? The answers of each, where the texts differ.
with answered as (
    select coalesce(same.one, facts.subject) as one, facts.*
    from facts
    left join same on same."case" = facts."case" and same.id = facts.subject
    where facts.kind in ('operations', 'arrests', 'seizures', 'events', 'markets', 'proceedings')
        and facts.type in ('number', 'date', 'term', 'flag')
    union all
    select facts."case" || ':' || facts.subject, facts.*
    from facts
    where facts.kind in ('operations', 'arrests', 'seizures', 'events', 'markets', 'proceedings')
        and facts.type in ('number', 'date', 'term', 'flag')
        and exists (select 1 from same where same.one = facts."case" || ':' || facts.subject)
        and not exists (select 1 from same where same."case" = facts."case" and same.id = facts.subject)
),
several as (
    select one, property, base_unit, "when"
    from answered
    group by one, property, base_unit, "when"
    having count(distinct "case") > 1 and count(distinct value || ' ' || unit) > 1
)
select
    answered.subject as id,
    answered.property,
    answered.type,
    answered."case",
    answered.value,
    answered.unit,
    answered."when",
    answered.grade,
    answered.one
from answered
join several
    on several.one = answered.one and several.property = answered.property
    and several.base_unit = answered.base_unit and several."when" = answered."when"
order by answered.one, answered.property, answered.base_unit, answered."when", answered."case", answered.subject
