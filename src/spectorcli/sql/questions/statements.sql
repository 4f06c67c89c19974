-- Who said what, as gist? Grade to also are those of the gist.
-- columns: id id, date date, person ref, agency ref, gist text, source ref, grade grade, sources count,
--     origins count, also also gist
select
    statements.id,
    said.value as date,
    statements.person,
    statements.agency,
    fact.value as gist,
    claims.source,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also
from statements
left join answers as fact on fact.subject = statements.id and fact.property = 'gist'
left join claims on claims.id = fact.claim
left join answers as said on said.subject = statements.id and said.property = 'date' and said.headline
where coalesce(:person, '') in ('', statements.person)
    and (coalesce(:operation, '') in ('', statements.operation) or statements.operation is null)
order by said.earliest is null, said.earliest, statements.id
