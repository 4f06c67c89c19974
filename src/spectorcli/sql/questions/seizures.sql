-- What was taken, and how much? Parts follow their whole; one row for each unit that does not convert. The share is that
-- of its whole, and 1 for what has parts; there is none of a whole that its parts exceed.
-- columns: id id, operation ref, country ref, country_name name country, kind term, substance term, amount number,
--     unit unit amount, when date, share share, part_of ref id, dispute dispute grade, grade grade, sources count,
--     origins count, also also amount
select
    seizures.id,
    seizures.operation,
    seizures.country,
    countries.name as country_name,
    seizures.kind,
    seizures.substance,
    fact.value as amount,
    fact.unit,
    fact."when",
    (
        select round(fact.base / max(parts.total), 3)
        from parts
        where parts.whole = coalesce(seizures.part_of, seizures.id)
            and parts.property = 'amount'
            and parts.base_unit = fact.base_unit
            and parts.parts <= parts.total + 1e-9
            and (seizures.part_of is null or parts.by = coalesce(breakdowns.by, ''))
    ) as share,
    seizures.part_of,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from seizures
left join countries on countries.id = seizures.country
left join answers as fact on fact.subject = seizures.id and fact.property = 'amount'
left join breakdowns on breakdowns.part = seizures.id and breakdowns.whole = seizures.part_of
left join announcements on announcements.operation = seizures.operation
where coalesce(:operation, '') in ('', seizures.operation)
    and coalesce(:country, '') in ('', seizures.country)
    and coalesce(:kind, '') in ('', seizures.kind)
order by
    announcements.earliest,
    seizures.operation,
    seizures.kind,
    coalesce(seizures.part_of, seizures.id),
    seizures.part_of is not null,
    fact.base desc,
    seizures.id,
    fact.headline desc
