-- Publishers of authorities' texts that may be one authority, whose texts would not confirm each other: one begins like the
-- other, or they differ in dots and blanks alone.
-- columns: severity term, id id, property term, publisher text, other_publisher text, other id
with publishers as (
    select
        min(id) as id,
        min(publisher) as publisher,
        lower(publisher) as name,
        lower(replace(replace(replace(publisher, '.', ''), ',', ''), ' ', '')) as key
    from sources
    join vocabulary_terms as terms
        on terms.kind = 'sources' and terms.property = 'kind' and terms.term = sources.kind and terms.authority
    where publisher <> ''
    group by lower(publisher)
),
beginnings (id, words) as (  -- each name without its last word, without the last two…: nobody compares all with all
    select id, rtrim(rtrim(name, replace(name, ' ', ''))) from publishers
    union all
    select id, rtrim(rtrim(words, replace(words, ' ', ''))) from beginnings where words <> ''
),
alike (id, other) as (
    select beginnings.id, publishers.id from beginnings join publishers on publishers.name = words
    union
    select beginnings.id, publishers.id from beginnings join publishers on publishers.name || ',' = words
    union
    select one.id, other.id from publishers as one join publishers as other on one.key = other.key and one.id > other.id
)
select
    'note' as severity, one.id, 'publisher' as property, one.publisher, other.publisher as other_publisher, other.id as other
from alike
join publishers as one on one.id = alike.id
join publishers as other on other.id = alike.other
order by one.name, other.name
