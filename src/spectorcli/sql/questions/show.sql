-- What is said about one thing: its own row, its facts, what points to it, and what it says as a source.
-- columns: id id, label text, link term, property term, value any type, unit unit value, type hidden, when date,
--     dispute dispute grade, grade grade, sources count, origins count, also also value
select id, label, link, property, value, unit, type, "when", dispute, grade, sources, origins, also
from (
    select
        entities.id,
        entities.label,
        '' as link,
        cells.property,
        cells.value,
        null as unit,
        coalesce(vocabulary.type, 'text') as type,
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
    left join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = cells.property
    where entities.id = :id

    union all
    select
        entities.id, entities.label, '', fact.property, coalesce(members.value, fact.value), fact.unit, fact.type,
        fact."when", iif(members.place > 1, '', fact.dispute), coalesce(members.grade, fact.grade),
        coalesce(members.sources, fact.sources), coalesce(members.origins, fact.origins),
        iif(members.place > 1, '', fact.also), 1, vocabulary.rowid
    from entities
    join answers as fact on fact.subject = entities.id
    left join (  -- of a list what else is said stands with its first value
        select *, row_number() over (partition by fact order by grade, value) as place
        from fact_members as members
        where fact in (select id from facts where subject = :id)
    ) as members on members.fact = fact.fact
    join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = fact.property
    where entities.id = :id

    union all
    select
        entities.id, entities.label, links.property, fact.property, fact.value, fact.unit, fact.type, fact."when",
        fact.dispute, fact.grade, fact.sources, fact.origins, fact.also, 2, kinds.rowid
    from links
    join entities on entities.id = links.subject
    join vocabulary as kinds on kinds.kind = entities.kind and kinds.property = ''
    left join answers as fact
        on fact.subject = entities.id
        and (fact.headline or fact.unit <> '')
        and fact.property = (
            select headline.property
            from facts as headline
            join vocabulary on vocabulary.kind = entities.kind and vocabulary.property = headline.property
            where headline.subject = entities.id and headline.headline
            order by vocabulary.rowid
            limit 1
        )
    where links.object = :id and not links.claimed

    union all
    select
        entities.id, entities.label, links.property, null, entities.label, null, 'text', null,
        null, links.grade, links.sources, null, null, 2, kinds.rowid
    from links
    join entities on entities.id = links.subject
    join vocabulary as kinds on kinds.kind = entities.kind and kinds.property = ''
    where links.object = :id and links.claimed

    union all
    select
        claims.subject, entities.label, 'says', claims.property, claims.value, claims.unit, claims.type, claims."when",
        null, claims.grade, null, null, null, 3, claims.id
    from claims
    join entities on entities.id = claims.subject
    where claims.source = :id
)
order by part, link, place, id, property, "when", grade, unit, value
