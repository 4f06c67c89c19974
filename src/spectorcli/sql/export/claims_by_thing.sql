-- Every claim, thing by thing in the order of the files, for formats that need a thing whole.
select
    claims.subject,
    claims.property,
    claims.value,
    claims.unit,
    claims."when",
    claims.source,
    claims.at,
    claims.stated,
    claims.rank,
    claims.note,
    claims.quoting,
    verdicts.accepted
from entities
join claims on claims.subject = entities.id
join verdicts on verdicts.verdict = claims.verdict
order by entities.rowid, claims.id
