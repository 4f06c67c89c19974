-- Sources that say something and have no date: they are in no case as of a day.
-- columns: id id, property term, place hidden, claims count
select claims.source as id, 'published' as property, -count(*) as place, count(*) as claims
from claims
join sources on sources.id = claims.source
where coalesce(sources.published, '') = ''
group by claims.source
