-- Sources that may retell another: of unknown origin, with two figures or more that one of them published before. A month
-- is not before a day of it: a tilde comes behind all that a date is written with. From sources to their claims and on to
-- who said it first ("cross join" keeps that order): the other way round the claims of one figure would be read as often
-- as it has values.
-- columns: severity term, id id, property term, figures count, other ref
with first as materialized (
    select claims.subject, claims.property, claims.value, claims.unit, sources.id as source, min(sources.published || '~') as day
    from claims
    join sources on sources.id = claims.source
    where claims.type = 'number' and claims.rank in ('', 'preferred') and sources.published <> ''
    group by claims.subject, claims.property, claims.value, claims.unit
)
select 'note' as severity, sources.id, 'derived_from' as property, count(*) as figures, first.source as other
from sources
cross join claims on claims.source = sources.id and claims.quoting = ''
cross join first
    on first.subject = claims.subject and first.property = claims.property
    and first.value = claims.value and first.unit = claims.unit
    and first.source <> sources.id and first.day < sources.published
left join vocabulary_terms as terms
    on terms.kind = 'sources' and terms.property = 'kind' and terms.term = sources.kind
where coalesce(sources.derived_from, '') = '' and coalesce(terms.authority, 0) = 0
group by sources.id, first.source
having count(*) > 1
