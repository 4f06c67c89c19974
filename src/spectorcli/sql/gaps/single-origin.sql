-- Figures and dates that rest on a single origin, or on a source that mixes several.
-- columns: severity term, id id, property term, form hidden, value any type, unit unit value, type hidden, origin ref
select
    'note' as severity,
    facts.subject as id,
    facts.property,
    case when min(claims.origin like '%;%') then 'mixed' end as form,
    facts.value,
    facts.unit,
    facts.type,
    coalesce(min(case when claims.origin not like '%;%' then claims.origin end), min(claims.origin)) as origin
from facts
join claims on claims.fact = facts.id
join verdicts on verdicts.verdict = claims.verdict and verdicts.follows
where facts.origins = 1
    and facts.type in ('number', 'date')
group by facts.id
