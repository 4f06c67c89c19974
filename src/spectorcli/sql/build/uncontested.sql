-- The answer where there is one claim: what it says. Its grade was known when it was read.
insert into facts
select
    id,
    subject,
    property,
    case
        when number is null or value glob '*[^-.0-9]*' or value glob '*..*' then value
        when value glob '*.*' then cast(value as real)
        else cast(value as integer)
    end,
    unit,
    number,
    low,
    high,
    earliest,
    latest,
    "when",
    id,
    grade,
    1,
    1,
    '',
    '',
    '',
    1
from claims
where verdict = 'best'
    and not exists (
        select 1 from contested where contested.subject = claims.subject and contested.property = claims.property
    )
