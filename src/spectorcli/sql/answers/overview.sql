-- What are the headline figures? Totals of the case's own operation, and the figures of the case's own kinds that belong
-- to it or to none.
-- columns: what text, property term, value any type, unit unit value, type hidden, when hidden, fact hidden,
--     own_unit hidden, dispute dispute grade, grade grade, sources count, origins count, also also value, id id
with own as (
    select kind from vocabulary where property = '' and own
),
asked as (
    select links.subject as id
    from links
    where links.object = :operation and links.property = 'operation'
    union
    select :operation
    union
    select entities.id  -- wholes alone, for of a million things most are parts of one
    from vocabulary
    join entities on entities.kind = vocabulary.kind
    where :operation is null
        and (vocabulary.property in ('count', 'amount') or (vocabulary.own and vocabulary.type = 'number'))
        and not exists (
            select 1
            from links
            where links.subject = entities.id and links.property in ('part_of', 'country')
        )
    union
    select entities.id
    from own
    join entities on entities.kind = own.kind
    where not exists (
        select 1
        from links
        where links.subject = entities.id and links.property = 'operation' and not links.claimed
    )
)
select
    case
        when fact.subject = :operation then fact.property
        when entities.label = operation.label then entities.kind
        when operation.label is null then entities.label
        else replace(entities.label, operation.label || ', ', '')
    end || case
        when fact.subject = :operation or fact.property in ('count', 'amount') then ''
        else ', ' || replace(fact.property, '_', ' ')
    end as what,
    fact.property,
    fact.value,
    fact.unit,
    fact.type,
    fact."when",
    fact.fact,
    vocabulary.unit as own_unit,
    fact.dispute,
    fact.grade,
    fact.sources,
    fact.origins,
    fact.also,
    fact.subject as id
from asked
join answers as fact on fact.subject = asked.id
join entities on entities.id = fact.subject
left join entities as operation on operation.id = :operation
left join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = fact.property
where (fact.subject = :operation and fact.property = 'countries')
    or (
        (fact.property in ('count', 'amount') or (entities.kind in (select kind from own) and fact.type = 'number'))
        and not exists (
            select 1
            from links
            where links.subject = fact.subject and links.property in ('part_of', 'country')
        )
    )
order by
    entities.kind in (select kind from own),
    fact.property = 'amount',
    fact.property,
    fact.sources desc,
    fact.subject,
    fact.unit
limit cast(:most as integer)
