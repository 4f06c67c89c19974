-- People who are accused, or said to have run a market, and of whom no status is told.
-- columns: id id, property term, place hidden, names text
with accused as (
    select links.object as person
    from links
    join proceedings on proceedings.id = links.subject
    where links.property = 'person'
    union
    select links.object
    from links
    join events on events.id = links.subject
    join vocabulary_terms as terms
        on terms.kind = 'events' and terms.property = 'kind' and terms.term = events.kind and terms.accused
    where links.property = 'person'
    union
    select links.object
    from links
    where links.property = 'operator' and not links.denied
)
select people.id, 'status' as property, people.id as place, people.name as names
from accused
join people on people.id = accused.person
where not exists (select 1 from facts where facts.subject = people.id and facts.property = 'status')
    and not exists (
        select 1
        from links
        join facts on facts.subject = links.subject and facts.property = 'status'
        where links.object = people.id and links.property = 'person'
    )
