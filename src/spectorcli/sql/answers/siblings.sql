-- Of what is this a part, and do its parts add up with it?
select parts.whole, parts.total, parts.parts, own.base as own
from links
join answers as own on own.subject = links.subject and own.property = :property and own.headline
join parts on parts.whole = links.object and parts.property = :property
    and parts.by = coalesce((select by from breakdowns where part = links.subject and whole = links.object), '')
where links.subject = :id and links.property = 'part_of'
