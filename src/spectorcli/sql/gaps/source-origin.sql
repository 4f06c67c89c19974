-- Sources of which nobody knows whose facts they have: they confirm nothing.
-- columns: id id, property term, place hidden, claims count, share share, alike ref
select claims.source as id, 'derived_from' as property, -count(*) as place, count(*) as claims, null as share, null as alike
from claims
join sources on sources.id = claims.source
left join vocabulary_terms as terms
    on terms.kind = 'sources' and terms.property = 'kind' and terms.term = sources.kind
where coalesce(sources.derived_from, '') = '' and coalesce(terms.authority, 0) = 0 and claims.quoting = ''
group by claims.source
