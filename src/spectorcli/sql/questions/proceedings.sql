-- Which cases are before a court, and how do they stand? Grade to also are those of the status.
-- columns: id id, title text, person ref, court text, status term, when date, overdue date, sentence number, unit unit sentence,
--     sentence_grade grade, charges text, dispute dispute grade, grade grade, sources count, origins count,
--     also also status
select
    proceedings.id,
    proceedings.title,
    proceedings.person,
    proceedings.court,
    fact.value as status,
    fact."when",
    case when expected.latest < coalesce(nullif(:today, ''), date('now')) then expected.date end as overdue,
    sentence.value as sentence,
    sentence.unit,
    sentence.grade as sentence_grade,
    proceedings.charges,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from proceedings
left join answers as fact on fact.subject = proceedings.id and fact.property = 'status' and fact.headline
left join (
    select links.subject, expected.date, max(expected.latest) as latest
    from expected
    join links on links.object = expected.person and links.property = 'person'
    group by links.subject
) as expected on expected.subject = proceedings.id
left join answers as sentence on sentence.subject = proceedings.id and sentence.property = 'sentence' and sentence.headline
where (
        coalesce(:person, '') = ''
        or exists (
            select 1
            from links
            where links.subject = proceedings.id and links.property = 'person' and links.object = :person
        )
    )
    and (coalesce(:operation, '') in ('', proceedings.operation) or proceedings.operation is null)
order by proceedings.title
