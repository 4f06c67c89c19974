-- By which words is a claim found?
insert into search
select
    subject,
    'claims',
    property,
    value
        || coalesce(' ' || nullif(unit, ''), '')
        || coalesce(' · ' || nullif(stated, ''), '')
        || coalesce(' · ' || nullif(note, ''), '')
from claims
