-- Figures and dates that rest on a single origin, or on a source that mixes several.
select
    'note' as severity,
    facts.subject as id,
    facts.property,
    format(
        '%s; its only %s',
        trim(facts.value || ' ' || facts.unit),
        coalesce(
            'origin is ' || min(case when claims.origin not like '%;%' then claims.origin end),
            'source mixes ' || replace(min(claims.origin), ';', ',')
        )
    ) as sentence
from facts
join claims on claims.fact = facts.id and claims.verdict in ('best', 'agrees', 'coarser')
where facts.origins = 1
    and (facts.number is not null or facts.earliest is not null or facts.latest is not null)
group by facts.id
