-- What is known of one thing, and how sure is it? One row for each property (and unit, and time); without a value where
-- the editor has deprecated every claim.
-- columns: id id, property term, value any type, unit unit value, type hidden, when date, dispute dispute grade,
--     grade grade, sources count, origins count, also also value
with known as (
    select subject, property, value, unit, type, "when", dispute, grade, sources, origins, also, headline
    from answers
    where subject = :id
    union all
    select subject, property, null, null, type, null, 'settled', null, null, null, group_concat(distinct value || ' ' || unit), 1
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
    known.type,
    known."when",
    known.dispute,
    known.grade,
    known.sources,
    known.origins,
    known.also
from known
join entities on entities.id = known.subject
join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = known.property
order by vocabulary.rowid, known."when", known.headline desc, known.grade, known.value
