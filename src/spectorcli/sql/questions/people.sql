-- Who is named, in which part, and how does a case against them stand? Grade to also: of the status.
-- columns: id id, name text, role text, agency ref, status term, when date, dispute dispute grade, grade grade,
--     sources count, origins count, also also status
select
    people.id,
    people.name,
    people.role,
    people.agency,
    fact.value as status,
    fact."when",
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from people
left join answers as fact on fact.subject = people.id and fact.property = 'status' and fact.headline
order by fact.value is null, people.name
