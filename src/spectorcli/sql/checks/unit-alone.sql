-- Claims that were never weighed: their source is the only one whose unit converts into theirs, while others use another.
-- columns: severity term, id id, property term, value number, unit unit value, source ref, others amounts
with figures as (
    select *
    from claims
    where low is not null and rank <> 'deprecated'
)
select
    'note' as severity,
    figures.subject as id,
    figures.property,
    figures.value,
    figures.unit,
    figures.source,
    others.stated as others
from figures
join (
    select alone.subject, alone.property, alone.base_unit, group_concat(best.value || ' ' || best.unit, '; ') as stated
    from (
        select subject, property, base_unit
        from figures
        group by subject, property, base_unit
        having count(distinct source) = 1
    ) as alone
    join figures as best
        on best.subject = alone.subject and best.property = alone.property and best.base_unit <> alone.base_unit
    join facts on facts.id = best.id
    group by alone.subject, alone.property, alone.base_unit
) as others
    on others.subject = figures.subject and others.property = figures.property and others.base_unit = figures.base_unit
group by figures.subject, figures.property, figures.base_unit, figures.value, figures.unit
