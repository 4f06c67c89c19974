-- Parts that do not add up to their total: more than it is an error, less may only mean not itemised.
select
    case when parts.parts > parts.high then 'error' else 'note' end as severity,
    parts.whole as id,
    parts.property,
    format('its parts (%d) add up to %.10g of %s %s', parts.how_many, parts.parts, parts.stated, parts.unit) as sentence
from parts
where parts.parts not between parts.low and parts.high
