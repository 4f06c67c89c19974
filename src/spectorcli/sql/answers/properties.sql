-- What is known of one thing, and how sure is it? One row for each property (and unit, and time); without a value where
-- the editor has deprecated every claim.
with known as (
    select subject, property, value, unit, "when", dispute, grade, sources, origins, also, main
    from facts
    where subject = :id
    union all
    select subject, property, null, null, null, 'settled', null, null, null, group_concat(distinct value || ' ' || unit), 1
    from claims
    where subject = :id
    group by subject, property
    having count(fact) = 0
)
select
    known.subject as id,
    known.property,
    known.value,
    known.unit,
    known."when",
    known.dispute,
    known.grade,
    known.sources,
    known.origins,
    known.also
from known
join entities on entities.id = known.subject
join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = known.property
order by vocabulary.rowid, known."when", known.main desc, known.grade, known.value
