-- Claims that were changed since they were compared with a copy, and those on which what stands in checked is no signature.
-- columns: severity term, form hidden, id id, property term, value any type, unit unit value, type hidden, source ref,
--     by text
select
    'warning' as severity,
    iif(signed = 'unread', 'unread', null) as form,
    subject as id,
    property,
    value,
    unit,
    type,
    source,
    checked as "by"
from claims
where signed in ('changed', 'unread')
order by id
