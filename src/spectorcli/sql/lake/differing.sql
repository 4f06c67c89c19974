-- What do several cases say of things of one id? The answers of each, for those of which the texts differ.
with several as (
    select facts.subject, facts.property, facts.base_unit, facts."when"
    from facts
    where facts.kind in ('operations', 'arrests', 'seizures', 'events', 'markets', 'proceedings')
        and facts.type in ('number', 'date', 'term', 'flag')
    group by facts.subject, facts.property, facts.base_unit, facts."when"
    having count(distinct facts."case") > 1 and count(distinct facts.value || ' ' || facts.unit) > 1
)
select facts.subject as id, facts.property, facts.type, facts."case", facts.value, facts.unit, facts."when", facts.grade
from facts
join several
    on several.subject = facts.subject and several.property = facts.property
    and several.base_unit = facts.base_unit and several."when" = facts."when"
order by facts.subject, facts.property, facts.base_unit, facts."when", facts."case"
