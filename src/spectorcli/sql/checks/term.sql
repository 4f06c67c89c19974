-- Words where the vocabulary says which there are, and this is none of them.
-- columns: severity term, id id, property term, value term, how_many count, known text, kind hidden, claim hidden,
--     place hidden
with said as (
    select entities.kind, cells.property, cells.value, cells.entity as id, null as claim, cells.rowid as place
    from cells
    join entities on entities.id = cells.entity
    where cells.property in (select property from vocabulary_terms)
    union all
    select entities.kind, claims.property, claims.value, claims.subject, claims.id, claims.id
    from claims
    join entities on entities.id = claims.subject
    where claims.type = 'term' and claims.property in (select property from vocabulary_terms)
)
select
    'warning' as severity,
    said.id,
    said.property,
    said.value,
    count(distinct said.id) as how_many,
    (
        select group_concat(term, ', ')
        from (
            select terms.term
            from vocabulary_terms as terms
            where terms.kind = said.kind and terms.property = said.property
            order by terms.rowid
        )
    ) as known,
    said.kind,
    said.claim,
    min(said.place) as place  -- the other columns are of the first that has the word
from said
where exists (select 1 from vocabulary_terms as terms where terms.kind = said.kind and terms.property = said.property)
    and not exists (
        select 1
        from vocabulary_terms as terms
        where terms.kind = said.kind and terms.property = said.property and terms.term = said.value
    )
group by said.kind, said.property, said.value
order by said.kind, said.property, said.value
