-- By which words is a claim found?
with said as not materialized (
    select
        subject,
        property,
        value
            || coalesce(' ' || nullif(unit, ''), '')
            || coalesce(' · ' || nullif(stated, ''), '')
            || coalesce(' · ' || nullif(remark, ''), '') as body
    from claims
)
insert into search
select subject, 'claims', property, body, spellings(body)
from said
