-- What changed in what is claimed? One row for each property of a thing: its best values with their grades before
-- and after, and how many claims were added, removed and corrected (the same source says something else).
with gone as (
    select subject, property, value, unit, "when", source, at, stated, rank, note from before.claims
    except
    select subject, property, value, unit, "when", source, at, stated, rank, note from after.claims
), come as (
    select subject, property, value, unit, "when", source, at, stated, rank, note from after.claims
    except
    select subject, property, value, unit, "when", source, at, stated, rank, note from before.claims
), by_source as (
    select subject, property, source, sum(removed) as removed, sum(added) as added
    from (
        select subject, property, source, 1 as removed, 0 as added from gone
        union all
        select subject, property, source, 0, 1 from come
    )
    group by subject, property, source
), claims as (
    select
        subject,
        property,
        sum(added - min(added, removed)) as added,
        sum(removed - min(added, removed)) as removed,
        sum(min(added, removed)) as corrected
    from by_source
    group by subject, property
), old as (
    select
        subject,
        property,
        max(type) as type,
        group_concat(trim(coalesce(number, value) || ' ' || unit) || iif("when" = '', '', ' (' || "when" || ')'), '; ') as value,
        group_concat(grade, '; ') as grade
    from (select * from before.facts order by headline desc, unit, "when", value)
    group by subject, property
), new as (
    select
        subject,
        property,
        max(type) as type,
        group_concat(trim(coalesce(number, value) || ' ' || unit) || iif("when" = '', '', ' (' || "when" || ')'), '; ') as value,
        group_concat(grade, '; ') as grade
    from (select * from after.facts order by headline desc, unit, "when", value)
    group by subject, property
), regraded as (
    select subject, property from (select * from old except select * from new)
    union
    select subject, property from (select * from new except select * from old)
)
select
    case when old.subject is null then 'added' when new.subject is null then 'removed' else 'changed' end as change,
    coalesce(after.entities.kind, before.entities.kind) as kind,
    told.subject as id,
    told.property,
    coalesce(new.type, old.type) as type,
    old.value as before,
    new.value as after,
    old.grade as grade_before,
    new.grade as grade_after,
    coalesce(claims.added, 0) as claims_added,
    coalesce(claims.removed, 0) as claims_removed,
    coalesce(claims.corrected, 0) as claims_corrected
from (select subject, property from claims union select subject, property from regraded) as told
left join claims using (subject, property)
left join old using (subject, property)
left join new using (subject, property)
left join after.entities on after.entities.id = told.subject
left join before.entities on before.entities.id = told.subject
order by kind, told.subject, told.property
