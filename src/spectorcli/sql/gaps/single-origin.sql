-- Figures and dates that rest on a single origin, on a source that mixes several, or on sources of which nobody knows
-- whose facts they have. The headline figures are a tier of their own, those of the case's own operation first.
-- columns: id id, property term, form hidden, tier hidden, place hidden, value any type, unit unit value, type hidden,
--     origin ref
select
    facts.subject as id,
    facts.property,
    case
        when min(claims.origin like '%;%') then 'mixed'
        when not max(claims.quoting = 'own' or coalesce(root.derived_from, '') = 'own' or coalesce(terms.authority, 0))
            then 'unknown'
    end as form,
    case
        when facts.type = 'number' and facts.headline
            and (
                facts.property in ('count', 'amount')
                or (entities.kind = 'operations' and facts.property = 'countries')
                or entities.kind in (select kind from vocabulary where property = '' and own)
            )
            and not exists (
                select 1
                from links
                where links.subject = facts.subject and links.property in ('part_of', 'country')
            ) then 'headline'
    end as tier,
    facts.subject <> coalesce(:operation, '') and not exists (
        select 1
        from links
        where links.subject = facts.subject and links.property = 'operation' and links.object = :operation
    ) as place,
    facts.value,
    facts.unit,
    facts.type,
    coalesce(
        min(
            case when claims.quoting = 'own' or root.derived_from = 'own' or terms.authority then claims.origin end
        ),
        min(case when claims.origin not like '%;%' then claims.origin end),
        min(claims.origin)
    ) as origin
from facts
join entities on entities.id = facts.subject
join claims on claims.fact = facts.id
join verdicts on verdicts.verdict = claims.verdict and verdicts.follows
left join sources as root on root.id = claims.origin
left join vocabulary_terms as terms
    on terms.kind = 'sources' and terms.property = 'kind' and terms.term = root.kind
where facts.origins = 1
    and facts.type in ('number', 'date')
group by facts.id
