-- Every claim with its grade and verdict, in the order of claims.csv.
select
    claims.id,
    entities.kind,
    subject,
    property,
    type,
    value,
    unit,
    low,
    high,
    base,
    earliest,
    latest,
    "when",
    source,
    origin,
    at,
    stated,
    rank,
    claims.note,
    claims.remark,
    quoting,
    checked,
    signed,
    grade,
    claims.verdict,
    verdicts.standing,
    verdicts.accepted,
    fact,
    (select json_group_object("column", value) from unread where file = 'claims' and owner = claims.id) as unread
from claims
join entities on entities.id = claims.subject
join verdicts on verdicts.verdict = claims.verdict
order by claims.id
