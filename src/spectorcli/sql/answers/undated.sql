-- Which statuses have no date? Of people, or of cases before a court.
select facts.subject as id
from facts
join entities on entities.id = facts.subject
left join proceedings on proceedings.id = facts.subject
where facts.property = 'status' and facts.headline and facts."when" = '' and entities.kind = :question
    and (
        coalesce(:person, '') = ''
        or exists (
            select 1
            from links
            where links.subject = facts.subject and links.property = 'person' and links.object = :person
        )
    )
    and (coalesce(:operation, '') in ('', proceedings.operation) or proceedings.operation is null)
order by facts.subject
