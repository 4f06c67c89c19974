-- What a source of reliability A says, contradicted by another source of reliability A.
select
    'warning' as severity,
    facts.subject as id,
    facts.property,
    format(
        '%s says %s, and %s says %s',
        best.source, trim(best.value || ' ' || best.unit), rival.source, trim(rival.value || ' ' || rival.unit)
    ) as sentence
from facts
join claims as best on best.id = facts.claim and best.grade like 'A%'
join claims as rival on rival.fact = facts.id and rival.verdict = 'differs' and rival.grade like 'A%'
