-- The answer where there is one claim: what it says. Its grade was known when it was read.
insert into facts
select
    id, subject, property, type, value, number, unit, base, base_unit, low, high, earliest, latest,
    "when", held_from, held_to, id, grade, 1, 1, '', '', '', 1
from claims
where fact is not null
    and not exists (
        select 1
        from contested
        where contested.subject = claims.subject and contested.property = claims.property
    )
