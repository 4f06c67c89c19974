-- Where do sources disagree? Open ones first; one row for each value that is said, the best first. Facts come in the order
-- of the index facts_dispute, so that the first page is there before the rest; those that are only stated more coarsely
-- elsewhere are asked for by themselves.
-- columns: dispute dispute grade, id id, label text, property term, fact term, value any type, unit unit value,
--     when date, type hidden, place hidden, verdict term, grade grade, sources count, said_by ref
with disputed as not materialized (
    select id, dispute, subject, property, unit, type, "when", value
    from facts
    where dispute between
            case when coalesce(:coarse, '') = '' then 'open' else '' end
            and case when coalesce(:coarse, '') = '' then 'settled' else '' end
        and (dispute <> '' or exists (
            select 1
            from claims as rough
            join verdicts on verdicts.verdict = rough.verdict and verdicts.follows and not verdicts.says
            where rough.fact = facts.id
        ))
),
said as not materialized (
    select id, fact, value, unit, source, claims.verdict, standing, grade as graded
    from claims
    join verdicts on verdicts.verdict = claims.verdict
    where says or not follows or coalesce(:all, '') <> ''
)
select
    disputed.dispute,
    disputed.subject as id,
    entities.label,
    disputed.property,
    disputed.id as fact,
    said.value,
    said.unit,
    disputed."when",
    disputed.type,
    (
        select min(same.standing)
        from said as same
        where same.fact = disputed.id and same.value = said.value and same.unit = said.unit
    ) as place,
    (
        select first.verdict
        from (  -- beside a minimum, SQLite takes the other columns from its row
            select same.verdict, min(same.standing)
            from said as same
            where same.fact = disputed.id and same.value = said.value and same.unit = said.unit
        ) as first
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
    place,
    substr(grade, 1, 1),
    sources desc,
    said.value
