-- Publishers of authorities' texts that may be one authority, whose texts would not confirm each other: one begins like the
-- other, or they differ in dots and blanks alone.
-- columns: severity term, id id, property term, publisher text, other_publisher text, other id
with publishers as (
    select
        min(id) as id,
        min(publisher) as publisher,
        lower(replace(replace(replace(publisher, '.', ''), ',', ''), ' ', '')) as key
    from sources
    join vocabulary_terms as terms
        on terms.kind = 'sources' and terms.property = 'kind' and terms.term = sources.kind and terms.authority
    where publisher <> ''
    group by lower(publisher)
)
select
    'note' as severity, one.id, 'publisher' as property, one.publisher, other.publisher as other_publisher, other.id as other
from publishers as one
join publishers as other
    on other.id <> one.id
    and (
        one.publisher like other.publisher || ' %'
        or one.publisher like other.publisher || ', %'
        or (one.key = other.key and one.id > other.id)
    )
