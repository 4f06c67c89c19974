-- The claims of a part as the questions across cases need them: who says how much of what, and without the texts.
select
    claims.id,
    subject,
    property,
    type,
    iif(type = 'text' and claim_slips.claim is null, '', value),
    null,
    unit,
    null,
    base_unit,
    null,
    null,
    null,
    null,
    "when",
    null,
    null,
    source,
    '',
    '',
    iif(claim_slips.claim is null, '', stated),  -- which a load tells of
    '',
    '',
    '',
    '',
    '',
    grade,
    verdict,
    fact
from claims
left join claim_slips on claim_slips.claim = claims.id
order by claims.id
