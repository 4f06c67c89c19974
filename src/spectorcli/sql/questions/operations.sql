-- How do the operations compare? The figures side by side; grade to also are those of the arrests.
-- columns: id id, name text, announced date, arrests number persons bars, dispute dispute grade, money amounts,
--     drugs amounts, firearms number firearms, countries number countries, also_disputed text, grade grade,
--     sources count, origins count, also also arrests
with totals as materialized (
    select seizures.operation, seizures.kind, seizures.substance, seizures.id
    from seizures
    where seizures.part_of is null and seizures.country is null
)
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
            from totals
            join answers as fact on fact.subject = totals.id and fact.property = 'amount'
            where totals.operation = operations.id and totals.kind = 'money'
            order by fact.unit
        )
    ) as money,
    (
        select group_concat(fact.value || ' ' || fact.unit, '; ')
        from totals
        join answers as fact on fact.subject = totals.id and fact.property = 'amount' and fact.headline
        where totals.operation = operations.id and totals.kind = 'drugs' and totals.substance is null
    ) as drugs,
    (
        select fact.value
        from totals
        join answers as fact on fact.subject = totals.id and fact.property = 'amount' and fact.headline
        where totals.operation = operations.id and totals.kind = 'firearms'
    ) as firearms,
    operations.countries,
    (
        select group_concat(what, ', ')
        from (
            select 'countries' as what
            from facts
            where facts.subject = operations.id and facts.property = 'countries' and facts.dispute <> ''
            union
            select totals.kind
            from totals
            join facts on facts.subject = totals.id and facts.dispute <> ''
            where totals.operation = operations.id and totals.substance is null
            order by what
        )
    ) as also_disputed,
    arrests.grade,
    arrests.sources,
    arrests.origins,
    arrests.also
from operations
left join arrests as total
    on total.operation = operations.id and total.part_of is null and total.country is null
left join answers as arrests on arrests.subject = total.id and arrests.property = 'count' and arrests.headline
left join announcements on announcements.operation = operations.id
order by coalesce(announcements.earliest, '9999'), operations.id
