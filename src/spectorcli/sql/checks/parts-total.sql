-- Parts that do not add up to their total, however each figure was rounded: more than it is an error, less may only
-- mean that not all of them are itemised, and figures of different times need not add up.
-- columns: severity term, id id, property term, form hidden, how_many count, parts number,
--     base_unit unit parts, stated number, unit unit stated, times count, by term
select
    case when least > high and times = 1 then 'error' else 'note' end as severity,
    whole as id,
    property,
    case when least > high then 'more' end as form,
    how_many,
    iif(rough, '~', '') || format('%.15g', parts) as parts,
    base_unit,
    stated,
    unit,
    times,
    nullif(by, '') as by
from parts
where least > high or most < low
