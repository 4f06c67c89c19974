-- Where do sources disagree? Open ones first; one row for each value that is said, the best first. Facts come in the order
-- of the index facts_dispute, so that the first page is there before the rest; those that are only stated more coarsely
-- elsewhere come before the disputes.
with disputed as not materialized (
    select id, dispute, subject, property, unit, "when", value
    from facts
    where dispute >= case when coalesce(:all, '') = '' then 'open' else '' end
        and (dispute <> '' or exists (
            select 1 from claims as rough where rough.fact = facts.id and rough.verdict = 'coarser'
        ))
),
said as not materialized (
    select id, fact, value, unit, source, verdict as judged, grade as graded
    from claims
    where verdict <> 'coarser' or coalesce(:all, '') <> ''
)
select
    disputed.dispute,
    disputed.subject as id,
    entities.label,
    disputed.property,
    disputed.id as fact,
    said.value,
    said.unit,
    (
        select case max(same.judged = 'best') when 1 then 'best' else min(same.judged) end
        from said as same
        where same.fact = disputed.id and same.value = said.value and same.unit = said.unit
    ) as verdict,
    (
        select min(same.graded)
        from said as same
        where same.fact = disputed.id and same.value = said.value and same.unit = said.unit
    ) as grade,
    (
        select count(distinct same.source)
        from said as same
        where same.fact = disputed.id and same.value = said.value and same.unit = said.unit
    ) as sources,
    (
        select group_concat(distinct same.source)
        from said as same
        where same.fact = disputed.id and same.value = said.value and same.unit = said.unit
    ) as said_by
from disputed
cross join entities on entities.id = disputed.subject
cross join said on said.fact = disputed.id
where (
        coalesce(:id, '') = ''
        or disputed.subject = :id
        or disputed.subject in (select subject from links where object = :id and not claimed)
        or disputed.id in (select fact from claims as told where told.source = :id)
    )
    and not exists (
        select 1
        from said as before
        where before.fact = disputed.id and before.value = said.value and before.unit = said.unit and before.id < said.id
    )
order by
    disputed.dispute,
    disputed.subject,
    disputed.property,
    disputed.unit,
    disputed."when",
    disputed.value,
    disputed.id,
    case verdict when 'best' then 0 when 'agrees' then 1 when 'coarser' then 2 else 3 end,
    substr(grade, 1, 1),
    sources desc,
    said.value
