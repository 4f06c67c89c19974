-- Parts that do not add up to their total, however each figure was rounded: more than it is an error, less may only
-- mean that not all of them are itemised.
select
    case when least > high then 'error' else 'note' end as severity,
    whole as id,
    property,
    format(
        '%s %s%.10g %s, %s %s',
        case how_many when 1 then 'its one part is' else format('its %d parts add up to', how_many) end,
        case when rough then 'about ' else '' end,
        parts,
        base,
        case when least > high then 'more than the stated' else 'less than the stated' end,
        stated || ' ' || unit
    ) as sentence
from parts
where least > high or most < low
