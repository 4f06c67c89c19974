-- What are the headline figures? Totals of the case's own operation.
with asked as (
    select links.subject as id
    from links
    where links.object = :operation and links.property = 'operation'
    union
    select :operation
    union
    select entities.id from entities where :operation is null
)
select
    case
        when facts.subject = :operation then facts.property
        when entities.label = operation.label then entities.kind
        else replace(entities.label, coalesce(operation.label, '') || ', ', '')
    end as what,
    facts.property,
    facts.value,
    facts.unit,
    facts.dispute,
    facts.grade,
    facts.sources,
    facts.origins,
    facts.also,
    facts.subject as id
from asked
join facts on facts.subject = asked.id
join entities on entities.id = facts.subject
left join entities as operation on operation.id = :operation
where (facts.subject = :operation and facts.property = 'countries')
    or (
        facts.property in ('count', 'amount')
        and not exists (
            select 1
            from links
            where links.subject = facts.subject and links.property in ('part_of', 'country')
        )
    )
order by facts.property = 'amount', facts.property, facts.sources desc, facts.subject, facts.unit
limit 20
