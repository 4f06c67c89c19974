-- Who is named, in which part, and how does a case against them stand? Grade to also: of the status.
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
left join facts as fact on fact.subject = people.id and fact.property = 'status' and fact.main
order by fact.value is null, people.name
