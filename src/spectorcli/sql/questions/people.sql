-- Who is named, in which part, and how does a case against them stand? Grade to also: of the status. Overdue: when an
-- outcome was due that no source tells.
-- columns: id id, name text, role text, agency ref, status term, when date, overdue date, dispute dispute grade,
--     grade grade, sources count, origins count, also also status
select
    people.id,
    people.name,
    people.role,
    people.agency,
    fact.value as status,
    fact."when",
    case when expected.latest < coalesce(nullif(:today, ''), date('now')) then expected.date end as overdue,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from people
left join answers as fact on fact.subject = people.id and fact.property = 'status' and fact.headline
left join expected on expected.person = people.id
order by fact.value is null, people.name
