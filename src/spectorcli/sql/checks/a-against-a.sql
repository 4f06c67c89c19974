-- What a source of reliability A says, contradicted by what a source of reliability A says: one row for each value.
with against as (
    select distinct facts.subject, facts.property, best.source, best.value, best.unit,
        rival.source as other, rival.value as otherwise, rival.unit as other_unit
    from facts
    join claims as rival
        on rival.fact = facts.id and rival.verdict = 'differs' and rival.grade like 'A%' and rival.rank <> 'deprecated'
    join claims as best on best.id = coalesce(
        (  -- what excludes a further value of a list is that it was called complete
            select complete.id
            from claims as complete
            where complete.fact = facts.id and complete.verdict <> 'differs'
                and complete.value like 'only %' and rival.value not like 'only %'
            order by complete.grade, complete.id
            limit 1
        ),
        facts.claim
    )
    where best.grade like 'A%'
    order by other
)
select
    'warning' as severity,
    subject as id,
    property,
    case
        when count(*) = 1 and other = source
            then format('%s says %s, and also %s', source, trim(value || ' ' || unit), trim(otherwise || ' ' || other_unit))
        else format(
            '%s says %s, and %s %s %s',
            source,
            trim(value || ' ' || unit),
            group_concat(other, ', '),
            case count(*) when 1 then 'says' else 'say' end,
            trim(otherwise || ' ' || other_unit)
        )
    end as sentence
from against
group by subject, property, source, value, unit, otherwise, other_unit
