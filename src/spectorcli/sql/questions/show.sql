-- What is said about one thing: its own row, its facts, what points to it, and what it says as a source.
select id, label, link, property, value, unit, "when", dispute, grade, sources, origins, also
from (
    select
        entities.id,
        entities.label,
        '' as link,
        cells.property,
        cells.value,
        null as unit,
        null as "when",
        null as dispute,
        null as grade,
        null as sources,
        null as origins,
        null as also,
        0 as part,
        cells.rowid as place
    from entities
    join cells on cells.entity = entities.id
    where entities.id = :id

    union all
    select
        entities.id, entities.label, '', facts.property, facts.value, facts.unit, facts."when",
        facts.dispute, facts.grade, facts.sources, facts.origins, facts.also, 1, vocabulary.rowid
    from entities
    join facts on facts.subject = entities.id
    join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = facts.property
    where entities.id = :id

    union all
    select
        entities.id, entities.label, links.property, facts.property, facts.value, facts.unit, facts."when",
        facts.dispute, facts.grade, facts.sources, facts.origins, facts.also, 2, kinds.rowid
    from links
    join entities on entities.id = links.subject
    join vocabulary as kinds on kinds.kind = entities.kind and kinds.property = ''
    left join facts
        on facts.subject = entities.id
        and (facts.main or facts.unit <> '')
        and facts.property = (
            select headline.property
            from facts as headline
            join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = headline.property
            where headline.subject = entities.id and headline.main
            order by vocabulary.rowid
            limit 1
        )
    where links.object = :id and not links.claimed

    union all
    select
        entities.id, entities.label, links.property, null, entities.label, null, null,
        null, links.grade, links.sources, null, null, 2, kinds.rowid
    from links
    join entities on entities.id = links.subject
    join vocabulary as kinds on kinds.kind = entities.kind and kinds.property = ''
    where links.object = :id and links.claimed

    union all
    select
        claims.subject, entities.label, 'says', claims.property, claims.value, claims.unit, claims."when",
        null, claims.grade, null, null, null, 3, claims.id
    from claims
    join entities on entities.id = claims.subject
    where claims.source = :id
)
order by part, link, place, id, property, "when", grade, unit, value
