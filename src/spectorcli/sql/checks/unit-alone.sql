-- Claims that were never weighed: their source is the only one that uses their unit, while others use another.
with figures as (
    select
        claims.*,
        case when claims.unit in ('g', 't', 'lb', 'oz') then 'kg' else claims.unit end as base
    from claims
    where claims.low is not null and claims.rank <> 'deprecated'
)
select
    'note' as severity,
    figures.subject as id,
    figures.property,
    format(
        '%s by %s is the only claim in %s and was weighed against nothing; in other units: %s',
        figures.value || ' ' || figures.unit,
        figures.source,
        figures.unit,
        others.said
    ) as sentence
from figures
join (
    select alone.subject, alone.property, alone.base, group_concat(best.value || ' ' || best.unit, ', ') as said
    from (
        select subject, property, base
        from figures
        group by subject, property, base
        having count(distinct source) = 1
    ) as alone
    join figures as best
        on best.subject = alone.subject and best.property = alone.property and best.base <> alone.base
    join facts on facts.claim = best.id
    group by alone.subject, alone.property, alone.base
) as others on others.subject = figures.subject and others.property = figures.property and others.base = figures.base
group by figures.subject, figures.property, figures.base, figures.value, figures.unit
