-- Sources whose own parts do not add up to their own total.
select
    'warning' as severity,
    whole.subject as id,
    whole.property,
    format(
        '%s states %s, and its own parts (%d) add up to %.10g',
        whole.source, whole.value, count(*), sum((part.low + part.high) / 2)
    ) as sentence
from claims as whole
join links on links.object = whole.subject and links.property = 'part_of'
join claims as part
    on part.subject = links.subject and part.property = whole.property
    and part.unit = whole.unit and part.source = whole.source
where whole.low is not null
group by whole.id
having count(*) > 1
    and count(*) = (select count(*) from links as all_parts where all_parts.object = whole.subject and all_parts.property = 'part_of')
    and sum((part.low + part.high) / 2) not between whole.low and whole.high
