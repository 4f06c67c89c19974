-- How do the operations compare? The figures side by side; grade to also are those of the arrests.
select
    operations.id,
    operations.name,
    announcements.date as announced,
    arrests.value as arrests,
    arrests.dispute,
    (
        select group_concat(amount, '; ')
        from (
            select fact.value || ' ' || fact.unit as amount
            from seizures
            join facts as fact on fact.subject = seizures.id and fact.property = 'amount'
            where seizures.operation = operations.id and seizures.kind = 'money' and seizures.part_of is null
                and seizures.country is null
            order by fact.unit
        )
    ) as money,
    (
        select group_concat(fact.value || ' ' || fact.unit, '; ')
        from seizures
        join facts as fact on fact.subject = seizures.id and fact.property = 'amount' and fact.main
        where seizures.operation = operations.id and seizures.kind = 'drugs' and seizures.part_of is null
            and seizures.country is null and seizures.substance is null
    ) as drugs,
    (
        select fact.value
        from seizures
        join facts as fact on fact.subject = seizures.id and fact.property = 'amount' and fact.main
        where seizures.operation = operations.id and seizures.kind = 'firearms' and seizures.part_of is null
            and seizures.country is null
    ) as firearms,
    operations.countries,
    (
        select group_concat(what, ', ')
        from (
            select distinct case when seizures.id is null then facts.property else seizures.kind end as what
            from facts
            left join seizures on seizures.id = facts.subject
            where facts.dispute <> ''
                and (
                    (facts.subject = operations.id and facts.property = 'countries')
                    or (seizures.operation = operations.id and seizures.part_of is null and seizures.country is null
                        and seizures.substance is null)
                )
            order by 1
        )
    ) as also_disputed,
    arrests.grade,
    arrests.sources,
    arrests.origins,
    arrests.also
from operations
left join arrests as total
    on total.operation = operations.id and total.part_of is null and total.country is null
left join facts as arrests on arrests.subject = total.id and arrests.property = 'count' and arrests.main
left join announcements on announcements.operation = operations.id
order by coalesce(announcements.earliest, '9999'), operations.id
