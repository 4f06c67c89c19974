-- Which property is meant by a kind? The first that is claimed of it.
select property
from vocabulary
where kind = :kind and claimed = 'yes'
order by rowid
limit 1
